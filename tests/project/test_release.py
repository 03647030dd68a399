"""Facts about a release: its parts, their licences, and their known vulnerabilities."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

from generator.runtime.places import TEMPLATES
from tests.conftest import ROOT
from tools import audit_dependencies, licences, sbom

REQUIREMENTS = licences.REQUIREMENTS.read_text("utf-8")
ALL_LOCKED = sorted(path.name for path in ROOT.glob("requirements*.txt"))
JINJA = re.search(r"^jinja2==.*\n(?: .*\n)+", REQUIREMENTS, re.MULTILINE)


def test_each_locked_package_has_its_licence_on_the_page() -> None:
    page = licences.LISTING.read_text("utf-8")
    names = [line.split("==")[0] for line in REQUIREMENTS.split("\n") if "==" in line]
    page = page.partition("## What a build needs")[2]
    page = page.partition("|---|---|---|\n")[2]
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE))
    assert len(names) > 30
    assert set(rows) == set(names)
    for licence in rows.values():
        assert canonicalize_license_expression(licence) == licence


def test_the_pages_of_licences_are_what_the_tool_writes() -> None:
    packages, parts = licences.licences(REQUIREMENTS), licences.site_parts()
    assert licences.LISTING.read_text("utf-8") == licences.listing(packages, parts)
    assert licences.NOTICES.read_text("utf-8") == licences.notices(parts)


def test_a_package_that_nobody_has_looked_at_is_refused() -> None:
    with pytest.raises(licences.UnknownLicenceError, match="no-such-package: locked but not"):
        licences.licences(f"{REQUIREMENTS}no-such-package==1.0 \\\n")
    with pytest.raises(licences.UnknownLicenceError, match=r"jinja2: locked is 0\.1, installed"):
        licences.licences("jinja2==0.1 \\\n")


def test_a_package_without_an_spdx_expression_must_be_in_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(licences, "_table", dict)
    with pytest.raises(licences.UnknownLicenceError, match="colorama: its metadata holds no SPDX"):
        licences.licences(REQUIREMENTS)


def test_all_that_material_compiles_in_is_named() -> None:
    assets = Path(sysconfig.get_path("purelib")) / "material" / "templates" / "assets"
    found = set()
    for path in (*assets.glob("javascripts/bundle.*.map"), *assets.glob("stylesheets/*.map")):
        for source in json.loads(path.read_text("utf-8"))["sources"]:
            found |= set(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source))
    assert found == {
        "clipboard", "escape-html", "focus-visible", "material-design-color", "rxjs", "tslib",
    }  # fmt: skip
    assert found <= {part.name for part in licences.site_parts()}


@pytest.mark.medium
def test_a_site_carries_the_notices_and_nothing_that_nobody_named(built: Path) -> None:
    assets = built / "site" / "assets"
    text = (assets / "gazette" / "LICENSES.txt").read_text("utf-8")
    for part in licences.site_parts():
        assert part.copyright.strip() in text
    assert "The above copyright notice and this permission notice shall be included" in text
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in text
    ours = {
        p.relative_to(TEMPLATES / "theme").as_posix()
        for p in (TEMPLATES / "theme").rglob("assets/**/*")
    }
    others = {
        re.sub(r"\.[0-9a-f]{8}\.", ".", path.relative_to(built / "site").as_posix())
        for path in assets.rglob("*") if path.is_file()
    } - ours  # fmt: skip
    assert others == {
        "assets/images/favicon.png", "assets/javascripts/bundle.min.js",
        # joined from templates/search/, templates/compare/ and the styles of the theme
        "assets/gazette/search/engine.js", "assets/gazette/compare/compare.js",
        "assets/gazette/site.css",
        "assets/stylesheets/main.min.css", "assets/stylesheets/palette.min.css",
    }  # fmt: skip


@pytest.fixture(scope="module")
def parts_list() -> str:
    return sbom.printed(sbom.parts_list(licences.REQUIREMENTS))


@pytest.mark.medium
def test_the_parts_list_names_each_locked_package_with_hashes_and_licence(parts_list: str) -> None:
    parts = {part["name"]: part for part in json.loads(parts_list)["components"]}
    assert {n: p["version"] for n, p in parts.items()} == licences.locked(REQUIREMENTS)
    assert parts["jinja2"]["purl"] == f"pkg:pypi/jinja2@{parts['jinja2']['version']}"
    assert parts["python-stdnum"]["licenses"] == [{"expression": "LGPL-2.1-or-later"}]
    said = {
        found["content"] for part in parts.values() for reference in part["externalReferences"]
        for found in reference.get("hashes", ())
    }  # fmt: skip
    assert said == set(re.findall(r"--hash=sha256:([0-9a-f]{64})", REQUIREMENTS))
    inside = {part["name"] for part in parts["mkdocs-material"]["components"]}
    assert {"rxjs", "clipboard"} <= inside


@pytest.mark.medium
def test_the_parts_list_says_what_needs_what(parts_list: str) -> None:
    bom = json.loads(parts_list)
    names = {part["bom-ref"]: part["name"] for part in bom["components"]}
    root = bom["metadata"]["component"]
    needed = {
        names.get(row["ref"], root["name"]): {names[ref] for ref in row["dependsOn"]}
        for row in bom["dependencies"]
    }
    assert needed["jinja2"] == {"markupsafe"}
    assert {"mkdocs", "lxml", "numpy"} <= needed["gazette-generator"]
    assert "urllib3" not in needed["gazette-generator"]
    # every locked package is needed by another one, except the build backend
    assert set(names.values()) - set().union(*needed.values()) == {"pdm-backend"}


@pytest.mark.medium
def test_the_parts_list_knows_no_clock_and_no_chance(parts_list: str) -> None:
    assert sbom.printed(sbom.parts_list(licences.REQUIREMENTS)) == parts_list
    bom = json.loads(parts_list)
    assert "serialNumber" not in bom
    assert "timestamp" not in bom["metadata"]
    assert str(ROOT) not in parts_list


@pytest.mark.medium
def test_a_parts_list_that_breaks_the_schema_is_refused(parts_list: str) -> None:
    bom = json.loads(parts_list)
    bom["components"][0]["type"] = "thing"
    with pytest.raises(ValueError, match="breaks the schema"):
        sbom.printed(bom)


@contextmanager
def service(answer: Callable[[str], bytes]) -> Iterator[str]:
    """Answer queries as the vulnerability service does; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = answer(query["package"]["name"])
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def audit(address: str, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.audit_dependencies", "--service", address]
    return subprocess.run(
        [*command, *map(str, files)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture
def locked_file(tmp_path: Path) -> Path:
    assert JINJA
    path = tmp_path / "requirements.txt"
    path.write_text(JINJA[0], "utf-8")
    return path


def test_a_known_vulnerability_fails_and_is_named(locked_file: Path) -> None:
    known = {
        "id": "PYSEC-2099-1", "summary": "templates run wild", "affected": [{
            "package": {"name": "jinja2", "ecosystem": "PyPI"}, "versions": ["3.1.6"],
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
        }],
    }  # fmt: skip

    def answer(name: str) -> bytes:
        return json.dumps({"vulns": [known]} if name == "jinja2" else {}).encode()

    with service(answer) as address:
        done = audit(address, locked_file)
    assert done.returncode == 1, done.stderr
    first, last = done.stdout.splitlines()
    assert first.endswith(": PYSEC-2099-1, mended in 9.9: templates run wild")
    assert first.startswith("jinja2 3.")
    assert last == "1 packages, 1 known vulnerabilities"


@pytest.mark.medium
def test_every_locked_file_is_asked_about() -> None:
    asked = set()

    def answer(name: str) -> bytes:
        asked.add(name)
        return b"{}"

    with service(answer) as address:
        done = audit(address)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(" packages, 0 known vulnerabilities\n")
    for name in ALL_LOCKED:
        assert set(licences.locked((ROOT / name).read_text("utf-8"))) <= asked


def test_a_service_out_of_reach_is_one_line_and_no_failure(locked_file: Path) -> None:
    with service(lambda _: b"{}") as address:
        pass  # the server is closed, so that its port does not answer
    done = audit(address, locked_file)
    assert done.returncode == 0
    assert done.stdout == f"audit skipped: {address} cannot be reached (ConnectionError)\n"
    assert done.stderr == ""


def test_an_answer_that_is_none_is_no_success(locked_file: Path) -> None:
    with service(lambda _: b"<html>please log in</html>") as address:
        done = audit(address, locked_file)
    assert done.returncode == 2
    assert done.stderr.startswith("audit failed:\n")


def test_a_package_nobody_could_ask_about_is_said() -> None:
    package = audit_dependencies.Package("x", skip_reason="not found")
    assert audit_dependencies.report(audit_dependencies.Answer((package,))) == ["x: not found"]


def test_each_hash_locked_file_locks_the_same_versions() -> None:
    versions: dict[str, set[str]] = {}
    for name in ALL_LOCKED:
        for package, version in licences.locked((ROOT / name).read_text("utf-8")).items():
            versions.setdefault(package, set()).add(version)
    assert ALL_LOCKED == [
        "requirements-dev.txt",
        "requirements-ocr.txt",
        "requirements-release.txt",
        "requirements.txt",
    ]
    assert [package for package, found in versions.items() if len(found) > 1] == []
