"""Bundles: their content; they have the same bytes, are whole and signed, and need no network."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping
from fnmatch import filter as matching
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, Page

from generator.cli import main
from generator.delivery.bundle import Signer, bundle
from generator.delivery.bundle.outside import DORMANT, Dormant, find_outside
from generator.delivery.bundle.redirect import Redirection
from generator.runtime.errors import GazetteError, SiteError, UsageError
from generator.site.records import FOLDER as MANIFESTS
from tests.browser import Watch, search
from tests.conftest import ROOT, make_once
from tests.documents import write_issue
from tests.pages import check_links

PUBLIC = {"moumou": "https://gazette.example/sub/", "g": "https://gazette.example/sub/"}
NOTE = "不在本离线包内"


def make_site(site: Path, issues: int, size: int = 0) -> Path:
    """Write a site as small as one can be; ``size`` bytes of page and of picture in each issue."""
    (site / "assets").mkdir(parents=True)
    (site / "assets" / "a.css").write_text("p { color: red }", "utf-8")
    (site / "index.html").write_text('<a href="g/2001-01/index.html">一</a>', "utf-8")
    for n in range(1, issues + 1):
        folder = site / "g" / f"20{n:02}-01"
        write_issue(site, f"g/{folder.name}", [f"第{n}期所载的文件，一二三四五六七八九十"])
        page = '<a href="../../index.html">首页</a>\n' + f"<p>{'一二三四' * 20}</p>\n" * (
            size // 250
        )
        (folder / "index.html").write_text(page, "utf-8")
        (folder / "p.png").write_bytes(random.Random(n).randbytes(size))
    return site


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Give the properties of a file that change when it is written again."""
    stats = {path.name: path.stat() for path in folder.iterdir()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in stats.items()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed(site: Path, target: Path, homepages: Mapping[str, str] | None = None) -> set[str]:
    """Bundle again; name the zips that were written again."""
    before = state(target)
    bundle(site, target, homepages or {})
    after = state(target)
    return {name for name in after if name.endswith(".zip") and after[name] != before.get(name)}


# --- files and content ------------------------------------------------------------------------


@pytest.mark.guarantee("bundle", 1)
def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", 2, 1000)
    bundle(site, tmp_path / "one", {})
    shutil.copytree(site, tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*"):
        os.utime(path, (1e9, 1e9))
    bundle(tmp_path / "copy", tmp_path / "two", {})
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert sorted(contents(tmp_path / "one")) == [
        "SHA256SUMS", "archive.zip", "g-2001-01.zip", "g-2002-01.zip",
    ]  # fmt: skip


def test_sums_inside_and_beside_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    bundle(make_site(tmp_path / "site", 1, 1000), target, {})
    shutil.unpack_archive(target / "g-2001-01.zip", tmp_path)
    for folder in (target, tmp_path / "g-2001-01"):
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True,
            check=True,
        )  # fmt: skip
        listed = {line.partition(b":")[0].decode() for line in checked.stdout.splitlines()}
        files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert listed == files - {"SHA256SUMS"}


@pytest.mark.guarantee("bundle", 2)
@pytest.mark.guarantee("write_zip", 3)
def test_only_what_changed_is_written_anew(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 3), tmp_path / "dist"
    everything = {"archive.zip", "g-2001-01.zip", "g-2002-01.zip", "g-2003-01.zip"}
    target.mkdir()
    assert changed(site, target) == everything
    assert changed(site, target) == set()
    (site / "g" / "2002-01" / "index.html").write_text("<p>二</p>", "utf-8")
    assert changed(site, target) == {"archive.zip", "g-2002-01.zip"}
    (site / "index.html").write_text("<p>新</p>", "utf-8")
    assert changed(site, target) == {"archive.zip"}
    assert changed(site, target, PUBLIC) == everything - {"archive.zip"}
    (site / "assets" / "a.css").write_text("p { color: blue }", "utf-8")
    assert changed(site, target, PUBLIC) == everything
    (target / "SHA256SUMS").unlink()
    assert changed(site, target, PUBLIC) == everything  # nothing says what they should be
    bundle(site, tmp_path / "new", PUBLIC)
    assert contents(target) == contents(tmp_path / "new")


def test_a_damaged_zip_is_made_again(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    bundle(site, target, {})
    whole = contents(target)
    for data in (b"\0" * 40 + whole["g-2001-01.zip"][40:], b"", whole["archive.zip"]):
        (target / "g-2001-01.zip").write_bytes(data)
        bundle(site, target, {})
        assert contents(target) == whole


@pytest.mark.guarantee("bundle", 2)
def test_zips_of_issues_that_are_gone_are_removed_and_other_files_stay(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 2), tmp_path / "dist"
    bundle(site, target, {})
    (target / "own.zip").write_bytes(b"mine")
    (tmp_path / "above.zip").write_bytes(b"mine")
    with (target / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  ../above.zip\n{'0' * 64}  note.txt\nnonsense\n")
    (target / "note.txt").write_bytes(b"mine")
    shutil.rmtree(site / "g" / "2001-01")
    bundle(site, target, {})
    names = ["SHA256SUMS", "archive.zip", "g-2002-01.zip", "note.txt", "own.zip"]
    assert sorted(contents(target)) == names
    assert (tmp_path / "above.zip").exists()


def test_what_the_builder_keeps_for_itself_is_left_out(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    bundle(site, target, {})
    before = contents(target)
    (site / MANIFESTS / "g").mkdir(parents=True)
    (site / MANIFESTS / "g" / "2001-01.json").write_text("{}", "utf-8")
    bundle(site, target, {})
    assert contents(target) == before


@pytest.mark.guarantee("bundle", 4)
@pytest.mark.guarantee("write_zip", 2)
@pytest.mark.medium
def test_a_run_that_is_killed_leaves_whole_zips(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 3, 2_000_000), tmp_path / "dist"
    target.mkdir()
    program = (
        "import sys; from pathlib import Path; from generator.delivery.bundle import bundle; "
        "bundle(Path(sys.argv[1]), Path(sys.argv[2]), {})"
    )
    command = [sys.executable, "-c", program, str(site), str(target)]
    for waiting in (".archive.zip.new", ".g-2002-01.zip.new"):
        with subprocess.Popen(command, cwd=ROOT) as run:
            while run.poll() is None and not (target / waiting).exists():
                time.sleep(0.002)
            run.kill()
        assert (target / waiting).exists(), "was not killed while it wrote"
        for path in target.glob("[!.]*.zip"):
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
    bundle(site, target, {})
    bundle(site, tmp_path / "clean", {})
    assert contents(target) == contents(tmp_path / "clean")


@pytest.mark.guarantee("bundle", 3)
@pytest.mark.guarantee("write_zip", 1)
@pytest.mark.medium
def test_memory_does_not_grow_with_the_bytes_of_the_archive(tmp_path: Path) -> None:
    def peak(issues: int) -> int:
        site = make_site(tmp_path / f"site{issues}", issues, 400_000)
        tracemalloc.start()
        bundle(site, tmp_path / f"dist{issues}", {})
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # the tables of the search are read once, and modules are loaded
    peak(3)
    assert peak(12) - peak(2) < 400_000  # 8 MB more to pack


@pytest.mark.parametrize("inside", [".", "dist"])
def test_a_target_inside_the_site_is_refused(inside: str, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", 1)
    with pytest.raises(UsageError, match="请为 --target 换一个文件夹"):
        bundle(site, site / inside, {})


# --- addresses of other hosts -----------------------------------------------------------------

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


def test_a_site_that_loads_from_another_host_is_not_bundled(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", 1)
    (site / "assets" / "a.svg").write_text("<svg>\n<image href='//cdn.example/x.png'/>", "utf-8")
    with pytest.raises(
        GazetteError, match=r"assets/a\.svg:2: 要从别的网站加载 //cdn\.example/x\.png"
    ):
        bundle(site, tmp_path / "dist", {})
    assert not (tmp_path / "dist").exists()


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


@pytest.mark.medium
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
@pytest.mark.guarantee("redirect", 1)
def test_what_is_inside_stays_as_it_is(text: str) -> None:
    assert redirect(text) == text
    assert redirect(text, "https://h.example/") == text


@pytest.mark.guarantee("redirect", 2)
def test_links_out_of_a_bundle_lead_to_the_public_site_or_are_marked() -> None:
    text = '<a class="held" href="../2002-01/b c.html?x=1&amp;y=2#p1" title="某“令”">某令</a>'
    assert redirect(text) == (
        '<a class="held" role="link" aria-disabled="true" tabindex="0" data-outside='
        f'"g/2002-01/b%20c.html?x=1&amp;y=2#p1" title="某“令”（{NOTE}）">某令</a>'
    )
    assert redirect(text, "https://h.example/sub/") == (
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


@pytest.mark.guarantee("redirect", 3)
def test_the_logo_leads_to_the_issue_and_dead_relations_are_left_out() -> None:
    logo = '<a href="../../index.html" title="公报" class="md-header__button md-logo">'
    assert redirect(logo) == '<a title="公报" class="md-header__button md-logo" href="index.html">'
    assert redirect('<link rel="prev" href="../b.html"><link rel="next" href="index.html">') == (
        '<link rel="next" href="index.html">'
    )


def test_a_page_that_needs_a_file_from_outside_its_bundle_is_refused() -> None:
    with pytest.raises(SiteError, match=r"a\.html: 要用 \.\./\.\./x\.png"):
        redirect('<img src="../../x.png">')


@pytest.mark.medium
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


# --- signatures -------------------------------------------------------------------------------


def need(program: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed: .ci/run names its package")


def run_bundle(site: Path, target: Path, *arguments: str, **environment: str) -> Result:
    where = ["--site", str(site), "--target", str(target), "--content", str(ROOT / "content")]
    return CliRunner().invoke(
        main, ["bundle", *where, *arguments], env=environment, catch_exceptions=False
    )


@pytest.fixture
def gpg_key(gpg_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a key of GnuPG without a passphrase, for this test alone."""
    need("gpg")
    monkeypatch.setenv("GNUPGHOME", str(gpg_home))
    key = ["--quick-generate-key", "gazette@gazette.example", "ed25519", "sign", "never"]
    options = ["--batch", "--quiet", "--passphrase", "", "--pinentry-mode", "loopback"]
    subprocess.run(["gpg", *options, *key], check=True, capture_output=True)


@pytest.fixture
def minisign_key(tmp_path: Path) -> Path:
    need("minisign")
    key, public = tmp_path / "key", tmp_path / "key.pub"
    command = ["minisign", "-G", "-W", "-s", str(key), "-p", str(public)]
    subprocess.run(command, check=True, capture_output=True)
    return key


def test_minisign_signs_the_sums(minisign_key: Path, tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    result = run_bundle(site, target, "--sign", "minisign", "--sign-key", str(minisign_key))
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == str(target / "SHA256SUMS.minisig")
    verify = ["minisign", "-V", "-m", str(target / "SHA256SUMS"), "-p", f"{minisign_key}.pub"]
    subprocess.run(verify, check=True, capture_output=True)
    before = contents(target)
    bundle(site, target, {}, Signer("minisign", str(minisign_key)))
    assert contents(target) == before


@pytest.mark.usefixtures("gpg_key")
def test_gnupg_signs_the_sums_as_the_environment_says(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    environment = {"GAZETTE_SIGN": "gpg", "GAZETTE_SIGN_KEY": "gazette@gazette.example"}
    assert run_bundle(site, target, **environment).exit_code == 0
    verify = ["gpg", "--verify", str(target / "SHA256SUMS.asc"), str(target / "SHA256SUMS")]
    subprocess.run(verify, check=True, capture_output=True)
    failed = run_bundle(site, target, GAZETTE_SIGN="gpg", GAZETTE_SIGN_KEY="nobody@gazette.example")
    assert failed.exit_code == 2
    assert "gpg 没有签好" in failed.output
    assert failed.output.count("\n") == 1


def test_a_signature_goes_when_what_it_signed_changes(tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    bundle(site, target, {})
    (target / "SHA256SUMS.asc").write_text("signed", "ascii")
    (target / "SHA256SUMS.minisig").write_text("signed", "ascii")
    bundle(site, target, {})
    assert (target / "SHA256SUMS.asc").exists()
    (site / "index.html").write_text("<p>新</p>", "utf-8")
    bundle(site, target, {})
    assert sorted(contents(target)) == ["SHA256SUMS", "archive.zip", "g-2001-01.zip"]


def test_what_cannot_sign_is_said_in_one_line_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    bare = run_bundle(site, target, "--sign-key", "x")
    assert (bare.exit_code, bare.output.count("\n")) == (2, 1)
    assert "用 --sign-key 时，还要写 --sign" in bare.output
    monkeypatch.setenv("PATH", str(tmp_path))
    for program, package in (("minisign", "minisign"), ("gpg", "gnupg")):
        missing = run_bundle(site, target, "--sign", program)
        assert (missing.exit_code, missing.output.count("\n")) == (2, 1)
        assert f"没有安装这个程序；请先安装：apt-get install {package}" in missing.output
    assert not target.exists()


def test_a_key_that_is_not_there_or_is_none_is_named(minisign_key: Path, tmp_path: Path) -> None:
    site, target = make_site(tmp_path / "site", 1), tmp_path / "dist"
    missing = run_bundle(site, target, "--sign", "minisign", "--sign-key", str(tmp_path / "no"))
    assert (missing.exit_code, missing.output.count("\n")) == (2, 1)
    assert "no: 没有这个密钥文件" in missing.output
    assert not target.exists()
    failed = run_bundle(site, target, "--sign", "minisign", "--sign-key", f"{minisign_key}.pub")
    assert (failed.exit_code, failed.output.count("\n")) == (2, 1)
    assert "minisign 没有签好" in failed.output
    assert sorted(contents(target)) == ["SHA256SUMS", "archive.zip", "g-2001-01.zip"]


# --- read from disk ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack all bundles into a folder with a difficult name."""

    def make(where: Path) -> None:
        for path in bundle(built / "site", where / "dist", {}):
            if path.suffix == ".zip":
                shutil.unpack_archive(path, where / "离线 #1%")

    return make_once(tmp_path_factory, "bundles", make) / "离线 #1%"


@pytest.fixture
def offline(browser: Browser, unpacked: Path) -> Iterator[Watch]:
    """Open pages below the folder of bundles; everything else is refused."""
    with Watch.over(browser, f"{unpacked.as_uri()}/") as watching:
        yield watching


def land(page: Page, words: str) -> None:
    """Search for words of a paragraph, and follow the result to it."""
    search(page, words)
    page.click(".md-search-result__item a[href*='#']")
    page.wait_for_url("**/*.html?h=**#*")
    anchor = page.url.partition("#")[2]
    found = "id => document.getElementById(id).closest('p, td, h1').innerText"
    assert words in page.evaluate(found, anchor)


@pytest.mark.medium
def test_an_issue_is_read_from_its_bundle(offline: Watch) -> None:
    page = offline.open("moumou-2020-03/index.html")
    page.wait_for_url("**/moumou-2020-03/moumou/2020-03/index.html")
    page.click(".issue a:has-text('关于修订')")
    page.wait_for_url("**/moufufa-2020-7.html")
    page.click(".official a.held:has-text('第12号')")  # a citation, of the same issue
    page.wait_for_url("**/moumou-2020-03/moumou/2020-03/*.html")
    assert page.inner_text("h1") == "某某市停车管理办法"
    page.click(".md-logo >> visible=true")
    page.wait_for_url("**/moumou/2020-03/index.html")
    land(page, "停车收费按")
    offline.open("panzhihua-2017-01/index.html").wait_for_url("**/panzhihua/2017-01/index.html")
    land(offline.page, "小额人身保险覆盖率")


@pytest.mark.medium
def test_a_link_out_of_a_bundle_is_reached_and_told_by_keyboard(offline: Watch) -> None:
    page = offline.open("moumou-2020-04/moumou/2020-04/moufufa-2020-8.html")
    link = page.get_by_role("link", name="某府发〔2020〕7号", disabled=True).first
    link.focus()
    assert page.evaluate("document.activeElement.dataset.outside").endswith("/moufufa-2020-7.html")
    shown = link.evaluate("a => getComputedStyle(a, '::after').content")
    assert shown == '"包外"'
    tip = page.locator(".gazette-card[data-ready]")
    tip.wait_for()
    assert NOTE in tip.inner_text()
    before = page.url
    page.keyboard.press("Enter")
    link.click(force=True)
    assert page.url == before
    picture = page.locator(".neighbours a[data-outside] title").first
    assert NOTE in (picture.text_content() or "")


@pytest.mark.medium
def test_the_archive_is_read_from_its_bundle(offline: Watch) -> None:
    page = offline.open("archive/index.html")
    page.click("a[href='moumou/2020-04/index.html'] >> visible=true >> nth=0")
    page.wait_for_url("**/archive/moumou/2020-04/index.html")
    page.click(".issue a:has-text('关于修订')")
    page.wait_for_url("**/moufufa-2020-8.html")
    page.click(".official a:has-text('某府发〔2020〕7号')")
    page.wait_for_url("**/archive/moumou/2020-03/moufufa-2020-7.html")
    page.click(".md-logo >> visible=true")
    page.wait_for_url("**/archive/index.html")
    land(page, "小额人身保险覆盖率")
    page = offline.open("archive/search/index.html")
    page.fill("#q", "停车收费按")
    page.keyboard.press("Enter")
    page.click(".search-hits a >> nth=0")
    page.wait_for_url("**/moumou/2020-0*/moufufa-2020-*.html?h=**")


@pytest.mark.medium
@pytest.mark.parametrize("folder", ["panzhihua-2017-01", "moumou-2020-04"])
def test_every_page_of_a_bundle_opens_and_fits_a_phone(
    folder: str, browser: Browser, unpacked: Path
) -> None:
    assert list(check_links(unpacked / folder)) == []
    with Watch.over(browser, f"{unpacked.as_uri()}/", 320) as watching:
        for path in sorted((unpacked / folder).rglob("*.html")):
            page = watching.open(path.relative_to(unpacked).as_posix().replace("#", "%23"))
            page.wait_for_selector("h1")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.medium
def test_a_bundle_of_one_issue_carries_a_small_index_of_its_own(
    offline: Watch, unpacked: Path
) -> None:
    folder = unpacked / "panzhihua-2017-01" / "search"
    assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) <= 1_200_000
    assert '"page":false' in (folder / "manifest.js").read_text("ascii")
    found = search(offline.open("panzhihua-2017-01/panzhihua/2017-01/index.html"), "某府发")
    assert not any("moumou" in address for address in found)
