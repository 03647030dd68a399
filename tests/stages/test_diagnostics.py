"""Diagnostics: places that stop publication, places that are reported, and correct places."""

from __future__ import annotations

import pytest

from generator.runtime.errors import GazetteError
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker, build_quietly


def codes(make_archive: ArchiveMaker, text: str, facts: str = "") -> list[tuple[str, str]]:
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    if facts:
        (folder / "issue.toml").write_text(facts, "utf-8")
    return [(d.code, d.severity) for d in convert(folder).diagnostics]


MARKED = SMALL.replace("某府发[2020] 7 号", "机密★1年\n\n某府发[2020] 7 号")


@pytest.mark.parametrize("mark", ["机密★1年", "秘 密", "绝密★长期", "内部资料 注意保存"])
def test_a_mark_of_secrecy_in_a_head_is_an_error(mark: str, make_archive: ArchiveMaker) -> None:
    found = codes(make_archive, MARKED.replace("机密★1年", mark))
    assert ("secrecy", "error") in found


def test_a_mark_stops_publication_until_it_is_lifted(
    make_archive: ArchiveMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = make_archive({"2020-03": MARKED})
    line = MARKED.split("\n").index("机密★1年") + 1
    with pytest.raises(GazetteError, match=rf"issue\.md:{line}: secrecy"):
        build_quietly(content, tmp_path_factory.mktemp("stopped"))
    lift = f'[[lift]]\nline = {line}\nwhy = "2021年解密"\n'
    (content / "moumou" / "2020-03" / "issue.toml").write_text(lift, "utf-8")
    assert build_quietly(content, tmp_path_factory.mktemp("published")).documents == 2


def test_the_same_words_in_a_sentence_are_no_mark(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("地面停车场。", "保守商业秘密，加强内部审计。")
    assert codes(make_archive, text) == []


@pytest.mark.parametrize(
    ("printed", "damaged", "code"),
    [
        ("2.地下停车场", "4.地下停车场", "number-gap"),
        ("（二）专用停车场", "（一）专用停车场", "number-repeat"),
        ("第3期", "第5期", "masthead-differs"),
        ("二○二○年三月五日", "2O2O年3月l5日", "date-misread"),
        ("二○二○年三月五日", "2020年S月15日", "date-misread"),
        ("二○二○年三月五日", "2021年3月5日", "date-later"),
        ("某府发[2020] 7 号", "某府发[2O20] 7 号", "number-misread"),
        ("某府发[2020] 7 号", "某府发[2020] B 号", "number-misread"),
        ("二○二○年三月五日", "2020年2月30日", "date-misread"),
        (
            "《某某市停车管理办法》的通知…",
            "《某某市停车管理暂行办法》的通知…",
            "title-differs",
        ),
    ],
)
def test_differences_are_reported_and_nothing_else(
    printed: str, damaged: str, code: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, SMALL.replace(printed, damaged)) == [(code, "warning")]


def test_an_unbalanced_bracket_is_reported(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("白天收费", "白天（含节假日收费")
    assert ("unbalanced", "warning") in codes(make_archive, text)


@pytest.mark.parametrize(
    "text",
    [
        "a) 停车位的尺寸；\n\nb) 停车位的标线。",
        "停车位分为：a）小型；b）大型（含客车）。",
        "将第三条修改为：“第三条　停车场包括：\n\n“（一）公共停车场；\n\n“（二）专用停车场。”",
    ],
)
def test_enumerators_and_quotations_that_go_on_are_balanced(
    text: str, make_archive: ArchiveMaker
) -> None:
    text = SMALL.replace("1.地面停车场。白天收费", f"{text}\n\n1.地面停车场。白天收费")
    assert codes(make_archive, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "将第三条修改为：“第三条　停车场包括：\n\n“（一）公共停车场；\n\n“（二）专用停车场。",
        "建设“停车便民工程。\n\n“十三五”期间新增泊位。",
        "a) 停车位）的尺寸。",
    ],
)
def test_an_unclosed_quotation_is_reported(text: str, make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("1.地面停车场。白天收费", f"{text}\n\n1.地面停车场。白天收费")
    assert ("unbalanced", "warning") in codes(make_archive, text)


def test_an_entry_without_document_is_reported(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("【文件】", "某某市绿化养护技术规程与验收规范………（7）\n【文件】")
    assert ("entry-without-document", "error") in codes(make_archive, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("张某某（身份证号360426199101010071）", "公民身份号码“3604…0071”"),
        ("张某某，公民身份号码 11010519491231002x。", "公民身份号码“1101…002x”"),
        ("联系人：李某某，13912345678", "手机号码“1391…5678”"),
        ("请汇入账号：6222 0212 3456 7890 123。", "银行账号“6222…0123”"),
        ("卡号6222021234567894", "银行账号“6222…7894”"),
        ("身份证号51040219800101123X", "公民身份号码“5104…123X”"),  # its county had no code yet
        ("证件440301 19900307 0019", "公民身份号码“4403…0019”"),
        ("证件440301-19900307-0019", "公民身份号码“4403…0019”"),
        ("（ID440301199003070019）", "公民身份号码“4403…0019”"),
        ("证件４４０３０１１９９００３０７００１９", "公民身份号码“4403…0019”"),
        ("证件5104021980０１０１123Ｘ", "公民身份号码“5104…123X”"),
        ("电话0812 440301199003070019", "公民身份号码“4403…0019”"),
        ("身份证编号：440301199003070019", "公民身份号码“4403…0019”"),
        ("手机138 1234 5678", "手机号码“1381…5678”"),
        ("手机138-1234-5678", "手机号码“1381…5678”"),
        ("手机-13812345678.", "手机号码“1381…5678”"),
        ("数据+86 138-1234-5678", "手机号码“1381…5678”"),
        ("(+86)138\u30001234\u30005678", "手机号码“1381…5678”"),
        ("数据００８６１３８１２３４５６７８", "手机号码“1381…5678”"),
        ("电话１３８１２３４５６７８", "手机号码“1381…5678”"),
        ("电话0812-3324587 13812345678", "手机号码“1381…5678”"),
        ("手机号13812345678号码", "手机号码“1381…5678”"),
        ("账号：中国银行攀枝花分行营业部 6222021234567894", "银行账号“6222…7894”"),
        ("账户：某某，开户行中国银行某某支行，6222-0212-3456-7894", "银行账号“6222…7894”"),
        ("账号：某某专项资金户，额尔古纳支行 6222021234567890", "银行账号“6222…7890”"),
        ("（６２２２０２１００１１１６２４５７０２）", "银行卡号“6222…5702”"),
        ("（6222021001116245702）", "银行卡号“6222…5702”"),
    ],
)
def test_numbers_of_persons_are_reported_and_not_repeated(
    text: str, kind: str, make_archive: ArchiveMaker
) -> None:
    content = make_archive({"2020-03": SMALL.replace("地面停车场。", f"{text}。")})
    found = convert(content / "moumou" / "2020-03").diagnostics
    assert [d.code for d in found] == ["personal-data"]
    assert f"疑似{kind}" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：0812-3324587",
        "总投资12345678901.5万元",
        "身份证号360426199101010072",  # its check digit is wrong
        "统一社会信用代码91510400204350723D",
        "邮编617000",
        "证书编号20161234567890123",
        "按照16位编码规则",
        "身份证号510402198002301239",  # its check digit is right, 30 February is not
        "统一社会信用代码：914419001990030772",  # its check digits are right for a person, too
        "数据914419001990030772",
        "证书编号：440301199003070019",
        "统一社会信用代码515104005012345610",
        "ISBN 978-7-01-234567-4",
        "ISBN9787012345674",
        "电话：0812-3339999、0812 3339999、（0812）3339999",
        "账户管理咨询：0812-3339999",
        "账户余额6222021234567890",
        "账户内共有6222021234567894元",
        "投资13812345678元",
        "投资13812345678 万元",
        "数据13812345678.5",
        "数据￥13812345678",
        "川字第13812345678号",
        "登记编号13812345678",
        "数据150 2015 2016年",
        "数据150 1381 2345 2016",
        "数据2018-510402-78-03-123456",
        "JY13812345678901234",
        "数据12 34 56 78 90 12 34 56 78",
        "某府发〔2019〕5号",
    ],
)
def test_other_numbers_are_not_reported(text: str, make_archive: ArchiveMaker) -> None:
    assert codes(make_archive, SMALL.replace("地面停车场。", f"{text}。")) == []


def test_a_number_in_a_table_is_found_in_its_row(make_archive: ArchiveMaker) -> None:
    table = "序号\t姓名\t电话\n1\t张某\t0812-3324587\n2\t李某\t13912345678"
    text = SMALL.replace("地面停车场。", f"地面停车场。\n\n{table}")
    line = text[: text.index("2\t李某")].count("\n") + 1
    content = make_archive({"2020-03": text})
    found = convert(content / "moumou" / "2020-03").diagnostics
    assert [(d.code, d.lines.first) for d in found] == [("personal-data", line)]


@pytest.mark.parametrize(
    ("printed", "added"),
    [
        ("主 办：某某市人民政府", "\n联系电话：138-1234-5678"),
        ("主 办：某某市人民政府", "\n监督电话：13812345678"),
        ("某某市停车管理办法………", "（440301199003070019）………"),
    ],
)
def test_numbers_of_persons_are_found_before_the_documents(
    printed: str, added: str, make_archive: ArchiveMaker
) -> None:
    text = SMALL.replace(printed, printed.rstrip("…") + added)
    line = text[: text.index(added.strip())].count("\n") + 1
    found = convert(make_archive({"2020-03": text}) / "moumou" / "2020-03").diagnostics
    lines = [d.lines.first for d in found if d.code == "personal-data"]
    assert lines == [line]


@pytest.mark.parametrize(
    "character",
    ["\u202e", "\u200b", "\u2066", "\u00ad", "\u3164", "\U000e0041", "\ufe00"],
)
def test_an_invisible_character_is_reported_with_its_line(
    character: str, make_archive: ArchiveMaker
) -> None:
    text = SMALL.replace("地面停车场。", f"地面{character}停车场。")
    line = text[: text.index(character)].count("\n") + 1
    found = convert(make_archive({"2020-03": text}) / "moumou" / "2020-03").diagnostics
    assert [(d.code, d.lines.first) for d in found] == [("invisible", line)]
    assert f"U+{ord(character):04X}" in found[0].message


def test_the_variant_of_an_ideograph_in_a_name_stays(make_archive: ArchiveMaker) -> None:
    """The 葛󠄀 of a name is not 葛: the variation selector after it belongs to the text."""
    text = SMALL.replace("地面停车场。", "地面停车场，联系人葛\U000e0100军。")
    issue = convert(make_archive({"2020-03": text}) / "moumou" / "2020-03")
    assert issue.diagnostics == ()
    assert any("葛\U000e0100军" in str(block) for d in issue.documents for block in d.all_blocks())
