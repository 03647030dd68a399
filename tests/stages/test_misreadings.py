"""Misreadings in whole issues: their lines, their readings, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.model import Diagnostic, Issue, Source
from generator.model.source import Confirmation
from generator.stages.check.diagnose import diagnose
from generator.stages.check.misreadings import find_misreadings
from generator.stages.normalize import normalize
from generator.stages.parse import parse
from tests.conftest import ArchiveMaker

TITLE = "临江市人民政府关于加强堤防管理的通知"
HEAD = (
    "临江市人民政府公报\n\n2024年第3期（总第12期）\n\n目录\n\n市政府文件\n\n"
    f"{TITLE} ..... 2\n\n# {TITLE}\n\n临府发〔2024〕6号\n\n各县人民政府：\n\n"
)
CLOSE = "\n\n临江市人民政府\n\n2024年3月6日\n"
BODY = HEAD.count("\n") + 1  # the line at which a body begins


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def read(body: str) -> Issue:
    text = f"{HEAD}{body}{CLOSE}"
    return diagnose(normalize(parse(Source("linjiang/2024-03", text, "", "", "", "utf-8"))))


def found(body: str) -> list[Diagnostic]:
    return list(find_misreadings(read(body)))


def corrected(body: str) -> str:
    """Give a body with all readings put in, each at its line."""
    lines = body.split("\n")
    for one in found(body):
        assert lines[one.lines.first - BODY].count(one.before) > 0
        at = one.lines.first - BODY
        lines[at] = lines[at].replace(one.before, one.after, 1)
    return "\n".join(lines)


RIGHT = "各县要加强监督管理,保障人民群众生命财产安全。"


@pytest.mark.parametrize(
    "wrong",
    [
        "各县要加强监督菅理,保障人民群众生命财产安全。",
        "各县要加强监督理管,保障人民群众生命财产安全。",
        "各县要加强监督管理,保障人民人民群众生命财产安全。",
        "各县要加强监督管理,保障人�群众生命财产安全。",
        "各县要加强监督管理,保障□民群众生命财产安全。",
    ],
)
def test_the_reading_put_into_the_line_gives_the_line_as_it_was(wrong: str) -> None:
    assert corrected(wrong) == RIGHT
    assert corrected(f"{RIGHT}\n\n{wrong}") == f"{RIGHT}\n\n{RIGHT}"
    assert found(RIGHT) == []


def test_a_line_with_blanks_and_marks_is_corrected_where_it_stands() -> None:
    wrong = "各县要加强 监督菅 理,保障**人民群众**生命财产安全。"
    assert corrected(wrong) == wrong.replace("菅", "管")


def test_the_second_of_two_like_places_is_the_one_that_is_named() -> None:
    wrong = "市级监督管理部门、县级监督菅理部门要加强配合。"
    (one,) = found(wrong)
    assert wrong.replace(one.before, one.after, 1) == wrong.replace("菅", "管")


def test_a_misreading_in_a_cut_paragraph_is_at_its_own_line() -> None:
    body = "各县要完善山洪灾害监测预警和群测群防体系，进一步落实防汛责\n\n仟制，加强值班值守。"
    (one,) = found(body)
    assert (one.lines.first, one.before, one.after) == (BODY + 2, "仟", "任")


def test_a_misreading_in_a_cell_of_a_table_is_at_its_row() -> None:
    body = "任务分工如下：\n\n序号\t任务\t责任单位\n1\t加强安全生产监督菅理\t市应急局\n"
    (one,) = found(body)
    assert (one.lines.first, one.after[-1]) == (BODY + 3, "管")


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("于20l6年底前完成", "2016"),
        ("达到1O%以上", "10"),
        ("投资O.5亿元、8I0万元", "810"),
        ("国道G42l6线", "4216"),
        ("共3OO户", "300"),
    ],
)
def test_a_letter_among_figures_is_read_as_a_figure(printed: str, read_as: str) -> None:
    assert read_as in [one.after for one in found(f"各县{printed}。")]


@pytest.mark.parametrize(
    "printed",
    [
        "CO2排放",
        "PM2.5浓度",
        "5G网络",
        "H7N9疫情",
        "O型血200毫升",
        "www.lin0l1.gov.cn",
        "a0l1@b.cn",
    ],
)
def test_letters_that_are_meant_stay(printed: str) -> None:
    assert found(f"各县要监测{printed}。") == []


@pytest.mark.parametrize("stop", ["o", "6", "°", "Ｏ"])
def test_a_full_stop_read_as_another_character_is_found(stop: str) -> None:
    body = f"各县要落实责任{stop}各级政府将组织检查。"
    assert corrected(body) == body.replace(stop, "。")


@pytest.mark.parametrize("body", ["共有6个县参加。", "第6条所列情形。", "成立6家企业。"])
def test_a_six_that_counts_is_a_six(body: str) -> None:
    assert found(body) == []


def test_a_box_to_tick_is_no_lost_character() -> None:
    assert found("□ 同意　□ 不同意") == []


def test_what_an_editor_confirmed_is_not_reported_again() -> None:
    wrong = "各县要加强监督菅理。"
    issue = read(wrong)
    (one,) = find_misreadings(issue)
    seen = (Confirmation("misreading", one.lines.first, wrong, "原件如此"),)
    assert find_misreadings(replace(issue, source=replace(issue.source, confirmed=seen))) == ()


def test_what_is_reported_already_is_not_reported_twice() -> None:
    often = "要保护未成年人权益。\n\n未成年人应当入学。\n\n关爱未成年人成长。"
    issue = read(f"{often}\n\n司法部门要宣传来成年人保护法规。")
    assert "misprint" in [d.code for d in issue.diagnostics]
    assert "来" not in [d.before for d in find_misreadings(issue)]


def test_check_reports_misreadings_and_a_build_does_not(make_archive: ArchiveMaker) -> None:
    wrong = f"{HEAD}各县要加强监督菅理。{CLOSE}"
    content = make_archive({"2024-03": wrong})
    assert "misreading" in run("check", "--content", content).output
    shown = run("show", content / "moumou" / "2024-03").output
    assert "misreading" not in shown


def test_what_a_gazette_learned_is_known_to_check_alone(
    make_archive: ArchiveMaker,
) -> None:
    text = f"{HEAD}推进蓼坞圩和蓼坞圩闸整治，蓼坞圩要按期完工。{CLOSE}"
    other = text.replace("第3期", "第4期").replace("6号", "7号")
    content = make_archive({"2024-03": text, "2024-04": other})
    assert run("learn", "--content", content).exit_code == 0
    learned = (content / "moumou" / "learned.tsv").read_text("utf-8")
    assert "蓼坞圩\t6\n" in learned
    assert run("learn", "--content", content).exit_code == 0
    assert (content / "moumou" / "learned.tsv").read_text("utf-8") == learned


def test_a_damaged_file_of_learned_words_is_named_with_its_line(make_archive: ArchiveMaker) -> None:
    content = make_archive({"2024-03": f"{HEAD}各县要加强管理。{CLOSE}"})
    (content / "moumou" / "learned.tsv").write_text("管理\t4\n管理 五\n", "utf-8")
    checked = run("check", "--content", content)
    assert checked.exit_code == 1
    assert "learned.tsv:2" in checked.output
