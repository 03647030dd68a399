"""A whole archive in our own words: issues of many kinds, for tests that look at every page."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.documents import CITING_ISSUES, LINK_FACTS

CITY = "某某市人民政府"
TITLES = (
    "关于加强停车管理的通知",
    "关于印发《绿化养护办法》的通知",
    "关于李明等同志职务任免的通知",
)
BODIES = (
    """\
各区人民政府，市级各部门：

为加强停车管理，根据《某某省停车条例》，现通知如下：

一、总体要求。停车收费按1.5元计算，面积<60平方米的，按5*3=15个车位计算。

（一）地面停车场。白天收费，夜间免

费。（市公安局、市财政局负责，市残联参与）

（二）地下停车场。全天收费，用水按m<sup>2</sup>计算，PM<sub>2.5</sub>应当达标。

二、保障措施

1.加强领导。各部门［2016］年以前的文件一律清理，张**、李**等人的意见一并处理。

序号\t工作任务\t责任单位\t完成时限
1\t改造管网\t市住建局、市水务局\t2020年6月底前
2\t治理河道\t市水务局\t2020年12月底前

联系电话：0800-1234567 A\\B路

附件：停车场名录

{city}

{date}

附件

停车场名录

1.中心停车场。

2.城南停车场。
""",
    """\
各区人民政府：

现将《绿化养护办法》印发给你们，请遵照执行。

{city}

{date}

绿化养护办法

第一章 总则

第一条 为了加强绿化养护，制定本办法。

第二条 绿地包括下列种类：

（一）公园绿地；

（二）防护绿地。

第二章 附则

第三条 本办法自公布之日起施行。
""",
    """\
各区人民政府：

经市政府研究，决定：

任命：

李明为某某市财政局局长（试用期一年）；

艾力·买买提为某某市审计局副局长。

免去：

王  刚的某某市统计局局长职务。

{city}

{date}
""",
)
# how the contents are printed: a heading, and a line for each document
FORMS = (
    ("目  录", "{title}………………（{page}）"),
    ("目录", "- {title} ..... {page}"),
    ("## 目 录", "{title}\t{page}"),
    ("目录", "{title} …… {page}-{last}"),
    ("目  录", "{number}. {title}………………{page}"),
    ("目录", "{title}（{page}）"),
    ("", ""),
)


def _document(form: int, serial: int, year: int, title: str, body: str) -> str:
    """Write one document, its head in one of several forms."""
    number = f"某府发〔{year}〕{serial}号"
    text = body.format(city=CITY, date=f"{year}年{serial % 12 + 1}月{serial % 27 + 1}日")
    heads: tuple[str, ...] = (
        f"# {CITY}{title}\n\n{number}",
        f"# {CITY}\n\n## {title}\n\n{number}",
        f"{CITY}{title}\n{number}",
        f"{number}\n\n# {CITY}{title}",
        f"# {CITY}{title}\n\n![印章](images/seal.png)\n\n{number}",
    )
    return f"{heads[form % len(heads)]}\n\n{text}"


def made_issue(total: int) -> tuple[str, str]:
    """Write an issue: a masthead, contents in one of all forms, documents of all kinds.

    Gives the name of its folder, and its text.
    """
    year, number = 2000 + total // 12, total % 12 + 1
    heading, entry = FORMS[total % len(FORMS)]
    masthead = f"{CITY}公报\n\n第{number}期（总第{total}期）\n{year}年\n主 办：{CITY}\n"
    listed, texts = [], []
    for place, (title, body) in enumerate(zip(TITLES, BODIES, strict=True)):
        page = 2 + 5 * place
        listed.append(entry.format(title=CITY + title, page=page, last=page + 4, number=place + 1))
        texts.append(
            _document(total + place if heading else place, 10 * number + place, year, title, body)
        )
    if total % 2:
        listed.append(entry.format(title="某某市供水办法", page=20, last=24, number=4))
        texts.append(
            f"# 某某市供水办法\n\n（{year}年3月5日某某市人民政府令第{number}号公布）\n\n"
            "第一条 为了加强供水管理，制定本办法。\n\n第二条 本办法自公布之日起施行。\n"
        )
    contents = f"\n{heading}\n\n" + "\n".join(listed) + "\n" if heading else ""
    return f"{year}-{number:02}", masthead + contents + "\n" + "\n\n".join(texts)


def write_archive(content: Path, seed: Path, issues: int) -> None:
    """Write the seed, issues that cite each other, and as many made ones as are missing."""
    shutil.copytree(seed, content)
    for name, text in CITING_ISSUES.items():
        (content / "moumou" / name).mkdir(parents=True)
        (content / "moumou" / name / "issue.md").write_text(text, "utf-8")
    (content / "moumou" / "gazette.toml").write_text(LINK_FACTS, "utf-8")
    there = len(CITING_ISSUES) + sum(1 for _ in seed.glob("*/*/issue.md"))
    for total in range(1, issues - there + 1):
        name, text = made_issue(total)
        (content / "zaocheng" / name).mkdir(parents=True)
        (content / "zaocheng" / name / "issue.md").write_text(text, "utf-8")
    (content / "zaocheng" / "gazette.toml").write_text(f'title = "{CITY}公报"\n', "utf-8")
