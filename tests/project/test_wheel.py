"""The program as a package: it runs from any folder and builds what the checkout builds."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.options import archive_places
from generator.runtime.places import CONFIG, TEMPLATES
from generator.site.keys import ProgramKeys, program_keys
from tests.conftest import ROOT, SMALL, ArchiveMaker
from tests.pages import read_tree

pytestmark = pytest.mark.long
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
OWN_NOTE = "本馆自用模板"


def run(*command: str | Path, where: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=where, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def source_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    make = "import sys; from pdm.backend import build_sdist; build_sdist(sys.argv[1])"
    run(sys.executable, "-c", make, folder, where=ROOT)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(source_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source archive alone."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder)
    run(*PIP, "wheel", *options, source_archive, where=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment, lend it our packages, give its command."""
    where = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", where / "venv", where=where)
    python = where / "venv" / "bin" / "python"
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel, where=where)
    packages = next((where / "venv" / "lib").glob("python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    found = "import generator; print(generator.__file__)"
    done = subprocess.run([python, "-c", found], cwd=where, capture_output=True, text=True)
    assert Path(done.stdout.strip()).is_relative_to(packages)
    return where / "venv" / "bin" / "gazette"


def publish(gazette: Path, where: Path) -> dict[str, bytes]:
    """Make an archive in an empty folder with the commands that an editor uses; give all of it."""
    (where / "scan.txt").write_text(SMALL, "utf-8")
    title = ("--title", "某某市人民政府公报")
    run(gazette, "new", "moumou", "2020-03", "scan.txt", *title, where=where)
    for command in ("build", "check", "bundle"):
        run(gazette, command, where=where)
    return {name: data for name, data in read_tree(where).items() if not name.startswith("build/")}


@pytest.mark.slow
def test_a_wheel_builds_from_any_folder_what_the_checkout_builds(
    installed: Path, tmp_path: Path
) -> None:
    checkout = Path(sys.executable).parent / "gazette"
    for name in ("wheel", "checkout"):
        (tmp_path / name).mkdir()
    by_wheel = publish(installed, tmp_path / "wheel")
    assert by_wheel["site/moumou/2020-03/index.html"].startswith(b"<!doctype html>")
    assert "dist/archive.zip" in by_wheel
    assert by_wheel == publish(checkout, tmp_path / "checkout")


@pytest.mark.slow
def test_a_wheel_carries_each_template_and_nothing_of_the_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    wanted = {p.relative_to(ROOT) for p in TEMPLATES.rglob("*") if p.is_file()}
    wanted |= {CONFIG.relative_to(ROOT)}
    assert {n for n in names if "/shipped/" in n} == {f"generator/shipped/{n}" for n in wanted}
    assert {name.split("/")[0] for name in names} == {
        "generator", "gazette_generator-0.1.0.dist-info",
    }  # fmt: skip


@pytest.mark.slow
def test_a_wheel_is_the_same_bytes_each_time(wheel: Path, source_archive: Path) -> None:
    again = wheel.parent / "again"
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", again)
    run(*PIP, "wheel", *options, source_archive, where=wheel.parent)
    assert (again / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.mark.slow
def test_the_source_archive_holds_what_a_build_needs_and_no_content(source_archive: Path) -> None:
    with tarfile.open(source_archive) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "mkdocs.yml", "tools/wheel.py", "LICENSE", "README.md"} <= names
    assert not [name for name in names if name.startswith(("content/", "tests/", ".venv/"))]


@pytest.mark.slow
def test_the_metadata_names_licences_and_each_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = "gazette_generator-0.1.0.dist-info"
        metadata = message_from_string(archive.read(f"{folder}/METADATA").decode())
        licences = {n.rpartition("/")[2] for n in archive.namelist() if "/licenses/" in n}
    assert metadata["License-Expression"] == "MIT AND Apache-2.0"
    assert licences == {"LICENSE", "LICENSE-APACHE"}
    assert metadata["Requires-Python"] == ">=3.11"
    prefix = "Programming Language :: Python :: "
    found = [c.removeprefix(prefix) for c in metadata.get_all("Classifier") or ()]
    assert {"3.11", "3.12", "3.13", "3.14"} <= set(found)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [w for w in metadata.get_all("Requires-Dist") or () if "extra ==" not in w]
    assert len(wanted) == len(project["dependencies"])


def test_what_lies_beside_the_content_wins(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    content = make_archive({"2020-03": SMALL})
    plain = archive_places(content, tmp_path / "site", tmp_path / "build")
    assert (plain.template_folders, plain.config) == ((TEMPLATES,), CONFIG)
    (tmp_path / "templates").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    own = archive_places(content, tmp_path / "site", tmp_path / "build")
    assert own.template_folders == (tmp_path / "templates", TEMPLATES)
    assert own.config == tmp_path / "mkdocs.yml"


def test_the_key_of_the_templates_is_made_of_those_that_are_used(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})

    def found() -> ProgramKeys:
        return program_keys(archive_places(content, tmp_path / "site", tmp_path / "build"))

    plain = found()
    (tmp_path / "templates").mkdir()
    assert found() == plain
    own = tmp_path / "templates" / "issue.md.j2"
    own.write_bytes((TEMPLATES / "issue.md.j2").read_bytes())
    assert found() == plain
    own.write_bytes(own.read_bytes() + b"\n")
    changed = {kind for kind, key in found().templates.items() if key != plain.templates[kind]}
    assert changed == {"cover"}


@pytest.mark.slow
def test_an_archive_changes_one_template_one_style_and_the_configuration(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    make_archive({"2020-03": SMALL})
    own = tmp_path / "templates"
    styles = own / "theme" / "assets" / "gazette"
    styles.mkdir(parents=True)
    page = (TEMPLATES / "issue.md.j2").read_text("utf-8")
    (own / "issue.md.j2").write_text(f"{page}\n\n{OWN_NOTE}\n", "utf-8")
    (styles / "print.css").write_text("/* own */\n", "utf-8")
    config = CONFIG.read_text("utf-8").replace("公文不受著作权法保护", "本馆公文不受著作权法保护")
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    run(Path(sys.executable).parent / "gazette", "build", where=tmp_path)
    site = tmp_path / "site"
    index = (site / "moumou" / "2020-03" / "index.html").read_text("utf-8")
    assert OWN_NOTE in index
    assert "本馆公文不受著作权法保护" in index
    assert (site / "assets/gazette/print.css").read_text("utf-8") == "/* own */\n"
    shipped = TEMPLATES / "theme/assets/gazette/gazette.css"
    assert (site / "assets/gazette/gazette.css").read_bytes() == shipped.read_bytes()
    joined = (site / "assets/gazette/site.css").read_text("utf-8")
    assert shipped.read_text("utf-8") in joined
    assert joined.endswith("\n/* own */\n")  # the styles for paper come last


def test_a_configuration_that_mkdocs_refuses_is_named(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: no-such-theme\n", "utf-8")
    where = ("--content", content, "--site", tmp_path / "site", "--build", tmp_path / "build")
    result = CliRunner().invoke(main, ["build", "--jobs", "1", *map(str, where)])
    assert result.exit_code == 2
    assert result.output.startswith(f"gazette: {tmp_path}/mkdocs.yml: ")
    assert "no-such-theme" in result.output
    assert result.output.count("\n") == 1
