"""What was published before: its addresses hold, and what was withdrawn is taken out."""

from __future__ import annotations

from generator.stages.history.keep import keep_addresses
from generator.stages.history.withdraw import withdraw

__all__ = ["keep_addresses", "withdraw"]
