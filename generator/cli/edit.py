"""``gazette edit``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import one_line_errors, say
from generator.cli.options import archive_options, archive_places, examples
from generator.runtime.errors import UsageError

GREATEST_PORT = 65_535


@click.command(
    "edit",
    epilog=examples("gazette edit", "gazette edit panzhihua/2017-01", "gazette edit --no-browser"),
)
@click.argument("issue", required=False)
@archive_options
@click.option("--port", type=click.IntRange(0, GREATEST_PORT), default=0, metavar="N",
              help="Port on 127.0.0.1; any free one by default.")  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@one_line_errors
def edit_command(
    issue: str | None, content: Path, site: Path, build_dir: Path, port: int, *, no_browser: bool
) -> None:
    """Open the editor's workspace in the browser.

    ISSUE is GAZETTE/ISSUE, or the folder of an issue. The page shows the sheet, the text and the
    doubtful places; it writes to issue.toml and terms.txt alone. Ctrl-C ends it.
    """
    places = archive_places(content, site, build_dir)
    name = _name_of(issue, places.content) if issue else ""
    from generator.edit.server import open_server, running

    opened = None if (found := running(places)) else open_server(places, port)
    address = found.address if found else opened.address if opened else ""
    if name:
        address = address.replace("/?token=", f"/desk/{name}?token=")
    if found:
        say("校对台已经开着，另一个窗口里的会一起用：")
    say(f"{address}\n（只供本机使用；Ctrl-C 结束）" if opened else address)
    if not no_browser:
        import webbrowser

        if not webbrowser.open(address):
            say("浏览器没有打开，请把上面的地址复制到浏览器里")
    if opened:
        opened.run()


def _name_of(issue: str, content: Path) -> str:
    """Give <gazette>/<issue> for that name, or for the folder of an issue."""
    folder = Path(issue)
    if not folder.is_dir() or content not in folder.resolve().parents:
        folder = content / issue
    folder = folder.resolve()
    if not folder.is_dir() or folder.parent.parent != content:
        msg = f"{issue}: {content} 里没有这一期；请写作 <公报>/<年>-<期>，例如 panzhihua/2017-01"
        raise UsageError(msg)
    return f"{folder.parent.name}/{folder.name}"
