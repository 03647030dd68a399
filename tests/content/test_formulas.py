"""The formulas of layout.json are shown where the text still has them, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from markdown import Markdown

from generator.content import load
from generator.content.formulas import LONGEST, read_formulas, safe_mathml
from generator.formats.issue_json import issue_data
from generator.model import Gazette, Links
from generator.render import render, template_environment
from generator.render.markdown_extension import UnitsExtension
from generator.stages.pipeline import convert
from tests.conftest import ROOT

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
ROOT_OF_X = MATH.format("<msqrt><mi>x</mi></msqrt>")
SHOWN = "<math><msqrt><mi>x</mi></msqrt></math>"


def issue(folder: Path, text: str, *formulas: tuple[int, str, str], name: str = "issue") -> Path:
    """Write a text with a layout that has formulas; give the folder of the issue."""
    folder = folder / "moumou" / "2024-01"
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    listed = [{"line": line, "text": own, "mathml": drawn} for line, own, drawn in formulas]
    layout = "layout.json" if name == "issue" else f"{Path(name).name}.layout.json"
    (path.parent / layout).write_text(json.dumps({"sha256": "", "formulas": listed}), "utf-8")
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲\n\n即√x。\n", 3),
        ("甲\n\n乙\n\n\n即√x。\n", 6),  # lines were added above it
        ("甲\n\n√x和√x。\n", 3),
        ("√x\n\n乙\n\n√x\n", 0),  # two lines may be meant
        ("甲\n\n即根号x。\n", 0),
    ],
)
def test_a_formula_belongs_to_the_line_that_has_it(tmp_path: Path, text: str, line: int) -> None:
    folder = issue(tmp_path, text, (3, "√x", ROOT_OF_X))
    assert [each.line for each in load(folder).formulas] == ([line] if line else [])


def test_the_lines_of_several_files_are_counted_through(tmp_path: Path) -> None:
    issue(tmp_path, "甲\n√x\n", (2, "√x", ROOT_OF_X), name="documents/01-甲")
    folder = issue(tmp_path, "√x\n", (1, "√x", ROOT_OF_X), name="documents/02-乙")
    assert [each.line for each in load(folder).formulas] == [2, 4]


@pytest.mark.parametrize(
    "mathml",
    [
        MATH.format("<script>alert(1)</script>"),
        MATH.format('<mi onclick="alert(1)">x</mi>'),
        MATH.format('<mi href="javascript:alert(1)">x</mi>'),
        MATH.format('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
        MATH.format('<mi xmlns:a="urn:a" a:b="c">x</mi>'),
        MATH.format("<annotation-xml><mi>x</mi></annotation-xml>"),
        MATH.format("<mi>") + "</mi>",
        '<!DOCTYPE x [<!ENTITY a "b">]>' + MATH.format("<mi>&a;</mi>"),
        "<math><mi>x</mi></math>",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        MATH.format("<mi>x</mi>" * LONGEST),
        MATH.format("<mrow>" * 2_000),
        "",
        "\0",
    ],
)
def test_what_is_no_plain_mathml_is_not_shown(tmp_path: Path, mathml: str) -> None:
    assert safe_mathml(mathml) == ""
    assert load(issue(tmp_path, "√x\n", (1, "√x", mathml))).formulas == ()


def test_plain_mathml_is_shown_without_its_namespace() -> None:
    assert safe_mathml(ROOT_OF_X) == SHOWN
    fraction = MATH.format('<mfrac linethickness="0"><mi>a</mi><mo>&lt;</mo></mfrac>')
    assert safe_mathml(fraction) == (
        '<math><mfrac linethickness="0"><mi>a</mi><mo>&lt;</mo></mfrac></math>'
    )


@pytest.mark.parametrize("data", ["{", "[]", '{"formulas": 1}', '{"formulas": [{"line": "x"}]}'])
def test_a_layout_without_formulas_gives_none(tmp_path: Path, data: str) -> None:
    folder = issue(tmp_path, "√x\n")
    source = load(folder)
    (folder / "layout.json").write_text(data, "utf-8")
    assert read_formulas(folder, source) == ()


def test_a_page_shows_a_formula_below_its_paragraph_and_its_row(tmp_path: Path) -> None:
    text = (
        "# 某某市人民政府关于收费的通知\n\n某府发〔2024〕5号\n\n各区人民政府：\n\n"
        "收费按下式计算：√x。\n\n项目\t算法\n甲\t√y\n乙\t无\n\n"
        "某某市人民政府\n\n2024年3月6日\n"
    )
    below = (7, "√x", ROOT_OF_X), (10, "√y", ROOT_OF_X.replace("x<", "y<"))
    made = convert(issue(tmp_path, text, *below))
    environment = template_environment(ROOT / "templates")
    pages = render(made, Gazette("moumou", "某某市人民政府公报"), Links(), environment)
    (page,) = (text for path, text in pages.items() if path.name == "moufufa-2024-5.md")
    div = f'<div class="added formulas">{SHOWN}</div>'
    assert page.index("√x") < page.index(div) < page.index("| 项目")
    assert page.index("| 乙") < page.index(div.replace("x<", "y<"))
    html = Markdown(extensions=["attr_list", "tables", UnitsExtension()]).convert(page)
    assert div in html


def test_issue_json_has_the_formulas_of_a_block(tmp_path: Path) -> None:
    text = "# 某某市人民政府关于收费的通知\n\n某府发〔2024〕5号\n\n按下式计算：√x。\n\n另行计算。\n"
    made = convert(issue(tmp_path, text, (5, "√x", ROOT_OF_X)))
    data = issue_data(made, Links())
    schema = json.loads((ROOT / "schemas" / "issue.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(data)), schema)
    blocks = json.loads(json.dumps(data))["documents"][0]["blocks"]
    assert [block.get("mathml") for block in blocks] == [None, None, [SHOWN], None]
