"""When a text says that it comes into force and expires: 自2017年1月1日起施行，有效期5年.

A statement counts only if the text makes it about itself: its subject is 本办法, 本通知 or the
text's own title, or it has none and follows such a clause, or a clause that publishes (现予公布，
自…起施行). The validity of licences, the dates of other documents in the same sentence and quoted
words are none of its own. Words that name no day (自1985年度起施行, 有效期不超过5年, 暂行) say
nothing. A day counts from the printed one: 自公布之日起30日后施行 is the thirtieth day behind that
of the publication; 有效期5年 from 2017-01-01 ends with 2021-12-31.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from generator.language.dates import DATE, parse_date, valid_date
from generator.language.deadlines import POINTS
from generator.language.document_types import any_of
from generator.language.numerals import FULL_WIDTH_DIGITS, parse_numeral
from generator.language.ordinals import parse_ordinal
from generator.runtime.patterns import lazy_regex

TermKind: TypeAlias = Literal["effective", "expires"]
Event: TypeAlias = Literal["published", "adopted", "approved", "effective"]
Events: TypeAlias = "Mapping[Event, str]"

# while a sentence is read, one character of private use stands for each date, title and quotation
FIRST_DATE, FIRST_TITLE, QUOTED = 0xE000, 0xE400, "\uf8ff"
MOST = FIRST_TITLE - FIRST_DATE  # of each in a sentence; more are left as printed
PRIVATE = lazy_regex(f"[{chr(FIRST_DATE)}-{chr(FIRST_TITLE + MOST)}]")
DAY = f"[{chr(FIRST_DATE)}-{chr(FIRST_TITLE - 1)}]"
TITLE = f"[{chr(FIRST_TITLE)}-{chr(FIRST_TITLE + MOST - 1)}]"
NUMERAL = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"

# 本办法, 本实施细则, 本通知: the text itself; 本合同 and 本证 are others
SELF = (
    rf"(?:本[\u4e00-\u9fff]{{0,6}}?(?:{any_of('own', 'series')}|命令|决议|批复|函|目录|准则|规范"
    r"|解释|指南|修正案|措施|政策|文件|文)|[此该本]件|此文)"
)
# 自公布之日, 从印发之日, 自市政府批准之日, 即日
EVENTS: tuple[tuple[Event, str], ...] = (
    ("published", r"(?:公布|发布|颁布|颁发|印发|下发|发文|行文|签发|公告|通告|发出|公开发布)"),
    ("adopted", "通过"),
    ("approved", r"(?:[\u4e00-\u9fff]{0,16}(?:政府|国务院|委员会|常委会|省委|市委))?批准"),
    ("effective", "(?:施行|实施|执行|生效|试行|实行)"),
)
EVENT = "|".join(f"(?P<{name}>{words})" for name, words in EVENTS)
# behind the day of an event: 次日, 满30日, 三个月后
LATER = (
    rf"(?:的?(?P<next>次日|第二[日天]|翌日)|满?(?P<count>{NUMERAL})(?P<unit>日|天|个月)(?:之?后)?)"
)
MOMENT = (
    rf"(?:(?P<day>{DAY})(?:零时|0时)?|(?P<today>即日)"
    rf"|(?:{SELF}|文件|其)?(?:正式)?(?:{EVENT})(?:(?:之日|当日|之时|日)?[起后]?{LATER}|(?:之日|当日|之时|日)))"
)
SINCE = "(?:[自从于由]|起自)"
ADVERB = "(?:正式|开始|全面|同步|组织|统一|将)*"
IN_FORCE = "(?:施行|实施|执行|生效|试行|实行)"
OUT_OF_FORCE = (
    r"(?:失效|废止|作废|停止执行|停止施行|停止实施|停止使用|终止执行|终止实施|不再执行|终止)"
)
BY_ITSELF = "(?:自动|自行|自然|即行|予以|将|同时|正式|全部|一律|即)*"
LABEL = (
    r"(?:(?:有效|试行|暂行|执行|实施|施行|适用|试用)(?:期限?|时间|日期)|期限|为期|时效"
    r"|试行|施行|执行|实施|有效)"
)
IS = "(?:为|是|[：:]|暂定为?|定为|自)*"
TO = "(?:至|到|—|－|–|~|～|-)+"
LASTS = lazy_regex(
    rf"(?:{LABEL}){IS}(?:{SINCE}?{MOMENT}[起]?(?:计算|算)?(?:为|暂定)?)?"
    rf"(?:(?P<long>{NUMERAL}|半)(?P<of>周?年|个月)(?P<half>半)?)(?:有效)?"
)
UNTIL = lazy_regex(
    rf"(?:(?P<label>{LABEL})|的)?(?:为|是|[：:]|暂定|延长|延续|顺延)*"
    rf"(?P<to>截止|截至|截|止于|止|至|到|时间|日期|于)*(?P<until>{DAY})"
    rf"(?P<stop>为?止|终止|结束|期满|届满)?(?:有效)?后?{BY_ITSELF}(?P<out>{OUT_OF_FORCE})?"
)
RANGE = lazy_regex(
    rf"(?:{LABEL})?{IS}{SINCE}?{MOMENT}(?:之日)?起?{TO}(?P<until>{DAY})(?:为?止)?(?:期间)?"
    rf"(?:有效|{IN_FORCE})?"
)
ENDS = lazy_regex(
    rf"(?P<since>[自从于]?)(?P<until>{DAY})(?P<begin>之?日?起|开始)?{BY_ITSELF}{OUT_OF_FORCE}"
)
# 自2017年1月1日起施行, and a term behind the verb: 试行两年, 施行至2020年12月31日
BEGINS = lazy_regex(
    rf"(?P<since>(?:定|将|拟定)?{SINCE})?{MOMENT}(?P<begin>之日起|日起|起|开始|后)?{ADVERB}"
    rf"(?P<verb>{IN_FORCE})(?P<rest>.*)"
)
DATED = lazy_regex(rf"的?(?:施行|实施|执行|生效)(?:日期|时间|之日)(?:为|是|[：:])+自?{MOMENT}起?")
# 本《办法》 names the text itself, 《某某办法》 only if that is its title
OWN = lazy_regex(rf"(?:(?P<self>{SELF}|本{TITLE})|(?P<title>{TITLE}))的?")
TURNED = lazy_regex(rf"(?P<since>{SINCE}{DAY}起)，(?P<self>{SELF})")  # 自…起，本办法废止
HANDS_ON = lazy_regex(
    r"^(?:现将?|经[^，]{0,40})?[^，]{0,60}(?:现|予以|现予|现将)[^，]{0,60}?"
    r"(?:公布|发布|印发|颁布|下发|通告|公告)"
)
AFTER_OWN = lazy_regex(r"^(?:并|由|经|请|现|已经|业经)|解释$|^[\u4e00-\u9fff]{2,20}(?:负责|解释)")
TIME = lazy_regex(r"[年月日天\d]")
FORCE = lazy_regex(
    "施行|实施|执行|生效|试行|实行|试用|暂行|有效|失效|期限|为期|时效|废止|作废|停止|终止"
)
BRACKET = lazy_regex(r"[（(][^（()）]{0,60}[）)]")
QUOTES = {"“": 1, "”": -1}
SENTENCE = lazy_regex(r"[^。；！？\n]++[。；！？\n]?")
IN_TITLE = lazy_regex(r"《(?P<title>[^《》]{1,120})》|〈[^〈〉]{1,80}〉")
END_OF_MONTH = lazy_regex(r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?(?:底|末)")
CONTRACTED = lazy_regex(r"\s++")


class Moment(NamedTuple):
    """A day, printed or that of an event, and how much later: 自公布之日起30日后."""

    day: str = ""
    event: Event | None = None
    later: int = 0
    unit: str = ""

    def on(self, events: Events) -> str:
        """Give the day; empty if that of the event is not known."""
        day = self.day or (events.get(self.event, "") if self.event else "")
        return add_time(day, self.later, self.unit) if day and self.later else day


NO_MOMENT = Moment()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of its own text: since when it is in force, or how long."""

    kind: TermKind
    sentence: str
    moment: Moment = NO_MOMENT  # of a term: where it begins, if the sentence says it
    until: str = ""  # the last day in force, if it is printed
    lasts: tuple[int, str] = (0, "")  # 5, 年


def add_time(day: str, count: int, unit: str) -> str:
    """Give the day so much later: 30, 日 or 2, 年; empty beyond the calendar."""
    try:
        start = date.fromisoformat(day)
        if unit in ("日", "天"):
            return (start + timedelta(days=count)).isoformat()
        months = start.year * 12 + start.month - 1 + count * (12 if "年" in unit else 1)
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return start.replace(year, month + 1, min(start.day, last)).isoformat()
    except (ValueError, OverflowError):
        return ""


def find_statements(
    text: str, is_own: Callable[[str], bool], *, alone: bool = True
) -> Iterator[Statement]:
    """Find what a text says of its own validity, in order; quoted words are left out.

    ``is_own`` says whether a title is that of the text. ``alone`` says whether a clause without a
    subject at the beginning can be about the text: not in an item （一） of a list.
    """
    if not may_say(text):
        return
    masked = mask_quotes(text)
    ordinal = parse_ordinal(masked)
    is_own_before = False
    for found in SENTENCE.finditer(masked):
        if not may_say(found.group()):
            is_own_before = False
            continue
        is_first = found.start() == 0
        start = ordinal.end if ordinal and is_first else found.start()
        printed = text[found.start() : found.end()].strip()
        reader = _Sentence(masked[start : found.end()], printed, is_own)
        said = list(reader.read(follows=is_own_before, alone=alone and is_first))
        is_own_before = bool(said) and reader.is_own
        yield from said


def may_say(text: str) -> bool:
    """Whether a text has words that a statement needs: a cheap first test."""
    return bool(TIME.search(text) and FORCE.search(text))


def mask_quotes(text: str) -> str:
    """Replace each quotation by characters of private use; the text keeps its length."""
    if "“" not in text:
        return text
    depth, shown = 0, []
    for char in text:
        depth += char == "“"
        shown.append(QUOTED if depth else char)
        depth = max(depth - (char == "”"), 0)
    return "".join(shown)


@dataclass(slots=True)
class _Sentence:
    """Reads one sentence, clause after clause."""

    text: str
    printed: str
    is_own_title: Callable[[str], bool]
    is_own: bool = False  # whether the last clause was about the text itself
    days: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def read(self, *, follows: bool, alone: bool) -> Iterator[Statement]:
        clauses = self._clauses()
        self.is_own = follows
        for n, clause in enumerate(clauses):
            subject = OWN.match(clause)
            if subject and (not subject["title"] or self._owns(subject["title"])):
                self.is_own = True
                yield from self._said(clause[subject.end() :], named=True)
                continue
            may_begin = alone and n == 0 and len(clauses) < 3
            said = list(self._said(clause, named=self.is_own))
            if said and (self.is_own or (may_begin and said[0].kind == "effective")):
                self.is_own = True
                yield from said
            elif HANDS_ON.search(clause):
                self.is_own = True
            elif subject or not (self.is_own and AFTER_OWN.search(clause)):
                self.is_own = False

    def _clauses(self) -> list[str]:
        text = PRIVATE.sub(QUOTED, self.text)  # a text has no mark of ours
        text = text.translate(FULL_WIDTH_DIGITS).rstrip("。；！？\n")
        text = CONTRACTED.sub("", BRACKET.sub("", IN_TITLE.sub(self._title, text)))
        text = POINTS.sub(r"\1年\3月\4日", text)
        text = END_OF_MONTH.sub(self._end, DATE.sub(self._day, text))
        text = TURNED.sub(r"\g<self>\g<since>", text)
        return re.split("[，,]", text)

    def _title(self, found: re.Match[str]) -> str:
        if not found["title"] or len(self.titles) == MOST:
            return found.group()
        self.titles = (*self.titles, found["title"])
        return chr(FIRST_TITLE + len(self.titles) - 1)

    def _owns(self, mark: str) -> bool:
        return self.is_own_title(self.titles[ord(mark) - FIRST_TITLE])

    def _day(self, found: re.Match[str]) -> str:
        return self._mark(parse_date(found.group())) or found.group()

    def _end(self, found: re.Match[str]) -> str:
        year, month = int(found["year"]), int(found["month"] or 12)
        last = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        return self._mark(valid_date(f"{year:04}-{month:02}-{last:02}")) or found.group()

    def _mark(self, day: str) -> str:
        if not day or len(self.days) == MOST:
            return ""
        self.days = (*self.days, day)
        return chr(FIRST_DATE + len(self.days) - 1)

    def _at(self, mark: str) -> str:
        return self.days[ord(mark) - FIRST_DATE]

    def _moment(self, found: re.Match[str]) -> Moment:
        if found["day"]:
            return Moment(self._at(found["day"]))
        if found["today"]:
            return Moment(event="published")
        event = next(name for name, _ in EVENTS if found[name])
        if found["next"]:
            return Moment(event=event, later=1, unit="日")
        count = parse_numeral(found["count"] or "") or 0
        return Moment(event=event, later=count, unit=found["unit"] or "")

    def _said(self, clause: str, *, named: bool) -> Iterator[Statement]:
        """Read a clause without its subject; it says nothing unless it is read to its end."""
        if (found := BEGINS.fullmatch(clause)) and (found["since"] or found["begin"]):
            moment, rest = self._moment(found), found["rest"]
            if moment.event == "effective":
                return
            term = self._term(found["verb"] + rest) if rest else None
            if not rest or term or OWN.fullmatch(rest):
                yield Statement("effective", self.printed, moment)
                if term:
                    yield term
        elif found := DATED.fullmatch(clause):
            yield Statement("effective", self.printed, self._moment(found))
        elif found := RANGE.fullmatch(clause):
            if (moment := self._moment(found)).event != "effective":
                yield Statement("effective", self.printed, moment)
            yield Statement("expires", self.printed, until=self._at(found["until"]))
        elif found := ENDS.fullmatch(clause):
            if named or found["since"] or found["begin"]:
                until = self._at(found["until"])
                last = add_time(until, -1, "日") if found["begin"] else until
                yield Statement("expires", self.printed, until=last)
        elif term := self._term(clause):
            yield term

    def _term(self, clause: str) -> Statement | None:
        if found := LASTS.fullmatch(clause):
            has_start = found["day"] or found["today"] or any(found[name] for name, _ in EVENTS)
            moment = self._moment(found) if has_start else NO_MOMENT
            unit = "年" if "年" in found["of"] else "月"
            number = found["long"]
            count = 6 if number == "半" else (parse_numeral(number) or 0)
            if number == "半" or found["half"]:
                count = count if number == "半" else count * 12 + 6
                unit = "月"
            if count and not (found["half"] and "年" not in found["of"]):
                return Statement("expires", self.printed, moment, lasts=(count, unit))
        elif (found := UNTIL.fullmatch(clause)) and (found["to"] or found["stop"]):
            return Statement("expires", self.printed, until=self._at(found["until"]))
        return None


def days_of(statements: Sequence[Statement], events: Events) -> list[str]:
    """Give the day that each statement names; empty where it is not known.

    A term that says no beginning begins when the text comes into force, by the statement before
    it, else by the only other one.
    """
    begins = [day for s in statements if s.kind == "effective" and (day := s.moment.on(events))]
    only = begins[0] if len(set(begins)) == 1 else ""
    days, since = [], ""
    for statement in statements:
        if statement.kind == "effective":
            day = since = statement.moment.on(events)
        elif statement.until:
            day = statement.until
        else:
            known: Events = {**events, "effective": since or only}
            is_said = statement.moment != NO_MOMENT
            start = statement.moment.on(known) if is_said else since or only
            after = add_time(start, *statement.lasts) if start else ""
            # half a year from 31 August ends with the last of February, which has no such day
            day = add_time(after, -(after[8:] == start[8:]), "日") if after else ""
        days.append(day)
    return days
