"""The values that parse reads beside the blocks: number, issuer, category, outline."""

from __future__ import annotations

import pytest

from generator.model import Document, Issue, Source, Table
from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose
from generator.stages.normalize import normalize
from generator.stages.parse import parse


def read(text: str) -> Issue:
    return parse(Source("case/2020-01", text, "case.md", "issue.md", "", "utf-8"))


def facts(document: Document) -> tuple[str, str, str]:
    return document.title, str(document.number), document.issuer


def codes(issue: Issue) -> list[str]:
    return [d.code for d in diagnose(normalize(issue)).diagnostics]


def test_a_number_that_the_contents_alone_print_is_the_documents() -> None:
    issue = read("""目录
某某省户外广告管理办法(省政府令第420号)……3

# 某某省户外广告管理办法

第一条 为了加强户外广告管理，制定本办法。
""")
    assert [str(d.number) for d in issue.documents] == ["省政府令第420号"]
    assert issue.contents[0].title == "某某省户外广告管理办法(省政府令第420号)"
    assert codes(issue) == []


def test_a_number_printed_in_the_text_goes_before_that_of_the_contents() -> None:
    issue = read("""目录
某某省户外广告管理办法(省政府令第420号)……3

# 某某省户外广告管理办法

(2014年5月1日某某省人民政府令第402号公布)

第一条 为了加强户外广告管理，制定本办法。
""")
    assert [str(d.number) for d in issue.documents] == ["某某省人民政府令第402号"]


def test_serials_dropped_from_the_contents_are_in_the_ledger() -> None:
    issue = read("""目录
1.某某市人民政府关于做好防汛工作的通知......1
2.某某市财政局关于报送报表的通知......9

某某市人民政府关于做好防汛工作的通知

请清查险段。

某某市财政局关于报送报表的通知

请按时报送。
""")
    dropped = [(e.line, e.before) for e in issue.ledger if e.rule == "drop_serials"]
    assert dropped == [(2, "1."), (3, "2.")]
    assert audit(normalize(issue)) == ()
    assert "title-differs" not in codes(issue)


@pytest.mark.parametrize(
    "listed",
    [
        "某某市人民政府关于防汛的通知 ……P1\n某某市财政局关于报表的通知 ……P9",
        "某某市人民政府关于防汛的通知\n（P1）\n某某市财政局关于报表的通知\n（P9）",
        "1 某某市人民政府关于防汛的通知\n9 某某市财政局关于报表的通知",
        "1 某某市人民政府关于防汛的通知\n2 某某市财政局关于报表的通知",
        "1.某某市人民政府关于防汛的通知\n2.某某市财政局关于报表的通知",
        "某某市人民政府关于防汛的通知\n某某市财政局关于报表的通知",
    ],
)
def test_text_beside_a_title_in_the_contents_is_accounted_for(listed: str) -> None:
    titles = ("某某市人民政府关于防汛的通知", "某某市财政局关于报表的通知")
    text = "".join(f"# {title}\n\n请认真执行。\n\n" for title in titles)
    issue = read(f"目录\n\n{listed}\n\n{text}")
    assert tuple(entry.title for entry in issue.contents) == titles
    assert audit(normalize(issue)) == ()


@pytest.mark.parametrize(
    "listed",
    [
        "第一章 总则 ...... 1\n第二章 布局 ...... 5\n附则 ...... 9",
        "一、总体要求 ...... 1\n（一）指导思想 ...... 5\n附件1 任务分工 ...... 9",
    ],
)
def test_the_chapters_of_a_plan_are_no_contents_of_an_issue(listed: str) -> None:
    issue = read(f"某某市人民政府公报\n\n某某市综合交通规划\n\n目 录\n\n{listed}\n\n编制本规划。\n")
    assert issue.contents == ()
    assert [d.code for d in issue.diagnostics] == ["no-documents"]


def test_ordinals_before_titles_are_contents_of_an_issue() -> None:
    issue = read("""目 录
一、某某市停车管理规定 ...... 1
二、某某市供水管理规定 ...... 5

一、某某市停车管理规定

第一条 某。

二、某某市供水管理规定

第一条 某。
""")
    assert len(issue.documents) == 2


@pytest.mark.parametrize(
    ("title", "number", "issuer"),
    [
        (
            "海关总署公告2024年第150号（关于进口水果的公告）",
            "海关总署公告2024年第150号",
            "海关总署",
        ),
        (
            "海关总署 国家外汇管理局公告2024年第3号",
            "海关总署公告2024年第3号",
            "海关总署、国家外汇管理局",
        ),
        ("中共中央办公厅 国务院办公厅印发《某方案》", "None", "中共中央办公厅、国务院办公厅"),
        (
            "中共某市委办公室 某市人民政府办公室转发市财政局意见的通知",
            "None",
            "中共某市委办公室、某市人民政府办公室",
        ),
        ("教育部 财政部关于某事的通知", "None", "教育部、财政部"),
        ("某某管委会征地公告", "None", "某某管委会"),
        ("某某市人民政府关于公告2013年第1号执行的通知", "None", "某某市人民政府"),
        ("某某市人民政府办公室通知", "None", "某某市人民政府办公室"),
        ("某某市人民政府第58次常务会议纪要", "None", "某某市人民政府"),
        ("国务院任免国家工作人员", "None", "国务院"),
        ("某某市生态环境局行政处罚决定书", "None", "某某市生态环境局"),
        ("某某市人民政府2017年大事记", "None", "某某市人民政府"),
        ("某某市全局性工作会议纪要", "None", ""),
        ("全市安全生产大事记", "None", ""),
        ("转发省财政厅等部门意见的通知", "None", ""),
    ],
)
def test_a_title_names_its_issuers(title: str, number: str, issuer: str) -> None:
    issue = normalize(read(f"目录\n{title} ..... 1\n\n# {title}\n\n请认真执行。\n"))
    (document,) = issue.documents
    assert facts(document)[1:] == (number, issuer)


@pytest.mark.parametrize(
    ("title", "signature", "number"),
    [
        ("某某省质监局关于停止受理申请的公告", "某某省质监局", "某某省质监局公告2017年第52号"),
        ("某某省商务厅关于2017年企业名单的公告", "某某省商务厅", "某某省商务厅公告2017年第52号"),
        ("某某局 某某委关于发布目录的公告", "某某局 某某委", "某某局公告2017年第52号"),
        ("关于停止受理申请的公告", "某某省质监局", "某某省质监局公告2017年第52号"),
        ("关于停止受理申请的公告", "省长 王军", "None"),
        ("某某省商务厅公告", "某某省商务厅", "某某省商务厅公告2017年第52号"),
    ],
)
def test_a_number_of_an_announcement_names_no_matter(
    title: str, signature: str, number: str
) -> None:
    issue = normalize(
        read(
            f"目录\n{title} ..... 1\n\n# {title}\n\n2017年第52号\n\n现公告如下。\n\n"
            f"{signature}\n2017年6月26日\n"
        )
    )
    assert facts(issue.documents[0])[1] == number


def test_a_footnote_mark_is_no_part_of_a_title() -> None:
    issue = read("""目录
某某市统计公报 ..... 1

某某市统计公报[1]

某某市统计局

（2018年3月30日）

2017年，经济保持增长。
""")
    (document,) = issue.documents
    assert facts(document) == ("某某市统计公报", "None", "某某市统计局")
    assert (document.type, document.date) == ("公报", "2018-03-30")
    assert document.first("title") == "某某市统计公报[1]"
    assert "title-differs" not in codes(issue)


@pytest.mark.parametrize(
    ("speaker", "issuer"),
    [("某某市水务局局长 郑海涛", "某某市水务局"), ("某某市市长 王 军", ""), ("王 军", "")],
)
def test_the_speaker_of_a_report_is_no_issuer(speaker: str, issuer: str) -> None:
    issue = read(f"""目录
关于停车管理的报告 ..... 1

# 关于停车管理的报告

——2019年4月25日在某某市人民代表大会常务委员会会议上

{speaker}

各位委员：

现在报告工作。
""")
    (document,) = normalize(issue).documents
    assert (document.issuer, document.date) == (issuer, "2019-04-25")
    assert document.addressees == "各位委员"
    assert document.signature.replace(" ", "") == speaker.replace(" ", "")


def test_organs_in_lines_of_their_own_are_issuers_and_no_difference() -> None:
    issue = read("""目录
关于发放补贴的通知 ..... 1

某财〔2016〕20号

# 某某省财政厅

# 某某省民政厅

# 关于发放补贴的通知

请认真执行。
""")
    found = normalize(issue)
    assert [facts(d)[1:] for d in found.documents] == [
        ("某财〔2016〕20号", "某某省财政厅、某某省民政厅")
    ]
    assert codes(issue) == []
    assert audit(found) == ()


def test_a_letterhead_names_the_issuer_if_nothing_else_does() -> None:
    issue = read("""目录
关于发放补贴的通知 ..... 1

某某市人民政府文件

某府发〔2016〕20号

# 关于发放补贴的通知

请认真执行。
""")
    assert [facts(d)[1:] for d in issue.documents] == [("某府发〔2016〕20号", "某某市人民政府")]


@pytest.mark.parametrize(
    "printed", ["总 理 李克强", "省 长 尹 力", "市 长  王军", "代 市 长　王军"]
)
def test_a_head_of_government_signs_and_is_no_issuer(printed: str) -> None:
    issue = read(
        f"目录\n某省规定 ..... 1\n\n# 某省规定\n\n现予公布。\n\n{printed}\n\n2018年1月1日\n"
    )
    (document,) = issue.documents
    assert "".join(document.signature.split()) == "".join(printed.split())
    assert document.issuer == ""


def test_the_chapters_of_a_plan_are_in_its_outline_once() -> None:
    issue = normalize(
        read("""目录
某某市停车管理规定 ..... 1

# 某某市停车管理规定

目 录

第一章 总则

第二章 附则

第一章 总则

第一条 为了加强停车管理，制定本规定。

第二章 附则

第二条 本规定自公布之日起施行。
""")
    )
    (document,) = issue.documents
    units = [b.anchor for b in document.blocks if not isinstance(b, Table) and b.ordinal]
    assert units == ["c1", "a1", "c2", "a2"]


def test_a_masthead_in_other_notations_is_read() -> None:
    issue = read("""某某市人民政府公报

二○○五年第四期（总第四十二期）

主办单位：某某市人民政府

地 址：某某市中山路1号 邮 编：332900  电 话：0792-4296562

目录
某某市停车管理规定 ..... 1

# 某某市停车管理规定

第一条 为了加强停车管理，制定本规定。
""")
    head = issue.masthead
    assert (head.year, head.number, head.total_number) == (2005, 4, 42)
    assert head.sponsor == "某某市人民政府"
    assert (head.address, head.postcode) == ("某某市中山路1号", "332900")
    assert head.phone == "0792-4296562"


def test_labels_and_numbers_with_blanks_inside_are_one() -> None:
    issue = read("""某公报

二零一四年 第十二期 总第二三一期

编 辑 出 版：某某市人民政府办公室  联 系 电 话：0792-4296562

总 编 辑：张三

目录
某规定 ..... 1

# 某规定

第一条 某。
""")
    head = issue.masthead
    assert (head.year, head.number, head.total_number) == (2014, 12, 231)
    assert (head.publisher, head.phone) == ("某某市人民政府办公室", "0792-4296562")
    assert head.other == (("总编辑", "张三"),)


def test_a_masthead_names_the_publisher_in_every_notation() -> None:
    issue = read("""某某市人民代表大会常务委员会

公 报

第1期（季刊）

2014年

主管、主办：某某市人大常委会

某某市人大常委会办公厅编印

地方法规汇编

目录
某规定 ..... 1

# 某规定

第一条 某。
""")
    head = issue.masthead
    assert head.title == "某某市人民代表大会常务委员会公报"
    assert (head.year, head.number, head.frequency) == (2014, 1, "季刊")
    assert (head.sponsor, head.publisher) == ("某某市人大常委会", "某某市人大常委会办公厅")


@pytest.mark.parametrize(
    ("printed", "frequency"),
    [("（半月刊 总第463期）", "半月刊"), ("2014年 月刊 第3期", "月刊"), ("周刊社 第3期", "")],
)
def test_the_number_may_be_printed_beside_the_frequency(printed: str, frequency: str) -> None:
    issue = read(f"某公报\n\n{printed}\n\n目录\n某规定 ..... 1\n\n# 某规定\n\n第一条 某。")
    assert issue.masthead.frequency == frequency


@pytest.mark.parametrize("printed", ["（总号：1661）", "总号：1661", "总第1661期"])
def test_a_total_number_is_read_in_every_notation(printed: str) -> None:
    issue = read(
        f"某公报\n\n2019年 第15号\n\n{printed}\n\n目录\n某规定 ..... 1\n\n# 某规定\n\n第一条 某。"
    )
    head = issue.masthead
    assert (head.year, head.number, head.total_number) == (2019, 15, 1661)


@pytest.mark.parametrize(
    "entry",
    [
        "某某市综合交通规划(某政发〔2014〕12号)......1",
        "1.某某市综合交通规划......1\n2.某某市停车管理规定......9",
    ],
)
def test_contents_end_where_a_listed_title_comes_again(entry: str) -> None:
    issue = read(f"""目录
{entry}

某某市综合交通规划

目录

第一章 总则......1

第二章 附则......3

第一章 总则

编制本规划。
""")
    assert not [entry for entry in issue.contents if "章" in entry.title]
    assert [document.title for document in issue.documents] == ["某某市综合交通规划"]


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("主 办：某某市人民政府", "主办", "某某市人民政府"),
        ("主管单位：某某市人民政府", "主管单位", "某某市人民政府"),
        ("某某市人民政府办公室主办", "主办", "某某市人民政府办公室"),
    ],
)
def test_the_masthead_keeps_the_printed_name_of_a_function(
    line: str, label: str, value: str
) -> None:
    masthead = read(
        f"某某市人民政府公报\n{line}\n\n目录\n甲市人民政府关于防汛的通知 ...... 2\n"
    ).masthead
    assert (masthead.sponsor_label, masthead.sponsor) == (label, value)
