"""Issues in files between the passes of a build, and from one build to the next."""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path

import msgspec
import pytest

from generator.model import Issue
from generator.runtime.digests import digest
from generator.site.waiting import FORMAT, put_aside, take_up
from generator.stages.pipeline import convert
from tests.amending import DECISION, RULES
from tests.conftest import SMALL, ArchiveMaker
from tests.documents import CITING_ISSUES, issue_text
from tests.tables import MERGED, reading_drawn_tables

TEXTS = {
    "2020-03": SMALL,
    "2021-02": CITING_ISSUES["2021-02"],
    "2022-03": CITING_ISSUES["2022-03"],
    "2023-01": issue_text(1, RULES, DECISION, year=2023),
    "2024-01": MERGED,
}


def test_an_issue_comes_back_as_it_was(
    seed: Issue, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive(dict(TEXTS))
    with reading_drawn_tables():
        issues = [seed, *(convert(content / "moumou" / name) for name in TEXTS)]
    for issue in issues:
        put_aside(issue, tmp_path / "one", "key")
        assert take_up(tmp_path / "one", "key") == issue
    assert not (tmp_path / "one.part").exists()


def test_a_file_with_another_key_or_a_changed_byte_counts_as_missing(
    seed: Issue, tmp_path: Path
) -> None:
    file = tmp_path / "one"
    assert take_up(file, "key") is None
    put_aside(seed, file, "key")
    assert take_up(file, "other key") is None
    data = file.read_bytes()
    for changed in (data[:-1], data[:100] + b"?" + data[101:], b"", data + b"\n"):
        file.write_bytes(changed)
        assert take_up(file, "key") is None


class Planted:
    """A value that has a file written when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.file,))


# with the right head, but not of an issue
STRANGE: tuple[object, ...] = (
    {"os.system": ["touch planted"]},
    {0: []},
    {999: []},
    {-1: [1, 2]},
    {0: 7},
    [],
    {},
    3,
)
NESTED = zlib.compress(b"\x91" * 100_000)


@pytest.mark.parametrize(
    "packed", [*(zlib.compress(msgspec.msgpack.encode(v)) for v in STRANGE), NESTED, b"no zlib"]
)
def test_what_no_build_wrote_counts_as_missing(packed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "one"
    file.write_bytes(digest(FORMAT, "key", packed).encode() + packed)
    assert take_up(file, "key") is None


def test_a_planted_pickle_is_not_run(tmp_path: Path) -> None:
    file, planted = tmp_path / "one", tmp_path / "planted"
    data = pickle.dumps(Planted(planted))
    for packed in (data, zlib.compress(data)):
        file.write_bytes(digest(FORMAT, "key", packed).encode() + packed)
        assert take_up(file, "key") is None
    assert not planted.exists()
    pickle.loads(data)
    assert planted.exists()
