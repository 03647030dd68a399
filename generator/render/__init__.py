"""Issue and Links → Markdown pages: plain, readable, and safe from Markdown itself."""

from __future__ import annotations

from generator.render.escape import escape_markdown, template_environment
from generator.render.home import find_indexes, render_home
from generator.render.issue import CITES, IssueFacts, render, summary_facts

__all__ = [
    "CITES",
    "IssueFacts",
    "escape_markdown",
    "find_indexes",
    "render",
    "render_home",
    "summary_facts",
    "template_environment",
]
