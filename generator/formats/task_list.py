"""The tasks of an agency in one file, beside each page that lists them: agencies/<page>.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from generator.formats.listing import BYTE_ORDER_MARK, cell
from generator.render import Statement

HEADINGS = ("期限", "期限原文", "任务", "角色", "公文标题", "发文字号", "成文日期", "效力", "网址")


def task_list(tasks: Iterable[Statement], site: str) -> str:
    """Write tasks as CSV; addresses are relative to the site's root if it has no public address."""
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for task in tasks:
        row = (
            task.day, task.note, task.text, task.role, task.title, task.number, task.date,
            task.mark.label, f"{site}{task.url}",
        )  # fmt: skip
        writer.writerow([cell(value) for value in row])
    return file.getvalue()
