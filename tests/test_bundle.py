"""Bundles: what is in them, that they are the same bytes, whole, signed, and need no network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from fnmatch import filter as matching
from pathlib import Path

import pytest

from generator.bundle import bundle
from generator.bundle.links import Redirection
from generator.bundle.outside import DORMANT, Dormant, find_outside
from generator.errors import SiteError
from generator.linkcheck import check_links

PUBLIC = {"moumou": "https://gazette.example/sub/", "g": "https://gazette.example/sub/"}
NOTE = "不在本离线包内"

# --- what loads from another host -------------------------------------------------------------

LOADS = [
    ("a.html", '<script src="https://h.example/x.js"></script>'),
    ("a.html", "<SCRIPT SRC=//h.example/x.js></SCRIPT>"),
    ("a.html", "<img alt='a > b' src='//h.example/x.png'>"),
    ("a.html", '<img src="&#x2f;/h.example/x.png">'),
    ("a.html", '<img src="\\\\h.example\\x.png">'),
    ("a.html", '<img src=" ht\ntps://h.example/x.png">'),
    ("a.html", '<img src="/\t/h.example/x.png">'),
    ("a.html", '<img src="file://server/x.png">'),
    ("a.html", '<img srcset="a.png 1x, https://h.example/b.png 2x">'),
    ("a.html", '<source srcset="//h.example/b.png">'),
    ("a.html", '<iframe src="https://h.example/"></iframe>'),
    ("a.html", '<iframe srcdoc="&lt;img src=//h.example/x.png&gt;"></iframe>'),
    ("a.html", '<object data="https://h.example/x.swf"></object>'),
    ("a.html", '<embed src="https://h.example/x.swf">'),
    ("a.html", '<video poster="https://h.example/x.png"></video>'),
    ("a.html", '<audio src="https://h.example/x.ogg"></audio>'),
    ("a.html", '<track src="https://h.example/x.vtt">'),
    ("a.html", '<input type="image" src="https://h.example/x.png">'),
    ("a.html", '<link rel="stylesheet" href="https://h.example/x.css">'),
    ("a.html", '<link rel="preconnect" href="https://h.example">'),
    ("a.html", '<link rel="alternate stylesheet" href="//h.example/x.css">'),
    ("a.html", '<base href="https://h.example/">'),
    ("a.html", '<body background="https://h.example/x.png">'),
    ("a.html", '<a href="x.html" ping="https://h.example/">'),
    ("a.html", '<meta http-equiv="refresh" content="0; url=https://h.example/">'),
    ("a.html", '<meta http-equiv="Refresh" content="0;URL=\'//h.example/\'">'),
    ("a.html", "<p style=\"background: url( 'https://h.example/x.png' )\">"),
    ("a.html", "<p onclick=\"fetch('https://h.example/')\">"),
    ("a.html", "<a href=\"javascript:fetch('https://h.example/')\">"),
    ("a.html", "<style>@import '//h.example/x.css';</style>"),
    ("a.html", "<script>var s = 'https://h.example/x.js'</script>"),
    ("a.html", "<script>var s = 'https://h.example/x.js'"),
    ("a.html", '<svg><image xlink:href="https://h.example/x.png"/></svg>'),
    ("a.html", '<svg><use href="https://h.example/x.svg#a"/></svg>'),
    ("a.html", '<svg><rect fill="url(https://h.example/x.svg#a)"/></svg>'),
    ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="//h.example/x.png"/></svg>'),
    ("a.svg", '<?xml-stylesheet href="https://h.example/x.css"?><svg/>'),
    ("a.svg", "<svg><style>rect { fill: url(https://h.example/x.svg) }</style></svg>"),
    ("a.css", "p { background: URL(//h.example/x.png) }"),
    ("a.css", '@import/* x */"https://h.example/x.css";'),
    ("a.css", "p { background: \\75 rl(https://h.example/x.png) }"),
    ("a.css", 'p { background: image-set("a.png" 1x, "https://h.example/x.png" 2x) }'),
    ("a.css", "@font-face { src: url('https://h.example/x.woff2') }"),
    ("a.js", "fetch('https://h.example/')"),
    ("a.js", "import('//h.example/x.js')"),
    ("a.js", 'import x from "https://h.example/x.js"'),
    ("a.js", "importScripts(`https://h.example/x.js`)"),
    ("a.js", "new Worker('https://h.example/x.js')"),
    ("a.js", "r.open('GET', 'https://h.example/')"),
    ("a.js", "s.src='https:\\/\\/h.example/x.js'"),
    ("a.js", "new WebSocket('wss://h.example')"),
    ("a.js", "let r=`https://${host}/x`"),
]
PASS = [
    ("a.html", '<a href="https://h.example/" target="_blank">别处</a>'),
    ("a.html", '<link rel="canonical" href="https://h.example/">'),
    ("a.html", '<link rel="license" href="https://h.example/">'),
    (
        "a.html",
        '<svg xmlns="http://www.w3.org/2000/svg"><a xlink:href="https://h.example/"/></svg>',
    ),
    ("a.html", '<img src="data:image/png;base64,//8=">'),
    ("a.html", '<img src="a.png" title="url(https://h.example/)">'),
    ("a.html", "<p>访问 https://h.example/ 或 url(https://h.example/)，“//h.example/”</p>"),
    ("a.html", '<p>&lt;script src="https://h.example/x.js"&gt;</p>'),
    ("a.html", '<script type="application/json">{"a": "https://h.example/"}</script>'),
    ("a.html", '<meta property="og:url" content="https://h.example/">'),
    ("a.html", '<meta http-equiv="refresh" content="0; url=x.html">'),
    ("a.css", "@namespace svg 'http://www.w3.org/2000/svg'; a[href^='https:'] { color: red }"),
    ("a.css", "p { background: url(data:image/png;base64,//8=) } /* https://h.example */"),
    ("a.js", "x.createElementNS('http://www.w3.org/2000/svg', 'a') // see https://h.example"),
    ("a.js", 'if (a == "x"//no address\n) b = "//"; var c = /^https?:\\/\\//;'),
    ("a.js", "console.warn('see https://h.example')"),
    ("a.json", '{"url": "https://h.example/"}'),
]


@pytest.mark.parametrize(("name", "text"), LOADS)
def test_what_loads_from_another_host_is_found(name: str, text: str) -> None:
    assert list(find_outside(name, text))


@pytest.mark.parametrize(("name", "text"), PASS)
def test_what_loads_nothing_passes(name: str, text: str) -> None:
    assert list(find_outside(name, text)) == []


PIECES = {
    "a.html": (
        "<a ", '<a "', "<a '", "<a \"'", "' \"<a ", "<script>", "<script", "<style>url(", "<pre ",
        "<pre mermaid", "<img src=x ", "<img srcset=', ", "<a x=", "<a =\t", "<link rel=", "&#x",
        "<p style='@import/*", "<meta http-equiv=refresh content='0 0 ", '<a href="x">', "<title>",
    ),
    "a.css": (
        "url(", "@import", "@import/*", "image-set(", "image-set('", "\\", "/*", "'", "url(h",
    ),
    "a.js": ("'", "'//", "'https:", "'//a", "'//a.", "' ", "\\/", "'\\/\\/"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "piece"), [(n, p) for n in PIECES for p in PIECES[n]])
def test_no_text_takes_long(name: str, piece: str) -> None:
    redirection = Redirection({"x"}, "index.html", "")
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    list(find_outside(name, text))
    if name == "a.html":
        redirection.redirect(name, text)
    assert time.process_time() - start < 1.5  # a quadratic pattern takes minutes


@pytest.mark.slow
@pytest.mark.parametrize("dormant", DORMANT, ids=lambda dormant: dormant.address)
def test_each_dormant_address_is_there_and_its_reason_holds(dormant: Dormant, built: Path) -> None:
    site = built / "site"
    names = [p.relative_to(site).as_posix() for p in site.glob("assets/**/*.js")]
    (name,) = matching(names, dormant.file)
    assert dormant.address in (site / name).read_text("utf-8")
    if dormant.wakes:  # no page of ours does: other tests bundle them
        page = '<pre class="mermaid">a</pre><a data-md-component="source" href="x">b</a>'
        assert dormant.address in [address for _, address in find_outside("a.html", page)]


# --- links ------------------------------------------------------------------------------------


def redirect(text: str, homepage: str = "") -> str:
    names = {"g/2001-01/index.html", "g/2001-01/a.html", "assets/a.css", "g/2001-01/图 1.png"}
    return Redirection(names, "g/2001-01/index.html", homepage).redirect("g/2001-01/a.html", text)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="index.html#p1">一</a>',
        '<a href="#p1">一</a><a name=x>二</a>',
        '<a href="https://h.example/">一</a><a href="mailto:a@b.example">二</a>',
        '<link rel="stylesheet" href="../../assets/a.css">',
        '<img src="%E5%9B%BE%201.png"><a href="图 1.png">图</a>',
        "<script>var a = '<a href=\"../../works/x.html\">'</script>",
    ],
)
def test_what_is_inside_stays_as_it_is(text: str) -> None:
    assert redirect(text) == text
    assert redirect(text, "https://h.example/") == text


def test_links_out_of_a_bundle_lead_to_the_public_site_or_are_marked() -> None:
    text = '<a class="held" href="../2002-01/b c.html?x=1&amp;y=2#p1" title="某“令”">某令</a>'
    assert redirect(text) == (
        '<a class="held" role="link" aria-disabled="true" tabindex="0" data-outside='
        f'"g/2002-01/b%20c.html?x=1&amp;y=2#p1" title="某“令”（{NOTE}）">某令</a>'
    )
    assert redirect(text, "https://h.example/sub/index.html") == (
        '<a class="held" href="https://h.example/sub/g/2002-01/b%20c.html?x=1&amp;y=2#p1" '
        'data-online="" title="某“令”（在公开网站上，需要联网）">某令</a>'
    )
    assert f'title="{NOTE}"' in redirect("<a href='../../index.html'>首页</a>")


def test_a_pictures_link_says_it_in_its_title() -> None:
    text = '<svg><a href="../b.html">\n<title>某令</title><rect/></a></svg>'
    assert redirect(text) == (
        '<svg><a role="link" aria-disabled="true" tabindex="0" data-outside="g/b.html">\n'
        f"<title>某令（{NOTE}）</title><rect/></a></svg>"
    )


def test_the_logo_leads_to_the_issue_and_dead_relations_are_left_out() -> None:
    logo = '<a href="../../index.html" title="公报" class="md-header__button md-logo">'
    assert redirect(logo) == '<a title="公报" class="md-header__button md-logo" href="index.html">'
    assert redirect('<link rel="prev" href="../b.html"><link rel="next" href="index.html">') == (
        '<link rel="next" href="index.html">'
    )


def test_a_page_that_needs_a_file_from_outside_its_bundle_is_refused() -> None:
    with pytest.raises(SiteError, match=r"a\.html: needs \.\./\.\./x\.png"):
        redirect('<img src="../../x.png">')


@pytest.mark.slow
@pytest.mark.parametrize("homepages", [{}, PUBLIC], ids=["marked", "public"])
def test_every_link_of_every_bundle_leads_somewhere(
    homepages: Mapping[str, str], archive: Path, tmp_path: Path
) -> None:
    bundle(archive, tmp_path / "dist", homepages)
    for path in (tmp_path / "dist").glob("*.zip"):
        shutil.unpack_archive(path, tmp_path / "unpacked")
    folders = sorted((tmp_path / "unpacked").iterdir())
    names = ["archive", "moumou-2020-01", "moumou-2021-02", "moumou-2022-03"]
    assert [folder.name for folder in folders] == names
    for folder in folders:
        assert list(check_links(folder)) == []
    page = (folders[2] / "moumou" / "2021-02" / "moufufa-2021-9.html").read_text("utf-8")
    assert ("https://gazette.example/sub/moumou/2020-01/moufufa-2020-3.html#f1-a2" in page) == bool(
        homepages
    )
    assert ('data-outside="moumou/2020-01/moufufa-2020-3.html#f1-a2"' in page) != bool(homepages)
