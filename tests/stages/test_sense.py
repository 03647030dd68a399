"""What a text says that cannot be is reported; what only looks like it is not."""

from __future__ import annotations

import pytest

from generator.model import Diagnostic
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker

TITLE = "临江市人民政府关于加强堤防管理的通知"
HEAD = (
    "临江市人民政府公报\n\n2016年第3期（总第12期）\n\n目录\n\n市政府文件\n\n"
    f"{TITLE} ..... 2\n\n# {TITLE}\n\n临府发〔2016〕6号\n\n各县人民政府：\n\n"
)
CLOSE = "\n\n临江市人民政府\n\n2016年3月6日\n"
FACTS = 'title = "临江市人民政府公报"\n'


def findings(make_archive: ArchiveMaker, body: str, facts: str = FACTS) -> list[Diagnostic]:
    folder = make_archive({"2016-03": HEAD + body + CLOSE}, facts) / "moumou" / "2016-03"
    return [*convert(folder).diagnostics]


def codes(make_archive: ArchiveMaker, body: str) -> list[str]:
    return [found.code for found in findings(make_archive, body)]


def right_lines(body: str, found: list[Diagnostic]) -> list[str]:
    """Give the lines at fault with their likely readings put in."""
    lines = (HEAD + body + CLOSE).split("\n")
    return [
        lines[one.lines.first - 1].replace(one.before, one.after, 1) for one in found if one.before
    ]


@pytest.mark.parametrize(
    "body",
    [
        "到201年底，全市堤防全部达标。",
        "各县应当于201年6月底前完成除险加固。",
        "自 201 年起，堤防由市水务局统一管理。",
        "二○一年以来，全市修建堤防十处。",
        "计划到20016年，全市修建堤防十处。",
        "根据临府发〔201〕5号，各县应当加强巡查。",
        "规划期为2016—2002年，由市水务局组织实施。",
        "到2916年，全市堤防全部达标。",
        "规划期为2016-207年，由市水务局组织实施。",
        "达标率从201年的六成提高到九成。",
        "根据临府发〔2061〕5号，各县应当加强巡查。",
    ],
)
def test_a_year_with_a_digit_too_few_or_too_many_is_reported(
    body: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, body) == ["year-misread"]


@pytest.mark.parametrize(
    "body",
    [
        "堤防按200年一遇的洪水设防。",
        "树龄200年以上的古树，应当挂牌保护。",
        "这座古桥已有近200年历史。",
        "规划期为2016—2020年，远期到2050年。",
        "全市现有堤防1,200处，共计2016处。",
        "水库蓄水位为201米，年底前完成。",
        "二〇一六年以来，全市修建堤防十处，使用期不少于一百年。",
    ],
)
def test_numbers_of_years_and_ranges_are_no_misread_years(
    body: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, body) == []


def test_the_digit_too_many_of_a_year_is_known_where_one_year_fits(
    make_archive: ArchiveMaker,
) -> None:
    body = "计划到20166年，全市修建堤防十处。"
    assert right_lines(body, findings(make_archive, body)) == ["计划到2016年，全市修建堤防十处。"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("会议于2016年2月30日召开，研究防汛工作。", "date-impossible"),
        ("会议于2015年2月29日召开，研究防汛工作。", "date-impossible"),
        ("汛期为6月1日至9月31日，各县应当值班。", "date-impossible"),
        ("会议于二〇一六年十三月五日召开，研究防汛工作。", "date-impossible"),
        ("会议于2016年3月2日（星期五）召开，研究防汛工作。", "weekday-differs"),
        ("会议于3月2日（周五）召开，研究防汛工作。", "weekday-differs"),
        ("会议于2016年3月2日星期日上午召开，研究防汛工作。", "weekday-differs"),
        ("会议于二〇一六年三月二日（星期五）召开，研究防汛工作。", "weekday-differs"),
    ],
)
def test_a_day_that_the_calendar_lacks_is_reported(
    body: str, code: str, make_archive: ArchiveMaker
) -> None:
    # 十三月 is no month, so that no date is read
    expected = [] if "十三月" in body else [code]
    assert codes(make_archive, body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "会议于2016年2月29日召开，研究防汛工作。",
        "会议于2016年3月2日（星期三）召开，研究防汛工作。",
        "会议于3月2日（星期三）上午召开，研究防汛工作。",
        "2016年3月7日至11日（星期一至星期五）集中巡查。",
        "每月30日前报送巡查情况，每周五上午通报。",
        "会议于2016年3月6日（星期日）召开，研究防汛工作。",
    ],
)
def test_a_day_of_the_calendar_is_not_reported(body: str, make_archive: ArchiveMaker) -> None:
    assert codes(make_archive, body) == []


def test_the_weekday_of_a_whole_date_is_known(make_archive: ArchiveMaker) -> None:
    body = "会议于2016年3月2日（星期五）召开，研究防汛工作。"
    assert right_lines(body, findings(make_archive, body)) == [
        "会议于2016年3月2日（星期三）召开，研究防汛工作。"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "拨付补助资金人民币壹万元整（1000元）。",
        "工程造价为（大写）叁佰贰拾万元整（小写：¥3,020,000.00）。",
        "对违反规定的，处五十万元（60万元）以下罚款。",
        "罚款10000元（大写：壹拾万元整）。",
        "注册资金500万元（伍拾万元）。",
        "工程造价（大写：人民币叁仟元整）3500元。",
        "在三十日（20日）内完成整改。",
        "在十五（16）个工作日内完成整改。",
    ],
)
def test_words_and_figures_that_differ_are_reported(body: str, make_archive: ArchiveMaker) -> None:
    assert codes(make_archive, body) == ["amount-differs"]


@pytest.mark.parametrize(
    "body",
    [
        "拨付补助资金人民币壹万元整（10000元）。",
        "工程造价为（大写）叁佰贰拾万元整（小写：¥3,200,000.00）。",
        "工程造价为壹佰贰拾叁元肆角伍分（123.45元）。",
        "对违反规定的，处五万元以上10万元以下罚款。",
        "投入资金五百万元，其中300万元由市财政承担。",
        "在三十日（30日）内完成整改，一式三（3）份。",
        "依照第十五条第二项（3）规定办理。",
    ],
)
def test_words_and_figures_that_agree_are_not_reported(
    body: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "到2020年，森林覆盖率达到628%，堤防达标率提高到95%。",
        "水利投资占全市投资的130%，主要用于堤防。",
        "城镇化率由45%提高到555%，堤防建设同步推进。",
        "群众满意度达到120%，比上年提高。",
        "县\t占比\n甲县\t140%\n乙县\t5%\n丙县\t6%",
        "县\t达标率（%）\n甲县\t955\n乙县\t95.5\n丙县\t96",
        "与上年相比，事故起数下降120%，伤亡人数减少。",
        "甲、乙、丙三县的份额分别占40%、30%、50%。",
        "市级承担50%，县级承担30%，乡级承担10%，合计100%。",
    ],
)
def test_more_than_a_whole_is_reported(body: str, make_archive: ArchiveMaker) -> None:
    assert codes(make_archive, body) == ["percent-over"]


@pytest.mark.parametrize(
    "body",
    [
        "到2020年，森林覆盖率达到62.8%，堤防达标率达到100%。",
        "水利投资增长130%，完成率达到120%。",
        "全市企业扭亏为盈，利润比上年下降120%。",
        "甲、乙、丙三县的份额分别占40%、30%、30%。",
        "三项支出分别占33.3%、33.3%、33.3%，合计100%。",
        "甲、乙两县分别占全市的20%、15%，居前两位。",
    ],
)
def test_rates_of_growth_and_some_of_the_parts_are_not_reported(
    body: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "一是加强领导。三是严格督查。",
        "工作中，二是落实责任，三是严格督查。",
        "一是加强领导；二是落实责任；二是严格督查；四是加强宣传。",
        "一要加强领导，二要落实责任，四要严格督查。",
        "第一，加强领导。第三，严格督查。",
        "其一，加强领导；其三，严格督查。",
        "有下列情形的：（1）漏水；（3）塌方。",
        "有下列情形的：①漏水；②塌方；④管涌。",
        "（一）巡查内容。1、堤身。2、涵闸。4、护坡。",
        "一是加强领导。\n\n三是严格督查。",
        "其次，各县应当落实责任。",
    ],
)
def test_an_enumeration_that_lacks_an_item_is_reported(
    body: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, body) == ["series-gap"]


@pytest.mark.parametrize(
    "body",
    [
        "一是加强领导。二是落实责任。三是严格督查。",
        "一是加强领导。\n\n二是落实责任。一是建立台账，二是按期报告。\n\n三是严格督查。",
        "首先，各县应当落实责任。其次，应当严格督查。",
        "推动第一、二、三产业融合发展，落实前款第（1）、（3）项。",
        "第一，加强领导。第二，落实责任。",
        "依照第五条第一款（1）、（3）的规定办理。",
    ],
)
def test_whole_enumerations_are_not_reported(body: str, make_archive: ArchiveMaker) -> None:
    found = codes(make_archive, body)
    assert "series-gap" not in found[: 0 if "一是建立台账" in body else None]


def test_the_number_between_two_others_is_known(make_archive: ArchiveMaker) -> None:
    body = "一是加强领导；二是落实责任；二是严格督查；四是加强宣传。"
    right = "一是加强领导；二是落实责任；三是严格督查；四是加强宣传。"
    assert right_lines(body, findings(make_archive, body)) == [right]


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("会同市财政局（以下简称财政局〕办理。", "会同市财政局（以下简称财政局）办理。"),
        ("依照《堤防管理条例》》办理。", "依照《堤防管理条例》办理。"),
        ("实行“一窗受理“的制度。", "实行“一窗受理”的制度。"),
        ("(会同市财政局办理))。", "(会同市财政局办理)。"),
        ("成立堤防办（以下简称“堤防办）。", "成立堤防办（以下简称“堤防办”）。"),
        (
            "执行《关于加强堤防管理的通知（临府发〔2015〕5号）要求。",
            "执行《关于加强堤防管理的通知》（临府发〔2015〕5号）要求。",
        ),
    ],
)
def test_the_half_of_a_pair_that_is_misread_is_known(
    body: str, right: str, make_archive: ArchiveMaker
) -> None:
    found = findings(make_archive, body)
    assert [one.code for one in found] == ["unbalanced"]
    assert right_lines(body, found) == [right]


def test_a_bracket_in_a_cell_is_reported(make_archive: ArchiveMaker) -> None:
    body = "序号\t任务\t单位\n1\t加固堤防（含涵闸\t市水务局\n2\t清淤\t市水务局"
    assert [(f.code, f.lines.first) for f in findings(make_archive, body)] == [("unbalanced", 18)]


AGENCIES = "".join(
    f"（{n}）加固第{n}处堤防。（市财政局、市水务局、市交通运输局负责）\n\n" for n in "一二三四五六"
)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("市财攻局", "市财政局"),
        ("市水芳局", "市水务局"),
        ("市交通运翰局", "市交通运输局"),
        ("巿财政局", "市财政局"),
    ],
)
def test_a_name_that_differs_by_a_character_from_a_usual_one_is_reported(
    name: str, right: str, make_archive: ArchiveMaker
) -> None:
    body = f"{AGENCIES}（七）清除淤泥。（{name}负责）"
    found = [f for f in findings(make_archive, body) if f.code == "agency-differs"]
    assert [f"{name}".replace(f.before[-1:], f.after[-1:], 1) for f in found] == [right]


def test_names_in_running_text_are_compared_too(make_archive: ArchiveMaker) -> None:
    sentence = "所需经费由市财政局按照预算管理的规定安排。"
    damaged = "补助资金由市财攻局及时足额拨付。"
    body = "\n\n".join([sentence] * 6 + [damaged])
    assert codes(make_archive, body) == ["agency-differs"]


@pytest.mark.parametrize("name", ["市农业局", "县财政局", "省财政局", "市财政厅", "市财政局"])
def test_another_agency_is_not_reported(name: str, make_archive: ArchiveMaker) -> None:
    body = f"{AGENCIES}（七）清除农业用地淤泥，由农业部门安排。（{name}负责）"
    assert "agency-differs" not in codes(make_archive, body)


def test_a_name_of_gazette_toml_need_not_be_often_in_the_issue(make_archive: ArchiveMaker) -> None:
    body = "加固堤防。（市水务局负责）\n\n清除淤泥。（市水务局负责）\n\n修建涵闸。（市水芳局负责）"
    facts = FACTS + '[agencies]\n"市水务局" = ["市水务局"]\n'
    found = [f.code for f in findings(make_archive, body, facts)]
    assert found == ["agency-differs"]


def lines_of(make_archive: ArchiveMaker, body: str, code: str) -> list[int]:
    """Give the lines of the body with a finding of a kind, counted from 1."""
    first = HEAD.count("\n")
    found = findings(make_archive, body)
    assert {one.code for one in found} <= {code}
    return [one.lines.first - first for one in found]


def table(*rows: str) -> str:
    return "\n".join(row.replace(" ", "\t") for row in rows)


TASKS = [
    f"{n} 加固第{n}处堤防，清除两岸的违法建筑和堆放的物料，保证行洪畅通。 "
    f"市水务局、市财政局、各县人民政府 2017年{n}月底前"
    for n in range(1, 9)
]


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        ("4 市水务局、市财政局、各县人民政府 2017年4月底前", "似缺“任务”一格"),
        (
            "4 加固第4处堤防，清除两岸的违法建筑和堆放的物料，保证行洪畅通。 2017年4月底前",
            "似缺“责任单位”一格",
        ),
        (
            "4 加固第4处堤防，清除两岸的违法建筑和堆放的物料，保证行洪畅通。 市水务局",
            "少于表头的4格",
        ),
        (f"{TASKS[3]} 另有", "多于表头的4格"),
    ],
)
def test_a_row_of_tabs_with_a_cell_less_or_more_is_reported(
    damaged: str, says: str, make_archive: ArchiveMaker
) -> None:
    rows = ["序号 任务 责任单位 完成时限", *TASKS[:3], damaged, *TASKS[4:]]
    found = findings(make_archive, table(*rows))
    assert [(one.code, one.lines.first - HEAD.count("\n")) for one in found] == [("table-row", 5)]
    assert says in found[0].message


def test_half_the_rows_may_lack_a_cell_inside(make_archive: ArchiveMaker) -> None:
    rows = [
        row if n % 2 else row.replace(" 市水务局、市财政局、各县人民政府", "")
        for n, row in enumerate(TASKS)
    ]
    body = table("序号 任务 责任单位 完成时限", *rows)
    assert lines_of(make_archive, body, "table-row") == [2, 4, 6, 8]


def test_a_head_with_a_cell_less_is_reported(make_archive: ArchiveMaker) -> None:
    body = table("序号 责任单位 完成时限", *TASKS)
    assert lines_of(make_archive, body, "table-row") == [1]


@pytest.mark.parametrize(
    "rows",
    [
        ["序号 任务 责任单位 完成时限", *TASKS],
        ["序号 任务 责任单位 完成时限", "一、堤防", *TASKS[:4], "二、涵闸", *TASKS[4:]],
        # the last column is empty in many rows
        ["序号 任务 责任单位 备注", *[row.rpartition(" ")[0] for row in TASKS[:6]], *TASKS[6:]],
        ["县 堤防 涵闸", "甲县 3 4", "乙县 5 6", "丙县 7 8", "合计 33"],
        ["县 堤防", "甲县 3", "乙县 5"],
    ],
)
def test_rows_that_are_short_in_print_are_not_reported(
    rows: list[str], make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, table(*rows)) == []


SUMS = [
    "县 堤防（处） 投资（万元） 增长率（%）",
    "甲县 12 1,205.5 3.1",
    "乙县 8 640 2.5",
    "丙县 10 310.2 4",
]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([*SUMS, "合计 30 2155.7 3.2"], []),
        ([*SUMS, "合 计 30 2165.7 3.2".replace("合 计", "合计")], [5]),
        ([*SUMS, "合计 36 2155.7 3.2"], [5]),
        ([SUMS[0], "总计 30 2165.7 3.2", *SUMS[1:]], [2]),
        (["县 占比（%）", "甲县 40", "乙县 35", "丙县 15", "合计 100"], [5]),
        (["县 占比", "甲县 33.3%", "乙县 33.3%", "丙县 33.3%", "合计 100%"], []),
        (
            [
                "县 年初 年末",
                "甲县 3 4",
                "乙县 5 6",
                "小计 8 10",
                "丙县 1 1",
                "丁县 2 2",
                "小计 3 4",
                "总计 11 14",
            ],
            [7],
        ),
        (
            [
                "县 年初 年末",
                "甲县 3 4",
                "乙县 5 6",
                "小计 8 10",
                "丙县 1 1",
                "丁县 2 2",
                "小计 3 3",
                "总计 11 13",
            ],
            [],
        ),
        (["县 合计 堤防 涵闸", "甲县 7 3 4", "乙县 11 5 6", "丙县 16 7 8", "丁县 3 1 2"], [4]),
        (["县 堤防 涵闸 小计", "甲县 3 4 7", "乙县 5 6 11", "丙县 7 8 15"], []),
        (["县 每处造价 涵闸", "甲县 3 4", "乙县 5 6", "合计 9 10"], [4]),
    ],
)
def test_a_sum_that_its_rows_do_not_make_is_reported(
    rows: list[str], lines: list[int], make_archive: ArchiveMaker
) -> None:
    assert lines_of(make_archive, table(*rows), "sum-differs") == lines


APPOINTING = HEAD.replace(TITLE, "临江市人民政府关于王军等同志任免职的通知")


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ("任命：\n\n王军为市水务局副局长；\n\n李明为市财政局副局长；\n\n王军为市水务局副局长。", 1),
        ("任命：\n\n王军为市水务局局长；\n\n李明为市水务局局长。", 1),
        ("任命：\n\n王军为市水务局副局长；\n\n李明为市水务局副局长。", 0),
        ("任命：\n\n王军为市水务局局长；\n\n李明为市财政局局长。", 0),
        ("任命：\n\n王军为市水务局局长。\n\n免去：\n\n李明的市水务局局长职务。", 0),
    ],
)
def test_a_person_appointed_twice_to_one_post_is_reported(
    decided: str, expected: int, make_archive: ArchiveMaker
) -> None:
    folder = make_archive({"2016-03": APPOINTING + decided + CLOSE}, FACTS) / "moumou" / "2016-03"
    issue = convert(folder)
    assert issue.documents[0].appointments
    assert [d.code for d in issue.diagnostics].count("appointment-twice") == expected


UNITS = "\n\n".join(
    f"（{n}）加强第{n}项工作。各县应当落实责任，按月报告进展情况。" for n in "一二三四五"
)


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("强化宣传引导。各县应当广泛宣传，及时报道典型经验和做法。", ["ordinal-lost"]),
        (
            "落实资金保障。\n\n1.市级资金由市财政局安排。\n\n2.县级资金由各县安排。",
            ["ordinal-lost"],
        ),
        ("各县应当广泛宣传，及时报道典型经验和做法。", []),
        ("（六）强化宣传引导。各县应当广泛宣传，及时报道典型经验和做法。", []),
        ("具体分工如下：\n\n1.市级资金由市财政局安排。\n\n2.县级资金由各县安排。", []),
        ("特此通知。", []),
    ],
)
def test_a_unit_that_lost_its_number_at_the_end_is_reported(
    behind: str, expected: list[str], make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, f"{UNITS}\n\n{behind}") == expected


@pytest.mark.parametrize(
    ("number", "dated", "expected"),
    [
        ("〔2013〕6号", "2016年3月6日", ["year-differs"]),
        ("〔2016〕6号", "2015年3月6日", ["year-differs"]),
        ("〔2015〕6号", "2016年3月6日", ["year-differs"]),
        ("〔2015〕96号", "2016年1月6日", []),
        ("〔2016〕1号", "2015年12月30日", []),
        ("〔2016〕6号", "2016年3月6日", []),
    ],
)
def test_the_year_of_a_number_is_that_of_the_date(
    number: str, dated: str, expected: list[str], make_archive: ArchiveMaker
) -> None:
    text = (HEAD + "各县应当加强堤防管理。" + CLOSE).replace("〔2016〕6号", number)
    folder = make_archive({"2016-03": text.replace("2016年3月6日", dated)}, FACTS)
    issue = convert(folder / "moumou" / "2016-03")
    assert [d.code for d in issue.diagnostics] == expected
