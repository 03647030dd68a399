"""Issue and Links → the pages of an issue in Markdown; summaries → the home site's pages."""

from __future__ import annotations

from generator.render.citing import citation_formats
from generator.render.escape import escape_markdown, template_environment
from generator.render.home import find_indexes, plan_home
from generator.render.home_page import HomePage
from generator.render.issue import CITES, has_corrections, render, summary_title
from generator.render.sayings import Statement, sayings
from generator.render.subject_pages import Beside

__all__ = [
    "CITES",
    "Beside",
    "HomePage",
    "Statement",
    "citation_formats",
    "escape_markdown",
    "find_indexes",
    "has_corrections",
    "plan_home",
    "render",
    "sayings",
    "summary_title",
    "template_environment",
]
