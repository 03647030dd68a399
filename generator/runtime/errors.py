"""The errors of content, configuration and disks.

Faults of the text itself are never raised: they become ``Diagnostic`` values of the issue.
"""


class GazetteError(Exception):
    """A fault that ends the command; the message says what is wrong, where, and what to do."""

    exit_code = 1


class SourceError(GazetteError):
    """An issue's folder cannot be read as an issue (content at fault, exit 1)."""


class ContentError(GazetteError):
    """Issues were read, but may not be published as they are (content at fault, exit 1)."""


class SiteError(GazetteError):
    """The website, or a product of it, could not be made (exit 1)."""


class UsageError(GazetteError):
    """The command or the program's own configuration is at fault (exit 2)."""

    exit_code = 2
