"""Documents in our own words, and issues composed of them, for tests of several issues."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

HEAD = "某某市人民政府公报\n\n第{number}期（总第{total}期）\n{year}年\n\n目  录\n\n{entries}\n\n"


def issue_text(number: int, *documents: str, year: int = 2020) -> str:
    """Compose an issue of documents: the first line of each is its title."""
    titles = [document.strip().split("\n")[0] for document in documents]
    entries = "\n".join(f"{title} ..... {n}" for n, title in enumerate(titles, 1))
    head = HEAD.format(number=number, total=number, year=year, entries=entries)
    return head + "\n\n".join(f"# {document.strip()}" for document in documents) + "\n"


RULES = """
某某市停车管理办法

某府发〔2019〕12号

第一条 为了加强停车管理，制定本办法。

第二条 停车场包括下列种类：
（一）公共停车场；
（二）专用停车场。

停车场由街道办事处管理。

第三条 本办法自公布之日起施行。

某某市人民政府
2019年5月1日
"""
NOTICE = """
某某市人民政府关于印发《某某市医养结合工作方案》的通知

某府发〔2020〕3号

各区人民政府：

《某某市医养结合工作方案》已经市政府同意，现印发给你们，请认真执行。

某某市人民政府
2020年3月5日

某某市医养结合工作方案

第一条 发展医养结合，方便老年人就医。

第二条 由市卫生局负责，具体措施另行规定。
"""


def letter(body: str, number: str = "某府发〔2021〕9号", date: str = "2021年6月1日") -> str:
    return f"""
某某市人民政府关于进一步做好有关工作的函

{number}

市级各部门：

{body}

某某市人民政府
{date}
"""


LINK_FACTS = """
title = "某某市人民政府公报"

[addresses]
"国发〔2016〕13号" = "https://gov.example/13(1).html"
"""
REPEAL = """
某某市停车服务规定

某府发〔2022〕6号

第一条 依照《某某市停车管理办法》第二条第二款的停车场，按本规定第九条和第二条管理。

第二条 本规定自2022年7月1日起施行。《某某市停车管理办法》（某府发〔2019〕12号）同时废止。

某某市人民政府
2022年6月1日
"""
CITING = letter(
    "一、按照《某某市医养结合工作方案》（以下简称《方案》）第二条和国发〔2016〕13号、"
    "《某某市供水条例》（某府发〔2020〕3号）执行，不依照某府发〔1999〕1号。\n\n"
    "二、《方案》由市卫生局解释。\n\n"
    "序号\t文件\n1\t《某某市停车管理办法》（某府发〔2019〕12号）\n2\t《某某市绿化条例》"
)
CITING_ISSUES = {
    "2020-01": issue_text(1, RULES, NOTICE),
    "2021-02": issue_text(2, CITING, year=2021),
    "2022-03": issue_text(3, REPEAL, year=2022),
}


def write_issue(site: Path, name: str, texts: Sequence[str]) -> None:
    """Write an issue.json that holds no more than the engine reads."""
    gazette, _, issue = name.partition("/")
    documents = [
        {
            "url": f"{name}/{n:02}.html", "title": text[:8], "number": None, "issuer": "某府",
            "type": "通知", "date": "2020-03-05", "outline": [], "attachments": [],
            "responsibilities": [], "appointments": [],
            "blocks": [
                {"kind": "title", "anchor": "title", "text": text[:8]},
                {"kind": "paragraph", "anchor": "p1", "text": text[8:]},
            ],
        }
        for n, text in enumerate(texts, 1)
    ]  # fmt: skip
    data = {"gazette_id": gazette, "issue": issue, "gazette": "某公报", "year": 2020}
    (site / name).mkdir(parents=True)
    text = json.dumps({**data, "documents": documents}, ensure_ascii=False)
    (site / name / "issue.json").write_text(text, "utf-8")
