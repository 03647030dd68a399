"""``gazette new`` with the result of an engine: from the JSON to checked documents."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.content.handed_in import take
from generator.content.unzip import MOST_FILES
from generator.runtime.data import Json
from generator.runtime.errors import SourceError
from tests.content.intake import results

Data = dict[str, Json]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def new(tmp_path: Path, *paths: Path) -> Result:
    where = ("--content", tmp_path / "content", "--title", "某某市人民政府公报")
    return run("new", "moumou", "2024-03", *paths, *where)


def zip_of(folder: Path, target: Path, above: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, above + path.relative_to(folder).as_posix())
    return target


def mineru_folder(home: Path) -> list[Path]:
    return [results.write_mineru(home / "第3期", results.content_list())]


def mineru_v2_folder(home: Path) -> list[Path]:
    name = "g_content_list_v2.json"
    return [results.write_mineru(home / "第3期", results.content_list_v2(), name)]


def mineru_zip(home: Path) -> list[Path]:
    """Pack as the web service does: middle.json is called layout.json, a folder around all."""
    folder = results.write_mineru(home / "in", results.middle(), "layout.json")
    return [zip_of(folder, home / "第3期.zip", "d3f1/")]


def mineru_file(home: Path) -> list[Path]:
    folder = results.write_mineru(home / "第3期", results.content_list())
    return [folder / "g_content_list.json"]


def paddle_files(home: Path) -> list[Path]:
    return sorted(results.write_paddle(home / "out").glob("*_res.json"))


def paddle_folder(home: Path) -> list[Path]:
    return [results.write_paddle(home / "out")]


def paddle_zip(home: Path) -> list[Path]:
    return [zip_of(results.write_paddle(home / "in"), home / "第3期.zip")]


def docling_file(home: Path) -> list[Path]:
    results.write_mineru(home / "第3期", [])  # for its pictures
    return [results.write(home / "第3期" / "g.json", results.docling())]


HANDED_IN: Mapping[str, Callable[[Path], list[Path]]] = {
    made.__name__: made
    for made in (mineru_folder, mineru_v2_folder, mineru_zip, mineru_file, paddle_files,
                 paddle_folder, paddle_zip, docling_file)
}  # fmt: skip


@pytest.mark.parametrize("name", HANDED_IN)
def test_the_result_of_an_engine_becomes_an_issue(name: str, tmp_path: Path) -> None:
    paths = HANDED_IN[name](tmp_path)
    result = new(tmp_path, *paths)
    assert result.exit_code == 0, result.output
    engine = {"mineru": "MinerU", "paddle": "PaddleOCR"}.get(name.partition("_")[0], "docling")
    assert f"认出 {engine}" in result.output
    assert "3 张" in result.output
    assert "书眉 2、" in result.output
    assert "页码 3；" in result.output
    assert "目录 2 条，公文 2 篇" in result.output
    folder = tmp_path / "content" / "moumou" / "2024-03"

    checked = run("check", folder)
    assert checked.exit_code == 0
    # 分布 beside 公布 may be taken for misread in so short a text
    assert [line for line in checked.output.splitlines() if "[错误]" in line] == []
    assert [line for line in checked.output.splitlines() if "[提醒]" in line] == []

    data = cast("Data", json.loads(run("show", folder, "--alone").output))
    first, second = cast("list[Data]", data["documents"])
    assert (first["number"], first["date"]) == ("某府发〔2024〕12号", "2024-03-05")
    assert (second["number"], second["date"]) == ("某府发〔2024〕13号", "2024-03-09")
    blocks = cast("list[Data]", first["blocks"])
    (table,) = [block for block in blocks if block["kind"] == "table"]
    assert table["rows"] == [["区", "任务", ""], ["", "排查", "整改"], ["东区", "30", "12"]]
    assert table["spans"] == [[0, 0, 2, 1], [0, 1, 1, 2]]
    texts = [block.get("text") for block in blocks]
    assert any(str(text).endswith("报市防汛抗旱指挥部备案。") for text in texts)
    assert cast("list[Data]", second["blocks"])[4]["kind"] == "picture"


@pytest.mark.parametrize("name", HANDED_IN)
def test_layout_json_names_the_lines_of_issue_md(name: str, tmp_path: Path) -> None:
    new(tmp_path, *HANDED_IN[name](tmp_path))
    folder = tmp_path / "content" / "moumou" / "2024-03"
    text = (folder / "issue.md").read_bytes()
    layout = cast("Data", json.loads((folder / "layout.json").read_text("utf-8")))
    assert layout["sha256"] == hashlib.sha256(text).hexdigest()
    assert cast("list[Data]", layout["pages"])[2]["printed"] == "3"
    lines = text.decode().split("\n")
    placed = {cast("int", line["line"]): line for line in cast("list[Data]", layout["lines"])}
    written = {n for n, line in enumerate(lines, 1) if line and not line.startswith("<!--")}
    assert set(placed) == written
    (number,) = (n for n, line in enumerate(lines, 1) if line == "某府发〔2024〕13号")
    assert placed[number]["page"] == 3
    assert placed[number]["box"] == pytest.approx([0.1, 0.45, 0.9, 0.475], abs=0.001)


@pytest.mark.parametrize("name", HANDED_IN)
def test_what_was_handed_in_is_kept_byte_for_byte(name: str, tmp_path: Path) -> None:
    paths = HANDED_IN[name](tmp_path)
    new(tmp_path, *paths)
    folder = tmp_path / "content" / "moumou" / "2024-03"
    kept = folder / "received"
    listed = (kept / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in listed)}
    assert set(sums) == {p.name for p in kept.iterdir()} - {"SHA256SUMS"}
    for file, digest in sums.items():
        assert hashlib.sha256((kept / file).read_bytes()).hexdigest() == digest
    given = [path for path in paths if path.is_file()] or [*paths[0].glob("*.json")]
    for path in given:
        assert (kept / path.name).read_bytes() == path.read_bytes()
    pictures = [p for p in folder.rglob("*.jpg") if p.parent.name in ("images", "imgs")]
    assert len(pictures) == 2  # the seal and the map, not the picture of the table


LINES_ALONE: Mapping[str, Callable[[Path], list[Path]]] = {
    "rapidocr": lambda home: [
        results.write(home / "in" / f"{n}.json", results.RAPID_FORMS["rows"](n))
        for n in range(results.PAGES)
    ],
    "hocr": lambda home: [text_file(home / "g.hocr", results.hocr())],
    "alto": lambda home: [text_file(home / "g.xml", results.alto())],
}


def text_file(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", LINES_ALONE)
def test_lines_with_places_become_an_issue(name: str, tmp_path: Path) -> None:
    result = new(tmp_path, *LINES_ALONE[name](tmp_path))
    assert result.exit_code == 0, result.output
    assert "目录 2 条，公文 2 篇" in result.output
    folder = tmp_path / "content" / "moumou" / "2024-03"
    data = cast("Data", json.loads(run("show", folder, "--alone").output))
    found = [(d["number"], d["date"]) for d in cast("list[Data]", data["documents"])]
    assert found == [("某府发〔2024〕12号", "2024-03-05"), ("某府发〔2024〕13号", "2024-03-09")]
    first = cast("list[Data]", data["documents"])[0]
    texts = [block.get("text") for block in cast("list[Data]", first["blocks"])]
    assert any(str(text).endswith("报市防汛抗旱指挥部备案。") for text in texts)


def test_a_picture_that_was_not_handed_in_is_said(tmp_path: Path) -> None:
    folder = results.write_mineru(tmp_path / "in", results.content_list())
    (folder / "images" / "map.jpg").unlink()
    result = new(tmp_path, folder)
    assert "没有图片文件的图 1" in result.output
    assert "picture-missing" in result.output
    losses = json.loads((tmp_path / "content/moumou/2024-03/layout.json").read_text("utf-8"))[
        "losses"
    ]
    assert losses == [{"page": 3, "line": 50, "kind": "picture", "words": "图1 古树分布图"}]


def test_pages_without_a_number_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    pages: list[Json] = [
        {"res": {"page_index": None, "parsing_res_list": [
            {"block_label": "text", "block_content": f"第{n}页的正文。"}]}}
        for n in range(12)
    ]  # fmt: skip
    paths = [results.write(tmp_path / f"x_{n}_res.json", page) for n, page in enumerate(pages)]
    placed = take(sorted(paths), tmp_path)
    lines = [line for line in placed.written["issue.md"].split("\n") if line.startswith("第")]
    assert lines == [f"第{n}页的正文。" for n in range(12)]


def test_files_that_are_only_kept_are_named(tmp_path: Path) -> None:
    folder = results.write_mineru(tmp_path / "in", results.content_list())
    results.write(folder / "notes.json", {"a": 1})
    result = new(tmp_path, folder)
    assert "没有读的有：g.md、notes.json" in result.output
    assert "没有用到、没有保存的文件 2 个：g_layout.pdf、images/t.jpg" in result.output


def test_a_zip_of_documents_is_taken_in_too(tmp_path: Path) -> None:
    for name in ("1", "2"):
        text = f"某某市人民政府关于第{name}项的通知\n\n某府发〔2024〕{name}号\n\n请执行。\n"
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}-通知.txt").write_text(text, "utf-8")
    result = new(tmp_path, zip_of(tmp_path / "in", tmp_path / "第3期.zip", "第3期/"))
    assert result.exit_code == 0
    assert "公文 2 篇" in result.output
    documents = tmp_path / "content" / "moumou" / "2024-03" / "documents"
    assert {p.name for p in documents.iterdir()} == {"01-通知.txt", "02-通知.txt"}


def test_markdown_with_its_pictures_keeps_their_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "images").mkdir(parents=True)
    (tmp_path / "in" / "images" / "a.png").write_bytes(results.PICTURE)
    text = "某某市人民政府关于防汛的通知\n\n某府发〔2024〕1号\n\n见图。\n\n![图1](images/a.png)\n"
    (tmp_path / "in" / "full.md").write_text(text, "utf-8")
    result = new(tmp_path, tmp_path / "in")
    assert result.exit_code == 0
    assert "picture-missing" not in result.output
    assert (tmp_path / "content/moumou/2024-03/images/a.png").is_file()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.json", b'{"type": "FeatureCollection", "x": 1}',
         "不认识这种文件“a.json”（JSON，有 type、x）"),
        ("a.json", b'[{"a": 1}]', "（JSON 列表，1 项，每项有 a）"),
        ("a.json", b"{", "不是完整的 JSON 文件"),
        ("a.md", b"%PDF-1.7", "不是文本，是 PDF 文件"),
        ("a.txt", b"PK\x03\x04zz", "不是文本，是 zip 压缩文件"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "不是文本，是 PNG 图片"),
        ("a", bytes.fromhex("D0CF11E0A1B11AE1"), "不是文本，是 旧的 .doc"),
        ("a.dat", b"7z\xbc\xaf\x27\x1c", "不认识这种文件“a.dat”（7z 压缩文件）"),
        ("a.zip", b"no zip", "不是完整的 zip 文件"),
        ("a.txt", b"\x01\x00\x02\x00", "不是文本"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_by_what_it_is(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    result = new(tmp_path, tmp_path / name)
    assert result.exit_code == 1
    assert message in result.output
    assert f"{tmp_path / name}:1: " in result.output
    assert not (tmp_path / "content").exists() or not [*(tmp_path / "content").iterdir()]


def test_a_fault_in_a_zip_names_the_zip(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "b.json").write_text("{}", "utf-8")
    (tmp_path / "in" / "c.json").write_text("{}", "utf-8")
    given = zip_of(tmp_path / "in", tmp_path / "第3期.zip")
    result = new(tmp_path, given)
    assert result.exit_code == 1
    assert f"{given} 里的 " in result.output
    assert "空的 JSON" in result.output


def zipped(path: Path, entries: Mapping[str, bytes], mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = mode << 16
            archive.writestr(entry, data)
    return path


@pytest.mark.guarantee("unpack", 1)
@pytest.mark.parametrize(
    ("entries", "mode"),
    [
        ({"../issue.md": b"x"}, 0),
        ({"a/../../issue.md": b"x"}, 0),
        ({"/etc/issue.md": b"x"}, 0),
        ({"C:/issue.md": b"x"}, 0),
        ({"..\\issue.md": b"x"}, 0),
        ({"a//b.md": b"x"}, 0),
        ({"link.md": b"/etc/passwd"}, stat.S_IFLNK | 0o777),
    ],
)
def test_a_zip_cannot_escape(entries: Mapping[str, bytes], mode: int, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", entries, mode)
    scratch = tmp_path / "deep" / "scratch"
    scratch.mkdir(parents=True)
    with pytest.raises(SourceError, match=r"指向文件夹以外|是链接"):
        take([path], scratch)
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p != path]


@pytest.mark.guarantee("unpack", 2)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "a.zip", {"a.md": b"\0" * 30_000_000})
    many = zipped(tmp_path / "b.zip", {f"{n}.md": b"" for n in range(MOST_FILES + 1)})
    for nth, (path, message) in enumerate(((bomb, "倍，不像正常的文件"), (many, "个文件，最多"))):
        scratch = tmp_path / f"scratch{nth}"
        scratch.mkdir()
        with pytest.raises(SourceError, match=message):
            take([path], scratch)
        assert not [p for p in scratch.rglob("*") if p.is_file()]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_are_read_whatever_program_packed_them(encoding: str, tmp_path: Path) -> None:
    name = "通知.txt"
    text = "某某市人民政府关于防汛的通知\n\n某府发〔2024〕1号\n\n请执行。\n".encode()
    raw = name.encode(encoding)
    path = zipped(tmp_path / "a.zip", {"x" * len(raw): text})
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    (tmp_path / "scratch").mkdir()
    placed = take([path], tmp_path / "scratch")
    assert [p.name for p in placed.copied.values()] == [name]


def test_links_in_a_folder_are_left_out(tmp_path: Path) -> None:
    folder = results.write_mineru(tmp_path / "in", results.content_list())
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(b"secret")
    shutil.move(folder / "images" / "map.jpg", tmp_path / "moved.jpg")
    (folder / "images" / "map.jpg").symlink_to(secret)
    result = new(tmp_path, folder)
    assert result.exit_code == 0
    assert not [p for p in (tmp_path / "content").rglob("*") if p.name == "map.jpg"]


def parts_of(home: Path) -> list[Path]:
    """Write the parts of an issue as zips, part 10 behind part 9."""
    zips = []
    for n in (9, 10):
        folder = home / f"in{n}"
        data: Json = [
            {"type": "text", "text": f"第{n}部分。", "page_idx": 0},
            {"type": "image", "img_path": "images/a.jpg", "page_idx": 0},
        ]
        results.write_mineru(folder, data, f"{n}_content_list.json")
        (folder / "images" / "a.jpg").write_bytes(results.PICTURE)
        zips.append(zip_of(folder, home / f"第3期-{n}.zip"))
    return zips


def test_several_zips_are_the_parts_of_an_issue_in_natural_order(tmp_path: Path) -> None:
    ninth, tenth = parts_of(tmp_path)
    done = new(tmp_path, tenth, ninth)
    assert done.exit_code == 0
    assert "2 份识别结果按名称的次序接成一期（9、10）；不是同一期的，请分开放入" in done.output
    folder = tmp_path / "content" / "moumou" / "2024-03"
    text = (folder / "issue.md").read_text("utf-8")
    assert text.index("第9部分") < text.index("<!-- Page 2 -->") < text.index("第10部分")
    assert (folder / "images" / "a.jpg").read_bytes() == results.PICTURE
    assert {path.name for path in (folder / "received").iterdir()} == {
        "SHA256SUMS", ninth.name, tenth.name
    }  # fmt: skip


def test_pictures_of_parts_with_one_name_and_other_contents_are_refused(tmp_path: Path) -> None:
    ninth, tenth = parts_of(tmp_path)
    other = tmp_path / "in10"
    (other / "images" / "a.jpg").write_bytes(results.PICTURE + b"x")
    zip_of(other, tenth)
    done = new(tmp_path, ninth, tenth)
    assert done.exit_code == 1
    assert "几份识别结果里都有图片“images/a.jpg”，内容却不同" in done.output
    assert not (tmp_path / "content" / "moumou" / "2024-03" / "issue.md").exists()
