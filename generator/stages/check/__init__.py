"""What an editor should look at, and the proof that nothing was lost or made."""

from __future__ import annotations

from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose

__all__ = ["audit", "diagnose"]
