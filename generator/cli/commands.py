"""The commands of ``gazette`` but for build: they print, and they catch (cli.py)."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.archive.cite import Cited, cite
from generator.archive.inventory import fetch_inventory
from generator.archive.issues import issue_folders, read_archive, refuse_errors, resolve_archive
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.cli import (
    FOLDER_TYPE,
    archive_options,
    archive_places,
    counts,
    one_line_errors,
    progress_bar,
)
from generator.content import FOLDER, GAZETTE_FILE, TAKEN, find_gazettes, load, read_text
from generator.content.intake import ISSUE_FILE, SOURCES
from generator.content.published_addresses import ADDRESSES_FILE, write_published
from generator.delivery.bundle import SIGNATURES, Signer, bundle
from generator.delivery.paper import print_issue
from generator.delivery.report import compare_sites, keep_differing, write_markdown
from generator.formats.issue_json import issue_data
from generator.language.file_names import fault_of
from generator.model import Diagnostic, Issue, Links, Resolved
from generator.model.addresses import address_of
from generator.model.codes import format_diagnostic
from generator.model.published import Published
from generator.render import CITES
from generator.runtime.data import Json, dump, plain
from generator.runtime.errors import GazetteError, SourceError, UsageError
from generator.runtime.parallel import Alone, Run, workers
from generator.site.build import build
from generator.site.manifest import survey
from generator.site.mkdocs import serve
from generator.site.mkdocs_patches import forget_templates
from generator.stages.citations import find_citations
from generator.stages.history.freeze import freeze
from generator.stages.normalize import normalize
from generator.stages.parse import parse
from generator.stages.pipeline import convert

GREATEST_PORT = 65_535
STAGES = ("load", "parse", "normalize", "find_citations", "summarise", "resolve_citations", "issue")


@click.command("serve")
@archive_options
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, help="HOST:PORT to listen on."
)
@one_line_errors
def serve_command(content: Path, site: Path, build_dir: Path, address: str) -> None:
    """Build, serve the website, and build again whenever content/ or templates/ change.

    A text with a fault is reported here; the site shows what it showed before.
    """
    places = archive_places(content, site, build_dir)
    host, _, port = address.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > GREATEST_PORT:
        msg = f"--address expects HOST:PORT, not {address!r}"
        raise UsageError(msg)

    def rebuilding() -> AbstractContextManager[Run]:
        # an edit touches few issues, and this process has all loaded after the first one
        is_new = not site.exists()
        return workers(os.cpu_count() or 1) if is_new else nullcontext(Alone())

    def rebuild() -> None:
        found = survey(places)
        if found.unchanged:
            return
        forget_templates()
        try:
            with rebuilding() as run:
                built = build(places, run, lambda *_: None, found)
        except GazetteError as error:
            click.echo(f"gazette: {error}", err=True)
        else:
            click.echo(f"{built.issues} 期，{built.documents} 篇公文{counts(built.warnings)}")

    rebuild()
    click.echo(f"http://{host}:{port}/  (Ctrl-C 结束)")
    serve(site, [content, *places.template_folders, places.config], (host, int(port)), rebuild)


@click.command("check")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--content", type=FOLDER_TYPE, default="content", show_default=True,
              help="Folder of the archive, checked whole when no FOLDERS are given.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text",
              show_default=True, help="How findings are printed.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@one_line_errors
def check_command(folders: tuple[Path, ...], content: Path, style: str, *, strict: bool) -> None:
    """Say what is doubtful in issues: path:line: CODE message.

    Exit status 1 when anything would stop publication (with --strict: when anything is found that
    is more than information).
    """
    found: list[tuple[str, Diagnostic]] = []
    issues = {folder: convert(folder) for folder in folders or _all_folders(content)}
    # an issue's citations are judged over the archive that it lies in
    archives: dict[Path, dict[Path, Issue]] = {}
    for folder, issue in issues.items():
        archives.setdefault(folder.resolve().parent.parent, {})[folder] = issue
    for archive, own in archives.items():
        is_archive = all((f.resolve().parent / GAZETTE_FILE).is_file() for f in own)
        links = resolve_archive(archive, own) if is_archive else Links()
        for issue in own.values():
            cited = links.diagnostics.get(issue.name, ())
            listed = sorted((*issue.diagnostics, *cited), key=lambda d: (d.lines.first, d.code))
            found += [(issue.source.path, d) for d in listed]
    for path, diagnostic in found if style != "json" else ():
        click.echo(
            _annotation(path, diagnostic)
            if style == "github"
            else format_diagnostic(path, diagnostic)
        )
    if style == "json":
        click.echo(dump([_as_data(path, d) for path, d in found]), nl=False)
    failing = [d for _, d in found if d.severity == "error" or (strict and d.severity == "warning")]
    if failing:
        sys.exit(1)


@click.command("audit")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--content", type=FOLDER_TYPE, default="content", show_default=True,
              help="Folder of the archive, audited whole when no FOLDERS are given.")  # fmt: skip
@one_line_errors
def audit_command(folders: tuple[Path, ...], content: Path) -> None:
    """Prove that nothing was lost or made: undo the ledger and compare with the source.

    Prints what each rule changed. Exit status 1 when a line cannot be given back.
    """
    failed = False
    for folder in folders or _all_folders(content):
        issue = convert(folder)
        faults = [d for d in issue.diagnostics if d.code == "audit"]
        for diagnostic in faults:
            click.echo(format_diagnostic(issue.source.path, diagnostic))
        rules = Counter(entry.rule for entry in issue.ledger)
        counts = "，".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
        state = "不能还原" if faults else "可逐字还原"
        click.echo(f"{issue.source.path}: {state}；改动 {sum(rules.values())} 处（{counts}）")
        failed = failed or bool(faults)
    if failed:
        sys.exit(1)


@click.command("show")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--stage", type=click.Choice(STAGES), default="issue", show_default=True,
              help="The stage whose result is printed.")  # fmt: skip
@click.option("--alone", is_flag=True, help="Leave the other issues of the archive aside.")
@one_line_errors
def show_command(folder: Path, stage: str, *, alone: bool) -> None:
    """Print what a stage makes of an issue as JSON; the last one is issue.json.

    Citations resolve over the content folder that the issue lies in.
    """
    click.echo(dump(_show(folder, stage, alone=alone)), nl=False)


@click.command("cite")
@click.argument("text")
@click.option("--content", type=FOLDER_TYPE, default="content", show_default=True,
              help="Folder of the archive that citations resolve over.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="How citations are printed.")  # fmt: skip
@one_line_errors
def cite_command(text: str, content: Path, style: str) -> None:
    """Find the citations in TEXT, or in the file of that name (- for standard input).

    Each comes with its title, number and relation, and with the address it leads to: a document
    of the archive, one on another site, else the entry of the cited work.
    """
    found = cite(_text_or_file(text), *read_archive(content, {}))
    if style == "json":
        click.echo(dump([_cited_as_data(c) for c in found]), nl=False)
        return
    table = Table("行", "引文", "关系", "所在", box=None, pad_edge=False)
    for cited in found:
        row = (str(cited.fact.line), cited.fact.text, CITES[cited.fact.relation])
        cells = (*row, _place_of(cited.resolved))
        table.add_row(*map(Text, cells))  # what stands in [ ] is text, and no markup of rich
    Console(width=None if sys.stdout.isatty() else 200).print(table)


@click.command("fetch")
@click.option("--content", type=FOLDER_TYPE, default="content", show_default=True,
              help="Folder of the archive.")  # fmt: skip
@one_line_errors
def fetch_command(content: Path) -> None:
    """Copy the inventories of other sites that gazette.toml lists into content/.

    The only command that asks the network; builds use the copies.
    """
    for gazette in find_gazettes(content):
        for inventory in gazette.inventories:
            path, count = fetch_inventory(inventory, content / gazette.id)
            click.echo(f"{path}: {count} 篇公文")


@click.command("report")
@click.argument("old", type=FOLDER_TYPE)
@click.argument("new", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--content", default="content", show_default=True,
              help="What the paths of diagnostics begin with.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["markdown", "json"]), default="markdown",
              show_default=True, help="How the report is printed.")  # fmt: skip
@click.option("--keep", type=FOLDER_TYPE,
              help="Copy the files that differ into old/ and new/ of this folder.")  # fmt: skip
@one_line_errors
def report_command(old: Path, new: Path, content: str, style: str, keep: Path | None) -> None:
    """Say what changed from the site OLD to the site NEW: issues, documents, citations, findings.

    Reads nothing but their issue.json files. Where OLD is missing, everything is new.
    """
    if keep:
        keep_differing(old, new, keep)
    report = compare_sites(old, new, content)
    click.echo(dump(plain(report)) if style == "json" else write_markdown(report), nl=False)


@click.command("pdf")
@click.argument("issues", nargs=-1, metavar="[GAZETTE/ISSUE]…")
@click.option("--site", type=FOLDER_TYPE, default="site", show_default=True,
              help="Folder of the finished website.")  # fmt: skip
@click.option("--target", type=FOLDER_TYPE, default="dist/pdf", show_default=True,
              help="Folder for the PDF files.")  # fmt: skip
@one_line_errors
def pdf_command(issues: tuple[str, ...], site: Path, target: Path) -> None:
    """Print issues of a built site: a PDF for each document, and issue.pdf for the whole.

    Needs a browser of the Chromium family. All issues are printed where none is named. Exit
    status: 0 done, 1 the browser failed, 2 no such issue, or no browser.
    """
    names = issues or [
        path.parent.relative_to(site).as_posix() for path in sorted(site.glob("*/*/issue.json"))
    ]
    with progress_bar() as progress:
        for done, name in enumerate(names, 1):
            for path in print_issue(site, name, target):
                click.echo(path)
            progress("打印", done, len(names))


@click.command("bundle")
@archive_options
@click.option(
    "--target",
    type=FOLDER_TYPE,
    default="dist",
    show_default=True,
    help="Folder for the zip files.",
)
@click.option(
    "--sign",
    "program",
    type=click.Choice(list(SIGNATURES)),
    envvar="GAZETTE_SIGN",
    show_envvar=True,
    help="Sign SHA256SUMS, which covers all zips.",
)
@click.option(
    "--sign-key",
    "key",
    metavar="FILE|ID",
    envvar="GAZETTE_SIGN_KEY",
    default="",
    show_envvar=True,
    help="minisign: file of the secret key; gpg: its id. [default: the program's own]",
)
@one_line_errors
def bundle_command(
    content: Path,
    site: Path,
    build_dir: Path,  # noqa: ARG001
    target: Path,
    program: str | None,
    key: str,
) -> None:  # fmt: skip
    """Pack the built website: one zip of the archive, one of each issue, for reading offline.

    Zips whose parts have not changed are left alone. Exit status: 0 done, 1 the site is not fit to
    be read offline, 2 wrong usage, or it could not be signed.
    """
    if key and not program:
        msg = "--sign-key needs --sign minisign or --sign gpg"
        raise UsageError(msg)
    homepages = {g.id: address_of(g, "") for g in find_gazettes(content)}
    signer = Signer(program, key) if program else None
    with progress_bar() as progress:
        written = bundle(site, target, homepages, signer, progress)
    for path in written:
        click.echo(path)


@click.command("freeze")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--content", type=FOLDER_TYPE, default="content", show_default=True,
              help="Folder of the archive, frozen whole when no FOLDERS are given.")  # fmt: skip
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="Day of publication.  [default: today]")  # fmt: skip
@one_line_errors
def freeze_command(folders: tuple[Path, ...], content: Path, day: datetime | None) -> None:
    """Note every published address and reading in addresses.json beside each issue's text.

    Run it when a site has been published: later builds then keep those addresses, whatever a
    correction or a better rule makes of the text. What is written belongs to the archive and is
    committed with it. Exit status 1 when an issue may not be published; then nothing is written.
    """
    date = (day or datetime.now().astimezone()).strftime("%Y-%m-%d")
    frozen: list[tuple[Path, Published]] = []
    for folder in folders or _all_folders(content):
        issue = convert(folder)
        refuse_errors(folder.parent.parent, {issue.name: issue.diagnostics})
        frozen.append((folder / ADDRESSES_FILE, freeze(issue, date)))
    for path, published in frozen:
        if write_published(path, published):
            addresses = sum(len(d.places) for d in published.documents.values())
            click.echo(f"{path}: 公文 {len(published.documents)} 篇，网址 {addresses} 个")


@click.command("new")
@click.argument("gazette")
@click.argument("issue")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--content",
    type=FOLDER_TYPE,
    default="content",
    show_default=True,
    help="Folder of the archive.",
)
@click.option("--title", help="Title of the gazette, when it is a new one.")
@one_line_errors
def new_command(gazette: str, issue: str, file: Path, content: Path, title: str | None) -> None:
    """Take the text FILE into content/ as ISSUE (<year>-<nn>) of GAZETTE, and say what it holds.

    The file is copied byte for byte; from .docx and .pdf a text is made, to be checked. An issue
    that is there already is left alone.
    """
    facts = content / gazette / GAZETTE_FILE
    is_first = not facts.exists()
    folder = _new_folder(facts, issue, title)
    own = {f".{name.rpartition('.')[2]}": name for name in SOURCES}
    shutil.copyfile(file, folder / own.get(file.suffix.lower(), ISSUE_FILE))
    try:
        taken = convert(folder)
    except SourceError:  # what could not be taken in must not stop the rest of the archive
        shutil.rmtree(folder)
        if is_first:
            facts.unlink()
            with suppress(OSError):  # where something else stands there
                facts.parent.rmdir()
        raise
    click.echo(
        f"{folder / ISSUE_FILE}: 目录 {len(taken.contents)} 条，公文 {len(taken.documents)} 篇"
    )
    for document in taken.documents:
        click.echo(f"  {document.lines.first:>5}  {document.title}  {document.number or ''}")
    for diagnostic in taken.diagnostics:
        click.echo(format_diagnostic(taken.source.path, diagnostic))


def _text_or_file(text: str) -> str:
    """Take a text as it is, or read it from the file of that name, or from standard input."""
    if text == "-":
        return sys.stdin.read()
    try:
        is_file = Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or with a zero byte: no file
        return text
    return read_text(Path(text)) if is_file else text


def _place_of(resolved: Resolved) -> str:
    if resolved.target:
        note = "（标题与文号不符）" if resolved.differs else ""
        return f"{resolved.target.url}{note}"
    if resolved.elsewhere:
        return resolved.elsewhere.url
    return f"{resolved.entry}（未收录）"


def _cited_as_data(cited: Cited) -> Json:
    fact, resolved = cited.fact, cited.resolved
    target = resolved.target
    return {
        "text": fact.text,
        "title": fact.title or None,
        "number": fact.number or None,
        "relation": fact.relation,
        "line": fact.line,
        "target": target.url if target else None,
        "elsewhere": resolved.elsewhere.url if resolved.elsewhere else None,
        "work": resolved.work,
        "title_differs": resolved.differs,
    }


def _new_folder(facts: Path, issue: str, title: str | None) -> Path:
    """Make the folder of a new issue, and gazette.toml (``facts``) where there is none yet."""
    gazette = facts.parent.name
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", gazette):
        msg = f"GAZETTE is part of addresses: small letters, digits and - only, not {gazette!r}"
        raise UsageError(msg)
    if gazette in TAKEN or fault_of(gazette):
        msg = f"GAZETTE may not be called {gazette!r}: the site, or Windows, has that name already"
        raise UsageError(msg)
    if not FOLDER.fullmatch(issue):
        msg = f"ISSUE is <year>-<nn>, as in 2017-01, 2017-03-04 or 2017-z1, not {issue!r}"
        raise UsageError(msg)
    if not facts.is_file() and not title:
        msg = f"{facts}: missing; for a new gazette say its title: --title 某某市人民政府公报"
        raise UsageError(msg)
    folder = facts.parent / issue
    if folder.exists():
        msg = f"{folder}: is there already; remove it first to take another text in"
        raise UsageError(msg)
    try:
        named = f"title = {json.dumps(title, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError as error:  # of a terminal with another encoding
        msg = "--title cannot be read; write gazette.toml by hand"
        raise UsageError(msg) from error
    folder.mkdir(parents=True)
    if not facts.is_file():
        facts.write_bytes(named)
    return folder


def _show(folder: Path, stage: str, *, alone: bool) -> Json:
    source = load(folder)
    if stage == "load":
        return plain(source)
    issue = parse(source)
    if stage == "parse":
        return plain(issue)
    issue = normalize(issue)
    if stage == "normalize":
        return plain(issue)
    if stage == "find_citations":
        return plain(find_citations(issue))
    issue = convert(folder)
    if stage == "summarise":
        return plain(summarise(issue))
    content = folder.resolve().parent.parent
    if alone or not (folder.resolve().parent / GAZETTE_FILE).is_file():
        links = resolve_citations([summarise(issue)])
    else:
        links = resolve_archive(content, {folder: issue})
    return plain(links) if stage == "resolve_citations" else issue_data(issue, links)


def _all_folders(content: Path) -> tuple[Path, ...]:
    return tuple(issue_folders(content, find_gazettes(content)))


def _annotation(path: str, diagnostic: Diagnostic) -> str:
    kind = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    message = diagnostic.message.replace("%", "%25").replace("\n", "%0A")
    return f"::{kind} file={path},line={diagnostic.lines.first},title={diagnostic.code}::{message}"


def _as_data(path: str, diagnostic: Diagnostic) -> Json:
    return {
        "path": path,
        "line": diagnostic.lines.first,
        "last_line": diagnostic.lines.last,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
    }


COMMANDS = {
    command.name or "": command
    for command in (
        serve_command, check_command, audit_command, show_command, cite_command, fetch_command,
        report_command, bundle_command, pdf_command, freeze_command, new_command,
    )
}  # fmt: skip
