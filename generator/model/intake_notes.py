"""Notes that intake leaves in a text it made, as comments: the check reports them at their place.

``<!-- 网页附件：分工表（P02.docx），没有转入 -->`` is reported as long as it stands in the text.
"""

from __future__ import annotations

# the word that a note begins with, and the code that reports it
NOTES: dict[str, str] = {
    "网页正文": "page-doubtful",
    "网页附件": "page-attachment",
    "网页信息": "page-facts",
}
LONGEST_NOTE = 300  # characters


def write_note(kind: str, words: str) -> str:
    """Write a note as a line of the text."""
    flat = " ".join(words.split()).replace("--", "—").replace(">", "＞")
    return f"<!-- {kind}：{flat[:LONGEST_NOTE]} -->"


def read_note(comment: str) -> tuple[str, str] | None:
    """Read the words of a comment as a note: the code and the message; None for any other."""
    kind, colon, words = comment.partition("：")
    return (NOTES[kind], words.strip()) if colon and kind in NOTES else None
