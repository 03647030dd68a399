"""An archive that is edited, and a server that works on it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.edit.server import Opened, open_server
from generator.runtime.data import Json
from generator.runtime.places import Places

TEXT = """\
某某市人民政府公报

2024年第2期（总第38期）

目  录

某某市人民政府关于加强湖泊保护的意见 ..... 2
某某市人民政府关于公布古树名录的通知 ..... 5

# 某某市人民政府关于加强湖泊保护的意见

某府发〔2024〕5号

各区人民政府：

为保护湖泊，根据国家 and 省有关规定，提出以下意见。

一、总体要求

坚持保护优先，到2026年底前，全市湖泊水质全面改

善，湖岸全部还绿。

某某市人民政府
2024年3月6日

# 某某市人民政府关于公布古树名录的通知

某府发〔2024〕6号

各区人民政府：

现公布本市第一批古树名录，请国家 and 省有关单位一并保护。

某某市人民政府
2024年3月20日
"""
NAME = "moumou/2024-02"


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Client:
    """A browser without a window: it keeps cookies and sends what a page of ours sends."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method != "GET":
            sent |= {"Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        connection.request(method, path, data, {k: v for k, v in sent.items() if v})
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        said = Answer(answer.status, dict(answer.headers), answer.read())
        connection.close()
        return said

    def json(self, path: str, body: object = None, status: int = 200) -> dict[str, Json]:
        answer = self.send("GET" if body is None else "POST", path, body)
        data = json.loads(answer.body)
        assert answer.status == status, data
        assert isinstance(data, dict)
        return data


@pytest.fixture
def places(tmp_path: Path) -> Places:
    issue = tmp_path / "content" / NAME
    issue.mkdir(parents=True)
    (issue.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    (issue / "issue.md").write_text(TEXT, "utf-8")
    return Places(tmp_path / "content", tmp_path / "site", tmp_path / "build")


@pytest.fixture
def opened(places: Places) -> Iterator[Opened]:
    server = open_server(places, 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server
    server.server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def client(opened: Opened) -> Client:
    made = Client(opened.guard.port)
    answer = made.send("GET", f"/?token={opened.guard.token}")
    assert answer.status == 303
    return made
