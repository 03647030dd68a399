"""The quick constructor of frozen values: it changes nothing else about their classes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest

from generator.model import Heading, LedgerEntry, Lines, Mark, Paragraph
from generator.model.quick import quickly_made
from generator.stages.parse.lines import Line

MADE = (
    Lines(1, 2),
    Mark("sub", 1, 2),
    Heading("一、总则", Lines(1, 1), ((0, 1),), level=1),
    Paragraph("各县要落实。", Lines(3, 4), ((0, 3), (4, 4)), kind="note", is_item=True),
    LedgerEntry("widen_punctuation", 3, ",", "，"),
    Line(7, "各县要落实。", cells=("1", "2")),
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A value with and without defaults."""

    name: str
    lines: tuple[int, ...]
    kind: str = "paragraph"
    count: int = 0


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    """The same, made quickly."""

    name: str
    lines: tuple[int, ...]
    kind: str = "paragraph"
    count: int = 0


@pytest.mark.parametrize("value", MADE, ids=lambda value: type(value).__name__)
def test_a_value_made_quickly_is_frozen_and_is_pickled_and_replaced_whole(value: object) -> None:
    for field in fields(value):  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)
    copy = pickle.loads(pickle.dumps(value))
    assert copy == value == replace(value)  # type: ignore[type-var]
    assert type(copy) is type(value)
    assert hash(copy) == hash(value)


def test_fields_are_given_by_place_or_name_and_defaults_fill_the_rest() -> None:
    for arguments, named in (
        (("a", (1,)), {}),
        (("a", (1,), "note", 3), {}),
        (("a",), {"count": 2, "lines": ()}),
    ):
        quick, plain = Quick(*arguments, **named), Plain(*arguments, **named)  # type: ignore[arg-type]
        assert [getattr(quick, f.name) for f in fields(Plain)] == [
            getattr(plain, f.name) for f in fields(Plain)
        ]
        assert repr(quick).removeprefix("Quick") == repr(plain).removeprefix("Plain")


@pytest.mark.parametrize("arguments", [(), ("a",), ("a", (), "note", 1, 2)])
def test_too_few_and_too_many_fields_are_refused(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Quick(*arguments)  # type: ignore[arg-type]
