"""The search engine in a real browser, over http and from disk, against brute force."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.search import fold, in_order, read_entries
from generator.search.passages import Entry
from tests.browser import Watch, lent_page, serving, until
from tests.conftest import make_once
from tests.documents import write_issue
from tests.pages import index_site

pytestmark = pytest.mark.medium
VECTORS = Path(__file__).parent / "fold_vectors.json"

ASK = """async ([queries, options]) => {
  const found = [];
  for (const query of queries) found.push(await gazette.search(query, options));
  return found;
}"""


def ask(page: Page, queries: Sequence[str], **options: object) -> list[Any]:
    found: list[Any] = page.evaluate(ASK, [list(queries), {"limit": 1000, **options}])
    return found


def entries(site: Path) -> list[Entry]:
    names = (p.parent.relative_to(site).as_posix() for p in site.glob("*/*/issue.json"))
    return list(read_entries(site, in_order(names)))


def holding(listed: Sequence[Entry], query: str) -> set[str]:
    """Brute force: the documents of which a passage contains the folded query."""
    wanted = fold(query)
    return {e.url for e in listed if any(wanted in fold(p.text) for p in e.passages)}


def substrings(listed: Sequence[Entry], count: int, seed: int) -> list[str]:
    """Cut pieces of 1–12 characters out of texts, without blanks, which separate phrases."""
    chooser = random.Random(seed)
    texts = [p.text for e in listed for p in e.passages if p.text]
    found: list[str] = []
    while len(found) < count:
        text = chooser.choice(texts)
        at = chooser.randrange(len(text))
        piece = text[at : at + chooser.randint(1, 12)]
        whole = re.fullmatch('"[^"]+"|“[^”]+”', piece)  # a phrase, without its quotation marks
        if fold(piece) and not whole and not re.search(r"\s", piece):
            found.append(piece)
    return found


@pytest.fixture
def searching(watch: Watch) -> Page:
    return watch.open("search/index.html")


def test_random_substrings_are_found_where_they_stand_and_nowhere_else(
    searching: Page, built: Path
) -> None:
    listed = entries(built / "site")
    queries = substrings(listed, 700, seed=11)
    for query, found in zip(queries, ask(searching, queries, literal=True), strict=True):
        assert {hit["url"] for hit in found["hits"]} == holding(listed, query), query
        assert found["total"] == len(found["hits"])
        assert found["note"] is None


def test_what_is_found_beside_the_typed_words_holds_a_form_that_is_said(
    searching: Page, built: Path
) -> None:
    listed = entries(built / "site")
    queries = [*substrings(listed, 300, seed=12), "2016年", "第3条", "一带一路建设", "市卫计委"]
    others = 0
    for query, found in zip(queries, ask(searching, queries), strict=True):
        urls = {hit["url"] for hit in found["hits"]}
        if found["note"] is None:
            assert urls == holding(listed, query), query
        elif found["note"]["kind"] == "forms":
            others += 1
            forms = found["note"]["phrases"]
            assert found["note"]["literal"] == len(holding(listed, query)) < found["total"]
            assert urls == holding(listed, query).union(*(holding(listed, f) for f in forms))
    assert others > 2


FORMS = {
    "二〇〇三年": "某市公文示例一号自2003年起执行。",
    "2004年3月6日": "某市公文示例二号自二〇〇四年三月六日起施行。",
    "第12条": "某市公文示例三号依照第十二条办理。",
    "阿不都某某": "某市公文示例四号任命阿不都·某某同志。",
    "1234.5万元": "某市公文示例五号完成1,234.5万元。",
    "一带一路建设": "某市公文示例六号推进“一带一路”建设。",
    "市卫健委": "某市公文示例七号市卫生和计划生育委员会负责。",
    "某街道卫监所": "某市公文示例八号某街道卫生监督所负责。",
    "三月六日 第2条": "某市公文示例九号三月六日依照第二条办理。",
}


@pytest.fixture
def forms_page(browser: Browser, built: Path, tmp_path: Path) -> Iterator[Page]:
    """Open the search page of an issue in which each document prints one thing in another form."""
    site = tmp_path / "site"
    write_issue(site, "g/2020-01", list(FORMS.values()))
    shutil.copytree(built / "site" / "assets", site / "assets")
    index_site(site, ["g/2020-01"], names=[["卫生监督所", "卫监所"]])
    page = (built / "site" / "search" / "index.html").read_text("utf-8")
    (site / "search" / "index.html").write_text(page, "utf-8")
    with lent_page(browser) as page_, serving(tmp_path) as root:
        page_.goto(f"{root}site/search/index.html?q=第12条")
        yield page_


def test_one_thing_is_found_in_each_of_its_forms_and_that_can_be_refused(forms_page: Page) -> None:
    answers = ask(forms_page, list(FORMS))
    for n, (query, found) in enumerate(zip(FORMS, answers, strict=True), start=1):
        assert f"g/2020-01/{n:02}.html" in [hit["url"] for hit in found["hits"]], query
        assert found["note"]["kind"] == "forms"
        assert found["note"]["literal"] == 0
        assert all("<mark>" in hit["snippet"] for hit in found["hits"])
    for found in ask(forms_page, list(FORMS), literal=True):
        assert found["hits"] == []


def said(page: Page, words: str) -> None:
    until(page, f"document.getElementById('search-status').textContent.includes('{words}')")


def test_the_page_says_which_forms_it_found_and_leads_to_the_typed_one(forms_page: Page) -> None:
    status = forms_page.locator("#search-status")
    said(forms_page, "找到")
    assert status.inner_text() == "没有写作“第12条”的，写法不同的有“第十二条”：找到 1 篇"
    forms_page.fill("#q", "第二条")
    forms_page.keyboard.press("Enter")
    said(forms_page, "找到")
    assert status.get_by_role("link").count() == 0
    forms_page.goto(forms_page.url.partition("?")[0] + "?q=第2条&literal=1")
    said(forms_page, "只找了原样的")
    status.get_by_role("link", name="也找写法不同的").click()
    said(forms_page, "第二条")
    assert "literal" not in forms_page.url


@pytest.mark.parametrize(
    "query", ["总第{total}期", "{year}年第{number}期", "{title}{year}年第{number}期"]
)
def test_an_issue_is_found_by_its_number(query: str, searching: Page, built: Path) -> None:
    path = built / "site" / "panzhihua" / "2017-01" / "issue.json"
    issue = json.loads(path.read_text("utf-8"))
    typed = query.format(
        total=issue["total_number"], year=issue["year"], number=issue["number"],
        title=issue["gazette"],
    )  # fmt: skip
    (found,) = ask(searching, [typed])
    first = [hit["url"] for hit in found["hits"]][: len(issue["documents"])]
    assert first == [document["url"] for document in issue["documents"]]
    assert found["note"]["kind"] == "issue"


def test_every_snippet_holds_the_phrase_and_every_anchor_exists(
    searching: Page, built: Path
) -> None:
    listed = entries(built / "site")
    queries = [q for q in substrings(listed, 200, seed=12) if len(fold(q)) > 1]
    anchors: dict[str, set[str]] = {}
    for query, found in zip(queries, ask(searching, queries, limit=5), strict=True):
        for hit in found["hits"]:
            marked = re.findall(r"<mark>(.*?)</mark>", hit["snippet"])
            plain = [re.sub(r"&lt;", "<", re.sub("&gt;", ">", m)) for m in marked]
            plain = [text.replace("&quot;", '"').replace("&amp;", "&") for text in plain]
            assert any(fold(query) in fold(text) for text in plain), (query, hit)
            if hit["url"] not in anchors:
                html = (built / "site" / hit["url"]).read_text("utf-8")
                anchors[hit["url"]] = set(re.findall(r'id="([^"]+)"', html))
            assert hit["anchor"] in anchors[hit["url"]], (query, hit)


def spellings(number: str) -> list[str]:
    bare = number.replace("〔", "{").replace("〕", "}")
    forms = [
        number,
        *(bare.replace("{", a).replace("}", b) for a, b in ("[]", "()", "【】", "（）")),
    ]
    if "{" in bare:
        code, year, serial = re.split("[{}]", bare)
        forms += [f"{code}{year} {serial}", f"{code} {year} {serial.removesuffix('号')}"]
        forms += [f"{code}〔{year}〕 第{serial}", f"{code}〔{year}〕0{serial}"]
        forms += [f"{code}{year}{serial}", f"{code}{year}{serial.removesuffix('号')}"]
    return forms


def test_a_documents_own_number_comes_first_however_it_is_typed(
    searching: Page, built: Path
) -> None:
    for entry in entries(built / "site"):
        forms = spellings(entry.number)
        for form, found in zip(forms, ask(searching, forms, limit=1), strict=True):
            assert found["hits"][0]["url"] == entry.url, form


def test_a_fragment_of_a_title_comes_first(searching: Page, built: Path) -> None:
    chooser = random.Random(13)
    fragments = []
    for entry in entries(built / "site") * 8:
        at = chooser.randrange(max(len(entry.title) - 6, 1))
        fragments.append(entry.title[at : at + chooser.randint(6, 12)])
    for fragment, found in zip(fragments, ask(searching, fragments, limit=1), strict=True):
        assert fold(fragment) in fold(found["hits"][0]["title"]), fragment


FOLD_ALL = """async (texts) => {
  const folded = [];
  for (const text of texts) folded.push(await gazette.fold(text));
  return folded;
}"""


def test_every_character_is_folded_alike_in_both_languages(searching: Page) -> None:
    codes = [*range(0x20, 0xD800), *range(0xE000, 0x10000), *range(0x1F100, 0x1F200)]
    codes += range(0x20000, 0x2FA20, 3)
    chars = [chr(code) for code in codes]
    for char, folded in zip(chars, searching.evaluate(FOLD_ALL, chars), strict=True):
        assert folded == fold(char), hex(ord(char))
    texts = [text for text, _ in json.loads(VECTORS.read_text("utf-8"))]
    assert searching.evaluate(FOLD_ALL, texts) == [fold(text) for text in texts]


WORDS = (
    *(
        "阳光康养",
        "攀枝花",
        "牟刚林",
        "农村留守儿童",
        "医养结合",
        "旅游业",
        "城镇化",
        "金融业",
        "信用体系",
    ),
    *(
        "医疗卫生",
        "四川省",
        "重庆",
        "基本医疗保险",
        "人民政府",
        "贯彻落实",
        "试点工作",
        "发展规划",
        "银行业",
    ),
    *(
        "成都平原",
        "公共服务",
        "养老机构",
        "棚户区",
        "新型城镇化",
        "户籍制度",
        "统筹城乡",
        "长江经济带",
    ),
    *("财政厅", "公安厅", "民政局", "教育部"),
)


def test_full_pinyin_and_initials_find_words_and_names(searching: Page, built: Path) -> None:
    from pypinyin import Style, lazy_pinyin

    listed = entries(built / "site")
    words = [word for word in WORDS if holding(listed, word)]
    assert len(words) > 20
    full = ["".join(lazy_pinyin(word)) for word in words]
    right = [
        holding(listed, word) <= {hit["url"] for hit in found["hits"]}
        and word in (found["note"] or {}).get("phrases", ())
        for word, found in zip(words, ask(searching, full), strict=True)
    ]
    assert sum(right) >= 0.95 * len(words), [w for w, r in zip(words, right, strict=True) if not r]
    short = ["".join(lazy_pinyin(word, style=Style.FIRST_LETTER)) for word in words]
    found_words = [
        word in (found["note"] or {}).get("phrases", ())
        for word, found in zip(words, ask(searching, short), strict=True)
    ]
    missed = [w for w, r in zip(words, found_words, strict=True) if not r]
    assert sum(found_words) >= 0.8 * len(words), missed


def test_what_does_not_occur_gives_its_longest_pieces_and_says_so(searching: Page) -> None:
    (found,) = ask(searching, ["攀枝花医养结合量子"])
    assert found["note"] == {"kind": "pieces", "phrases": ["攀枝花", "医养结合"]}
    assert found["hits"][0]["url"].endswith("panbanfa-2016-71.html")


def test_pieces_that_tile_the_phrase_are_tried_too(searching: Page) -> None:
    """The text has punctuation behind 工作方案 that the query lacks."""
    query = "医养结合试点工作实施方案已经市政府"
    (found,) = ask(searching, [query])
    assert found["note"]["kind"] == "pieces"
    assert "".join(found["note"]["phrases"]) == query
    assert found["total"] >= 1


def test_a_number_without_its_year_leads_to_its_documents(searching: Page, built: Path) -> None:
    bearers = {e.url for e in entries(built / "site") if e.number == "川府发〔2016〕55号"}
    for query in ("川府发55号", "川府发55"):
        (found,) = ask(searching, [query])
        assert {hit["url"] for hit in found["hits"]} == bearers != set()
        assert found["note"]["kind"] == "number"


@pytest.mark.parametrize(
    "query", ["国发2016 13", "国发 2016 13号", "国发(2016) 013", "国发201613", "国发2016-13"]
)
def test_a_number_that_is_cited_alone_is_found_however_it_is_typed(
    query: str, searching: Page, built: Path
) -> None:
    (found,) = ask(searching, [query])
    cite = holding(entries(built / "site"), "国发〔2016〕13号")
    assert {hit["url"] for hit in found["hits"]} == cite != set()
    assert "<mark>国发〔2016〕13号</mark>" in found["hits"][0]["snippet"]


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "(((", "\\", "*", "“", "'", "龘" * 240]
)
def test_odd_queries_find_nothing_and_break_nothing(query: str, searching: Page) -> None:
    (found,) = ask(searching, [query])
    assert all("<script" not in hit["snippet"] for hit in found["hits"])


def test_blanks_mean_and_and_quotes_a_phrase(searching: Page, built: Path) -> None:
    listed = entries(built / "site")
    both, phrase = ask(searching, ["医养结合 金融", "“医养结合” 攀枝花"])
    assert {h["url"] for h in both["hits"]} == holding(listed, "医养结合") & holding(listed, "金融")
    assert phrase["total"] == len(holding(listed, "医养结合") & holding(listed, "攀枝花"))


def test_filters_keep_what_they_name(searching: Page, built: Path) -> None:
    listed = entries(built / "site")
    for facet, value in (("type", "通知"), ("issuer", "四川省人民政府"), ("year", "2016")):
        (found,) = ask(searching, ["人民政府"], filter={facet: value}, facets=True)
        expected = {
            e.url for e in listed
            if value in str(getattr(e, facet)).split("、") and e.url in holding(listed, "人民政府")
        }  # fmt: skip
        assert {hit["url"] for hit in found["hits"]} == expected
        assert found["facets"][facet][value] == len(expected)
    (found,) = ask(searching, ["任命"], filter={"person": "牟刚林"})
    assert [hit["url"] for hit in found["hits"]] == ["panzhihua/2017-01/panfuren-2016-23.html"]
    (found,) = ask(searching, ["旅游"], filter={"agency": "财政厅"})
    assert 0 < found["total"] < len(holding(listed, "旅游"))


# --- many segments ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def segmented(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Path:
    """Make a site of 75 small issues, in three segments, with the real search page."""

    def make(where: Path) -> None:
        write_segmented(where / "site", built)

    return make_once(tmp_path_factory, "分段 #1%", make) / "site"


def write_segmented(site: Path, built: Path) -> None:
    chooser = random.Random(5)
    for n in range(75):
        name = f"g/20{n // 12:02}-{n % 12 + 1:02}"
        texts = ["".join(chooser.choices("甲乙丙丁戊己a1 ", k=90)).strip() for _ in range(2)]
        write_issue(site, name, texts)
    shutil.copytree(built / "site" / "assets", site / "assets")
    index_site(site, [p.parent.relative_to(site).as_posix() for p in site.glob("g/*/issue.json")])
    page = (built / "site" / "search" / "index.html").read_text("utf-8")
    (site / "search" / "index.html").write_text(page, "utf-8")
    (site / "search" / "search_index.json").write_text('{"config":{},"docs":[]}', "utf-8")


@pytest.fixture(params=["http", "file"])
def segmented_page(
    request: pytest.FixtureRequest, browser: Browser, segmented: Path
) -> Iterator[Page]:
    with lent_page(browser) as page:
        if request.param == "file":
            page.goto(f"{segmented.as_uri()}/search/index.html")
            yield page
        else:
            with serving(segmented.parent) as root:
                page.goto(f"{root}site/search/index.html")
                yield page


def check_all(page: Page, site: Path, seed: int) -> None:
    listed = entries(site)
    queries = substrings(listed, 150, seed)
    for entry in (listed[0], listed[-1], listed[127], listed[128]):  # first and last offsets
        for passage in entry.passages:
            queries += [passage.text[:3], passage.text[-3:], passage.text[-1:]]
    queries = [q for q in queries if fold(q) and not re.search(r"\s", q)]
    for query, found in zip(queries, ask(page, queries, literal=True), strict=True):
        assert {hit["url"] for hit in found["hits"]} == holding(listed, query), query
    for query, found in zip(queries, ask(page, queries), strict=True):
        if found["note"] is None:
            assert {hit["url"] for hit in found["hits"]} == holding(listed, query), query
        else:
            assert holding(listed, query) == set(), query


def test_segments_answer_as_one(segmented_page: Page, segmented: Path) -> None:
    assert len([p for p in (segmented / "search").iterdir() if p.is_dir()]) == 3
    check_all(segmented_page, segmented, seed=21)


def test_adding_correcting_and_removing_an_issue_leave_no_trace(
    browser: Browser, segmented: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(segmented, site)
    write_issue(site, "g/2006-04", ["庚辛壬癸甲乙丙丁戊己庚辛"])
    changed = site / "g" / "2003-05" / "issue.json"
    changed.write_text(changed.read_text("utf-8").replace("甲乙", "壬癸"), "utf-8")
    shutil.rmtree(site / "g" / "2001-02")
    index_site(site, [p.parent.relative_to(site).as_posix() for p in site.glob("g/*/issue.json")])
    with lent_page(browser) as page:
        page.goto(f"{site.as_uri()}/search/index.html")
        check_all(page, site, seed=22)
        (found,) = ask(page, ["庚辛壬癸"])
        assert [hit["url"] for hit in found["hits"]] == ["g/2006-04/01.html"]


# --- faults ------------------------------------------------------------------------------------


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built / "site", tmp_path / "site")
    return tmp_path / "site"


def failing(browser: Browser, site: Path, query: str) -> str:
    with serving(site) as root, lent_page(browser) as page:
        page.goto(f"{root}search/index.html?q={query}")
        until(page, "document.getElementById('search-status').textContent.includes('检索没有')")
        return page.inner_text("#search-status")


def test_a_missing_and_a_truncated_file_are_errors_and_never_nothing_found(
    browser: Browser, copy: Path
) -> None:
    for shard in (copy / "search").glob("*/g*.js"):
        shard.write_bytes(shard.read_bytes()[:200])
    assert "检索文件不完整" in failing(browser, copy, "阳光康养")
    for shard in (copy / "search").glob("*/g*.js"):
        shard.unlink()
    assert "检索文件缺失" in failing(browser, copy, "阳光康养")


def test_a_stale_manifest_is_read_again(browser: Browser, copy: Path) -> None:
    with serving(copy) as root:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{root}search/index.html")
        assert ask(page, ["牟刚林"])[0]["total"] == 1
        # a new index replaces the old one while the page is open
        changed = copy / "panzhihua" / "2017-01" / "issue.json"
        changed.write_text(changed.read_text("utf-8").replace("阳光康养", "月光康养"), "utf-8")
        names = [p.parent.relative_to(copy).as_posix() for p in copy.glob("*/*/issue.json")]
        index_site(copy, names)
        assert ask(page, ["月光康养"])[0]["total"] == 3
        context.close()


# --- Material's box ----------------------------------------------------------------------------


def type_query(page: Page, query: str, delay: int = 0) -> None:
    page.click("input[name=query]")
    page.keyboard.type(query, delay=delay)
    page.keyboard.press("End")  # the box listens to keys


def test_nothing_is_loaded_before_the_box_is_used(browser: Browser, built: Path) -> None:
    with serving(built / "site") as root:
        context = browser.new_context()
        page = context.new_page()
        sizes: dict[str, int] = {}
        page.on("response", lambda r: sizes.__setitem__(r.url.removeprefix(root), len(r.body())))
        page.goto(f"{root}panzhihua/2017-01/chuanfufa-2016-55.html")
        page.wait_for_timeout(1000)
        search = {url: size for url, size in sizes.items() if "search" in url}
        assert not any(url.startswith("search/") for url in search), search
        assert sum(search.values()) <= 10_000, search
        context.close()


def test_the_box_shows_the_latest_answer_however_fast_one_types(watch: Watch) -> None:
    page = watch.open("panzhihua/2017-01/index.html")
    type_query(page, "农村留守儿童关爱保护", delay=5)
    page.wait_for_selector(".md-search-result__item mark >> text=农村留守儿童关爱保护")
    first = page.locator(".md-search-result__item > a").first.get_attribute("href") or ""
    assert "chuanfufa-2016-56.html" in first


def test_on_a_documents_page_its_own_passages_come_first(watch: Watch) -> None:
    page = watch.open("panzhihua/2017-01/panfufa-2016-42.html")
    type_query(page, "医疗")
    page.wait_for_selector(".md-search-result__item mark")
    first = page.locator(".md-search-result__item").first
    assert "〔本文〕" in first.inner_text()
    assert "panfufa-2016-42.html" in (first.locator("a").first.get_attribute("href") or "")
    assert page.get_attribute(".md-search-result__meta", "aria-live") == "polite"


def test_the_phrase_is_marked_on_the_page_it_opens(watch: Watch) -> None:
    page = watch.open("panzhihua/2017-01/index.html")
    type_query(page, "国发[2016]13号")
    page.wait_for_selector(".md-search-result__item mark")
    page.click(".md-search-result__item a[href*='#']")
    page.wait_for_url("**/chuanfufa-2016-56.html?h=**")
    page.wait_for_selector(".official mark")
    marked = "".join(page.locator(".official mark").all_inner_texts())
    assert "国发〔2016〕13号" in marked


def test_the_search_page_has_filters_counts_and_a_link_that_reproduces(watch: Watch) -> None:
    page = watch.open("search/index.html?q=人民政府&type=意见")
    until(page, "document.getElementById('search-status').textContent.includes('找到')")
    shown = page.locator(".search-hits > li").count()
    assert f"找到 {shown} 篇" in page.inner_text("#search-status")
    page.select_option("select[name=type]", "")
    until(page, f"document.querySelectorAll('.search-hits > li').length > {shown}")
    assert "type" not in page.url
    page.go_back()
    until(page, f"document.querySelectorAll('.search-hits > li').length == {shown}")
    page.click(".search-hits a")
    page.wait_for_selector(".official mark")


def test_filters_work_before_any_query(watch: Watch, built: Path) -> None:
    page = watch.open("search/index.html")
    page.wait_for_selector("select[name=year] option:nth-child(2)", state="attached")
    assert page.inner_text("#search-status") == ""
    years = page.locator("select[name=year] option").all_inner_texts()[1:]
    assert years == sorted(years, reverse=True)
    page.click(".search-form button")
    until(page, "document.getElementById('search-status').textContent.startsWith('请填写')")
    page.select_option("select[name=type]", "意见")
    page.wait_for_selector(".search-hits li")
    listed = [e for e in entries(built / "site") if e.type == "意见"]
    assert f"找到 {len(listed)} 篇，新的在前" in page.inner_text("#search-status")
    facts = page.locator(".search-facts").all_inner_texts()
    assert all("攀枝花市人民政府公报2017年第1期" in fact for fact in facts)


def test_on_a_phone_filters_open_when_wanted_or_set(watch: Watch) -> None:
    page = watch.open("search/index.html?q=医养结合")
    page.wait_for_selector(".search-hits li")
    assert page.is_visible("select[name=year]")
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    page.wait_for_selector(".search-hits li")
    assert not page.is_visible("select[name=year]")
    page.click(".search-fold > summary")
    page.select_option("select[name=type]", index=1)
    until(page, "location.search.includes('type=')")
    page.reload()
    page.wait_for_selector(".search-hits li")
    assert page.is_visible("select[name=type]")


def test_a_part_of_a_name_filters_and_the_field_proposes_whole_names(watch: Watch) -> None:
    page = watch.open("search/index.html")
    page.fill("input[name=person]", "牟刚")
    page.wait_for_selector("#names-person option[value=牟刚林]", state="attached")
    page.keyboard.press("Enter")
    until(page, "document.getElementById('search-status').textContent.includes('找到 1 篇')")
    assert "涉及“牟刚林”" in page.inner_text("#search-status")
    assert page.inner_text(".search-hits li mark") == "牟刚林"


def test_where_nothing_is_found_the_page_leads_on(watch: Watch) -> None:
    page = watch.open("search/index.html?q=牟钢林")
    page.wait_for_selector("#search-status a:text-is('牟刚林')")
    page.goto(page.url.split("?")[0] + "?q=医养结合&year=1901")
    page.click("#search-status a:text-is('去掉筛选')")
    page.wait_for_selector(".search-hits li")
    assert "year" not in page.url


def test_enter_in_the_box_leads_to_all_hits(watch: Watch) -> None:
    page = watch.open("panzhihua/2017-01/index.html")
    type_query(page, "人民政府")
    page.wait_for_selector(".md-search-result__item a:has-text('查看全部')")
    total = page.inner_text(".md-search-result__meta").strip()
    assert re.fullmatch(r"共 \d+ 篇", total)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=**")
    page.wait_for_selector(".search-hits li")
    assert total.replace("共", "找到") in page.inner_text("#search-status")


def test_several_words_are_shown_together_and_all_marked(watch: Watch) -> None:
    page = watch.open("search/index.html?q=医养结合 金融")
    page.wait_for_selector(".search-hits li")
    for hit in page.locator(".search-hits > li").all():
        marked = "".join(hit.locator("mark").all_inner_texts())
        assert "医养结合" in marked
        assert "金融" in marked


def test_who_comes_back_from_a_hit_stands_where_he_left(watch: Watch) -> None:
    page = watch.open("search/index.html?q=%E7%AE%A1%E7%90%86")
    page.wait_for_selector(".search-hits li")
    page.evaluate("scrollTo(0, 300)")
    left = page.evaluate("scrollY")
    assert left > 100
    page.evaluate("[...document.querySelectorAll('.search-title')].at(-1).click()")
    page.wait_for_selector("#official")
    page.go_back()
    page.wait_for_selector(".search-hits li")
    until(page, f"Math.abs(scrollY - {left}) < 2")


def test_each_example_of_the_help_is_answered(watch: Watch) -> None:
    page = watch.open("search/index.html")
    examples = page.locator("#help + ul a").all_inner_texts()
    assert len(examples) >= 5
    for example, found in zip(examples, ask(page, examples, limit=1), strict=True):
        assert found["total"] > 0, example
    page.click("#help + ul a >> nth=0")
    page.wait_for_selector("#search-status:has-text('找到')")


def test_the_engine_runs_under_a_strict_policy(browser: Browser, built: Path) -> None:
    # the page also has Material's own scripts; the engine must not need their permission
    policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    with serving(built / "site") as root:
        context = browser.new_context()
        page = context.new_page()

        def add_policy(route: Any) -> None:
            answer = route.fetch()
            headers = {**answer.headers, "content-security-policy": policy}
            route.fulfill(response=answer, headers=headers)

        page.route("**/*.html*", add_policy)
        page.goto(f"{root}search/index.html")
        assert ask(page, ["阳光康养"])[0]["total"] == 3
        context.close()


def test_without_javascript_the_registers_serve(browser: Browser, built: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{(built / 'site').as_uri()}/search/index.html")
    assert page.locator("#registers ~ ul a").count() >= 6
    page.click("text=发文字号索引 >> visible=true")
    assert "发文字号索引" in page.inner_text("h1")
    context.close()
