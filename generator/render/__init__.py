"""Issue and Links → Markdown pages: plain, readable, and safe from Markdown itself."""

from __future__ import annotations

from generator.render.escape import escape_markdown, template_environment
from generator.render.home import HomePage, SaidOf, find_indexes, plan_home
from generator.render.issue import CITES, render, summary_title

__all__ = [
    "CITES",
    "HomePage",
    "SaidOf",
    "escape_markdown",
    "find_indexes",
    "plan_home",
    "render",
    "summary_title",
    "template_environment",
]
