"""The model of official Chinese: how it is made, what it finds likely, how it chooses."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from generator.language.character_model import MODEL_FILE, official_chinese, packed
from generator.language.likelier import likelier, likeliest_here
from tools.language_model import counts_of, model_of, read_counts

MEGABYTE = 1 << 20


def test_a_word_of_official_chinese_is_likelier_than_its_misreading() -> None:
    model = official_chinese()
    for right, wrong in (("人民政府", "人民政俯"), ("卫生计生", "卫王计生"), ("关于", "关干")):
        assert model.likelihood(right) > model.likelihood(wrong) + 8


def test_the_probabilities_after_two_characters_add_up_to_about_one() -> None:
    model = official_chinese()
    every = np.arange(2, model.size)  # END and all characters
    for before, one in ("人民", "政府", "的工"):
        ids = model.ids(before + one)
        columns = np.full(len(every), ids[0]), np.full(len(every), ids[1])
        assert model.probabilities(*columns, every).sum() == pytest.approx(1, abs=0.06)


def test_a_character_that_nobody_counted_is_possible_and_very_unlikely() -> None:
    model = official_chinese()
    assert -40 < model.likelihood("龘") < -10
    assert model.likelihood("\U0002cc2d") == model.likelihood("龘")


def test_the_model_is_small() -> None:
    assert MODEL_FILE.stat().st_size < 4 * MEGABYTE


@pytest.mark.alone
@pytest.mark.slow
def test_the_model_is_loaded_quickly() -> None:
    official_chinese.cache_clear()
    start = time.process_time()
    official_chinese()
    assert time.process_time() - start < 0.3


@pytest.mark.medium
def test_the_model_in_the_package_is_made_of_the_counts_in_the_repository() -> None:
    from tools.language_model import COUNTS

    made, kept = (np.load(file) for file in (BytesIO(model_of(read_counts(COUNTS))), MODEL_FILE))
    assert made.files == kept.files  # one zlib deflates them to other bytes than another
    for name in kept.files:
        np.testing.assert_array_equal(made[name], kept[name], strict=True)


def test_a_model_is_made_of_any_folder_of_text(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("示范市人民政府。" * 4, "utf-8")
    (tmp_path / "two.txt").write_text("示范市人民代表大会。" * 3, "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    counts = read_counts(tmp_path)
    assert counts["示范"] == counts["^示"] == 7
    assert counts["政府$"] == 4
    assert model_of(counts) == model_of(dict(reversed(counts.items())))


def test_pairs_seen_once_and_triples_seen_twice_are_left_out() -> None:
    counts = counts_of(["市政府", "市政府", "县政府"])
    assert "市政" in counts
    assert "县政" not in counts
    assert "市政府" not in counts


def test_counts_up_to_32_are_exact_and_larger_ones_nearly() -> None:
    counts = np.array([1, 2, 31, 32, 33, 1000, 10**6])
    codes = packed(counts)
    assert codes[:4].tolist() == [1, 2, 31, 32]
    assert (np.diff(codes.astype(int)) >= 0).all()


def test_the_likelier_of_two_readings_is_chosen_by_what_stands_beside_it() -> None:
    assert likelier("加强环境", ["保护", "保沪"], "工作")[0] == "保护"
    reading, nats = likelier("人力资源社会保", ["樟", "障"], "局负责")
    assert (reading, nats > 8) == ("障", True)
    assert likelier("", ["一"], "") == ("一", 0.0)
    assert likelier("", [], "") == ("", 0.0)


def test_punctuation_ends_what_decides_between_readings() -> None:
    assert likelier("政府，关", ["于", "干"], "加强")[1] == likelier("关", ["于", "干"], "加强")[1]


def test_a_character_that_was_not_read_is_filled_by_the_likeliest() -> None:
    best, probability = likeliest_here("人民政", "办公室")
    assert best == "府"
    assert probability > 0.9
