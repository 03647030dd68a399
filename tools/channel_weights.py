"""Fit generator/language/channel_weights.toml on misreadings planted in issues.

    python -m tools.channel_weights FOLDER...       folders of issues

Each issue is read as it is, and again with some misreadings of each kind in it. What the noisy
channel tries in the issue as it is counts as wrong; the planted misreadings taken back count as
right. Look-alikes are those of tools/planted_look_alikes.txt; a share of them is taken as unlisted,
as pairs are that no table knows. Same input, same weights.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from generator.language.channel_weights import WEIGHTS_FILE, Kind, Weights
from generator.language.ideographs import HAN
from generator.language.noisy_channel import Channel
from generator.stages.check.misreadings import texts_of
from generator.stages.pipeline import convert

PLANTED = Path(__file__).with_name("planted_look_alikes.txt")
KINDS: tuple[Kind, ...] = ("look-alike", "changed-over", "doubled", "lost")
ROUNDS = 6  # how often each issue is planted
CHARACTERS = 800  # of a text for each planted misreading
MOST = 25  # … and at most so many
SHORT = 12  # ideographs that a paragraph needs for one
MARGIN = 3  # characters at both ends of it that stay
UNLISTED = 0.2  # share of the look-alikes that is taken as unlisted
# how many planted misreadings count as one wrong reading of a text as it is: it sets how many false
# alarms a found misreading is worth
WORTH: dict[Kind, float] = {"look-alike": 0.8, "changed-over": 0.6, "doubled": 0.4, "lost": 0.03}
RIDGE = 2.0
STEPS = 40
IDEOGRAPH = re.compile(f"[{HAN}]")
EVIDENCE = Weights._fields[1:]
Rows = NDArray[np.float64]


@dataclass
class _Seen:
    """What was tried for a kind of misreading: the evidence, and whether it was right."""

    evidence: list[Rows] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def look_alike_groups(file: Path) -> dict[str, str]:
    """Map each character of the groups in a file to the others of its groups."""
    groups: dict[str, str] = {}
    for group in file.read_text("utf-8").split():
        for character in group:
            groups[character] = groups.get(character, "") + group.replace(character, "")
    return groups


def planted_in(
    texts: list[str], kind: Kind, chance: random.Random, groups: dict[str, str]
) -> dict[int, str]:
    """Give some of the texts with a misreading of a kind each, by their numbers."""
    order = [n for n, text in enumerate(texts) if len(IDEOGRAPH.findall(text)) >= SHORT]
    chance.shuffle(order)
    most = min(MOST, sum(map(len, texts)) // CHARACTERS + 1)
    planted: dict[int, str] = {}
    for number in order:
        if len(planted) == most:
            break
        text = texts[number]
        places = [
            n
            for n in range(MARGIN, len(text) - MARGIN)
            if IDEOGRAPH.match(text[n]) and IDEOGRAPH.match(text[n + 1])
            and (text[n] in groups if kind == "look-alike" else text[n] != text[n + 1])
        ]  # fmt: skip
        if places:
            planted[number] = _damaged(text, chance.choice(places), kind, chance, groups)
    return planted


def _damaged(text: str, at: int, kind: Kind, chance: random.Random, groups: dict[str, str]) -> str:
    match kind:
        case "look-alike":
            return text[:at] + chance.choice(groups[text[at]]) + text[at + 1 :]
        case "changed-over":
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case "doubled":
            return text[: at + chance.choice((1, 2))] + text[at:]
        case "lost":
            return text[:at] + text[at + 1 :]


def _tried(texts: list[str]) -> Iterator[tuple[Kind, int, str, Rows]]:
    """Give each reading tried: its kind, the number of its text, the text with it, the evidence."""
    channel = Channel(texts)
    for kind, readings in channel.tried_readings():
        for place, reading, evidence in zip(*readings[::2], readings.evidence, strict=True):
            number = int(channel.places.text[place])
            start = int(channel.places.offset[place])
            put_in = "".join(channel.characters[n] for n in reading)
            text = texts[number]
            yield kind, number, text[:start] + put_in + text[start + readings.length :], evidence


def _learn(folder: Path, seen: dict[Kind, _Seen], groups: dict[str, str]) -> None:
    texts = [text.text for text in texts_of(convert(folder))]
    for kind, _, _, evidence in _tried(texts):
        seen[kind].evidence.append(evidence)
        seen[kind].right.append(False)
    for turn in range(ROUNDS):
        for kind in KINDS:
            chance = random.Random(f"{folder.name} {turn} {kind}")
            planted = planted_in(texts, kind, chance, groups)
            damaged = [planted.get(n, text) for n, text in enumerate(texts)]
            for tried, number, text, evidence in _tried(damaged):
                if tried == kind and number in planted and text == texts[number]:
                    seen[kind].evidence.append(evidence)
                    seen[kind].right.append(True)


def fitted(kind: Kind, seen: _Seen) -> Weights:
    """Fit a logistic regression by Newton's method, with a ridge."""
    rows = np.array(seen.evidence)
    right = np.array(seen.right)
    if kind == "look-alike":
        unlisted = right & (np.random.default_rng(1).random(len(right)) < UNLISTED)
        rows[unlisted, EVIDENCE.index("grade_1")] = 0
        rows[unlisted, EVIDENCE.index("grade_2")] = 0
        rows[unlisted, EVIDENCE.index("unlisted")] = 1
    weight = np.where(right, WORTH[kind], 1.0)
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.c_[np.ones(len(rows)), (rows - mean) / spread]
    solved = np.zeros(scaled.shape[1])
    ridge = RIDGE * np.diag([0.0, *np.ones(len(mean))])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ solved))
        slope = scaled.T @ (weight * (right - chance)) - ridge @ solved
        curve = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled + ridge
        solved += np.linalg.solve(curve + 1e-9 * np.eye(len(curve)), slope)
    slopes = solved[1:] / spread
    flat = rows.std(0) < 1e-9  # evidence that this kind does not have
    slopes[flat] = 0
    return Weights(float(solved[0] - slopes @ mean), *map(float, slopes))


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(folders: tuple[Path, ...]) -> None:
    """Fit the weights on the issues in FOLDERS."""
    seen = {kind: _Seen() for kind in KINDS}
    groups = look_alike_groups(PLANTED)
    for folder in folders:
        _learn(folder, seen, groups)
        click.echo(f"{folder}: {sum(len(s.right) for s in seen.values())} readings tried")
    lines = ["# written by tools/channel_weights.py; the fields are told in channel_weights.py"]
    for kind in KINDS:
        weights = fitted(kind, seen[kind])
        lines += ["", f"[{kind}]"]
        lines += [f"{name} = {value:.3f}" for name, value in weights._asdict().items()]
    WEIGHTS_FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
