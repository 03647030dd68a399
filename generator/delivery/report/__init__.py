"""Two sites → a report on what changed between them, made from their issue.json files alone."""

from __future__ import annotations

from generator.delivery.report.compare import compare_sites, keep_differing
from generator.delivery.report.markdown import LIMIT, MARK, write_markdown
from generator.delivery.report.values import Report

__all__ = ["LIMIT", "MARK", "Report", "compare_sites", "keep_differing", "write_markdown"]
