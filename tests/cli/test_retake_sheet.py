"""``gazette retake --sheet``: one sheet is read again, all others stay; ``--dry-run`` only says."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker
from tests.sheets import print_issue

NAME = "moumou/2024-03"
SHEETS = (
    ("某某市人民政府公报", "2024年第3期（总第39期）", "目  录",
     "某某市人民政府关于保护湖泊的意见 ..... 2", "某某市人民政府关于公布古树名录的通知 ..... 4"),
    ("# 某某市人民政府关于保护湖泊的意见", "某府发〔2024〕5号", "各区人民政府：",
     "为保护本市湖泊，提出以下意见。", "一、退还湖岸，各区在两年内完成。"),
    ("二、清除淤泥，每年九月底前完成清於工作。", "三、种植水草，由市林业局负责。",
     "某某市人民政府", "2024年3月6日"),
    ("# 某某市人民政府关于公布古树名录的通知", "某府发〔2024〕6号", "各区人民政府：",
     "现公布第一批古树名禄，请一并保护。", "某某市人民政府", "2024年3月20日"),
)  # fmt: skip
THIRD = "\n\n".join(SHEETS[2])
FACTS = """\
[[correction]]
line = {third}
from = "清於"
to = "清淤"
why = "扫描误认"

[[correction]]
line = {fourth}   # 见第4页
from = "名禄"
to = "名录"
why = "扫描误认"

[[covered]]
line = {last}
text = "20日"
why = "不公开"
"""


@pytest.fixture
def folder(make_archive: ArchiveMaker) -> Path:
    content = make_archive({"2024-03": "旧"})
    folder = content / NAME
    printed = print_issue(SHEETS)
    printed.write(folder)
    lines = printed.text.split("\n")
    at = {
        "third": lines.index(SHEETS[2][0]) + 1,
        "fourth": lines.index(SHEETS[3][3]) + 1,
        "last": lines.index(SHEETS[3][5]) + 1,
    }
    (folder / "issue.toml").write_text(FACTS.format(**at), "utf-8")
    return folder


def retake(folder: Path, text: str, *options: str, name: str = "better.txt") -> Result:
    path = folder.parent.parent.parent / name
    path.write_text(text, "utf-8")
    content = str(folder.parent.parent)
    arguments = ["retake", *NAME.split("/"), str(path), "--content", content, *options]
    return CliRunner().invoke(main, arguments)


def layout(folder: Path) -> dict[str, list[dict[str, object]]]:
    found = json.loads((folder / "layout.json").read_bytes())
    return {key: found[key] for key in ("pages", "lines", "digests") if key in found}


def write_layout(folder: Path, found: dict[str, list[dict[str, object]]]) -> None:
    """Write a layout for the text as it is."""
    sha256 = hashlib.sha256((folder / "issue.md").read_bytes()).hexdigest()
    data = json.dumps({**found, "source": "issue.pdf", "sha256": sha256})
    (folder / "layout.json").write_text(data, "utf-8")


def facts(folder: Path) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((folder / "issue.toml").read_text("utf-8"))


def lines_of(folder: Path) -> list[str]:
    return (folder / "issue.md").read_text("utf-8").split("\n")


BETTER = THIRD.replace("清於", "清淤").replace("三、", "（新读出的一段，原来漏了。）\n\n三、")


@pytest.mark.guarantee("exchange_sheet", 1)
def test_the_lines_of_one_sheet_are_exchanged_and_all_others_stay(folder: Path) -> None:
    before = lines_of(folder)
    done = retake(folder, BETTER, "--sheet", "3")
    assert done.exit_code == 0, done.output
    now = lines_of(folder)
    first = before.index(SHEETS[2][0])
    assert now[:first] == before[:first]
    fourth = before.index(SHEETS[3][0])
    assert now[fourth + 2 :] == before[fourth:]
    assert "（新读出的一段，原来漏了。）" in now
    kept = folder / "received" / "before-1"
    assert (kept / "issue.md").read_text("utf-8").split("\n") == before
    assert (folder / "issue.pdf").is_file()


def test_corrections_of_other_sheets_move_with_their_lines(folder: Path) -> None:
    done = retake(folder, BETTER, "--sheet", "3")
    assert done.exit_code == 0, done.output
    now = lines_of(folder)
    third, fourth = facts(folder)["correction"]
    assert third["line"] == 0
    assert "新文本已作“清淤”" in done.output
    assert isinstance(fourth["line"], int)
    assert "名禄" in now[fourth["line"] - 1]
    assert "# 见第4页" in (folder / "issue.toml").read_text("utf-8")
    (covered,) = facts(folder)["covered"]
    assert isinstance(covered["line"], int)
    assert now[covered["line"] - 1] == "2024年3月20日"


def test_a_correction_of_the_sheet_stays_where_its_text_is_still_there(folder: Path) -> None:
    text = THIRD.replace("由市林业局负责", "由市林业局、市水务局负责")
    assert retake(folder, text, "--sheet", "3").exit_code == 0
    third, _ = facts(folder)["correction"]
    assert isinstance(third["line"], int)
    assert "清於" in lines_of(folder)[third["line"] - 1]
    assert "清淤工作" in convert(folder).source.text


def test_the_places_on_paper_of_other_sheets_stay(folder: Path) -> None:
    before, old = layout(folder), lines_of(folder)
    assert retake(folder, BETTER, "--sheet", "3").exit_code == 0
    after, now = layout(folder), lines_of(folder)
    written = json.loads((folder / "layout.json").read_bytes())["sha256"]
    assert written == hashlib.sha256("\n".join(now).encode()).hexdigest()

    def placed(found: dict[str, list[dict[str, object]]], lines: list[str]) -> list[object]:
        return [
            (lines[line["line"] - 1], line["page"], line["box"])
            for line in found["lines"]
            if line["page"] != 3 and isinstance(line["line"], int)
        ]

    assert placed(after, now) == placed(before, old)
    assert len(after["pages"]) == len(before["pages"])


def test_the_picture_of_the_sheet_is_the_new_one_alone(folder: Path) -> None:
    page = print_issue([SHEETS[2]])
    path = folder.parent.parent.parent / "第3张.pdf"
    path.write_bytes(page.pdf)
    content = str(folder.parent.parent)
    arguments = ["retake", *NAME.split("/"), str(path), "--content", content, "--sheet", "3"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    shown = {sheet.key[1]: sheet.file for sheet in convert(folder).source.sheets}
    assert shown == {1: "issue.pdf", 2: "issue.pdf", 3: "pages/0003.pdf", 4: "issue.pdf"}
    came_as = [one.file for one in convert(folder).source.came_as]
    assert came_as == ["issue.pdf", "pages/0003.pdf"]


def test_a_sheet_that_was_lost_is_put_between_its_neighbours(folder: Path) -> None:
    found = layout(folder)
    lines = lines_of(folder)
    own = {line["line"] for line in found["lines"] if line["page"] == 3}
    kept = [line for n, line in enumerate(lines, 1) if n not in own]
    lost = min(n for n in own if isinstance(n, int)) - 2
    found["lines"] = [
        {**line, "line": line["line"] - len(own)}
        if isinstance(line["line"], int) and line["page"] == 4
        else line
        for line in found["lines"]
        if line["page"] != 3
    ]
    found["losses"] = [{"page": 3, "line": lost, "kind": "page", "words": ""}]
    text = "\n".join(kept)
    (folder / "issue.md").write_text(text, "utf-8")
    (folder / "issue.toml").unlink()
    write_layout(folder, found)
    assert "page-lost" in [d.code for d in convert(folder).diagnostics]
    done = retake(folder, THIRD, "--sheet", "3")
    assert done.exit_code == 0, done.output
    assert [line for line in lines_of(folder) if line] == [line for line in lines if line]
    assert "page-lost" not in [d.code for d in convert(folder).diagnostics]


@pytest.mark.guarantee("exchange_sheet", 2)
@pytest.mark.parametrize(
    ("text", "sheet", "said"),
    [
        ("\n\n".join(SHEETS[3]), "3", "更像第 4 张"),
        (THIRD, "9", "没有第 9 张，只有第 1 至 4 张"),
        ("毫不相干的一段文字，说的是别的事。", "3", "相差太多"),
    ],
)
def test_another_sheet_is_refused(folder: Path, text: str, sheet: str, said: str) -> None:
    before = lines_of(folder)
    done = retake(folder, text, "--sheet", sheet)
    assert done.exit_code == 2
    assert said in done.output
    assert lines_of(folder) == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["2024-03", "gazette.toml"]


def test_a_sheet_whose_lines_are_not_known_is_refused(folder: Path) -> None:
    found = layout(folder)
    broken = next(line for line in found["lines"] if line["page"] == 3)
    found["lines"].append({**broken, "page": 2})
    write_layout(folder, found)
    done = retake(folder, THIRD, "--sheet", "3")
    assert done.exit_code == 2
    assert "一部分在相邻的一张" in done.output
    found["lines"] = [line for line in found["lines"] if line["line"] != broken["line"]]
    write_layout(folder, found)
    assert "没有说这一行在哪一张" in retake(folder, THIRD, "--sheet", "3").output
    (folder / "layout.json").unlink()
    assert "没有 layout.json" in retake(folder, THIRD, "--sheet", "3").output


def test_a_dry_run_says_what_would_change_and_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = retake(folder, BETTER, "--sheet", "3", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "有改动  某某市人民政府关于保护湖泊的意见" in done.output
    assert "增加“（新读出的一段，原来漏了。）”" in done.output
    assert "古树名录" not in done.output
    assert "不再需要，请删去" in done.output
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_dry_run_names_documents_that_came_and_went(folder: Path) -> None:
    text = "\n".join(lines_of(folder)).replace("古树名录的通知", "古井名录的通知")
    text = text.replace("某府发〔2024〕6号", "某府发〔2024〕16号").replace("第3期", "第4期")
    text = text.replace("各区在两年内完成", "各区在三年内完成")
    done = retake(folder, text, "--dry-run", "--format", "json")
    assert done.exit_code == 0, done.output
    found = msgspec.json.decode(done.stdout.strip().splitlines()[-1])
    assert [(one["name"], one["before"], one["after"]) for one in found["facts"]] == [
        ("期号", "3", "4")
    ]
    changed, other = found["documents"]
    assert [text["after"] for text in changed["texts"]] == ["一、退还湖岸，各区在三年内完成。"]
    assert {fact["name"] for fact in other["facts"]} == {"标题", "文号"}
    assert found["kept"] == 3
