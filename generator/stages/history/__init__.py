"""Keep the addresses that were published before, and remove withdrawn documents."""

from __future__ import annotations

from generator.stages.history.keep import keep_addresses
from generator.stages.history.withdraw import withdraw

__all__ = ["keep_addresses", "withdraw"]
