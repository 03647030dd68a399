"""The words of the field, from which texts for tests and fuzzing are made."""

from __future__ import annotations

WORDS = (
    *("一、", "（一）", "(二)", "1.", "2．", "（1）", "第一章 ", "第三条 "),
    *("第十二条之一　", "甲、"),
    *("\n1 总则\n", "\n1.1 ", "\n1.2", "\n2.1.1　", "\n2.总则\n", "亿元"),
    *("总体要求", "附件", "附件2", "第三条第（二）项", "本办法", "前款"),
    *("以下简称《办法》", "废止"),
    *("。", ",", "，", "、", ";", ":", "：", "（", "）", "(", ")", "《", "》", "〈", "〉"),
    *("“", "”"),
    *("〔2016〕", "[2016]", "5号", " 23 号", "川府发", "国务院令第706号", "关于", "印发", "的通知"),
    *("四川省人民政府", "国务院 中央军委", "各市（州）人民政府:", "总理 李克强"),
    *("任命：", "为局长"),
    *("2016年11月30日", "二○一一年八月一日", "6 月 月底前", "1,300", "0", "９", "三百", "%", "号"),
    *("\t", "\n", "\n\n", "# ", "## ", "#### ", "- ", "..... 2", "…………（12）", "目录", "上级文件"),
    *("序号\t任务\t责任单位\n", "1\t甲\t市财政局、市教育局\n", "\n2\t\t乙\n", "图1", "  \n"),
    *("![图1 规划](map.png)", "![](a b.png)", "PM<sub>2.5</sub>", "<sup>", "</sub>", "<b>"),
    *("责任单位:", "市旅", "游局", "革", "改革，", "and", "秘密★5年", "——", "●", "="),
    *("抄送：", "共印", "\n续表\n", "\n\n续表\n\n", "注：1.", "？"),
    *(" ", "\u3000", "*", "_", "`", "|", "&amp;", "\\", "{: #x }", "<!--", "]]>", "http://a.cn/"),
    *("\u200b", "\u202e", "\ufeff", "\u00ad", "\ue000", "e\u0301", "\u2028", "\U00020bb7", "\x0c"),
)  # fmt: skip
# what engines write around a text, whole and broken
MARKUP = (
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=2>", "</td>"),
    *(
        '<td colspan="2">',
        "<th>",
        "</th>",
        "<thead>",
        "</thead>",
        "<caption>",
        "</caption>",
        "| a | b |",
        "|---|---|",
    ),
    *("|", "\\|", "+--+--+", "+==+==+", "| 1", "**", "*", "***", "__", "_", "~~", "\\*", "\\_"),
    *("\\(", "\\)", "\\[", "\\]", "$", "$50\\%$", "\\mathrm{m}^2", "$^{①}$", "\\textcircled{1}"),
    *("&amp;", "&lt;", "&nbsp;", "&#23433;", "<br>", "</p>", "<p>", "<b>", "</b>", "</span>"),
    *('<span id="page-1-0">', '<a id="x"></a>', "[", "](#_Toc1)", "](http://a.cn/b)", "[^1]"),
    *("[^1]: ", "{#s-1}", '{width="1in"}', "![图1](a.png)", "![](data:image/png;base64,AAA=)"),
    *('<img src="a.jpg" alt="Image"/>', "<details>", "</details>", "<summary>seal</summary>"),
    *("<summary>bar</summary>", "<!-- Page 3 -->", "<!--", "-->", "<!-- image -->", "{12}------"),
    *("<--- Page Split --->", "---", "***", "```", "```markdown", "## ", "# ", "- ", "> ", "\t"),
    *("1\\. ", "（一）", "总体要求", "市财政局", "2016", "a", "5", "。", "，", " "),
    *("\\", "\n", "\n\n"),
    *("<|ref|>text<|/ref|>", "<|det|>[[1,2,3,4]]<|/det|>", "<sup>2</sup>", "<sub>2</sub>", "<sup>"),
    *("key: value", "`", "é", "e\u0301", "\x00", "图1 </div>", "<div>图2</div>"),
)
TITLE = "甲市关于某事的通知"
# contents and a title, so that a text after them is read as a document
HEAD = f"目录\n{TITLE} ..... 1\n\n# {TITLE}\n\n"

# pieces of issue.toml, right and wrong ones
FACTS = (
    *("[[correction]]\n", "[[lift]]\n", "[scan]\n", "[correction]\n", "correction = 1\n", "[", "]"),
    *("line = 1\n", "line = 8\n", "line = 11\n", "line = 0\n", "line = -1\n", "line = true\n"),
    *('from = "城"\n', 'from = "\\t"\n', "from = '革'\n", 'from = ""\n', 'from = "发[2016]"\n'),
    *('to = "市"\n', 'to = ""\n', 'to = "a\\nb"\n', 'to = "\\r"\n', 'to = "# "\n', "to = '''\n''"),
    *('to = "\\u2028"\n', 'to = "<sub>1</sub>"\n', 'to = "\\t"\n'),
    *('to = "附件"\n', 'to = "一、"\n'),
    *('why = "误识"\n', "why = 1\n", 'file = "scan.pdf"\n'),
    *('file = "p/{page}.jpg"\n', "first = 2\n"),
    *('"', "'", '"""', "'''", "=", ".", "\n", "\r", "\\u0000", "\\ud800", "#", "{", "}"),
    *(",", "\x00"),
    *("1e999", "nan", "9" * 20, "9" * 5000, "2016-02-31", "0x_", "[" * 600, "{a=" * 400, "\ufeff"),
    *("a.b.c = 1\n", "line.x = 1\n", "甲", "\U00020bb7", "\x85", "\u2028"),
)  # fmt: skip
# the text to which corrections are applied: it contains the words that FACTS name in ``from``
CORRECTED = f"""\
{HEAD}川府发[2016] 7 号

各市（州）人民政府:
一、城市改
革，全面推进1,300项
1\t任务\t市财政局
PM<sub>2.5</sub>
《某市停车办法》（川府发〔2015〕5号）第三条
四川省人民政府
2016年11月30日
"""
