"""The titles by which readers know issues."""

from __future__ import annotations

import re


def issue_title(folder: str, year: int | None, number: int | None, total: int | None) -> str:
    """Give the title by which readers know an issue: 2017年第1期（总第227期）."""
    if year is None and number is None:
        return folder
    joint = re.fullmatch(r"\d{4}-0*(\d+)-0*(\d+)", folder)
    extra = re.fullmatch(r"\d{4}-z0*(\d+)", folder)
    issue = f"第{number}期" if number is not None else ""
    if joint:
        issue = f"第{joint[1]}—{joint[2]}期"
    elif extra:
        issue = f"增刊第{extra[1]}期"
    through = f"（总第{total}期）" if total else ""
    return f"{year}年{issue}{through}" if year else f"{issue}{through}"
