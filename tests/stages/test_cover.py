"""What the pictures of sheets must not show: it has a mask, or there is no picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.content.intake.taken import line_digest
from generator.model import Issue
from generator.model.sheets import Sheet
from generator.runtime.data import dump, plain
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert
from tests.sheets import IDENTITY, Printed, three_notices, write_layout

WITHDRAWN = '[[withdrawn]]\nid = "moufufa-2024-8"\nwhy = "应来文机关要求撤下"\n'
PERSON = f"李四，身份证号{IDENTITY}，为联络员。"


def read(
    folder: Path, printed: Printed, facts: str = "", layout: dict[str, object] | None = None
) -> Issue:
    folder = folder / "content" / "moumou" / "2024-03"
    printed.write(folder)
    if layout is not None:
        write_layout(folder, layout)
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    if facts:
        (folder / "issue.toml").write_text(facts, "utf-8")
    return convert(folder)


def line_of(printed: Printed, words: str) -> int:
    return next(n for n, line in enumerate(printed.text.split("\n"), 1) if words in line)


def state(issue: Issue) -> list[str]:
    """Say of each sheet what its picture is: whole, masked, or none."""
    return ["none" if s.is_withheld else "masked" if s.masks else "whole" for s in issue.sheets]


def is_covered(sheet: Sheet, box: list[float]) -> bool:
    return any(
        left <= box[0] and top <= box[1] and right >= box[2] and bottom >= box[3]
        for left, top, right, bottom in sheet.masks
    )


def told(issue: Issue) -> list[str]:
    return [d.message for d in issue.diagnostics if d.code == "sheet-withheld"]


def test_nothing_is_covered_where_nothing_is_withdrawn(tmp_path: Path) -> None:
    issue = read(tmp_path, three_notices())
    assert state(issue) == ["whole"] * 5
    assert [sheet.label for sheet in issue.sheets] == ["第1页", "第2页", "第3页", "第4页", "第5页"]
    assert told(issue) == []


@pytest.mark.guarantee("cover_sheets", 1)
@pytest.mark.guarantee("cover_sheets", 2)
def test_a_withdrawn_document_is_masked_and_its_own_sheets_have_no_picture(tmp_path: Path) -> None:
    printed = three_notices()
    issue = read(tmp_path, printed, WITHDRAWN)
    assert state(issue) == ["whole", "masked", "none", "masked", "whole"]
    first = line_of(printed, "# 某某市人民政府关于做好防汛")
    last = line_of(printed, "# 某某市人民政府关于开展植树") - 2
    sheets = {sheet.key[1]: sheet for sheet in issue.sheets}
    for place in printed.lines:
        line, sheet, box = place["line"], sheets[int(str(place["page"]))], place["box"]
        assert isinstance(line, int)
        assert isinstance(box, list)
        if not sheet.is_withheld:
            assert is_covered(sheet, box) == (first <= line <= last), printed.text.split("\n")[
                line - 1
            ]
    assert told(issue) == []  # all places are known


@pytest.mark.guarantee("cover_sheets", 3)
def test_a_line_without_a_place_leaves_its_sheets_without_a_picture(tmp_path: Path) -> None:
    printed = three_notices()
    lost = line_of(printed, "# 某某市人民政府关于做好防汛")
    layout = printed.layout()
    layout["lines"] = [place for place in printed.lines if place["line"] != lost]
    issue = read(tmp_path, printed, WITHDRAWN, layout)
    # the title is between the date on sheet 2 and the number on sheet 2
    assert state(issue) == ["whole", "none", "none", "masked", "whole"]
    assert len(told(issue)) == 1
    assert "原页第2页不登图片" in told(issue)[0]


def test_a_line_with_a_sheet_but_no_box_leaves_it_without_a_picture(tmp_path: Path) -> None:
    printed = three_notices()
    layout = printed.layout()
    layout["lines"] = [{"line": place["line"], "page": place["page"]} for place in printed.lines]
    issue = read(tmp_path, printed, WITHDRAWN, layout)
    assert state(issue) == ["whole", "none", "none", "none", "whole"]


def test_what_was_taken_out_of_a_withdrawn_document_is_not_shown(tmp_path: Path) -> None:
    printed = three_notices()
    layout = printed.layout()
    layout["digests"] = [line_digest(line) for line in printed.text.split("\n")]
    lines = printed.text.split("\n")
    del lines[line_of(printed, "做好防汛工作的经费") - 1]  # it is on paper still
    issue = read(tmp_path, printed, WITHDRAWN, layout)
    assert state(issue) == ["whole", "masked", "none", "masked", "whole"]
    folder = tmp_path / "content" / "moumou" / "2024-03"
    (folder / "issue.md").write_text("\n".join(lines), "utf-8")
    assert state(convert(folder)) == ["whole", "none", "none", "none", "whole"]


def test_without_a_layout_no_sheet_has_a_picture(tmp_path: Path) -> None:
    printed = three_notices()
    issue = read(tmp_path, printed, WITHDRAWN)
    assert state(issue).count("whole") == 2
    folder = tmp_path / "content" / "moumou" / "2024-03"
    (folder / "layout.json").unlink()
    assert state(convert(folder)) == ["none"] * 5
    (folder / "issue.toml").unlink()
    assert state(convert(folder)) == ["whole"] * 5


def test_a_withdrawn_document_that_is_not_in_the_text_any_more_covers_all(tmp_path: Path) -> None:
    printed = three_notices()
    read(tmp_path, printed, WITHDRAWN)
    folder = tmp_path / "content" / "moumou" / "2024-03"
    record = {
        "format": "gazette-addresses/1", "issue": "moumou/2024-03", "source": "0",
        "documents": {},
        "withdrawn": {"moufufa-2023-99": {"title": "旧文", "why": "撤下", "date": "2024-04-01"}},
    }  # fmt: skip
    (folder / "addresses.json").write_text(json.dumps(record), "utf-8")
    (folder / "issue.toml").unlink()
    assert state(convert(folder)) == ["none"] * 5


def test_a_picture_in_a_withdrawn_document_that_the_text_lacks_leaves_no_picture(
    tmp_path: Path,
) -> None:
    printed = three_notices()
    layout = printed.layout()
    line = line_of(printed, "某府发〔2024〕8号")
    layout["losses"] = [{"page": 2, "line": line, "kind": "seal", "words": ""}]
    issue = read(tmp_path, printed, WITHDRAWN, layout)
    assert state(issue)[1] == "none"
    layout["losses"] = [{"page": 2, "line": 11, "kind": "seal", "words": ""}]  # of another document
    assert state(read(tmp_path, printed, WITHDRAWN, layout))[1] == "masked"


def test_a_withheld_paragraph_is_masked(tmp_path: Path) -> None:
    printed = three_notices()
    facts = '[[withheld]]\ndocument = "moufufa-2024-8"\nanchor = "s2"\nwhy = "个人信息"\n'
    issue = read(tmp_path, printed, facts)
    assert state(issue) == ["whole", "whole", "masked", "whole", "whole"]
    place = next(p for p in printed.lines if p["line"] == line_of(printed, "做好防汛工作的经费"))
    box = place["box"]
    assert isinstance(box, list)
    assert is_covered(issue.sheets[2], box)
    assert len(issue.sheets[2].masks) == 1


@pytest.mark.guarantee("load", 4)
def test_a_covered_text_is_in_no_field_of_the_issue_and_is_masked(tmp_path: Path) -> None:
    printed = three_notices(PERSON)
    line = line_of(printed, IDENTITY)
    facts = f'[[covered]]\nline = {line}\ntext = "{IDENTITY}"\nwhy = "个人信息"\n'
    issue = read(tmp_path, printed, facts)
    assert IDENTITY not in dump(plain(issue))
    texts = [getattr(b, "text", "") for d in issue.documents for b in d.all_blocks()]
    assert f"李四，身份证号{'×' * 18}，为联络员。" in texts
    assert state(issue) == ["whole", "whole", "masked", "whole", "whole"]
    assert len(issue.sheets[2].masks) == 1
    assert not [d for d in issue.diagnostics if d.code == "personal-data"]


@pytest.mark.parametrize("text", ["", "   ", "没有这些字", "，"])
def test_a_covered_text_that_is_not_in_its_line_once_is_refused_and_not_repeated(
    text: str, tmp_path: Path
) -> None:
    printed = three_notices(PERSON)
    line = line_of(printed, IDENTITY)
    facts = f'[[covered]]\nline = {line}\ntext = "{text}"\nwhy = "个人信息"\n'
    with pytest.raises(SourceError, match="要遮盖的文字") as caught:
        read(tmp_path, printed, facts)
    assert "没有这些字" not in str(caught.value)


def test_a_correction_that_takes_out_a_personal_number_covers_it(tmp_path: Path) -> None:
    printed = three_notices(PERSON)
    line = line_of(printed, IDENTITY)
    facts = (
        f'[[correction]]\nline = {line}\nfrom = "身份证号{IDENTITY}"\nto = "身份证号（略）"\n'
        'why = "个人信息"\n'
    )
    issue = read(tmp_path, printed, facts)
    assert IDENTITY not in dump(plain(issue))
    assert issue.source.corrections[0].printed == f"身份证号{'×' * 18}"
    assert state(issue) == ["whole", "whole", "masked", "whole", "whole"]


def test_a_correction_of_a_misread_number_covers_nothing(tmp_path: Path) -> None:
    printed = three_notices("联系人李四，手机13812345678。")
    line = line_of(printed, "13812345678")
    facts = f'[[correction]]\nline = {line}\nfrom = "5678"\nto = "5679"\nwhy = "误认"\n'
    issue = read(tmp_path, printed, facts)
    assert state(issue) == ["whole"] * 5
    assert issue.source.corrections[0].printed == "5678"


@pytest.mark.parametrize("shown", ["5104**********0019", "510402××××××××××××", "138****5678"])
def test_a_number_that_is_covered_in_a_changed_text_is_masked(shown: str, tmp_path: Path) -> None:
    printed = three_notices(f"李四，身份证号{shown}，为联络员。")
    assert state(read(tmp_path, printed)) == ["whole"] * 5  # printed so
    layout = {**printed.layout(), "sha256": "0" * 64}
    changed = state(read(tmp_path, printed, "", layout))
    assert "masked" in changed or "none" in changed
    assert changed[2] != "whole"


@pytest.mark.parametrize("text", ["规格300×400×500毫米", "第5****条", "编号A5104****0019"])
def test_other_stars_and_crosses_mask_nothing(text: str, tmp_path: Path) -> None:
    printed = three_notices(f"（{text}）。")
    layout = {**printed.layout(), "sha256": "0" * 64}
    assert state(read(tmp_path, printed, "", layout)) == ["whole"] * 5


def test_the_scan_that_issue_toml_names_gives_the_sheets(tmp_path: Path) -> None:
    printed = three_notices()
    read(tmp_path, printed)
    folder = tmp_path / "content" / "moumou" / "2024-03"
    (folder / "issue.pdf").rename(folder / "scan.pdf")
    (folder / "layout.json").unlink()
    facts = '[scan]\nfile = "scan.pdf"\nfirst = 0\n'
    (folder / "issue.toml").write_text(facts, "utf-8")
    labels = [sheet.label for sheet in convert(folder).sheets]
    assert labels == ["第1张", "第1页", "第2页", "第3页", "第4页"]


def test_a_scan_that_is_published_whole_goes_with_what_is_withdrawn(tmp_path: Path) -> None:
    printed = three_notices()
    scan = '[scan]\nfile = "issue.pdf"\n'
    assert read(tmp_path, printed, scan).source.scan is not None
    assert read(tmp_path, printed, scan + WITHDRAWN).source.scan is None


def test_sheets_can_be_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, three_notices(), "sheets = false\n").sheets == ()
