"""The benchmark of a build on a cluster: what it says, and that it compares the sites."""

from pathlib import Path

import pytest

from benchmarks import bench_cluster
from benchmarks.measure import Cost
from tests.conftest import SMALL, ArchiveMaker
from tests.pages import read_tree


def test_the_report_says_how_many_times_faster_more_workers_are() -> None:
    costs = {
        1: [Cost(2.0, 40.0, 90.0), Cost(2.0, 60.0, 90.0)],
        2: [Cost(2.2, 20.0, 90.0), Cost(2.4, 40.0, 90.0)],
    }
    assert [*bench_cluster.report(costs)] == [
        "1 workers: 50.0 s, 1.00 times the speed of the first, 2.0 s of CPU to join",
        "2 workers: 30.0 s, 1.75 times the speed of the first, 2.3 s of CPU to join",
    ]


@pytest.mark.slow
def test_a_site_with_other_bytes_than_without_a_cluster_is_told(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    content.rename(tmp_path / "few")
    bench_cluster.build(tmp_path, "few")
    wanted = read_tree(tmp_path / "site")
    (tmp_path / "content").symlink_to("few")
    assert bench_cluster.measure(1, tmp_path, wanted).wall > 0
    with pytest.raises(SystemExit, match=r"other bytes than without a cluster: \['index.html'\]"):
        bench_cluster.measure(1, tmp_path, {**wanted, "index.html": b""})
