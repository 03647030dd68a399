"""``gazette new``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import one_line_errors
from generator.cli.options import content_option, examples
from generator.runtime.errors import SourceError, UsageError


@click.command(
    "new",
    epilog=examples(
        "gazette new panzhihua 2017-02 scan.txt",
        "gazette new moumou 2024-02 第2期.docx --title 某某市人民政府公报",
        "gazette new moumou 2024-02 通知.html 意见.html",
        "gazette new moumou 2024-03 第3期/            a folder, one file a document",
        "gazette new moumou 2024-04 扫描件/           pictures of its pages",
        "gazette new moumou 2024-04 第4期.zip         a result of MinerU or PaddleOCR",
        "gazette new moumou 2024-05 *_res.json        PaddleOCR, a file a page",
    ),
)
@click.argument("gazette")
@click.argument("issue")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...",
                type=click.Path(path_type=Path, exists=True))  # fmt: skip
@content_option("Folder of the archive.")
@click.option("--title", help="Title of the gazette, if it is new.")
@one_line_errors
def new_command(
    gazette: str, issue: str, paths: tuple[Path, ...], content: Path, title: str | None
) -> None:
    """Add a text to content/ as a new issue, and list its documents.

    PATH becomes ISSUE (<year>-<nn>) of GAZETTE. One file is the whole issue: issue.md, issue.docx,
    issue.pdf or issue.html (a page saved from a government site). Several files, or a folder of
    files, are its documents, one file each: they are numbered in the order of their names and put
    into documents/; a subfolder is a category. All are copied byte for byte; .docx, .pdf and .html
    files are also converted to .md files, which must be checked; .doc, .wps, .rtf and .odt files
    as well where LibreOffice is installed. Scanned PDFs and pictures of pages (.png, .jpg, .tif),
    which are one issue together, are recognised if the extra "ocr" is installed; a run that was
    stopped goes on at the page where it ended. The result of an engine for OCR (its JSON, folder or
    zip) is one issue: issue.md and layout.json are made of it, and it is kept in received/. An
    existing issue is never overwritten.
    """
    import shutil
    from contextlib import suppress
    from tempfile import TemporaryDirectory

    from generator.cli.handing_in import say
    from generator.content import GAZETTE_FILE, tidy_issue_name
    from generator.content.handed_in import in_words_of_given, put, take
    from generator.stages.pipeline import convert

    facts = content / gazette / GAZETTE_FILE
    is_first = not facts.exists()
    with TemporaryDirectory() as scratch:  # for what is in a zip
        placed = take(paths, Path(scratch))
        folder = _new_folder(facts, tidy_issue_name(issue), title)
        try:
            put(placed, folder)
            taken = convert(folder)
        # a broken issue must not stop the rest of the archive
        except (SourceError, OSError, KeyboardInterrupt) as error:
            shutil.rmtree(folder)
            if is_first:
                facts.unlink()
                with suppress(OSError):  # the folder has other files
                    facts.parent.rmdir()
            if isinstance(error, SourceError):
                raise SourceError(in_words_of_given(str(error), placed, folder)) from error
            raise
    for line in placed.said:
        click.echo(line)
    say(taken)


def _new_folder(facts: Path, issue: str, title: str | None) -> Path:
    """Make the folder of a new issue, and gazette.toml (``facts``) if it does not exist yet."""
    import json
    import re

    from generator.content import FOLDER, TAKEN
    from generator.language.file_names import fault_of

    gazette = facts.parent.name
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", gazette):
        msg = f"GAZETTE 会成为网址的一部分，只能有小写字母、数字和 -，现为 {gazette!r}；请改正"
        raise UsageError(msg)
    if gazette in TAKEN or fault_of(gazette):
        msg = f"GAZETTE 不能叫 {gazette!r}，网站或 Windows 已用了这个名称；请换一个"
        raise UsageError(msg)
    if not FOLDER.fullmatch(issue):
        msg = (
            "ISSUE 应为 <年>-<期>，如 2017-01、2017-03-04（合刊）、2017-z1（增刊），"
            f"现为 {issue!r}；请改正"
        )
        raise UsageError(msg)
    if not facts.is_file() and not title:
        msg = f"{facts}: 没有这个文件；第一次加入一种公报，请写名称：--title 某某市人民政府公报"
        raise UsageError(msg)
    folder = facts.parent / issue
    if folder.exists():
        msg = (
            f"{folder}: 已经有了；要换上同一期更好的文本，请用 gazette retake；"
            "放入别的，请先移走这个文件夹"
        )
        raise UsageError(msg)
    try:
        named = f"title = {json.dumps(title, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError as error:  # the terminal has another encoding
        msg = "--title 的文字读不出；请自己写 gazette.toml"
        raise UsageError(msg) from error
    folder.mkdir(parents=True)
    if not facts.is_file():
        facts.write_bytes(named)
    return folder
