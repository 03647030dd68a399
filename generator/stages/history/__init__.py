"""Keep the addresses that were published before, remove withdrawn documents, cover their sheets."""

from __future__ import annotations

from generator.stages.history.cover import cover_sheets
from generator.stages.history.keep import keep_addresses
from generator.stages.history.withdraw import withdraw

__all__ = ["cover_sheets", "keep_addresses", "withdraw"]
