"""What the evidence for a reading weighs: a logistic regression for each kind of misreading.

channel_weights.toml holds the weights; tools/channel_weights.py fits them on misreadings that it
plants in issues (docs/misprints.md).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["look-alike", "changed-over", "doubled", "lost"]

WEIGHTS_FILE = Path(__file__).with_name("channel_weights.toml")


class Weights(NamedTuple):
    """What the evidence for a reading weighs, in nats of the odds that the reading is right."""

    bias: float
    gain: float  # nats by which the reading is likelier
    reading: float  # nats of the reading itself
    weakest: float  # how often its rarer pair was seen (logarithm)
    strongest: float
    edge: float  # it stands beside punctuation
    likeness: float  # of the shapes, from 0 to 1
    grade_1: float  # the table lists it as less alike
    grade_2: float
    unlisted: float  # the table does not list it
    own_weakest: float  # how often the rarer pair of what stands there was seen
    own_strongest: float
    own_count: float  # how often the character occurs in the text
    own_share: float  # how frequent it is


@cache
def channel_weights() -> dict[Kind, Weights]:
    """Read the weights of each kind of misreading."""
    table = tomllib.loads(WEIGHTS_FILE.read_text("utf-8"))
    kinds: tuple[Kind, ...] = ("look-alike", "changed-over", "doubled", "lost")
    return {kind: Weights(**table[kind]) for kind in kinds}
