"""Files that are handed over: what is proposed, what is asked, what is never overwritten."""

from __future__ import annotations

import http.client
import io
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.edit.handed_over import look
from generator.edit.new_gazette import GazetteForm, gazette_text, proposed_id, refuse_id
from generator.edit.processes import Process
from generator.runtime.data import Json
from generator.runtime.errors import UsageError
from generator.runtime.places import Places
from generator.runtime.progress import Step, written
from tests.content.intake import results
from tests.edit.conftest import NAME, TEXT, Client

BATCH = "0a1b2c3d-1111"
OTHER = (
    TEXT.replace("某某市", "云江市")
    .replace("某府发", "云府发")
    .replace("2024年第2期", "2024年第5期")
)


def give(client: Client, name: str, data: bytes, batch: str = BATCH) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    headers = {
        "Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items()),
        "Origin": f"http://127.0.0.1:{client.port}",
    }
    connection.request("PUT", f"/api/file/{batch}?name={quote(name)}", data, headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


def ended(client: Client) -> dict[str, Json]:
    end = time.monotonic() + 30
    while (state := client.json("/api/take-in"))["running"]:
        assert time.monotonic() < end
        time.sleep(0.1)
    return state


def taken_in(client: Client, **asked: object) -> dict[str, Json]:
    client.json("/api/take-in", {"batch": BATCH, **asked})
    return ended(client)


# ---- what is proposed


def test_gazette_and_issue_are_proposed_from_the_masthead(client: Client) -> None:
    give(client, "随便.txt", TEXT.replace("2024年第2期", "2024年第3期").encode())
    found = client.json(f"/api/propose/{BATCH}")
    assert (found["gazette"], found["issue"], found["asked"]) == ("moumou", "2024-03", [])


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("某某市人民政府公报", "moumou"),
        ("某某巿人民政府公报", "moumou"),  # one character is misread
        ("云江市人民政府公报", ""),
        ("某某市人民政府办公室公报", ""),
    ],
)
def test_a_misread_masthead_is_asked_about(title: str, known: str, client: Client) -> None:
    text = TEXT.replace("某某市人民政府公报", title)
    give(client, "刊.txt", text.encode())
    found = client.json(f"/api/propose/{BATCH}")
    assert found["gazette"] == known, found
    is_asked = "像是《某某市人民政府公报》" in str(found["asked"])
    assert is_asked is (title == "某某巿人民政府公报")


def test_a_new_gazette_is_proposed_with_its_names(client: Client) -> None:
    give(
        client,
        "第5期.txt",
        OTHER.replace("目  录", "主办：云江市人民政府办公室\n\n目  录").encode(),
    )
    found = client.json(f"/api/propose/{BATCH}")
    assert (found["gazette"], found["id"]) == ("", "yunjiang")
    assert (found["title"], found["organ"]) == ("云江市人民政府公报", "云江市人民政府办公室")


def test_what_cannot_be_proposed_is_asked_for_in_words(client: Client) -> None:
    give(client, "甲.txt", "关于湖泊的一段话。\n".encode())
    found = client.json(f"/api/propose/{BATCH}")
    assert found["issue"] == ""
    asked = found["asked"]
    assert isinstance(asked, list)
    assert any("哪一年哪一期" in str(words) for words in asked)


@pytest.mark.parametrize(
    ("name", "issue"),
    [("政府公报2019年第7期.txt", "2019-07"), ("2024-2.txt", "2024-02"), ("通知.txt", "")],
)
def test_the_name_of_a_file_tells_the_issue_where_the_text_does_not(
    name: str, issue: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("关于湖泊的一段话。\n", "utf-8")
    assert look([tmp_path / name]).issue == issue


@pytest.mark.parametrize(
    ("number", "issue"),
    [("第3-4期", "2024-03-04"), ("增刊第1期", "2024-z1"), ("第3期增刊", "")],
)
def test_a_joint_issue_is_not_taken_for_its_first_number(
    number: str, issue: str, tmp_path: Path
) -> None:
    (tmp_path / "刊.txt").write_text(TEXT.replace("第2期", number), "utf-8")
    assert look([tmp_path / "刊.txt"]).issue == issue


def test_several_documents_are_no_issue_by_themselves(tmp_path: Path) -> None:
    for n in (1, 2):
        text = f"某某市人民政府关于{n}的通知\n\n某府发〔2024〕{n}号\n\n各区人民政府：\n\n请执行。\n"
        (tmp_path / f"{n}.txt").write_text(text, "utf-8")
    seen = look(sorted(tmp_path.iterdir()))
    assert (seen.issue, seen.title, seen.what) == ("", "", "一篇一个文件，2 个")


def test_a_zip_of_documents_is_looked_into(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("第2期/issue.txt", TEXT)
    (tmp_path / "a.zip").write_bytes(data.getvalue())
    assert look([tmp_path / "a.zip"]).issue == "2024-02"


def test_the_result_of_an_engine_is_known_by_its_masthead(tmp_path: Path) -> None:
    folder = results.write_mineru(tmp_path / "第3期", results.content_list())
    packed = tmp_path / "结果.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    seen = look([packed])
    assert (seen.what, seen.fault) == ("识别软件的结果", "")
    assert seen.title == "某某市人民政府公报"


def test_a_picture_beside_a_text_hides_no_masthead(tmp_path: Path) -> None:
    (tmp_path / "issue.md").write_text(f"{TEXT}\n![图](古树.png)\n", "utf-8")
    (tmp_path / "古树.png").write_bytes(b"\x89PNG")
    assert look(sorted(tmp_path.iterdir())).issue == "2024-02"


def test_a_file_that_cannot_be_read_is_told_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04")
    seen = look([path])
    assert "坏.docx" in seen.fault
    assert str(tmp_path) not in seen.fault


@pytest.mark.parametrize(
    ("name", "sheet"), [("第12页", 12), ("page_0007", 7), ("3", 3), ("封面", 0), ("扫描 第4张", 4)]
)
def test_the_name_of_a_page_tells_its_sheet(name: str, sheet: int, tmp_path: Path) -> None:
    (tmp_path / f"{name}.txt").write_text("一页的文字。\n", "utf-8")
    assert look([tmp_path / f"{name}.txt"]).sheet == sheet


def test_an_issue_is_written_with_two_digits_and_known_if_it_is_there(client: Client) -> None:
    assert client.json("/api/place?gazette=moumou&issue=2024-2") == {
        "issue": "2024-02", "fits": True, "there": True, "sheets": 0,
    }  # fmt: skip
    assert client.json("/api/place?gazette=moumou&issue=2024-9")["there"] is False
    assert client.json("/api/place?gazette=moumou&issue=..")["fits"] is False


# ---- what is taken in


def test_an_issue_is_taken_in_and_its_files_are_noted(client: Client, places: Places) -> None:
    give(client, "第3期.txt", TEXT.replace("第2期", "第3期").encode())
    state = taken_in(client, gazette="moumou", issue="2024-3")
    assert state["status"] == 0, state
    text = (places.content / "moumou" / "2024-03" / "issue.md").read_text("utf-8")
    assert "2024年第3期" in text
    assert not (places.build / "edit" / "incoming" / BATCH).exists()
    lines = state["lines"]
    assert isinstance(lines, list)
    assert not any(str(places.content) in str(line) for line in lines)


def test_a_new_gazette_is_made_from_the_form(client: Client, places: Places) -> None:
    give(client, "第5期.txt", OTHER.encode())
    form = {"title": "云江市人民政府公报", "contact": "gb@yunjiang.example", "organ": "市府办"}
    state = taken_in(client, gazette="yunjiang", issue="2024-05", form=form)
    assert state["status"] == 0, state
    facts = tomllib.loads((places.content / "yunjiang" / "gazette.toml").read_text("utf-8"))
    assert facts == {
        "title": "云江市人民政府公报",
        "contact": "mailto:gb@yunjiang.example",
        "host": {"organ": "市府办"},
    }


def test_a_file_that_cannot_be_read_leaves_neither_issue_nor_gazette(
    client: Client, places: Places
) -> None:
    give(client, "坏.docx", b"PK\x03\x04")
    state = taken_in(client, gazette="yunjiang", issue="2024-05", form={"title": "云江市公报"})
    assert state["status"] == 1
    lines = state["lines"]
    assert isinstance(lines, list)
    assert any(str(line).startswith("gazette: 坏.docx") for line in lines), lines
    assert not (places.content / "yunjiang").exists()


def test_an_issue_that_is_there_is_compared_and_never_overwritten(
    client: Client, places: Places
) -> None:
    before = (places.content / NAME / "issue.md").read_bytes()
    facts = places.content / NAME / "issue.toml"
    line = TEXT.split("\n").index("为保护湖泊，根据国家 and 省有关规定，提出以下意见。") + 1
    facts.write_text(
        f'[[correction]]\nline = {line}\nfrom = "国家 and 省"\nto = "国家和省"\nwhy = "误识"\n',
        "utf-8",
    )
    better = "封面\n\n" + TEXT.replace("全部还绿", "全部返绿")
    give(client, "第2期.txt", better.encode())
    refused = client.json(
        "/api/take-in", {"batch": BATCH, "gazette": "moumou", "issue": "2024-02"}, 422
    )
    assert "已经有了" in str(refused["fault"])
    state = taken_in(client, gazette="moumou", issue="2024-2", way="compare")
    found = state["difference"]
    assert isinstance(found, dict)
    assert (found["kept"], found["lost"]) == (1, [])
    documents = found["documents"]
    assert isinstance(documents, list)
    states = [one["state"] for one in documents if isinstance(one, dict)]
    assert states == ["changed", "same"]
    assert (places.content / NAME / "issue.md").read_bytes() == before
    state = taken_in(client, gazette="moumou", issue="2024-02", way="retake")
    assert state["status"] == 0, state
    assert "全部返绿" in (places.content / NAME / "issue.md").read_text("utf-8")
    assert tomllib.loads(facts.read_text("utf-8"))["correction"][0]["line"] == line + 2


def test_a_page_that_was_read_counts_as_unread_when_its_text_is_exchanged(client: Client) -> None:
    overview = f"/api/issue/{NAME}/overview"
    first, second = pages(client.json(overview))
    for page in (first, second):
        client.json(f"/api/issue/{NAME}/kept", {"proofed": page["key"], "by": "甲"})
    assert [len(listed(page, "readers")) for page in pages(client.json(overview))] == [1, 1]
    give(client, "第2期.txt", TEXT.replace("全部还绿", "全部返绿").encode())
    assert taken_in(client, gazette="moumou", issue="2024-02", way="retake")["status"] == 0
    first, second = pages(client.json(overview))
    assert (first["exchanged"], second["exchanged"]) == (True, False)
    assert [len(listed(page, "readers")) for page in (first, second)] == [0, 1]


def pages(data: dict[str, Json]) -> list[dict[str, Json]]:
    return [one for one in listed(data, "pages") if isinstance(one, dict)]


def listed(data: dict[str, Json], key: str) -> list[Json]:
    found = data[key]
    assert isinstance(found, list)
    return found


# ---- the form of a new gazette


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (GazetteForm(), "请写公报的名称"),
        (GazetteForm("甲公报", homepage="http:/x"), "网站的公开地址应以 https://"),
        (GazetteForm("甲公报", contact="电话"), "读者报错的地址应以 mailto:"),
        (GazetteForm("甲\n公报"), "换行"),
    ],
)
def test_what_cannot_be_in_gazette_toml_is_refused_in_the_words_of_the_form(
    form: GazetteForm, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        gazette_text(form)


def test_quotes_and_brackets_of_a_title_are_written_as_they_are() -> None:
    title = '某某"市"\\公报【一】# 甲'
    assert tomllib.loads(gazette_text(GazetteForm(title)))["title"] == title


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("攀枝花市人民政府公报", (), "panzhihua"),
        ("四川省人民政府公报", (), "sichuan"),
        ("吉林市人民政府公报", ("jilin",), "jilinshi"),
        ("甘孜藏族自治州人民政府公报", (), "ganzizangzu"),
        ("示范市人民政府办公室政报", (), "shifan"),
        ("公报", (), "gongbao"),
    ],
)
def test_the_english_name_is_that_of_the_place(
    title: str, taken: tuple[str, ...], name: str
) -> None:
    assert proposed_id(title, taken) == name


@pytest.mark.parametrize(
    ("name", "said"),
    [("Mou", "小写字母"), ("", "小写字母"), ("search", "已用了它"), ("con", "已用了它"),
     ("moumou", "已是《某某市公报》的")],
)  # fmt: skip
def test_an_english_name_that_cannot_be_is_refused(name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        refuse_id(name, {"moumou": "某某市公报"})


# ---- progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = [100.0]
    monkeypatch.setattr("generator.edit.processes.time.monotonic", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


def test_the_time_left_is_reckoned_from_the_last_pages(clock: Callable[[float], None]) -> None:
    process = Process(running=True)
    for done in range(4):
        process._hear(written(Step("识别 第4期.pdf", done, 60, f"第 {done + 1} 页")))
        clock(8)
    progress = process.state()["progress"]
    assert progress == {
        "task": "识别 第4期.pdf", "done": 3, "count": 60, "step": "第 4 页", "left": 448,
    }  # fmt: skip
    assert process.state()["lines"] == []


def test_words_of_a_command_are_no_progress() -> None:
    process = Process(running=True)
    process._hear("第4期.zip: 认出 MinerU 的识别结果")
    process._hear("\x1enot json")
    assert process.state()["progress"] is None
    assert process.state()["lines"] == ["第4期.zip: 认出 MinerU 的识别结果", "\x1enot json"]


def test_a_command_that_is_stopped_ends() -> None:
    process = Process()
    statuses: list[int] = []
    process.begin(["serve", "--help"], statuses.append)
    assert not process.begin(["--help"])
    end = time.monotonic() + 20
    while process.running:
        process.stop()
        assert time.monotonic() < end
        time.sleep(0.05)
    assert len(statuses) == 1
    assert process.state()["running"] is False
