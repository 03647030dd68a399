"""From the scanned text of a government gazette (政府公报) to its searchable website."""

__version__ = "0.1.0"
