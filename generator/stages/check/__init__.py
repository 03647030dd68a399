"""Report what an editor should look at, and prove that no text was lost, added or moved."""

from __future__ import annotations

from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose

__all__ = ["audit", "diagnose"]
