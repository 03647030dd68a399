"""What a scan may have confused, and what it leaves alone."""

from __future__ import annotations

import pytest

from generator.language.look_alikes import GRADES, look_alikes, shapes
from generator.language.noisy_channel import Suspect, suspects

TEXT = "各县（区）人民政府要加强安全生产监督管理，落实安全生产责任制，保障人民群众生命财产安全。"


def only(texts: list[str]) -> Suspect:
    found = suspects(texts)
    assert len(found) == 1, found
    return found[0]


def test_a_usual_text_has_no_suspect() -> None:
    assert suspects([TEXT]) == []
    assert suspects([]) == []
    assert suspects([""]) == []
    assert suspects(["2016—2020, GDP 7.5%\n"]) == []


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("人民政府", "人民攻府", "look-alike"),
        ("监督管理", "监督菅理", "look-alike"),
        ("责任制", "责仟制", "look-alike"),
        ("监督管理", "监督理管", "changed-over"),
        ("人民群众", "人民众群", "changed-over"),
        ("安全生产监督", "安全生产监监督", "doubled"),
        ("财产安全", "财产财产安全", "doubled"),
    ],
)
def test_a_misreading_is_found_with_the_right_reading(right: str, wrong: str, kind: str) -> None:
    damaged = TEXT.replace(right, wrong, 1)
    one = only([damaged])
    assert one.kind == kind
    assert damaged[: one.start] + one.reading + damaged[one.end :] == TEXT
    assert 0.7 < one.confidence <= 1


@pytest.mark.parametrize("twin", ["人民政府关亍", "示范巿人民政府", "中华人民共和囯"])
def test_a_rare_twin_is_read_as_the_usual_character(twin: str) -> None:
    one = only([f"{twin}加强安全生产工作的通知" if "关" in twin else f"{twin}发布命令"])
    assert one.reading == {"亍": "于", "巿": "市", "囯": "国"}[twin[one.start]]


def test_a_name_that_the_text_repeats_is_no_suspect() -> None:
    once = "建设梅子箐水库和河门口公园。"
    often = [once, "梅子箐水库开工。", "河门口公园建成。", "梅子箐水库蓄水。", "整治河门口公园。"]
    assert [s for s in suspects(often) if s.text == 0] == []


def test_the_same_misreading_twice_does_not_speak_for_itself() -> None:
    texts = ["由市卫王计生委负责。", "由市卫王计生委配合。", *["由市卫生计生委牵头。"] * 8]
    assert [(s.text, s.reading) for s in suspects(texts)] == [(0, "生"), (1, "生")]


def test_a_character_that_the_model_lacks_may_be_part_of_a_reading() -> None:
    usual = "㙍上村委会负责建设管理。"
    one = only([*[usual] * 12, "上㙍村委会负责建设管理。"])
    assert (one.kind, one.text, one.reading) == ("changed-over", 12, "㙍上")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("近日银行已放款旳项目应优先办理。", "的"),
        ("本年度旳考核结果另行公布。", "的"),
        ("仅限亍给困难群众补助。", "于"),
    ],
)
def test_a_listed_twin_without_a_picture_is_found_in_any_words(text: str, reading: str) -> None:
    assert only([text]).reading == reading


def test_what_the_issues_of_a_gazette_share_is_known() -> None:
    strange = ["推进蓼坞圩整治。"]
    learned = {"蓼坞": 40, "坞圩": 40, "蓼坞圩": 40, "进蓼": 40, "圩整": 40}
    assert suspects(strange, learned) == []


@pytest.mark.parametrize("text", ["人人有责，层层负责，村村通公路。", "二○一一年十一月十一日"])
def test_what_is_printed_twice_on_purpose_is_no_suspect(text: str) -> None:
    assert suspects([text]) == []


def test_suspects_are_in_the_order_of_the_text_and_do_not_overlap() -> None:
    damaged = TEXT.replace("政府", "攻府").replace("监督管理", "监督菅理").replace("财产", "财严")
    found = suspects([TEXT, damaged])
    assert [(s.text, damaged[s.start]) for s in found] == [(1, "攻"), (1, "菅"), (1, "严")]


@pytest.mark.parametrize("text", ["\ud800政府", "\U0002cc2d" * 5, "^$^$", "的" * 3000, "\x00\n政"])
def test_no_text_raises(text: str) -> None:
    for one in suspects([text, ""]):
        assert 0 <= one.start <= one.end <= len(text)


def test_the_table_lists_look_alikes_both_ways_and_no_character_beside_itself() -> None:
    table = look_alikes()
    assert "未" in "".join(table["末"])
    assert "末" in "".join(table["未"])
    for character, groups in table.items():
        assert len(groups) == GRADES
        assert character not in "".join(groups)


def test_shapes_that_are_nearly_the_same_are_alike() -> None:
    one, other, far = shapes("己已的")
    assert one @ other > 0.8
    assert one @ far < 0.3
    assert one @ one == pytest.approx(1, abs=1e-3)
    assert not shapes("\U0002cc2d").any()
