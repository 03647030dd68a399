"""Choose between readings of a place by what is usual in official Chinese."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.language.character_model import BEGIN, END, FIRST, official_chinese


def likelier(before: str, readings: Sequence[str], behind: str) -> tuple[str, float]:
    """Choose between readings of a place by the ideographs beside it.

    Gives the likeliest reading, and by how many nats it is likelier than the next one. Readings of
    different length are compared by what each of them would cost in all: give each its own end.
    """
    model = official_chinese()
    left, right = _run_before(before), _run_behind(behind)
    ranked = sorted(readings, key=lambda r: -model.likelihood(left + r + right))
    if len(ranked) < 2:
        return (ranked[0] if ranked else ""), 0.0
    best, next_one = (model.likelihood(left + r + right) for r in ranked[:2])
    return ranked[0], best - next_one


def likeliest_here(before: str, behind: str) -> tuple[str, float]:
    """Give the character that is likeliest between two runs of ideographs, and its probability."""
    model = official_chinese()
    ids = np.arange(FIRST, model.size)
    left = model.ids(_run_before(before)[-2:])
    right = model.ids(_run_behind(behind)[:2])
    row = np.r_[BEGIN, BEGIN, left][-2:], np.r_[right, END, BEGIN][:2]
    columns = [np.full(len(ids), int(i)) for i in (*row[0], *row[1])]
    sequence = [columns[0], columns[1], ids, columns[2], columns[3]]
    logs = np.sum([np.log(model.probabilities(*sequence[n : n + 3])) for n in range(3)], axis=0)
    share = np.exp(logs - logs.max())
    best = int(logs.argmax())
    return model.characters[FIRST + best], float(share[best] / share.sum())


def _run_before(text: str) -> str:
    """Give the ideographs with which a text ends."""
    return text[len(text) - _ideographs(text[::-1]) :]


def _run_behind(text: str) -> str:
    """Give the ideographs with which a text begins."""
    return text[: _ideographs(text)]


def _ideographs(text: str) -> int:
    return next((n for n, c in enumerate(text) if not "\u3400" <= c <= "\u9fff"), len(text))
