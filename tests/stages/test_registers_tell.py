"""What the registers say of agencies is what the text says."""

from __future__ import annotations

import pytest

from generator.archive.mentions import role_of
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
