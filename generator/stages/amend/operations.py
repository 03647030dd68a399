"""A clause of an amending sentence → its operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.language.amended_places import AmendedPlace, read_places
from generator.language.amending import Clause, Context
from generator.language.amending_tokens import Token
from generator.language.quotations import QUOTED, Outline
from generator.model.amendments import (
    AmendedWork,
    Amendment,
    AmendmentKind,
    Position,
)
from generator.runtime.patterns import lazy_regex
from generator.stages.amend.new_texts import (
    by_heads,
    by_items,
    head_of,
    name_of,
    provision_of,
    without_head,
)

WHOLE = AmendedPlace(printed="全文")
INTERIOR = {"款", "项", "目"}


class Place(NamedTuple):
    """The paragraph and the line of a decision."""

    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class _Named:
    """A place of a document."""

    work: int | None
    place: AmendedPlace


class _UnclearError(Exception):
    """A clause that matched a pattern, but whose words do not fit each other."""


def read_operations(
    clause: Clause,
    context: Context,
    outline: Outline,
    works: Sequence[AmendedWork],
    place_of: Callable[[int], Place],
) -> list[Amendment] | None:
    """Read the operations of a clause; None if its words do not fit each other.

    ``context`` is read and changed: a bare 第二款 belongs to the article named before.
    """
    reader = _Clause(clause, context, outline, works, place_of)
    try:
        return list(reader.operations())
    except _UnclearError:
        return None


@dataclass(slots=True)
class _Clause:
    clause: Clause
    context: Context
    outline: Outline
    works: Sequence[AmendedWork]
    place_of: Callable[[int], Place]
    is_whole: bool = True  # no quotation lacks its ”

    def operations(self) -> Iterator[Amendment]:
        match self.clause.name:
            case "order":
                self._places("at")
                yield self._make("renumbering", [_Named(self.context.work, WHOLE)])
            case "replace" | "replace-lead" | "replace-grown":
                lead = self.clause.name == "replace-lead"
                yield from self._replace("lead" if lead else "")
            case "renumber" | "renumber-replace":
                yield from self._renumber()
            case "split":
                at, to = self._places("at"), self._places("to")
                if len(at) != 1 or not to:
                    raise _UnclearError
                yield self._make("split", at, to=to[0], others=to[1:], new=self._words("new"))
            case "join":
                at, to = self._places("at"), self._places("to")
                yield self._make(
                    "join", at[:1], to=to[0] if to else None, others=at[1:], new=self._words("new")
                )
            case "insert":
                yield from self._insert()
            case "insert-named":
                raise _UnclearError
            case "insert-behind" | "insert-before":
                near = self._places("near")
                position: Position = "after" if self.clause.name == "insert-behind" else "before"
                if len(near) != 1:
                    raise _UnclearError
                yield self._make("insertion", near, position, new=self._words("new"))
            case "insert-words-behind" | "insert-words-before":
                position = "after" if self.clause.name == "insert-words-behind" else "before"
                for named in self._places("at") or self._here():
                    yield self._make(
                        "insertion", [named], position,
                        old=self._words("old"), new=self._words("new"),
                    )  # fmt: skip
            case "insert-at-start" | "insert-at-end" | "insert-unplaced":
                positions: dict[str, Position] = {
                    "insert-at-start": "start", "insert-at-end": "end",
                    "insert-unplaced": "unplaced",
                }  # fmt: skip
                at = self._places("at") or self._here()
                if len(at) != 1:
                    raise _UnclearError
                yield self._make(
                    "insertion", at, positions[self.clause.name], new=self._words("new")
                )
            case "replace-words":
                yield from self._replace_words()
            case "delete-words":
                for named in self._places("at") or self._here():
                    for word in self._words("words"):
                        yield self._make("repeal", [named], "words", old=(word,))
            case "delete":
                for named in self._places("at"):
                    yield self._make("repeal", [named])
            case "replace-words-each":
                yield from self._replace_each()
            case "replace-words-listed":
                self.context.listed = self.clause
                self.context.work = None
            case "about":
                yield from self._about()
            case "repeal-work":
                return

    # what a clause names

    def _places(self, role: str) -> list[_Named]:
        """Give the places of a role, completed by those named before, and remember the last."""
        return self._named(self.clause.roles.get(role, ()), is_new=role == "to")

    def _named(self, tokens: Sequence[Token], *, is_new: bool = False) -> list[_Named]:
        """Give the places that tokens name; new places are not what the next words belong to."""
        found: list[_Named] = []
        work = self.context.work
        for n, token in enumerate(tokens):
            following = tokens[n + 1].letter if n + 1 < len(tokens) else ""
            if token.letter == "W":
                work = token.work
                if following != "P":
                    found.append(_Named(work, WHOLE))
                if work != self.context.work:
                    self.context.place = None
                self.context.work = work
            elif token.letter == "X":
                found.append(_Named(work, WHOLE))
            elif token.letter == "T":
                above = self.context.place.up_to(token.unit) if self.context.place else None
                if above is None:
                    raise _UnclearError
                found.append(_Named(work, replace(above, printed=name_of(above))))
            elif token.letter == "P":
                for place in token.places:
                    full = place.inside(self.context.place)
                    if full.narrowest == "节" and not full.number("章"):
                        full = place.inside(self.context.chapter)
                    if full.number("章"):
                        self.context.chapter = full
                    if not full.units or full.units[0][0] in INTERIOR:
                        raise _UnclearError  # 第二款 of no article
                    if not is_new:
                        self.context.place = full
                    if following != "Q":
                        found.append(_Named(work, full))
        return found

    def _here(self) -> list[_Named]:
        """Give the place of the sentence before, else the whole document."""
        return [_Named(self.context.work, self.context.place or WHOLE)]

    def _words(self, role: str) -> tuple[str, ...]:
        return self._said(self.clause.roles.get(role, ()))

    def _said(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        words: list[str] = []
        for token in tokens:
            if token.letter == "Q":
                quotation = self.outline.quotations[token.quotation]
                if not quotation.is_closed:
                    self.is_whole = False
                elif not quotation.words:
                    raise _UnclearError
                words += quotation.words
        return tuple(words) if self.is_whole else ()

    def _make(
        self,
        kind: AmendmentKind,
        at: Sequence[_Named],
        position: Position = "",
        *,
        old: tuple[str, ...] = (),
        new: tuple[str, ...] = (),
        to: _Named | None = None,
        others: Sequence[_Named] = (),
    ) -> Amendment:
        named = at[0]
        if named.work is None:
            raise _UnclearError
        where = self.place_of(self.clause.start)
        place = named.place
        if (place.heading and not position) or (place.narrowest == "名称" and not position):
            position = "heading"
        return Amendment(
            kind,
            self.works[named.work],
            provision_of(place),
            position,
            sentence_of=place.sentence,
            old=old,
            new=new,
            to=provision_of(to.place) if to else None,
            others=tuple(provision_of(other.place) for other in others),
            anchor=where.anchor,
            line=where.line,
            sentence=self._sentence(),
            is_whole=self.is_whole,
        )

    def _sentence(self) -> str:
        """Give the decision's words of the clause; a long quotation is shortened."""
        text = self.outline.text
        start = self.clause.start
        while start and text[start - 1] not in BOUNDARIES:  # 并将其中的 belongs to the sentence
            start -= 1
        written: list[str] = []
        tokens = iter(token for token in self.clause.tokens if token.letter == "Q")
        for char in text[start : self.clause.end]:
            if char != QUOTED:
                written.append(char)
                continue
            words = self.outline.quotations[next(tokens).quotation].words
            whole = "".join(words)
            written.append(f"“{whole}”" if len(whole) <= SHOWN else f"“{whole[:SHOWN]}…”")
        return "".join(written).strip("，,；; \n")

    # the operations of several kinds of clauses

    def _replace(self, position: Position) -> Iterator[Amendment]:
        at = self._places("at")
        for named, new in self._shared(at, self._words("new")):
            yield self._make("substitution", [named], position, new=new)

    def _renumber(self) -> Iterator[Amendment]:
        """Read new numbers; what follows (其中的“甲”) is told of the old number."""
        at, to = self._places("at"), self._places("to")
        to = [_Named(b.work, b.place.inside(self.context.place)) for b in to]
        new = self._words("new")
        if len(at) == len(to):
            shared = dict(self._shared(to, new)) if new else {}
            for old_place, new_place in zip(at, to, strict=True):
                yield self._make(
                    "renumbering", [old_place], to=new_place, new=shared.get(new_place, ())
                )
        elif len(at) == 1 and new:
            yield self._make("split", at, to=to[0], others=to[1:], new=new)
        elif len(to) == 1 and new:
            yield self._make("join", at[:1], to=to[0], others=at[1:], new=new)
        else:
            raise _UnclearError

    def _insert(self) -> Iterator[Amendment]:
        near = self._places("near")
        if near and near[0].place is WHOLE:
            near = []
        to = self._places("to")
        behind = any(token.letter == "B" for token in self.clause.tokens)
        to = [_Named(b.work, b.place.inside(self.context.place)) for b in to]
        work = self.context.work
        if near:
            work = near[-1].work
        for token in self.clause.tokens:
            work = token.work if token.letter == "W" else work
        to = [replace(named, work=work) for named in to]
        for named, new in self._shared(to, self._words("new")):
            others = near[-1:] if behind and named is to[0] else ()
            yield self._make("insertion", [named], others=others, new=new)
        self.context.place = to[-1].place

    def _shared(
        self, at: Sequence[_Named], new: tuple[str, ...]
    ) -> Iterator[tuple[_Named, tuple[str, ...]]]:
        """Share new paragraphs among several places."""
        if len(at) == 1:
            yield at[0], without_head(new, at[0].place)
            return
        if not at:
            raise _UnclearError
        if at[0].place.narrowest in ("条", "节", "章"):
            parts = by_heads(new)
            heads = [head_of(part[0]) for part in parts]
            if len(parts) == len(at) and heads == [a.place.units[-1][1] for a in at]:
                for named, part in zip(at, parts, strict=True):
                    yield named, without_head(part, named.place)
                return
        else:
            parts = by_items(new) if at[0].place.narrowest == "款" else [(p,) for p in new]
            if len(parts) == len(at):
                yield from zip(at, parts, strict=True)
                return
        raise _UnclearError

    def _replace_each(self) -> Iterator[Amendment]:
        """Read 第三条中的“甲”、第五条中的“乙”修改为“丙”: each place with its own words."""
        tokens = self.clause.roles["pairs"]
        places: list[_Named] = []
        held: list[Token] = []
        new = self._words("new")
        for token in tokens:
            if token.letter != "Q":
                held.append(token)
                continue
            if held:
                places = self._named(held)
                held = []
            for named in places or self._here():
                (word,) = self._said([token]) or ("",)
                yield self._make("replacement", [named], "words", old=(word,), new=new)

    def _about(self) -> Iterator[Amendment]:
        """Note what the next sentences are about; an item of a list has the list's operation."""
        at = self._places("at")
        listed = self.context.listed
        if listed is None:
            if len(at) > 1:
                raise _UnclearError
            return
        above = _Clause(listed, self.context, self.outline, self.works, self.place_of)
        old, new = above._words("old"), above._words("new")
        if len(new) != 1:
            raise _UnclearError
        for named in at:
            for word in old:
                yield self._make("replacement", [named], "words", old=(word,), new=new)

    def _replace_words(self) -> Iterator[Amendment]:
        at = self._places("at") or self._here()
        old, new = self._words("old"), self._words("new")
        if len(old) == len(new) == 1 and not self.clause.roles.get("at"):
            before, _ = read_places(old[0], 0)
            after, end = read_places(new[0], 0)
            # “第八条”调整为“第七条”
            are_places = len(before) == len(after) == 1 and end == len(new[0])
            is_order = are_places and _listed_order(self.outline.text, self.clause.start)
            if is_order and before[0].article:
                yield self._make(
                    "renumbering",
                    [_Named(self.context.work, before[0])],
                    to=_Named(self.context.work, after[0]),
                )
                return
        letters = "".join(token.letter for token in self.clause.tokens)
        inside = "I" in letters.split("Q")[0]
        for named in at:
            if len(new) == 1 or len(old) == 1:
                if (
                    len(old) > 1 and not inside
                ):  # whole paragraphs: 第十五条：“甲。”“乙。”修改为：“丙。”
                    yield self._make("replacement", [named], "words", old=old, new=new)
                    continue
                if len(new) > 1 and inside and len(old) == 1:
                    yield self._make("replacement", [named], "words", old=old, new=new)
                    continue
                for word in old:
                    yield self._make("replacement", [named], "words", old=(word,), new=new)
            elif len(old) == len(new) and inside:
                for before_word, after_word in zip(old, new, strict=True):
                    yield self._make(
                        "replacement", [named], "words", old=(before_word,), new=(after_word,)
                    )
            elif not inside:
                yield self._make("replacement", [named], "words", old=old, new=new)
            else:
                raise _UnclearError


BOUNDARIES = f"，；。、：.）) \n{QUOTED}"  # before the words of a clause
SHOWN = 40  # characters of a quotation that a sentence repeats
ORDER_LISTED = lazy_regex(r"(?:顺序|序号|条序)[^。\n]{0,20}调整")


def _listed_order(text: str, at: int) -> bool:
    """Whether a sentence lists new numbers: 条文顺序作相应调整：“第八条”调整为“第七条”."""
    begin = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    return bool(ORDER_LISTED.search(text, begin, at + 1))
