"""Readings that a scan may have confused: which of them is far likelier than what stands there.

Each place where a text surprises is tried with what scans do: a character for one that looks like
it, two characters changed over, one or two doubled, one lost. What is printed and what may be meant
are weighed by the model of official Chinese and by the text's own voice. The weights were fitted on
misreadings planted in issues (benchmarks/bench_misprints.py).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.language.channel_weights import Kind, Weights, channel_weights
from generator.language.character_model import (
    BEGIN,
    END,
    FIRST,
    UNKNOWN,
    CharacterModel,
    Ids,
    Logs,
    mark,
    official_chinese,
)
from generator.language.look_alikes import GRADES, look_alikes, shapes
from generator.language.voice import Voice

SURPRISE = 16.0  # nats that three characters must cost to be worth a try
SURPRISE_LOST = 16.0
SURPRISE_OVER = 18.0  # that four must cost
SURPRISE_ALIKE, NEAR = 19.0, 0.4  # likeness of shapes
SURPRISE_UNLIKE = 26.0
LEAST_ALIKE = 0.15
GAIN, GAIN_LOST = 5.0, 9.0  # nats that a reading must gain
POOR = -7.0  # nats for each character: a reading as unlikely as this explains nothing
# how sure a reading must be; a look-alike by its grade in the table, the unlisted last: what the
# table lists as most alike is seldom a false alarm
LIKELIER = 0.7
LIKELIER_ALIKE = np.array([0.55, 0.65, 0.7, 0.8])
GRADED = slice(Weights._fields.index("grade_1") - 1, Weights._fields.index("unlisted"))
FEW, OUTVOTES = 5, 3  # what occurs so few times more, and a reading so many times as often
# the likeness of a character without a picture, by grade: the median of those that have one
SUPPOSED = np.array([0.57, 0.39, 0.35, 0.0])
CHUNK = 8192  # pairs of shapes compared at once
SOME = 512  # shapes compared with all others at once
A_TEXT = 30  # pairs of the model that one of the text's own pairs weighs as much as
FRAME = 6  # of padding
AROUND = 2  # characters on each side of a reading that may not have a second one


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place that is probably misread."""

    kind: Kind
    text: int  # the number of the text
    start: int
    end: int
    reading: str
    confidence: float  # from 0 to 1


# single characters that are printed twice on purpose: 人人, 层层; figures: 二○一一
REDUPLICATED = frozenset(
    "某人层村户天年家处事时常渐往刚仅纷种样件条月日步逐频谆津井蒸欣勃屡偏明暗点些看想试谈说"
    "一二三四五六七八九零〇重区校乡镇县市国等源滚熊炯堂泱茫皇太星爸妈爷奶哥姐弟妹宝谢多少久"
)


class _Places(NamedTuple):
    """The characters of texts as one sequence, each run between BEGIN and END."""

    sequence: Ids  # with padding on both sides
    text: NDArray[np.int64]  # of each place without padding: the number of the text
    offset: NDArray[np.int64]  # … and the offset in it; -1 for BEGIN and END


def suspects(texts: Sequence[str], learned: Mapping[str, int] | None = None) -> list[Suspect]:
    """Give the places of texts that are probably misread, with their likeliest readings."""
    return Channel(texts, learned).suspects()


def _places(model: CharacterModel, texts: Sequence[str]) -> tuple[_Places, str]:
    """Give numbers to the characters of texts.

    Characters that the model lacks get numbers above its own, and are given as well.
    """
    whole = "\n".join(texts)
    units = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = (units >= 0x3400) & (units <= 0x9FFF)
    ids = model.ids(whole)
    strange = inside & (ids == UNKNOWN)
    strangers, numbers = np.unique(units[strange], return_inverse=True)
    ids[strange] = model.size + numbers
    at = np.nonzero(inside)[0]
    begins = inside & ~np.r_[False, inside[:-1]]
    ends = inside & ~np.r_[inside[1:], False]
    step = 1 + begins[at].astype(np.int64) + ends[at]
    # each character stands behind all before it, and behind the BEGIN of its own run
    where = np.cumsum(step) - 1 - ends[at]
    length = int(step.sum())
    sequence = np.full(length + 2 * FRAME, BEGIN, np.int64)
    sequence[where + FRAME] = ids[at]
    sequence[where[ends[at]] + 1 + FRAME] = END
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    text, offset = np.zeros(length, np.int64), np.full(length, -1)
    text[where] = np.searchsorted(starts, at, "right") - 1
    offset[where] = at - starts[text[where]]
    return _Places(sequence, text, offset), "".join(map(chr, strangers))


class Readings(NamedTuple):
    """Readings of places, with the evidence for each."""

    place: Ids
    length: int  # of what stands there
    reading: Ids  # a row of ids for each
    evidence: Logs  # a row for each, in the order of Weights without its bias


class Channel:
    """The places of texts, what the model and the texts say of them, and the readings to try."""

    def __init__(self, texts: Sequence[str], learned: Mapping[str, int] | None = None):
        self.model = official_chinese()
        self.texts = texts
        self.places, strangers = _places(self.model, texts)
        self.characters = self.model.characters + strangers
        size = len(self.characters)
        self.sequence = self.places.sequence
        self.voice = Voice(self.sequence, size, self._keys(learned, size) if learned else None)
        self.count = count = len(self.places.text)
        self.at = self.sequence[FRAME : FRAME + count]
        # what each place costs, and some beyond the last; by the model alone, where what stands
        # there is so seldom that the same misreading may have come several times
        before, one, two = (self.sequence[FRAME - n : FRAME - n + count + 4] for n in (2, 1, 0))
        known = self.model.probabilities(*map(self._known, (before, one, two)))
        self.cost = -np.log(self.voice.mixed(before, one, two, known, own=1))
        self.alone = -np.log(known)
        seldom = self.voice.pairs(one, two) <= FEW + 1
        self.tried = np.where(seldom, np.maximum(self.alone, self.cost), self.cost)
        self.seen = self.model.pairs_seen()
        pairs = np.unique(self._known(one) * self.model.size + self._known(two))
        mark(self.seen, pairs[pairs >= self.model.size * BEGIN])

    def _keys(self, learned: Mapping[str, int], size: int) -> tuple[Ids, Ids]:
        """Give the keys of learned pairs and triples, as Voice has them, and their counts."""
        keys: list[Ids] = []
        counts: list[Ids] = []
        for length in (2, 3):
            grams = [gram for gram in learned if len(gram) == length]
            ids = self.model.ids("".join(grams)).reshape(-1, length)
            known = (ids != UNKNOWN).all(1)
            columns = ids[known].T
            key = columns[0] * size + columns[1]
            keys.append(key + size**3 if length == 2 else key * size + columns[2])
            counts.append(np.array([learned[gram] for gram in grams], np.int64)[known])
        return np.concatenate(keys), np.concatenate(counts)

    def _known(self, ids: Ids) -> Ids:
        return np.where(ids < self.model.size, ids, UNKNOWN)

    def _logs(self, before: Ids, one: Ids, two: Ids, own: int = 0) -> Logs:
        known = self.model.probabilities(self._known(before), self._known(one), self._known(two))
        logs: Logs = np.log(self.voice.mixed(before, one, two, known, own))
        return logs

    def _seen(self, one: Ids, two: Ids, own: int = 0) -> Logs:
        known = self.model.pair_counts(self._known(one), self._known(two))
        own_pairs = np.maximum(self.voice.pairs(one, two) - own, 0)
        seen: Logs = np.log1p(known + A_TEXT * own_pairs)
        return seen

    def surprise(self, length: int) -> Logs:
        """Add up the costs of each place and of those behind it that depend on it."""
        total = np.zeros(self.count)
        for n in range(length):
            total += self.tried[n : n + self.count]
        return total

    def _around(self, place: Ids, shift: int) -> Ids:
        return self.sequence[place + FRAME + shift]

    def weigh(self, place: Ids, length: int, reading: Ids, grade: Ids) -> Readings:
        """Weigh readings against the ``length`` characters that stand at each place.

        The two characters behind them depend on them as well.
        """
        reached = reading.shape[1] + 2
        gain = GAIN if length else GAIN_LOST
        row = np.stack([
            self._around(place, -2), self._around(place, -1), *reading.T,
            self._around(place, length), self._around(place, length + 1),
        ])  # fmt: skip
        log = np.zeros(len(place))
        alone, cost = (self._printed(costs, place, length) for costs in (self.alone, self.cost))
        most = np.maximum(alone, cost)
        # each step makes a reading less likely only, so what has lost is left at once, first by the
        # step that tells most; what ends a run ends the dependence
        for n in (1, *(n for n in range(reached) if n != 1)):
            log = log + self._logs(*row[n : n + 3])
            kept = (log + most > gain) & (log > POOR * reached)
            place, log, grade, row = place[kept], log[kept], grade[kept], row[:, kept]
            alone, cost, most = alone[kept], cost[kept], most[kept]
        outvoted = self._outvoted(place, length, list(row))
        printed = np.where(outvoted, alone, cost)
        pairs = np.stack([self._seen(row[n], row[n + 1]) for n in range(1, reached)])
        weakest, strongest = pairs.min(0), pairs.max(0)
        kept = ((weakest > 0) | (length > 1)) & (log + printed > gain)
        place, log, grade, row = place[kept], log[kept], grade[kept], row[:, kept]
        outvoted, printed = outvoted[kept], printed[kept]
        weakest, strongest = weakest[kept], strongest[kept]
        reading = row[2:-2].T
        beside = [(self._around(place, n - 1), self._around(place, n)) for n in range(length + 1)]
        own = [
            np.where(outvoted, self._seen(*pair, own=FEW + 1), self._seen(*pair, own=1))
            for pair in beside
        ]
        first = self._around(place, 0)
        edge = (row[1] == BEGIN) | (row[-2] == END)
        evidence = np.c_[
            log + printed, log, weakest, strongest, edge,
            self._likeness(first, reading[:, 0], grade) if length == 1 else np.zeros(len(place)),
            grade == 1, grade == 2, grade == GRADES,
            np.min(own, axis=0), np.max(own, axis=0), np.log(self.voice.singles(first)),
            np.log(self.model.frequency[self._known(first)]),
        ].astype(np.float64)  # fmt: skip
        return Readings(place, length, reading, evidence)

    @staticmethod
    def _printed(cost: Logs, place: Ids, length: int) -> Logs:
        """Add up the costs of what stands at each place and of the two characters behind it."""
        total = np.zeros(len(place))
        for n in range(length + 2):
            total += cost[place + n]
        return total

    def _outvoted(self, place: Ids, length: int, row: Sequence[Ids]) -> NDArray[np.bool_]:
        """Whether the text has each reading so much oftener than what stands there.

        Then what stands there may be the same misreading several times, and does not speak for
        itself.
        """
        printed = np.min(
            [
                self.voice.pairs(self._around(place, n - 1), self._around(place, n))
                for n in range(length + 1)
            ],
            axis=0,
        )
        pairs = itertools.pairwise(row[1:-1])
        reading = np.min([self.voice.pairs(one, two) for one, two in pairs], axis=0)
        outvoted: NDArray[np.bool_] = (printed <= FEW + 1) & (reading >= OUTVOTES * printed)
        return outvoted

    def look_alikes(self) -> Readings:
        """Try each surprising character with those that look like it."""
        place = np.nonzero((self.at >= FIRST) & (self.surprise(3) > SURPRISE))[0]
        table = _table()
        rows = [table.get(self._character(int(p)), NONE) for p in place]
        counts = [len(ids) for ids, _ in rows]
        place = np.repeat(place, counts)
        reading = np.concatenate([ids for ids, _ in rows] or [NONE[0]])
        grade = np.concatenate([grades for _, grades in rows] or [NONE[1]])
        before, behind = self._around(place, -1), self._around(place, 1)
        possible = self._possible(before, reading) & self._possible(reading, behind)
        possible &= (grade < GRADES - 1) | (self.surprise(3)[place] > SURPRISE_ALIKE)
        place, reading, grade = place[possible], reading[possible], grade[possible]
        listed = place * self.model.size + reading
        for others in (self._alike(), self._expected()):
            new = ~np.isin(others[0] * self.model.size + others[1], listed)
            place, reading = np.r_[place, others[0][new]], np.r_[reading, others[1][new]]
            listed = place * self.model.size + reading
        grade = np.r_[grade, np.full(len(place) - len(grade), GRADES)]
        return self.weigh(place, 1, reading[:, None], grade)

    def _alike(self) -> tuple[Ids, Ids]:
        """Give for surprising places those whose small picture is near."""
        place = np.nonzero((self.at >= FIRST) & (self.surprise(3) > SURPRISE_ALIKE))[0]
        rows = shapes(self.model.characters)
        distinct, which = np.unique(self._known(self.at[place]), return_inverse=True)
        near = [
            np.nonzero(rows[distinct[start : start + SOME]] @ rows.T > NEAR)
            for start in range(0, len(distinct), SOME)
        ]
        counts = np.bincount(
            np.concatenate([n * SOME + owner for n, (owner, _) in enumerate(near)] or [NONE[0]]),
            minlength=len(distinct),
        )
        readings = np.concatenate([reading for _, reading in near] or [NONE[0]])
        # the readings of each distinct character stand together; each place takes those of its own
        first = np.cumsum(counts) - counts
        many = counts[which]
        inside = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        reading = readings[np.repeat(first[which], many) + inside]
        place = np.repeat(place, many)
        possible = (
            (reading >= FIRST)
            & (reading != self.at[place])
            & self._possible(self._around(place, -1), reading)
        )
        place, reading = place[possible], reading[possible]
        possible = self._possible(reading, self._around(place, 1))
        return place[possible], reading[possible]

    def _expected(self) -> tuple[Ids, Ids]:
        """Give for very surprising places what was seen after such pairs, alike or not."""
        place = np.nonzero((self.at >= FIRST) & (self.surprise(3) > SURPRISE_UNLIKE))[0]
        before, one = (self._known(self._around(place, shift)) for shift in (-2, -1))
        asked, reading = self.model.thirds(before, one)
        place = place[asked]
        possible = (reading >= FIRST) & (reading != self.at[place])
        possible &= self._possible(reading, self._around(place, 1))
        place, reading = place[possible], reading[possible]
        alike = self._likeness(self.at[place], reading) > LEAST_ALIKE
        return place[alike], reading[alike]

    def _likeness(self, one: Ids, other: Ids, grade: Ids | None = None) -> Logs:
        """Give the likeness of shapes; by the grade of the table where there is no picture."""
        rows = shapes(self.model.characters)
        drawn = one < self.model.size
        one, other = self._known(one), self._known(other)
        likeness = np.empty(len(one))
        for start in range(0, len(one), CHUNK):
            some = slice(start, start + CHUNK)
            likeness[some] = np.einsum("ij,ij->i", rows[one[some]], rows[other[some]])
        if grade is not None:
            likeness = np.where(drawn, likeness, SUPPOSED[grade])
        return likeness

    def _possible(self, one: Ids, two: Ids) -> NDArray[np.bool_]:
        """Whether each pair was seen, in the model or in the texts."""
        key = self._known(one) * self.model.size + self._known(two)
        bits: NDArray[np.bool_] = (self.seen[key >> 3] >> (key & 7).astype(np.uint8)) & 1 > 0
        return bits

    def changed_over(self) -> Readings:
        """Try each surprising pair of different characters the other way round."""
        one, two = self.at, self.sequence[FRAME + 1 : FRAME + 1 + self.count]
        both = (one >= FIRST) & (two >= FIRST) & (one != two)
        place = np.nonzero(both & (self.surprise(4) > SURPRISE_OVER))[0]
        reading = np.c_[two[place], one[place]]
        return self.weigh(place, 2, reading, np.zeros(len(place), np.int64))

    def doubled(self, length: int) -> Readings:
        """Try each group of characters that stands twice once."""
        same = np.ones(self.count, bool)
        for n in range(length):
            one = self.sequence[FRAME + n : FRAME + n + self.count]
            other = self.sequence[FRAME + n + length : FRAME + n + length + self.count]
            same &= (one == other) & (one >= FIRST)
        if length == 1:
            same &= ~np.isin(self.at, self.model.ids("".join(sorted(REDUPLICATED))))
        place = np.nonzero(same)[0]
        reading = np.stack([self._around(place, n) for n in range(length)], 1)
        return self.weigh(place, 2 * length, reading, np.zeros(len(place), np.int64))

    def lost(self) -> Readings:
        """Try a character more in front of each surprising one, of those seen after such pairs."""
        cost = self.cost[: self.count] + self.cost[1 : self.count + 1]
        place = np.nonzero((self.at >= FIRST) & (cost > SURPRISE_LOST))[0]
        before, one = (self._known(self._around(place, shift)) for shift in (-2, -1))
        asked, reading = self.model.thirds(before, one)
        place = place[asked]
        possible = (reading >= FIRST) & self._possible(reading, self._around(place, 0))
        place, reading = place[possible], reading[possible, None]
        return self.weigh(place, 0, reading, np.zeros(len(place), np.int64))

    def tried_readings(self) -> list[tuple[Kind, Readings]]:
        """Try all that scans do, and give the evidence for each reading worth a thought."""
        return [
            ("look-alike", self.look_alikes()),
            ("changed-over", self.changed_over()),
            ("doubled", self.doubled(1)),
            ("doubled", self.doubled(2)),
            ("lost", self.lost()),
        ]

    def suspects(self) -> list[Suspect]:
        """Give the likeliest reading of each place at which one is likelier than not, in order."""
        found: list[Suspect] = []
        for kind, readings in self.tried_readings():
            weights = np.array(channel_weights()[kind])
            confidence = 1 / (1 + np.exp(-weights[0] - readings.evidence @ weights[1:]))
            least: float | Logs = LIKELIER
            if kind == "look-alike":
                grade = readings.evidence[:, GRADED] @ np.arange(1, GRADES + 1)
                least = LIKELIER_ALIKE[grade.astype(np.int64)]
            found += [
                self._suspect(kind, readings, int(n), float(confidence[n]))
                for n in np.nonzero(confidence > least)[0]
            ]
        found.sort(key=lambda s: (-s.confidence, s.text, s.start, s.end, s.reading))
        taken: set[tuple[int, int]] = set()
        best = []
        for one in found:
            around = {(one.text, n) for n in range(one.start - AROUND, one.end + AROUND + 1)}
            if not taken & around:
                best.append(one)
                taken |= {(one.text, n) for n in range(one.start, max(one.end, one.start + 1))}
        return sorted(best, key=lambda s: (s.text, s.start))

    def _suspect(self, kind: Kind, readings: Readings, n: int, confidence: float) -> Suspect:
        place = readings.place[n]
        text, start = int(self.places.text[place]), int(self.places.offset[place])
        reading = "".join(self.characters[i] for i in readings.reading[n])
        return Suspect(kind, text, start, start + readings.length, reading, confidence)

    def _character(self, place: int) -> str:
        return self.texts[int(self.places.text[place])][int(self.places.offset[place])]


NONE = (np.empty(0, np.int64), np.empty(0, np.int64))


@cache
def _table() -> dict[str, tuple[Ids, Ids]]:
    """Give the look-alikes of each character as ids of the model, and their grades."""
    model = official_chinese()
    table = {}
    for character, groups in look_alikes().items():
        ids = model.ids("".join(groups))
        table[character] = ids, np.repeat(np.arange(GRADES), [len(group) for group in groups])
    return table
