"""Official text that only looks like markup stays as it was printed."""

from __future__ import annotations

import pytest

from generator.stages.read import read

PRINTED = (
    "标志牌5*8米，箱体2*3*4米。",
    "*为约束性指标，带*的为预期性指标。",
    "注：*表示约束性，**表示重点。",
    "王**、李**等3人获奖，张**（男）、赵**（女）入围。",
    "王**和李**获奖。",
    "李**获奖，张**入围。",
    "身份证号3604**********0071，电话138****1234、139****5678。",
    "手机139**12、138**34。",
    "2**3**4",
    "☆*★***",
    "写作1\\.的编号，见C:\\附件\\图。",
    "\\\\192.168.0.1\\共享",
    "1\\2处",
    "若a<b且c>d，则取a。",
    "PM2.5<35微克，且>15。",
    ">60岁的人员",
    "<公司名称>（盖章）",
    "<附件1>、<5分的不计",
    "x<i>y时",
    "《关于某某的通知》（国发[2016]13号）。",
    "见[2016](试行)版，[附件](略)。",
    "[1]统计口径见说明。",
    "奖励5~10万元，时间9:00~17:00。",
    "~~~~~~~~",
    "文件名a_b_c.doc，字段user_name_id，x_i和y_i。",
    "申请单位：____（盖章）__年__月__日，第_号，共_页。",
    "____________",
    "（_年_月）",
    "US$50，HK$80和NT$100。",
    "费用$50和$60，单价$5/吨。",
    "50%$",
    "R&D经费，AT&T公司，A&B；5&6号楼，&foo;",
    "集合{1,2,3}，{略}，{12}",
    "|a|为绝对值，|b|<1。",
    "A|B两项任选",
    "- 第一项",
    "-5℃至+10℃，+86 13800000000",
    "第1页 共5页",
    "Page机房，Page 内存说明",
    "===合计===",
    "https://www.example.cn/a_b_c?x=1&y=2",
    "a^2+b^2",
    "!important，![略]",
    "`略",
    "——",
)


@pytest.mark.parametrize("text", PRINTED)
def test_a_text_that_looks_like_markup_stays(text: str) -> None:
    reading = read(f"第一段。\n\n{text}\n\n最后一段。")
    assert [line.text for line in reading.lines] == ["第一段。", text, "最后一段。"]
    assert reading.ledger == ()
    assert not any(line.cells or line.image or line.marks for line in reading.lines)
