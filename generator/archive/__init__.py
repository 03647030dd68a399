"""Many issues together: summaries, resolved citations, registers, inventories."""
