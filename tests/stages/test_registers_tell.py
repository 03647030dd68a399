"""What the registers say of agencies is what the text says."""

from __future__ import annotations

import pytest

from generator.archive.mentions import mentions_of, role_of
from generator.search.readings import name_items, readings
from generator.stages.check import diagnose
from generator.stages.extract import extract
from tests.case_files import normalized

HELPING = ("参与", "配合", "协办", "协助", "协同", "参加", "支持")


@pytest.mark.parametrize("role", HELPING)
def test_who_helps_is_never_said_to_lead(role: str) -> None:
    text = (
        "（一）健全体系。加强建设。（市水务局、市财政局负责。排在第一位的为牵头单位，下同）\n\n"
        f"（二）加强宣传。开设专栏。（市教育局、市司法局负责，市残联、市妇联{role}）\n\n"
        f"（三）加强管理。定期检查。{role}单位：市残联、市妇联。\n"
    )
    issue = extract(normalized(text, "某市人民政府关于某事的意见"), None)
    said = [(r.agency, role_of(r)) for r in issue.documents[0].responsibilities]
    assert ("市水务局", "负责（牵头）") in said
    assert ("市教育局", "负责（牵头）") in said
    helpers = {found for agency, found in said if agency in ("市残联", "市妇联")}
    assert all("牵头" not in found for found in helpers)
    assert {role, f"{role}单位"} & helpers


APPOINTING = """\
# 某某市人民政府关于张三等同志职务任免的通知

某府干〔2024〕3号

各区人民政府：

任命：

{line}

某某市人民政府
2024年3月5日
"""


def unread(line: str) -> list[str]:
    issue = diagnose(extract(normalized(APPOINTING.format(line=line), ""), None))
    return [d.message for d in issue.diagnostics if d.code == "appointment-unread"]


@pytest.mark.parametrize(
    "line",
    [
        "张三  某某市财政局局长；",  # perhaps 张三某
        "欧阳建国明为某某市教育局局长；",
        "李四 王五为某某市司法局副局长；",  # one or two
        "买买提-艾力为某某市商务局副局长；",
        "市水务局局长张三为某某市审计局局长；",
        "副市长为某某市审计局局长；",
        "免去李四青山县公安局副局长职务；",
        "序号\t姓名\t拟任职务\n1\t张三\t市财政局局长",
    ],
)
def test_an_appointment_of_nobody_certain_is_reported(line: str) -> None:
    assert len(unread(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "张三为某某市财政局局长；",
        "欧阳建国为某某市教育局局长；",
        "扎西次仁、买买提艾力、阿不都热合曼·买买提为某某市司法局副局长；",
        "张𬭸、李㛃、王〇、王  刚为某某市民政局副局长；",
        "以上同志试用期一年。",
        "由市长任组长，各区区长任成员。",
        "周九现任市财政局局长，拟任市审计局局长。",
    ],
)
def test_certain_names_and_other_sentences_are_not_reported(line: str) -> None:
    assert unread(line) == []


def test_a_person_has_one_entry_however_the_dot_is_printed() -> None:
    names = ("艾力·买买提", "艾力・买买提", "艾力 • 买买提")
    line = "\n\n".join(f"{name}为某某市财政局局长；" for name in names)
    issue = extract(normalized(APPOINTING.format(line=line), ""), None)
    printed = [a.person for a in issue.documents[0].appointments]
    assert printed == ["艾力·买买提", "艾力・买买提", "艾力•买买提"]
    named = [one.name for one in mentions_of(issue).named if one.register == "people"]
    assert named == ["艾力·买买提"]


def test_an_appointment_stands_in_the_registers_of_people_and_of_posts() -> None:
    line = "张三为某某市财政局副局长（试用期一年）；"
    issue = extract(normalized(APPOINTING.format(line=line), ""), None)
    mentions = mentions_of(issue)
    said = {
        (one.register, one.name): [(mentions.said[n].text, mentions.said[n].note) for n in numbers]
        for one in mentions.named
        for _, numbers in one.roles
    }
    assert said == {
        ("people", "张三"): [("某某市财政局副局长", "试用期一年")],
        ("offices", "某某市财政局副局长"): [("张三", "试用期一年")],
    }


def test_a_place_is_found_by_the_reading_of_its_name() -> None:
    assert "lao" in readings("乐")
    assert "kuai" in readings("会")
    assert "guo" in readings("涡")


def test_a_name_is_found_by_its_surname_and_initials() -> None:
    assert {"mougl", "mgl", "mouganglin"} <= {key for key, _ in name_items(["牟刚林"])}


def test_a_name_with_a_dot_is_found_by_its_pinyin() -> None:
    assert "aili" in [key[:4] for key, _ in name_items(["艾力·买买提"])]
