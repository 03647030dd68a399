"""Nothing that was answered as saved is lost: by random acts, by kills, by another program.

GAZETTE_ACTS=2000 makes the random tests longer.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.edit.acts import Conflict
from generator.edit.desk import identified
from generator.edit.processes import COMMAND
from generator.edit.requests import Confirm, Correct, Decide, Request, Term
from generator.edit.workspace import Workspace
from generator.model import Begins
from generator.runtime.errors import GazetteError
from generator.runtime.places import Places
from generator.stages.pipeline import convert
from tests.edit.conftest import NAME, TEXT, Client

ACTS = int(os.environ.get("GAZETTE_ACTS", "200"))
API = f"/api/issue/{NAME}"
LINES = [n for n, line in enumerate(TEXT.split("\n"), 1) if len(line.strip()) > 5]
BEGINS: tuple[Begins, ...] = ("paragraph", "heading", "joined", "title", "furniture", "document")
TYPED = ("甲", "", "“乙”", 'a"\\', "丙\t丁", "\u200b", "#", "[[x]]", "戊 己")


def asked(chance: random.Random, workspace: Workspace) -> Request:
    """Make up what an editor may ask for."""
    line = chance.choice(LINES)
    words = TEXT.split("\n")[line - 1]
    at = chance.randrange(len(words) - 1)
    part = words[at : at + chance.choice((1, 2, 2, 3))]
    kind = chance.randrange(6)
    if kind == 0:
        return Decide(line, chance.choice(BEGINS))
    if kind == 1:
        return Decide(line, chance.choice(BEGINS), start=at, end=at + 1)
    if kind == 2:
        return Term(part)
    found = [name for name, _, _ in identified(workspace.desk(NAME))]
    if kind == 3 and found:
        return Confirm(chance.choice(found))
    if chance.random() < 0.3:
        return Correct(line, chance.choice(TYPED), start=at, end=at + 2)
    return Correct(line, chance.choice(TYPED), printed=part)


def facts_of(places: Places) -> dict[str, list[dict[str, object]]]:
    path = places.content / NAME / "issue.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def test_random_acts_leave_files_that_are_read_and_the_issue_that_a_build_reads(
    places: Places,
) -> None:
    chance = random.Random(7)
    workspace = Workspace(places)
    done = 0
    for n in range(ACTS):
        with contextlib.suppress(Conflict):
            move = chance.random()
            if move < 0.2:
                done += workspace.undo(NAME) is not None
            elif move < 0.3:
                done += workspace.redo(NAME) is not None
            else:
                workspace.act(NAME, asked(chance, workspace))
                done += 1
        facts_of(places)
        try:
            seen = workspace.desk(NAME).issue
        except (
            GazetteError
        ):  # an act made another one's text go away: it is undone, as a clerk does
            workspace.undo(NAME)
            seen = workspace.desk(NAME).issue
        if n % 20 == 0:
            assert seen == convert(places.content / NAME)
    assert done > ACTS / 3
    while workspace.journal(NAME).kept.done:
        with contextlib.suppress(Conflict):
            workspace.undo(NAME)
    assert facts_of(places) == {}
    assert workspace.desk(NAME).issue == convert(places.content / NAME)


def test_what_another_program_writes_while_an_act_is_written_is_merged(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = places.content / NAME / "issue.toml"
    by_hand = '# 乙\n[[confirmed]]\ncode = "x"\nline = 1\ntext = "某"\nwhy = "乙"\n'
    wrote: list[int] = []
    flush = os.fsync

    def another(handle: int) -> None:
        flush(handle)
        if not wrote:
            wrote.append(handle)
            path.write_text(by_hand, "utf-8")

    monkeypatch.setattr(os, "fsync", another)
    Workspace(places).act(NAME, Correct(LINES[3], "甲", printed=TEXT.split("\n")[LINES[3] - 1][:2]))
    text = path.read_text("utf-8")
    assert text.startswith(by_hand)
    assert len(facts_of(places)["correction"]) == 1


def test_a_program_that_never_stops_writing_is_told_of(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = places.content / NAME / "issue.toml"
    wrote: list[int] = []

    def another(_: int) -> None:
        wrote.append(1)
        path.write_text(f"# {len(wrote)}\n", "utf-8")

    monkeypatch.setattr(os, "fsync", another)
    with pytest.raises(Conflict, match="没有改动任何文件"):
        Workspace(places).act(NAME, Decide(LINES[3], "paragraph"))
    assert path.read_text("utf-8") == f"# {len(wrote)}\n"


def test_two_pages_at_once_lose_nothing(client: Client, places: Places) -> None:
    other = Client(client.port, dict(client.cookies))
    refused: list[str] = []

    def work(one: Client, lines: list[int]) -> None:
        for line in lines:
            act = {"type": "decide", "line": line, "begins": "paragraph"}
            answer = one.send("POST", f"{API}/act", {"act": act})
            if answer.status != 200:
                refused.append(answer.body.decode())

    pages = [
        threading.Thread(target=work, args=(one, lines))
        for one, lines in ((client, LINES[::2]), (other, LINES[1::2]))
    ]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    assert refused == []
    assert sorted(str(d["line"]) for d in facts_of(places)["decision"]) == sorted(map(str, LINES))


@contextlib.contextmanager
def server(root: Path) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    """Run the real command in a process of its own; give it with a browser that knows it."""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", COMMAND, "edit", "--no-browser"],
        cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            address = re.search(r"127\.0\.0\.1:(\d+)(/\S*)", process.stdout.readline())
            assert address is not None
            client = Client(int(address[1]))
            client.send("GET", address[2])
            yield process, client
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a process is killed otherwise there")
def test_a_kill_at_any_point_loses_nothing_that_was_answered_as_saved(places: Places) -> None:
    chance = random.Random(11)
    saved: list[int] = []

    def save(client: Client) -> None:
        line = LINES[len(saved) % len(LINES)]
        act = {"type": "decide", "line": line, "begins": "paragraph", "why": str(len(saved))}
        if client.json(f"{API}/act", {"act": act})["saved"]:
            saved.append(len(saved))

    # the moments are drawn by what a first act takes here, which loads and reads the whole issue
    with server(places.content.parent) as (process, client):
        begun = time.perf_counter()
        save(client)
        took = time.perf_counter() - begun
        os.kill(process.pid, signal.SIGKILL)
    for _ in range(max(ACTS // 100, 2)):
        with server(places.content.parent) as (process, client):
            moment = threading.Timer(
                chance.uniform(0.1, 3) * took, os.kill, (process.pid, signal.SIGKILL)
            )
            moment.start()
            with contextlib.suppress(OSError, http.client.HTTPException):
                while True:
                    save(client)
            moment.join()
        reasons = [int(str(d["why"])) for d in facts_of(places).get("decision", ())]
        assert set(reasons) >= set(saved), reasons
        # one more may have been written and not answered
        assert len(reasons) <= len(saved) + 1
        saved = list(range(len(reasons)))
    with server(places.content.parent) as (_, client):
        assert client.json(API, {})["done"] in (len(saved), len(saved) - 1)
        assert client.json(f"{API}/undo", {})["saved"] is True
