"""A held text as a decision changes it, if every operation finds its place and words exactly once.

Numbers of provisions that are changed are those of the text before the decision; the numbers of new
provisions, and those behind 改为, are the numbers of the text after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from generator.archive.provision_places import find_article, find_clause, find_lines
from generator.archive.provision_tree import (
    Line,
    ProvisionTree,
    clauses_of,
)
from generator.archive.renumbering import (
    Moves,
    UnplacedError,
    refuse,
)
from generator.archive.settling import Changes, body_of, rewritten, settle
from generator.language.numerals import parse_numeral
from generator.model import Amendment
from generator.model.amendments import Provision
from generator.runtime.patterns import lazy_regex

T = TypeVar("T")
ENDS = "。；！？"
# two marks of which one is left over where words between them were deleted
LEFT_OVER = lazy_regex(r"[，、；：。][，、；：。]|[（《“][，、；。]|^[，、；。]")
SENTENCE = lazy_regex(r"[^。！？]*[。！？]?[”’]?")
WHICH = {"后": -1, "前": 1}


def consolidate(tree: ProvisionTree, amendments: Sequence[Amendment]) -> dict[int, str]:
    """Apply the operations of one decision to a text, in its lines.

    Gives the reason for each operation that cannot be applied, by its place in ``amendments``; if
    there is any, the lines are of no use.
    """
    reasons: dict[int, str] = {}
    writer = _Writer(tree)
    for n, amendment in enumerate(amendments):
        try:
            writer.apply(amendment)
        except UnplacedError as unplaced:
            reasons[n] = str(unplaced)
    if not reasons:
        try:
            settle(tree, writer.changes)
        except UnplacedError as unplaced:
            numbered = [
                n for n, a in enumerate(amendments)
                if a.kind in ("insertion", "renumbering", "split", "join") or not a.old
            ]  # fmt: skip
            reasons[(numbered or [0])[-1]] = str(unplaced)
    return reasons


class _Writer:
    """Applies operations: words at once, numbers when all operations are known."""

    def __init__(self, tree: ProvisionTree) -> None:
        self.tree = tree
        self.changes = Changes()

    def apply(self, one: Amendment) -> None:
        """Apply one operation, or raise UnplacedError."""
        if not one.is_whole:
            refuse("决定的引文没有结束的引号")
        units = dict(one.provision.units)
        unknown = units.keys() - {
            "条",
            "款",
            "项",
            "章",
            "节",
            "引言",
            "序言",
            "名称",
            "自然段",
            "段",
        }
        if unknown:
            refuse(f"“{one.provision.name}”不是条、款、项")
        match one.kind:
            case "renumbering" if not units:
                self.changes.in_order = True
            case "renumbering":
                self._renumber(one)
            case "insertion" if one.old:
                self._insert_words(one)
            case "insertion":
                self._insert(one)
            case "repeal" if one.old:
                self._replace_words(one, "")
            case "repeal":
                self._repeal(one)
            case "replacement":
                self._replace_words(one, None)
            case "substitution":
                self._substitute(one)
            case "join" | "split":
                self._join(one) if one.kind == "join" else self._split(one)

    # words

    def _sentences(self, one: Amendment, lines: list[Line]) -> str:
        """Give the sentences that 第二句, 后两句 or 最后一句 means, from one paragraph."""
        if len(lines) != 1:
            refuse(f"{one.provision.name}不止一段，不能断定是哪一句")
        said = SENTENCE.findall(body_of(lines[0].after))
        sentences = [sentence for sentence in said if sentence]
        which = one.sentence_of.strip("的第句")
        count = parse_numeral(which.strip("前后最末")) or 1
        if which.startswith(("后", "最后", "末")):
            chosen = sentences[-count:] if count <= len(sentences) else []
        elif which.startswith("前"):
            chosen = sentences[:count] if count <= len(sentences) else []
        else:
            chosen = sentences[count - 1 : count]
        if not chosen:
            refuse(f"本站文本中没有{one.provision.name}")
        return "".join(chosen)

    def _replace_words(self, one: Amendment, deleted: str | None) -> None:
        lines = find_lines(self.tree, one.provision)
        old, new = marks_raised(one.old), marks_raised(one.new)
        if len(old) > 1 or len(new) > 1:
            self._replace_paragraphs(one, lines, old, new)
            return
        word, instead = old[0], new[0] if deleted is None else deleted
        places = sum(line.after.count(word) for line in lines)
        if not places:
            refuse(f"{one.provision.name}中没有“{_short(word)}”")
        if places > 1 and one.provision.units:
            refuse(f"{one.provision.name}中有{places}处“{_short(word)}”")
        for line in lines:
            if word in line.after:
                after = line.after.replace(word, instead)
                if not instead and LEFT_OVER.search(after) and not LEFT_OVER.search(line.after):
                    refuse(f"{one.provision.name}删去“{_short(word)}”后标点相连")
                line.after = after

    def _replace_paragraphs(
        self, one: Amendment, lines: list[Line], old: tuple[str, ...], new: tuple[str, ...]
    ) -> None:
        """Replace whole paragraphs that the decision quotes: the whole provision."""
        bodies = tuple(body_of(line.after) for line in lines)
        if bodies != old:
            refuse(f"{one.provision.name}与决定所引的原文不同")
        self._put(one.provision, new)

    def _insert_words(self, one: Amendment) -> None:
        lines = find_lines(self.tree, one.provision)
        (word,), (added,) = marks_raised(one.old)[:1], marks_raised(one.new)[:1]
        if len(one.old) != 1 or len(one.new) != 1:
            refuse("决定引了几段词句")
        places = sum(line.after.count(word) for line in lines)
        if places != 1:
            refuse(
                f"{one.provision.name}中"
                + (f"有{places}处“{_short(word)}”" if places else f"没有“{_short(word)}”")
            )
        both = word + added if one.position == "after" else added + word
        for line in lines:
            line.after = line.after.replace(word, both)

    def _insert(self, one: Amendment) -> None:
        units = dict(one.provision.units)
        new = marks_raised(one.new)
        if one.position in ("start", "end"):
            self._insert_sentence(one, new)
        elif one.position or not new:
            refuse(f"没有说明增加在{one.provision.name}的哪一处、作为第几")
        elif "项" in units:
            if len(new) != 1:
                refuse("一项有几段")
            self._item_moves(one.provision).new[units["项"]] = new
        elif "款" in units:
            self._clause_moves(one.provision).new[units["款"]] = new
        elif "条" in units:
            self.changes.articles.new[units["条"]] = new
            if one.others:
                self.changes.articles.behind[units["条"]] = one.others[0].article
        else:
            refuse("增加章、节，本站不整理")

    def _insert_sentence(self, one: Amendment, new: tuple[str, ...]) -> None:
        lines = find_lines(self.tree, one.provision)
        if len(lines) != 1 or len(new) != 1:
            refuse(f"{one.provision.name}不止一段")
        line, (added,) = lines[0], new
        if one.position == "end":
            if line.after[-1:] not in ENDS or added[-1:] not in ENDS:
                refuse("没有说明标点怎样接")
            line.after += added
            return
        if added[-1:] not in "。；，：":
            refuse("没有说明标点怎样接")
        head = len(line.after) - len(body_of(line.after))
        line.after = line.after[:head] + added + line.after[head:]

    # whole provisions

    def _substitute(self, one: Amendment) -> None:
        new = marks_raised(one.new)
        if one.sentence_of:
            word = self._sentences(one, find_lines(self.tree, one.provision))
            (line,) = find_lines(self.tree, one.provision)
            line.after = _once(line.after, word, "".join(new), one.provision.name)
        elif one.position == "lead":
            lines = find_clause(self.tree, one.provision).lines
            if len(new) != 1:
                refuse("条首部分有几段")
            self._write(lines[0], new[0])
        elif one.position == "heading":
            (line,) = find_lines(self.tree, one.provision)[:1]
            if len(new) != 1 or line.is_table:
                refuse("标题有几段")
            self._write(line, new[0])
        else:
            self._put(one.provision, new)

    def _put(self, place: Provision, new: tuple[str, ...]) -> None:
        """Put new paragraphs in the place of a provision."""
        units = dict(place.units)
        lines = find_lines(self.tree, place)
        if any(line.is_table for line in lines):
            refuse(f"{place.name}中有表格")
        if not new:
            refuse("决定没有引出新的文字")
        if "条" in units and "款" not in units and "项" not in units:
            article = find_article(self.tree, place)
            article.clauses = rewritten(article.clauses, new, article.head)
        elif "款" in units and "项" not in units:
            article = find_article(self.tree, place)
            at = article.clauses.index(find_clause(self.tree, place))
            written = clauses_of(new)
            if len(written) != 1:
                refuse(f"新的{place.name}不止一款")
            head = article.head if at == 0 else ""
            article.clauses[at : at + 1] = rewritten([article.clauses[at]], new, head)
        elif len(lines) == 1 and len(new) == 1:
            self._write(lines[0], new[0])
        else:
            refuse(f"新的{place.name}段数不合")

    @staticmethod
    def _write(line: Line, text: str) -> None:
        """Write a text into a line, behind its number."""
        body = body_of(line.after)
        head = line.after[: len(line.after) - len(body)]
        line.after = text if body_of(text) != text else head + text

    def _repeal(self, one: Amendment) -> None:
        units = dict(one.provision.units)
        lines = find_lines(self.tree, one.provision)
        if "项" in units:
            self._item_moves(one.provision).gone.add(units["项"])
        elif "款" in units:
            self._clause_moves(one.provision).gone.add(units["款"])
        elif "条" in units:
            self.changes.articles.gone.add(units["条"])
        else:
            refuse(f"删去{one.provision.name}，本站不整理")
        if any(line.is_table for line in lines):
            refuse(f"{one.provision.name}中有表格")

    def _renumber(self, one: Amendment) -> None:
        units, to = dict(one.provision.units), dict(one.to.units) if one.to else {}
        if units.keys() != to.keys():
            refuse("改变了条、款、项的层次，本站不整理")
        find_lines(self.tree, one.provision)
        if "项" in units:
            self._item_moves(one.provision).to[units["项"]] = to["项"]
        elif "款" in units:
            self._clause_moves(one.provision).to[units["款"]] = to["款"]
        elif "条" in units:
            self.changes.articles.to[units["条"]] = to["条"]
        else:
            refuse("章、节改变序号，本站不整理")
        if one.new:
            self._put(one.provision, marks_raised(one.new))

    def _join(self, one: Amendment) -> None:
        if {"条"} != dict(one.provision.units).keys() or not one.new:
            refuse("合并后的文字不明")
        self._put(one.provision, marks_raised(one.new))
        for other in one.others:
            find_article(self.tree, other)
            self.changes.articles.gone.add(other.article)
        if one.to and one.to.article != one.provision.article:
            self.changes.articles.to[one.provision.article] = one.to.article

    def _split(self, one: Amendment) -> None:
        units = dict(one.provision.units)
        new = marks_raised(one.new)
        to = [one.to, *one.others] if one.to else []
        if units.keys() != {"条", "款"} or len(clauses_of(new)) != len(to):
            refuse("分开后的文字不明")
        written = clauses_of(new)
        numbers = [dict(place.units).get("款", "") for place in to]
        first = tuple(line.after for line in written[0].lines)
        self._put(one.provision, first)
        moves = self._clause_moves(one.provision)
        moves.to[units["款"]] = numbers[0]
        for number, clause in zip(numbers[1:], written[1:], strict=True):
            moves.new[number] = tuple(line.after for line in clause.lines)

    def _clause_moves(self, place: Provision) -> Moves:
        find_article(self.tree, place)
        return self.changes.clauses.setdefault(place.article, Moves())

    def _item_moves(self, place: Provision) -> Moves:
        article, clause = find_article(self.tree, place), find_clause(self.tree, place)
        return self.changes.items.setdefault(
            (place.article, article.clauses.index(clause)), Moves()
        )


def _once(text: str, word: str, instead: str, name: str) -> str:
    if text.count(word) != 1:
        refuse(f"{name}不止一处")
    return text.replace(word, instead)


def marks_raised(words: Iterable[str]) -> tuple[str, ...]:
    """Raise the marks inside a quotation by one rank: ‘停车场’ is “停车场” in the text."""
    return tuple(word.replace("‘", "“").replace("’", "”") for word in words)


def _short(word: str) -> str:
    return word if len(word) <= 20 else f"{word[:19]}…"
