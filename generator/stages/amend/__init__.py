"""Read what a decision changes in other documents: its operations, and what cannot be read."""

from __future__ import annotations

from generator.stages.amend.find import find_amendments

__all__ = ["find_amendments"]
