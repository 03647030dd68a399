"""The head of a document (公文首部): number, history, organ, addressees, in printed order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.language.dates import DATE, is_like_date, is_whole_date, parse_date
from generator.language.document_numbers import (
    NUMBER_WITHIN,
    SERIAL_ALONE,
    is_like_number,
    restore_numbers,
)
from generator.language.document_types import ATTACHED, any_of, document_type
from generator.language.head_parts import labelled_date, read_head_line, read_number_line
from generator.language.ideographs import HAN_OF_NAMES
from generator.language.ordinals import parse_ordinal
from generator.language.organs import (
    ADDRESSEE,
    BRANCH,
    ORGAN,
    PERSON,
    SPEAKER,
)
from generator.language.person_names import DOTS, DOTTED
from generator.language.secrecy import is_secrecy_mark
from generator.model import (
    Lines,
    Paragraph,
    ParagraphKind,
)
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.body import (
    LABEL,
    LABEL_WITH_TITLE,
    NOTE,
    is_signature,
)
from generator.stages.parse.entry_lines import is_contents_word
from generator.stages.parse.lines import SENTENCE_ENDS, Line
from generator.stages.parse.number_lines import LONGEST_BESIDE, stands_beside

HISTORY_WORD = lazy_regex(r"发布|公布|通过|批准|施行|修订|修正|修改|颁布|印发|公告|令")
LONGEST_HISTORY, ONLY_DATE = 600, 40  # characters of a note; of one with only organ and date
# the end of a sentence that introduces a list; no name of an addressee ends like this
LEAD_IN = lazy_regex(rf"(?:{any_of('leads')}|如下|要求|为了?|是|任命|免去|事项|补充)$")
# words of a sentence that ends in a colon, not of names: 经市政府研究，决定授予下列单位…称号：
SENTENCE = lazy_regex(
    r"决定|授予|下列|以下(?!简称)|审议|^(?:为|根据|按照|依照|依据|鉴于|经(?![济开信贸营]))"
)
# 王建国 李 军 张小红: short words with blanks between them
NAMES = lazy_regex(
    rf"(?:[{HAN_OF_NAMES}{DOTS}]{{1,4}}[ \u3000\xa0]++){{2,20}}[{HAN_OF_NAMES}{DOTS}]{{1,4}}"
)
# ——2019年4月25日在某某市第十六届人民代表大会常务委员会第十九次会议上
SPOKEN = lazy_regex(rf"[（(]?[—－–-]{{0,4}}(?:{DATE.pattern})在", re.VERBOSE)
LONGEST_SPOKEN = 120
NAME_ALONE = lazy_regex(rf"(?!各|同志|目|前言|引言)(?:{DOTTED}|[{HAN_OF_NAMES}{DOTS}]{{2,4}})")
MOST_PART_LINES, MOST_ORGANS = 8, 4  # lines of a part of a head; organs under a title


def read_head(lines: Sequence[Line]) -> tuple[tuple[Paragraph, ...], Sequence[Line]]:
    """Read number, history, organ and addressees in printed order; give the lines after them too.

    What else stands there does not end the head and becomes a paragraph at its place: a mark of
    secrecy or urgency, the number of a register or of a copy, the person who signed it off, a
    picture of a seal.
    """
    head: list[Paragraph] = []
    n = 0
    while n < len(lines):
        kind, taken = _head_part(lines[n : n + MOST_PART_LINES], head)
        if not taken and (pictures := _pictures_between(lines[n : n + MOST_PART_LINES], head)):
            kind, taken = "picture", 1
            head += [line.paragraph("picture") for line in lines[n : n + pictures - 1]]
            n += pictures - 1
        if not taken:
            break
        whole = lines[n].paragraph() if taken == 1 else join_lines(lines[n : n + taken])
        head.append(replace(whole, kind=kind))
        n += taken
    return tuple(head), lines[n:]


def _head_part(lines: Sequence[Line], head: Sequence[Paragraph]) -> tuple[ParagraphKind, int]:
    """Give the part of a head that the lines begin with, and the count of its lines; 0 for none."""
    if not lines or not lines[0].is_text or lines[0].decided:
        return "paragraph", 0
    line = lines[0]
    kinds = {paragraph.kind for paragraph in head}
    if "number" not in kinds and _is_number(line):
        return "number", 1
    if not kinds & {"addressees", "signature"} and stands_beside(line):
        is_number = "number" not in kinds and _is_misread(line)
        return "number" if is_number else "note", 1
    if not kinds & {"number", "addressees"} and _has_unread_number(lines):
        return "number", 1
    is_addressed = any(p.kind == "number" and read_number_line(p.text)[1] for p in head)
    if "addressees" not in kinds and not is_addressed:
        if taken := history_lines(lines[:6]) or _spoken_lines(lines[:3]):
            return "history", taken
        if NOTE.fullmatch(line.compact):
            return "note", 1
        if _signs_head(lines, head):
            return "signature", 1
        if taken := addressee_lines(lines[:5]):
            return "addressees", taken
        signed = bool(head) and head[-1].kind == "signature"
        if labelled_date(line.text):
            return "note", 1
        is_date = is_like_date(line.text) if signed else is_whole_date(line.text)
        if is_date and _is_in_head(lines, head):
            return "date", 1
    return "paragraph", 1 if is_secrecy_mark(line.text, near_title=True) else 0


def _is_number(line: Line) -> bool:
    if SERIAL_ALONE.fullmatch(line.compact):
        return len(line.text) <= 60
    number, addressees = read_number_line(line.text)
    return number is not None and (not addressees or are_addressees(addressees))


def _has_unread_number(lines: Sequence[Line]) -> bool:
    """Whether a line has a number and unknown text beside it: the addressees stand right below."""
    text = lines[0].text
    if len(text) > LONGEST_BESIDE or text[-1] in SENTENCE_ENDS:
        return False
    is_number = NUMBER_WITHIN.search(restore_numbers(text)) or is_like_number(text)
    return bool(is_number) and addressee_lines(lines[1:6]) > 0


def _is_misread(line: Line) -> bool:
    read = read_head_line(line.text)
    return read is not None and read.is_misread


def _pictures_between(lines: Sequence[Line], head: Sequence[Paragraph]) -> int:
    """Count the pictures at the beginning of lines if a further part of the head follows them."""
    pictures = 0
    while pictures < len(lines) and lines[pictures].image:
        pictures += 1
    return pictures if pictures and _head_part(lines[pictures:], head)[1] else 0


def _signs_head(lines: Sequence[Line], head: Sequence[Paragraph]) -> bool:
    """Whether a line below a title names the author: a speaker, or an organ above a date."""
    line, following = lines[0], lines[1:]
    above = head[-1] if head else None
    if above and above.kind == "history" and SPOKEN.match(re.sub(r"\s+", "", above.text)):
        return bool(SPEAKER.fullmatch(line.text) or NAME_ALONE.fullmatch(line.compact))
    if SPEAKER.fullmatch(line.text) and _spoken_lines(following[:3]):
        return True
    if any(p.kind in ("number", "history") for p in head):
        return False
    organs = 0
    while organs < min(len(lines), MOST_ORGANS) and _is_organ(lines[organs]):
        organs += 1
    if not organs or organs + 1 >= len(lines) or not is_like_date(lines[organs].text):
        return False
    # a notice without a text is followed by the title or label of an attachment
    below = lines[organs + 1]
    return not (may_be_title(below) or is_label(below))


def _is_organ(line: Line) -> bool:
    return is_signature(line) and not PERSON.fullmatch(line.text)


def _is_in_head(lines: Sequence[Line], head: Sequence[Paragraph]) -> bool:
    """Whether a date belongs to a head: it follows the organ, or number or addressees follow it."""
    if head and head[-1].kind == "signature":
        return True
    kind, taken = _head_part(lines[1:], [*head, lines[0].paragraph("date")])
    return taken > 0 and kind in ("number", "addressees")


def _spoken_lines(lines: Sequence[Line]) -> int:
    """Count the lines with day and meeting of a report: ——2019年4月25日在…会议上; 0 for none."""
    joined = ""
    for taken, line in enumerate(lines, 1):
        joined += line.compact
        if not line.is_text or not SPOKEN.match(joined) or len(joined) > LONGEST_SPOKEN:
            return 0
        if joined.rstrip("）)").endswith("上"):
            return taken
    return 0


def history_lines(lines: Sequence[Line]) -> int:
    """Count the lines of a history note （1993年5月7日国务院发布）; 0 if there is none."""
    if lines[0].text[0] not in "（(" or stands_beside(lines[0]):
        return 0
    joined = ""
    for taken, line in enumerate(lines, 1):
        joined += line.text
        if len(joined) > LONGEST_HISTORY or not line.is_text:
            return 0
        if joined[-1] in "）)" and sum(map(joined.count, "（(")) <= sum(map(joined.count, "）)")):
            compact = re.sub(r"\s+", "", joined)
            brief = len(compact) <= ONLY_DATE
            return taken if parse_date(compact) and (brief or HISTORY_WORD.search(compact)) else 0
    return 0


def addressee_lines(lines: Sequence[Line]) -> int:
    """Count the lines of the addressees; 0 if the text does not begin with addressees."""
    joined = ""
    for taken, line in enumerate(lines, 1):
        if not line.is_text or parse_ordinal(line.text) or len(line.text) > 300:
            return 0
        if NUMBER_WITHIN.search(line.text) or stands_beside(line) or labelled_date(line.text):
            return 0
        if NAMES.fullmatch(line.text):  # people in a list, not addressees
            return 0
        joined += line.text
        text = joined.rstrip()
        if text[-1] in ":：":
            return taken if are_addressees(text) else 0
        if text[-1] not in ",，、" and (text[-1] in "。；;" or len(line.text) < 12):
            return 0
    return 0


def are_addressees(text: str) -> bool:
    """Whether a text that ends in a colon names organs or people, and introduces no list."""
    name = text.rstrip()[:-1].strip()
    is_lead_in = LEAD_IN.search(name) or SENTENCE.search(name) or "。" in name or "《" in name
    return not is_lead_in and bool(ADDRESSEE.search(name))


def is_label(line: Line) -> bool:
    """Whether a line labels an attachment: 附件1, 附件2 任务分工表."""
    if line.text[:1] != "附" or not line.is_text or len(line.text) > 80:
        return False
    if line.decided not in (None, "attachment"):
        return False
    return bool(LABEL.fullmatch(line.text) or LABEL_WITH_TITLE.match(line.text))


def may_be_title(line: Line) -> bool:
    """Whether a line can be the title of an attachment, or a part of it."""
    text = line.text
    if not line.is_text or len(text) > 60 or parse_ordinal(text) or text[-1] in "。；：，、;:,":
        return False
    if is_contents_word(line):
        return False
    return bool(line.hashes or document_type(text) or ATTACHED.search(text))


def join_title(lines: Sequence[Line]) -> Paragraph:
    """Join the lines of a title, with a blank between organs that each have their own line."""
    organs = 0
    while organs < len(lines) and ORGAN.fullmatch(lines[organs].text):
        if organs and BRANCH.fullmatch(lines[organs].text):
            break
        organs += 1
    return join_lines(lines, parted=organs)


def join_lines(lines: Sequence[Line], parted: int = 0) -> Paragraph:
    """Join lines to one title, with a blank between each of the first ``parted`` lines."""
    text = ""
    breaks: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        text += " " if 0 < n < parted else ""
        breaks.append((len(text), line.number))
        text += line.text
    span = Lines(lines[0].number, lines[-1].number)
    return Paragraph(text, span, tuple(breaks), kind="title", hashes=lines[0].hashes)
