"""Options of several commands, and the examples at the end of a help text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from generator.runtime.places import Places

P = ParamSpec("P")
R = TypeVar("R")

FOLDER = click.Path(path_type=Path, file_okay=False)
EXISTING_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
# each site that this program built has one of these folders
OWN_FOLDERS = ("manifests", "assets/gazette")

issue_folders_argument = click.argument("folders", nargs=-1, type=EXISTING_FOLDER)
site_option = click.option(
    "--site", type=FOLDER, default="site", show_default=True, help="Folder of the finished website."
)


def content_option(help_text: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make the option --content; each command has its own help text for it."""
    return click.option(
        "--content", type=FOLDER, default="content", show_default=True, help=help_text
    )


def archive_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add the options for the folders of an archive: --content, --site and --build."""
    build_option = click.option(
        "--build", "build_dir", type=FOLDER, default="build", show_default=True,
        help="Folder for generated Markdown and the cache.",
    )  # fmt: skip
    content = content_option("Folder of the archive: <gazette>/<year>-<nn>/issue.md.")
    return content(site_option(build_option(command)))


def archive_places(content: Path, site: Path, build_dir: Path) -> Places:
    """Check that no folder of an archive contains another, and give all of them.

    templates/ and mkdocs.yml beside content/ take precedence over those of the program. Raises
    UsageError for a site folder with files of another origin.
    """
    from generator.runtime.errors import UsageError
    from generator.runtime.places import CONFIG, TEMPLATES, Places

    content, site, build_dir = content.resolve(), site.resolve(), build_dir.resolve()
    for one, other in ((site, content), (content, site), (build_dir, content), (site, build_dir)):
        if one == other or one in other.parents:
            msg = f"{one} 与 {other} 是同一个文件夹，或一个在另一个里；请换一个"
            raise UsageError(msg)
    if site.is_dir() and any(site.iterdir()) and not any((site / f).is_dir() for f in OWN_FOLDERS):
        msg = f"{site}: 有不是本程序生成的文件；请为 --site 换一个新的或空的文件夹"
        raise UsageError(msg)
    own_templates, own_config = content.parent / "templates", content.parent / "mkdocs.yml"
    return Places(
        content, site, build_dir,
        templates=own_templates if own_templates.is_dir() else TEMPLATES,
        config=own_config if own_config.is_file() else CONFIG,
    )  # fmt: skip


def all_issue_folders(content: Path, *, drafts: bool = False) -> tuple[Path, ...]:
    """List the folders of all issues of an archive, of those that are published or of all."""
    from generator.archive.issues import issue_folders
    from generator.content import find_gazettes

    return tuple(issue_folders(content, find_gazettes(content), drafts=drafts))


def examples(*lines: str) -> str:
    r"""Make the end of a help text, with each example on a line of its own.

    click wraps paragraphs, except those that begin with a line ``\b``.
    """
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))
