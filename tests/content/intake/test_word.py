"""What a Word document has beside plain paragraphs is taken along, or is named as a loss."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from generator.content.intake import word
from generator.content.intake.taken import Loss
from generator.content.intake.word import DEEPEST_CHUNK, convert_docx
from generator.content.intake.word_fields import DEEPEST, print_field
from generator.content.intake.word_package import Budget
from generator.content.intake.word_symbols import in_symbol_font
from generator.runtime.errors import SourceError
from tests.content.intake.word_files import (
    box,
    docx,
    docx_bytes,
    field,
    math,
    p,
    r,
    style,
    table,
    tc,
    with_runs,
    xlsx_bytes,
)


def blocks(path: Path) -> list[str]:
    """Convert a document; give its blocks."""
    return convert_docx(path).text.removesuffix("\n").split("\n\n")


def lost(path: Path) -> list[tuple[str, str]]:
    """Convert a document; give the kinds and words of its losses."""
    return [(loss.kind, loss.words) for loss in convert_docx(path).losses]


# ---- tables

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (tc("市财政局", "市审计局"), "市财政局<br>市审计局"),
        (tc("1200", "350"), "1200<br>350"),
        (tc(p("名称", "<w:r><w:br/></w:r>", "简介")), "名称<br>简介"),
        (tc("", "落实资金", "", ""), "落实资金"),
        (tc("序", "号"), "序<br>号"),
        (tc(p("甲", '<w:r><w:br w:type="page"/></w:r>', "乙丙")), "甲<br>乙丙"),
        (tc("<w:sdt><w:sdtContent>" + p("控件") + p("两段") + "</w:sdtContent></w:sdt>"),
         "控件<br>两段"),
    ],
)  # fmt: skip
def test_paragraphs_of_a_cell_stay_parted(tmp_path: Path, cell: str, written: str) -> None:
    path = docx(tmp_path, table(tc("单位") + tc("任务"), cell + tc("甲", "乙丙丁")))
    assert blocks(path) == [
        "<table><tr><td>单位</td><td>任务</td></tr>"
        f"<tr><td>{written}</td><td>甲<br>乙丙丁</td></tr></table>"
    ]


def test_a_row_whose_only_filled_cell_ends_a_sentence_stays_a_row(tmp_path: Path) -> None:
    rows = (tc("1") + tc("停车") + tc("按小时收费。"), tc() + tc() + tc("夜间减半。"))
    assert blocks(docx(tmp_path, table(*rows))) == [
        "<table><tr><td>1</td><td>停车</td><td>按小时收费。</td></tr>"
        "<tr><td></td><td></td><td>夜间减半。</td></tr></table>"
    ]


def test_a_cell_that_no_cell_above_covers_keeps_its_text(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    rows = (
        tc("甲", properties=ON) + tc("乙"),
        tc("丙", properties=wide + ON) + tc("不印", properties="<w:hMerge/>"),
    )
    assert blocks(docx(tmp_path, table(*rows))) == [
        '<table><tr><td>甲</td><td>乙</td></tr><tr><td colspan="3">丙</td></tr></table>'
    ]


def test_a_table_in_a_cell_keeps_its_words_and_is_named(tmp_path: Path) -> None:
    inner = table(tc("内一") + tc("内二"), tc("内三") + tc("内四"))
    path = docx(tmp_path, p("前文"), table(tc("甲") + tc(p("外") + inner + p())))
    assert blocks(path) == [
        "前文",
        "<table><tr><td>甲</td><td>外<br>内一<br>内二<br>内三<br>内四</td></tr></table>",
    ]
    assert convert_docx(path).losses == (Loss(0, 3, "nested"),)


# ---- formulas

FRACTION = "<m:f><m:num>{A+B}</m:num><m:den>{C+D}</m:den></m:f>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (FRACTION, "(A+B)/(C+D)"),
        ("<m:f><m:num>{本年产值}</m:num><m:den>{上年产值}</m:den></m:f>{×100%}",
         "本年产值/上年产值×100%"),
        ("<m:f><m:num>{1}</m:num><m:den>{2πr}</m:den></m:f>", "1/(2πr)"),
        (f"<m:f><m:num>{{1}}</m:num><m:den>{FRACTION}</m:den></m:f>", "1/((A+B)/(C+D))"),
        ("<m:d><m:e>{1+r}</m:e></m:d>", "(1+r)"),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{a,b}</m:e></m:d>',
         "[a,b]"),
        ('<m:d><m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr><m:e><m:eqArr>'
         "<m:e>{x=1}</m:e><m:e>{y=2}</m:e></m:eqArr></m:e></m:d>".replace('"{"', '"&#123;"'),
         "{x=1；y=2"),
        ("<m:sSup><m:e><m:d><m:e>{1+r}</m:e></m:d></m:e><m:sup>{n}</m:sup></m:sSup>", "(1+r)ⁿ"),
        ("<m:sSup><m:e>{1+r}</m:e><m:sup>{t}</m:sup></m:sSup>", "(1+r)^t"),
        ("<m:sSup><m:e>{m}</m:e><m:sup>{-2}</m:sup></m:sSup>", "m⁻²"),
        ("<m:sSup><m:e>{e}</m:e><m:sup>{-kt}</m:sup></m:sSup>", "e^(-kt)"),
        ("<m:sSubSup><m:e>{x}</m:e><m:sub>{i}</m:sub><m:sup>{2}</m:sup></m:sSubSup>",
         "x<sub>i</sub>²"),
        ("<m:rad><m:radPr/><m:deg/><m:e>{X+Y}</m:e></m:rad>", "√(X+Y)"),
        ("<m:rad><m:deg>{3}</m:deg><m:e>{V}</m:e></m:rad>", "∛V"),
        ("<m:rad><m:deg>{n}</m:deg><m:e>{ab+c}</m:e></m:rad>", "ⁿ√(ab+c)"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{i=1}</m:sub><m:sup>{n}</m:sup>'
         "<m:e>{A-B}</m:e></m:nary>", "∑(i=1→n)(A-B)"),
        ('<m:nary><m:naryPr><m:chr m:val="∏"/></m:naryPr><m:sub>{i}</m:sub><m:sup/>'
         "<m:e>{x}</m:e></m:nary>", "∏(i)x"),
        ("<m:nary><m:sub/><m:sup/><m:e>{f}</m:e></m:nary>{dx}", "∫fdx"),
        ("<m:func><m:fName>{sin}</m:fName><m:e>{x}</m:e></m:func>", "sin x"),
        ("<m:func><m:fName><m:limLow><m:e>{lim}</m:e><m:lim>{n→∞}</m:lim></m:limLow></m:fName>"
         "<m:e>{x+1}</m:e></m:func>", "lim(n→∞)(x+1)"),
        ('<m:acc><m:accPr><m:chr m:val="¯"/></m:accPr><m:e>{x}</m:e></m:acc>', "x\u0305"),
        ("<m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr><m:mr><m:e>{c}</m:e><m:e>{d}</m:e></m:mr>"
         "</m:m>", "a，b；c，d"),
        ("{a&lt;b}", "a&lt;b"),
        ("{2}<m:f><m:num>{1}</m:num><m:den>{2}</m:den></m:f>", "2(1/2)"),
        ("<m:f><m:num>{1}</m:num><m:den>{z}</m:den></m:f>{dz}", "(1/z)dz"),
        ("<m:sSup><m:e>{x}</m:e><m:sup>{k}</m:sup></m:sSup>{a}", "x^(k)a"),
        ("<m:func><m:fName>{log}</m:fName><m:e><m:d><m:e>{x}</m:e></m:d></m:e></m:func>",
         "log(x)"),
        ("<m:borderBox><m:e>{E=mc}</m:e></m:borderBox>", "E=mc"),
    ],
)  # fmt: skip
def test_a_formula_is_readable_in_one_line(tmp_path: Path, formula: str, text: str) -> None:
    taken = convert_docx(docx(tmp_path, p("即："), p(math(formula))))
    assert taken.text == f"即：\n\n{text}\n"
    assert [(each.line, each.text) for each in taken.formulas] == [(3, text)]
    root = etree.fromstring(taken.formulas[0].mathml)
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"


def test_a_formula_is_kept_as_mathml(tmp_path: Path) -> None:
    formula = f"{{P=}}{FRACTION}<m:rad><m:deg/><m:e>{{X}}</m:e></m:rad>"
    (drawn,) = convert_docx(docx(tmp_path, p(math(formula)))).formulas
    assert drawn.mathml == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>P</mi><mo>=</mo><mfrac>'
        "<mrow><mi>A</mi><mo>+</mo><mi>B</mi></mrow><mrow><mi>C</mi><mo>+</mo><mi>D</mi></mrow>"
        "</mfrac><msqrt><mi>X</mi></msqrt></mrow></math>"
    )


def test_words_of_a_formula_are_words_in_mathml(tmp_path: Path) -> None:
    upright = '<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>{}</m:t></m:r>'
    integral = "<m:nary><m:sub>{0}</m:sub><m:sup>{1}</m:sup><m:e>{x}</m:e></m:nary>"
    formula = math(upright.format("log") + "{ab}") + math(integral)
    word, both = convert_docx(docx(tmp_path, p(formula))).formulas
    assert "<mi>log</mi><mi>a</mi><mi>b</mi>" in word.mathml
    assert "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi>" in both.mathml


def test_a_fraction_never_runs_into_the_number_before_it(tmp_path: Path) -> None:
    half = math("<m:f><m:num>{1}</m:num><m:den>{2}</m:den></m:f>")
    path = docx(tmp_path, p("长2", half, "米"), p("长2", field(r"EQ \f(1,2)"), "米"), p(half, half))
    assert blocks(path) == ["长2(1/2)米", "长2(1/2)米", "1/2 1/2"]


def test_a_large_first_character_belongs_to_its_paragraph(tmp_path: Path) -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="2"/>'
    assert blocks(docx(tmp_path, p("为", properties=frame), p("加强管理。"))) == ["为加强管理。"]


def test_formulas_of_one_paragraph_are_lines_of_it(tmp_path: Path) -> None:
    both = f"<m:oMathPara>{math('{a=1}')}{math('{b=2}')}</m:oMathPara>"
    assert blocks(docx(tmp_path, p(both))) == ["a=1  \nb=2"]


def test_a_formula_with_a_picture_or_of_an_older_program_is_lost(tmp_path: Path) -> None:
    drawn = math("{a+}<m:r><w:pict><v:shape/></w:pict></m:r>")
    older = r('<w:object><o:OLEObject ProgID="Equation.3"/></w:object>')
    path = docx(tmp_path, p("式一：", drawn), p("式二：", older))
    assert blocks(path) == ["式一：a+", "式二："]
    assert convert_docx(path).losses == (Loss(0, 1, "formula", "a+"), Loss(0, 3, "formula"))


# ---- fields


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r" eq \o\ac(○,1) ", "①"),
        (r"EQ \o\ac(○,21)", "㉑"),
        (r"eq \o\ac(\s\up 2(◯),\s\do 1(3))", "③"),
        (r"EQ \O\AC(○,秘)", "㊙"),
        (r"eq \o(○,A)", "Ⓐ"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ \f(A+B,\r(3,x))", "(A+B)/∛x"),
        (r"EQ \r(X+Y)", "√(X+Y)"),
        (r"EQ \b\lc\[\rc\](a\,b)", "[a,b]"),
        (r"EQ \b\lc\{(\a\al(x=1,y=2))", "{x=1；y=2"),
        (r"EQ \b\bc\|(x)", "|x|"),
        (r"EQ \i\su(i=1,n,x)", "∑(i=1→n)x"),
        (r"EQ m\s\up6(2)", "m²"),
        (r"EQ H\s\do4(2)O", "H<sub>2</sub>O"),
        (r"EQ \x(密)", "密"),
        (r"EQ \f(f(x),2)", "f(x)/2"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(mǎo),泖)', "泖"),
        (r"EQ \* jc0 \o(\s\up 9(pān),攀)\* MERGEFORMAT", "攀"),
        (r'SYMBOL 168 \f "Wingdings" \s 12', "□"),
        ("MACROBUTTON NoMacro [填写日期]", "[填写日期]"),
    ],
)
def test_a_field_prints_what_its_code_says(tmp_path: Path, code: str, text: str) -> None:
    simple = f"<w:fldSimple w:instr='{code}'>{r('旧')}</w:fldSimple>"
    forms = [field(code), field(code, ""), field(code, "旧", split=5), simple]
    body = [p("前", form, "后") for form in forms]
    assert blocks(docx(tmp_path, *body)) == [f"前{text}后"] * 4


def test_a_reading_above_a_character_is_kept_as_a_loss(tmp_path: Path) -> None:
    code = r"EQ \* jc2 \o\ad(\s\up 9(mǎo),泖)"
    ruby = f"<w:ruby><w:rt>{r('pān')}</w:rt><w:rubyBase>{r('攀')}</w:rubyBase></w:ruby>"
    path = docx(tmp_path, p(field(code), "塔和", r(ruby), "枝花"))
    assert blocks(path) == ["泖塔和攀枝花"]
    assert lost(path) == [("reading", "mǎo…pān")]


@pytest.mark.parametrize(
    "code",
    [r"EQ \o(甲,乙)", r"EQ \f(1", r"EQ \o\ac(○,甲乙)", r"EQ \z(1)", "EQ )", r"SYMBOL 1 \f 宋体",
     "EQ " + r"\r(" * 99 + "x" + ")" * 99, "EQ " + "(" * 3_000],
)  # fmt: skip
def test_a_code_that_is_not_understood_is_named_and_nothing_is_guessed(
    tmp_path: Path, code: str
) -> None:
    path = docx(tmp_path, p("前", field(code), "后"), p("前", field(code, "印"), "后"))
    assert blocks(path) == ["前后", "前印后"]
    assert [kind for kind, _ in lost(path)] == ["field"]


def test_a_field_without_its_end_swallows_nothing(tmp_path: Path) -> None:
    begin = r('<w:fldChar w:fldCharType="begin"/>')
    code = r("<w:instrText>EQ</w:instrText>")
    path = docx(tmp_path, p("甲", begin, code, "乙"), p("丙"), p(r("<w:fldChar/>"), "丁"))
    assert blocks(path) == ["甲乙", "丙", "丁"]
    assert lost(path) == [("field", "EQ乙")]


def test_the_result_of_another_field_and_the_fields_of_a_form_are_printed(tmp_path: Path) -> None:
    def form(data: str, code: str) -> str:
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
        end = '<w:fldChar w:fldCharType="end"/>'
        return r(begin) + r(f"<w:instrText>{code}</w:instrText>") + r(end)

    entries = '<w:listEntry w:val="同意"/><w:listEntry w:val="不同意"/>'
    path = docx(
        tmp_path,
        p("截至", field("DATE", "三月"), field("TOC", None), "。"),
        p(form("<w:checkBox><w:checked/></w:checkBox>", "FORMCHECKBOX"), "是 "),
        p(form('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX"), "否"),
        p(form(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>', "FORMDROPDOWN")),
    )
    assert blocks(path) == ["截至三月。", "☒是", "□否", "不同意"]


def test_codes_are_read_in_linear_depth() -> None:
    deep = "EQ " + r"\r(" * (DEEPEST - 1) + "x" + ")" * (DEEPEST - 1)
    printed = print_field(deep)
    assert printed is not None
    assert printed.text == "√" * (DEEPEST - 1) + "x"


# ---- symbols


def test_text_in_a_font_of_symbols_is_printed_as_it_looks(tmp_path: Path) -> None:
    wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    styles = style("Box", "character", wingdings) + style("Plain", "character", "")
    body = (
        p(r("\uf0fe", wingdings), "是 ", r("\uf0a8", wingdings), "否"),
        p(r("þ", wingdings), "同意 ", r("¨", '<w:rStyle w:val="Box"/>'), "不同意"),
        p(r("m", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "米"),
        p(r("a&lt;b", '<w:rFonts w:ascii="Symbol"/>')),
        p(r("þ", '<w:rStyle w:val="Box"/><w:rFonts w:ascii="Arial"/>')),
        p(r("\uf0feA", '<w:rFonts w:ascii="Arial" w:eastAsia="Wingdings"/>'), "是"),
        p(r("þ汉", '<w:rStyle w:val="Plain"/><w:rFonts w:hAnsi="Wingdings" w:eastAsia="宋体"/>')),
    )
    assert blocks(docx(tmp_path, *body, styles=styles)) == [
        "☑是 □否", "☑同意 □不同意", "μ米", "α<β", "þ", "☑A是", "☑汉",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("font", "code", "printed"),
    [("Wingdings", "F0FE", "☑"), ("Wingdings", "A8", "□"), ("Wingdings", "F0E0", "→"),
     ("Wingdings 2", "F052", "☑"), ("Wingdings 2", "F0A3", "□"), ("Wingdings 3", "F070", "▲"),
     ("Webdings", "F061", "✓"), ("Symbol", "F0B4", "×"), ("Symbol", "F0E5", "∑"),
     ("Symbol", "F061", "α"), ("宋体", "2460", "①")],
)  # fmt: skip
def test_a_symbol_is_printed(tmp_path: Path, font: str, code: str, printed: str) -> None:
    path = docx(tmp_path, p(r(f'<w:sym w:font="{font}" w:char="{code}"/>'), "项"))
    assert blocks(path) == [f"{printed}项"]
    assert lost(path) == []


def test_an_unknown_symbol_is_named(tmp_path: Path) -> None:
    path = docx(tmp_path, p(r('<w:sym w:font="Wingdings" w:char="F035"/>'), "项"))
    assert blocks(path) == ["\ufffd项"]
    assert lost(path) == [("symbol", "wingdings F035")]
    assert in_symbol_font("webdings", "a汉\uf061") == "✓汉✓"


# ---- hidden, struck out, deleted

HIDDEN = "<w:vanish/>"


@pytest.mark.parametrize(
    ("run", "paragraph", "styles", "shown"),
    [
        (HIDDEN, "", "", False),
        ('<w:rStyle w:val="Hid"/>', "", style("Hid", "character", HIDDEN), False),
        ('<w:rStyle w:val="Sub"/>', "",
         style("Hid", "character", HIDDEN) + style("Sub", "character", "", "Hid"), False),
        ('<w:rStyle w:val="Sub"/>', "", style("Hid", "character", HIDDEN)
         + style("Sub", "character", '<w:vanish w:val="0"/>', "Hid"), True),
        ("", "HidP", style("HidP", "paragraph", HIDDEN), False),
        ('<w:vanish w:val="false"/>', "HidP", style("HidP", "paragraph", HIDDEN), True),
        # two styles that hide show: such a property is a toggle
        ('<w:rStyle w:val="Hid"/>', "HidP",
         style("Hid", "character", HIDDEN) + style("HidP", "paragraph", HIDDEN), True),
        ("", "", "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault>"
         "</w:docDefaults>", False),
        ("<w:webHidden/>", "", "", True),
    ],
)  # fmt: skip
def test_hidden_text_stays_hidden_by_whatever_style_hides_it(
    tmp_path: Path, run: str, paragraph: str, styles: str, shown: bool
) -> None:
    visible = '<w:vanish w:val="0"/>'
    body = p(r("公开", visible), r("内部批示", run), r("。", visible), style=paragraph)
    path = docx(tmp_path, body, styles=styles)
    assert blocks(path) == ["公开内部批示。" if shown else "公开。"]
    assert lost(path) == ([] if shown else [("hidden", "")])  # its words are told to nobody


def test_a_table_style_may_hide_its_text(tmp_path: Path) -> None:
    named = '<w:tblStyle w:val="HidT"/>'
    hidden = table(tc("批示") + tc("内部"), properties=named)
    path = docx(tmp_path, hidden, p("公开"), styles=style("HidT", "table", HIDDEN))
    assert blocks(path) == ["公开"]


def test_a_paragraph_of_a_hidden_style_leaves_no_line(tmp_path: Path) -> None:
    styles = style("HidP", "paragraph", HIDDEN)
    path = docx(tmp_path, p("甲。"), p("内部批示", style="HidP"), p("乙。"), styles=styles)
    assert blocks(path) == ["甲。", "乙。"]


@pytest.mark.parametrize(
    ("properties", "styles"),
    [
        ("<w:strike/>", ""),
        ("<w:dstrike/>", ""),
        ('<w:rStyle w:val="Del"/>', style("Del", "character", "<w:strike/>")),
        ('<w:rStyle w:val="Sub"/>',
         style("Del", "character", "<w:dstrike/>") + style("Sub", "character", "", "Del")),
    ],
)  # fmt: skip
def test_struck_text_is_not_published_and_kept_as_a_loss(
    tmp_path: Path, properties: str, styles: str
) -> None:
    body = p("收费", r("按年", properties), r("度", properties), "按月", r("算", properties), "。")
    path = docx(tmp_path, p("前。"), body, styles=styles)
    assert blocks(path) == ["前。", "收费按月。"]
    assert convert_docx(path).losses == (Loss(0, 3, "struck", "按年度…算"),)


def test_struck_text_that_is_not_stays(tmp_path: Path) -> None:
    styles = style("Del", "paragraph", "<w:strike/>")
    path = docx(tmp_path, p(r("有效", '<w:strike w:val="0"/>'), style="Del"), styles=styles)
    assert blocks(path) == ["有效"]
    assert lost(path) == []


def test_deletions_that_were_not_accepted_are_kept_as_losses(tmp_path: Path) -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>按年</w:delText></w:r></w:del>'
    row = "<w:trPr><w:del w:id='1'/></w:trPr>" + tc("旧行") + tc("旧值")
    path = docx(tmp_path, p("收费", gone, "按月"), table(tc("甲") + tc("乙"), row))
    assert blocks(path) == ["收费按月", "甲\t乙"]
    assert lost(path) == [("deleted", "按年"), ("deleted", "旧行旧值")]


def test_the_editor_who_takes_a_file_in_is_told_what_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    runs = (r("内部批示", HIDDEN), r("旧值", "<w:strike/>"), "新值")
    chart = '<w:drawing><c:chart r:id="rId1"/></w:drawing>'
    convert_docx(docx(tmp_path, p(*runs), *[p(r("甲" * 99, "<w:strike/>"))] * 4, p(r(chart))))
    assert "1 处图表、5 处加了删除线的文字（“旧值”、“" in caplog.text
    assert f"“{'甲' * 60}…” 等）、1 处隐藏的文字；" in caplog.text
    assert "内部批示" not in caplog.text


# ---- text boxes and what is embedded


def test_a_text_box_stands_in_its_place(tmp_path: Path) -> None:
    path = docx(
        tmp_path,
        p("第一段。"),
        p(box(p("示范市人民政府文件"))),
        p(box(p("上框")), "正文。", box(p("下框一"), p("下框二"))),
        table(tc("甲") + tc(p("乙", box(p("格中框"))))),
    )
    assert blocks(path) == [
        "第一段。", "示范市人民政府文件", "上框", "正文。", "下框一", "下框二",
        "<table><tr><td>甲</td><td>乙<br>格中框</td></tr></table>",
    ]  # fmt: skip
    assert lost(path) == []


def test_boxes_side_by_side_are_read_row_by_row(tmp_path: Path) -> None:
    cm = 360_000
    places = [
        ("经费", 5 * cm, 9 * cm), ("单位", 0, 9 * cm), ("名称", cm // 10, 0), ("负责人", 5 * cm, 0),
    ]  # fmt: skip
    boxes = [box(p(text), top=top, left=left) for text, top, left in places]
    assert blocks(docx(tmp_path, p(*boxes))) == ["名称", "单位", "负责人", "经费"]


def test_boxes_of_a_group_and_of_older_programs_are_read(tmp_path: Path) -> None:
    def shape(text: str, x: int, y: int) -> str:
        return (
            f'<wps:wsp><wps:spPr><a:xfrm><a:off x="{x}" y="{y}"/></a:xfrm></wps:spPr><wps:txbx>'
            f"<w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></wps:wsp>"
        )

    group = f"<wpg:wgp>{shape('二', 0, 900_000)}{shape('一', 0, 0)}</wpg:wgp>"
    older = "".join(
        f'<w:pict><v:shape style="position:absolute;margin-left:{left}pt;margin-top:2pt">'
        f"<v:textbox><w:txbxContent>{p(text)}</w:txbxContent></v:textbox></v:shape></w:pict>"
        for text, left in (("右", 200), ("左", 0))
    )
    art = '<w:pict><v:shape><v:textpath string="艺术字标题"/></v:shape></w:pict>'
    path = docx(
        tmp_path,
        p(r(f"<w:drawing><wp:anchor>{group}</wp:anchor></w:drawing>")),
        p(r(older)),
        p(r(art)),
    )
    assert blocks(path) == ["一", "二", "左", "右", "艺术字标题"]


def test_pictures_charts_and_diagrams_are_losses_with_their_words(tmp_path: Path) -> None:
    named = '<wp:docPr id="1" name="图片 1" descr="分区图"/>'
    picture = f"<w:drawing><wp:inline>{named}<pic:pic/></wp:inline></w:drawing>"
    chart = '<w:drawing><wp:inline><c:chart r:id="rId7"/></wp:inline></w:drawing>'
    diagram = '<w:drawing><wp:inline><dgm:relIds r:dm="rId8"/></wp:inline></w:drawing>'
    line = "<w:drawing><wp:inline><wps:wsp/></wp:inline></w:drawing>"  # the red line of a head
    a = 'xmlns:a="urn:a"'
    path = docx(
        tmp_path,
        p("附图："),
        p(r(picture)),
        p(r(chart), r(diagram), r(line)),
        p("后文。"),
        parts={
            "rId7": ("chart", "chart1.xml", f"<c {a}><a:t>历年产值</a:t><v>12.5</v></c>"),
            "rId8": ("diagramData", "data1.xml", f"<d {a}><a:t>受理</a:t><a:t>审批</a:t></d>"),
        },
    )
    assert blocks(path) == ["附图：", "后文。"]
    assert convert_docx(path).losses == (
        Loss(0, 1, "picture", "分区图"),
        Loss(0, 1, "chart", "历年产值 12.5"),
        Loss(0, 1, "picture", "受理 审批"),
    )


@pytest.mark.parametrize(
    "drawing",
    [
        '<w:drawing><wp:inline><wp:docPr id="1" name="批" hidden="1"/><wps:wsp><wps:txbx>'
        "<w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></wp:inline></w:drawing>",
        '<w:pict><v:shape style="position:absolute;visibility:hidden"><v:textbox>'
        "<w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>",
    ],
)
def test_a_hidden_drawing_stays_hidden(tmp_path: Path, drawing: str) -> None:
    path = docx(tmp_path, p("公开", r(drawing.format(p("内部批示")))))
    assert blocks(path) == ["公开"]
    assert lost(path) == [("hidden", "")]


def test_an_embedded_document_is_a_loss_with_its_first_words(tmp_path: Path) -> None:
    embedded = '<w:object><o:OLEObject ProgID="Word.Document.12" r:id="rId5"/></w:object>'
    part = ("package", "embeddings/a.docx", docx_bytes(p("附件一"), p("说明")))
    path = docx(tmp_path, p("附：", r(embedded)), parts={"rId5": part})
    assert blocks(path) == ["附："]
    assert lost(path) == [("object", "Word.Document.12 附件一说明")]


def test_what_is_inserted_has_a_limit_over_all_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "Budget", lambda: Budget(2 * word.SMALL_CHUNK + 500))
    chunk = '<w:altChunk r:id="rId9"/>'
    data = xlsx_bytes(f"<row>{c('A1', 1)}</row>")
    path = docx(
        tmp_path,
        p("文"),
        chunk * 4,
        excel(),
        parts={
            "rId9": ("aFChunk", "a.html", "<p>甲</p>"),
            "rId5": ("package", "embeddings/a.xlsx", data),
        },
    )
    assert blocks(path) == ["文", "甲", "甲"]
    assert lost(path) == [("part", "a.html")] * 2 + [("sheet", "没有数据")]


def excel(key: str = "rId5") -> str:
    """Write a paragraph with an embedded sheet."""
    embedded = f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="{key}"/>'
    return p(r(f"<w:object><v:shape/>{embedded}</w:object>"))


def c(place: str, value: object, kind: str = "", number_format: int = 0) -> str:
    """Write a cell of a sheet."""
    return f'<c r="{place}" t="{kind}" s="{number_format}"><v>{value}</v></c>'


FORMATS = (
    "<numFmts>"
    '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[红色]0;(0)"/></numFmts><cellXfs>'
    + "".join(f'<xf numFmtId="{n}"/>' for n in (0, 4, 10, 164, 165))
    + "</cellXfs>"
)


def test_the_cells_of_an_embedded_sheet_are_a_table_in_its_place(tmp_path: Path) -> None:
    rows = (
        f"<row>{c('B2', 0, 's')}{c('C2', 1, 's')}"
        f"{c('D2', '进度', 'str')}{c('E2', '日期', 'str')}</row>"
        f"<row>{c('B3', '湖岸', 'str')}{c('C3', 1234.5, number_format=1)}"
        f"{c('D3', 0.255, number_format=2)}{c('E3', 45357, number_format=3)}</row>"
        f"<row>{c('B4', '合计', 'str')}{c('C4', 1234.5)}{c('D4', 1, 'b')}{c('E4', 3)}</row>"
    )
    strings = "<si><t>项目</t><rPh><t>xm</t></rPh></si><si><r><t>金</t></r><r><t>额</t></r></si>"
    data = xlsx_bytes(rows, strings=strings, styles=FORMATS)
    path = docx(
        tmp_path, p("附表："), excel(), p("后文。"),
        parts={"rId5": ("package", "embeddings/a.xlsx", data)},
    )  # fmt: skip
    assert blocks(path) == [
        "附表：",
        "项目\t金额\t进度\t日期\n湖岸\t1,234.50\t25.50%\t2024年3月6日\n合计\t1234.5\tTRUE\t3",
        "后文。",
    ]
    assert lost(path) == []


def test_a_sheet_shows_the_cells_of_its_window_and_says_what_it_is_not_sure_of(
    tmp_path: Path,
) -> None:
    rows = (
        f"<row>{c('A1', 1)}{c('B1', 2)}{c('C1', 3)}</row><row>{c('A2', 4, number_format=4)}</row>"
    )
    data = xlsx_bytes(rows, styles=FORMATS, book='<oleSize ref="A1:B1"/>')
    path = docx(
        tmp_path, p("附表："), excel(), parts={"rId5": ("package", "embeddings/a.xlsx", data)}
    )
    assert blocks(path) == ["附表：", "1\t2"]
    assert lost(path) == [("sheet-format", "数字格式 [红色]0;(0) 没有照样写出")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "没有数据"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "旧的 .xls 格式"),
        (b"PK\x03\x04", "文件损坏"),
        (docx_bytes(p("文")), "文件损坏"),
        (xlsx_bytes("<row><c>"), "文件损坏"),
        (xlsx_bytes(f"<row>{c('A1', 99, 's')}</row>"), "文件损坏"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_a_loss(
    tmp_path: Path, data: bytes | None, reason: str
) -> None:
    parts = {"rId5": ("package", "embeddings/a.xlsx", data)} if data else None
    path = docx(tmp_path, p("附表："), excel(), p("后文。"), parts=parts)
    assert blocks(path) == ["附表：", "后文。"]
    assert convert_docx(path).losses == (Loss(0, 1, "sheet", reason),)


# ---- inserted files


def inserted(tmp_path: Path, name: str, data: str | bytes, *, kind: str = "aFChunk") -> Path:
    """Write a document in which a file is inserted."""
    body = (p("第一条"), '<w:altChunk r:id="rId9"/>', p("第三条"))
    return docx(tmp_path, *body, parts={"rId9": (kind, name, data)})


PAGE = "<html><body><p>第二条 <b>附件</b>正文。</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "made"),
    [
        ("a.html", PAGE, ["第二条 附件正文。"]),
        ("a.htm", PAGE.encode("gb18030"), ["第二条 附件正文。"]),
        ("a.html", "<p>第二条<br>换行</p>第三款", ["第二条  \n换行", "第三款"]),
        ("a.html", "<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("a.html", "<ul><li>一、甲<li>二、乙</ul>", ["一、甲", "二、乙"]),
        ("a.html", "<p>面积5m<sup>2</sup>，a&lt;b</p>", ["面积5m<sup>2</sup>，a&lt;b"]),
        ("a.html", "<table><tr><td>甲<td>乙<tr><td>1<td>2</table>", ["甲\t乙\n1\t2"]),
        ("a.html", "<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>",
         ['<table><tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>']),
        ("a.txt", "第二条 附件。\r\n\r\n末行".encode("gb18030"), ["第二条 附件。", "末行"]),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
         b"Content-Transfer-Encoding: 8bit\r\n\r\n" + PAGE.encode(), ["第二条 附件正文。"]),
        ("a.docx", docx_bytes(p("第二条"), table(tc("甲") + tc("乙"))), ["第二条", "甲\t乙"]),
    ],
)  # fmt: skip
def test_an_inserted_file_is_text_in_its_place(
    tmp_path: Path, name: str, data: str | bytes, made: list[str]
) -> None:
    path = inserted(tmp_path, name, data)
    assert blocks(path) == ["第一条", *made, "第三条"]
    assert lost(path) == []


def test_an_inserted_page_hides_and_strikes_as_word_does(tmp_path: Path) -> None:
    page = (
        "<head><title>题</title><style>p{}</style></head><body><p>公开<span style='display: none'>"
        "密</span><s>旧值</s>新值<img alt='图例'></p><script>x</script></body>"
    )
    path = inserted(tmp_path, "a.html", page)
    assert blocks(path) == ["第一条", "公开新值", "第三条"]
    assert convert_docx(path).losses == (
        Loss(0, 3, "hidden"), Loss(0, 3, "struck", "旧值"), Loss(0, 3, "picture", "图例"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", b"<?xml version='1.0'?><data/>"),
        ("a.bin", b"\x00\x01\x02"),
        ("a.docx", b"PK\x03\x04zzz"),
        ("a.docx", docx_bytes()),
        ("a.html", b"<html></html>"),
        ("a.mht", b"MIME-Version: 1.0\r\n\r\nx"),
        ("document.xml", ""),  # the document itself
    ],
)
def test_an_inserted_file_that_cannot_be_read_is_a_loss(
    tmp_path: Path, name: str, data: str | bytes
) -> None:
    if not data:
        again = '<Relationship Id="rId9" Type="x/aFChunk" Target="document.xml"/>'
        body = (p("第一条"), '<w:altChunk r:id="rId9"/>', p("第三条"))
        path = docx(tmp_path, *body, relations=again)
    else:
        path = inserted(tmp_path, name, data)
    assert blocks(path) == ["第一条", "第三条"]
    assert convert_docx(path).losses == (Loss(0, 1, "part", name),)


def test_inserted_files_in_each_other_have_an_end(tmp_path: Path) -> None:
    data: str | bytes = docx_bytes(p("最里"))
    for depth in range(DEEPEST_CHUNK + 1):
        chunk = '<w:altChunk r:id="rId9"/>'
        data = docx_bytes(p(f"第{depth}层"), chunk, parts={"rId9": ("aFChunk", "a.docx", data)})
    path = tmp_path / "issue.docx"
    path.write_bytes(data if isinstance(data, bytes) else b"")
    assert blocks(path) == [f"第{depth}层" for depth in range(DEEPEST_CHUNK, -1, -1)]
    assert lost(path) == [("part", "a.docx")]


# ---- files


@pytest.mark.parametrize("name", ["issue.docm", "issue.dotx", "issue.dotm", "issue.docx"])
@pytest.mark.parametrize("strict", [False, True])
def test_every_kind_of_word_file_is_read(tmp_path: Path, name: str, strict: bool) -> None:
    body = (p("公开"), p(r("暗", '<w:rStyle w:val="Hid"/>'), "。"), p(math(FRACTION)))
    styles = style("Hid", "character", HIDDEN)
    path = docx(tmp_path, *body, name=name, strict=strict, styles=styles)
    assert (b"purl.oclc.org" in zipfile.ZipFile(path).read("word/document.xml")) == strict
    assert blocks(path) == ["公开", "。", "(A+B)/(C+D)"]


def test_a_relation_to_a_missing_part_does_no_harm(tmp_path: Path) -> None:
    missing = '<Relationship Id="rId3" Type="x/image" Target="NULL"/>'
    outside = '<Relationship Id="rId4" Type="x/styles" Target="http://a/b" TargetMode="External"/>'
    assert blocks(docx(tmp_path, p("文"), relations=missing + outside)) == ["文"]


def test_what_looks_like_markup_is_text(tmp_path: Path) -> None:
    path = docx(tmp_path, p("a&lt;b&gt;c 和 &amp;lt; 与 3&lt;5"))
    assert blocks(path) == ["a&lt;b>c 和 &amp;lt; 与 3<5"]


def test_losses_without_text_before_them_are_above_the_first_line(tmp_path: Path) -> None:
    picture = "<w:drawing><pic:pic/></w:drawing>"
    path = docx(tmp_path, p(r(picture)), p("文"), table(tc("甲") + tc(p("乙", r(picture)))))
    assert convert_docx(path).losses == (Loss(0, 0, "picture"), Loss(0, 3, "picture"))


def test_nothing_but_losses_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有文字"):
        convert_docx(docx(tmp_path, p(r("密", HIDDEN))))


@pytest.mark.parametrize(
    "tag",
    ["w:t", "w:tbl", "w:tr", "m:f", "m:nary", "w:fldChar", "w:sym", "w:txbxContent", "w:numPr",
     "m:d", "w:footnoteReference"],
)  # fmt: skip
def test_elements_out_of_place_raise_nothing_but_a_refusal(tmp_path: Path, tag: str) -> None:
    element = f"<{tag}/>"
    deep = f"<{tag}>" * 60 + "文" + f"</{tag}>" * 60
    body = (p("文", r(element), math(element), r(deep)), element, table(element, tc(element)))
    assert blocks(docx(tmp_path, *body))[0].startswith("文")


def test_text_of_a_formula_is_given_in_runs() -> None:
    assert with_runs("{x}") == "<m:r><m:t>x</m:t></m:r>"
