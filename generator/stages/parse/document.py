"""One document's lines → Document: head, body, close, attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.language.dates import DATE, parse_date, parse_whole_date
from generator.language.document_numbers import (
    NUMBER_WITHIN,
    SERIAL_ALONE,
    SERIES_KIND,
    DocumentNumber,
    read_number_line,
)
from generator.language.document_types import ATTACHED, TAIL, any_of, document_type
from generator.language.ordinals import parse_ordinal
from generator.language.organs import (
    ADDRESSEE,
    BRANCH,
    OPENS_TITLE,
    ORGAN,
    PARTY_BEFORE_STATE,
    PERSON,
    SPEAKER,
    STATE,
)
from generator.language.secrecy import is_secrecy_mark
from generator.model import (
    Attachment,
    AttachmentKind,
    Block,
    Document,
    Lines,
    Paragraph,
    ParagraphKind,
)
from generator.stages.parse.body import (
    ATTACHMENT_NOTE,
    LABEL,
    LABEL_WITH_TITLE,
    NOTE,
    closing_kinds,
    is_signature,
    read_blocks,
)
from generator.stages.parse.contents import is_contents_word
from generator.stages.parse.history_note import read_history
from generator.stages.parse.lines import Line, fold_title, without_footnote
from generator.stages.parse.number_lines import (
    is_letterhead,
    is_number_line,
    is_registration,
    part_number,
    read_series,
)
from generator.stages.parse.segments import Segment

# the words that end the issuer's name in a title
MATTER = re.compile(r"关于|转发|批转|印发|公布|发布|修订|修改|废止|批准|对")
SERIES_TITLE = re.compile(rf"{SERIES_KIND}(?=$|第|[（(\d])")
# 某局关于…的公告, whose number names neither
MATTER_OF_SERIES = re.compile(rf"关于.*的(?P<kind>{SERIES_KIND})(?:{TAIL})?$")
NOTICE_END = re.compile(rf"(?:{any_of('notice')}|会议纪要|决定书|大事记|任免[\u4e00-\u9fff]*)$")
QUOTED = re.compile(r"《([^《》]{2,100}+)》")
OPENING = 1500  # characters of a text that say what it transmits
LONGEST_HISTORY, ONLY_DATE = 600, 40  # characters of a note; of one with organ and date only
HISTORY_WORD = re.compile(r"发布|公布|通过|批准|施行|修订|修正|修改|颁布|印发|公告|令")
# what ends a sentence before a list, and is no name of an addressee
LEAD_IN = re.compile(rf"(?:{any_of('leads')}|如下|要求|为了?|是|任命|免去|事项|补充)$")
# a sentence that a colon ends, and no names: 经市政府研究，决定授予下列单位…称号：
SENTENCE = re.compile(
    r"决定|授予|下列|以下(?!简称)|审议|^(?:为|根据|按照|依照|依据|鉴于|经(?![济开信贸营]))"
)
# 王建国 李 军 张小红: short words that blanks part
NAMES = re.compile(r"(?:[\u4e00-\u9fff·]{1,4}[ \u3000\xa0]++){2,20}[\u4e00-\u9fff·]{1,4}")
# ——2019年4月25日在某某市第十六届人民代表大会常务委员会第十九次会议上
SPOKEN = re.compile(rf"[（(]?[—－–-]{{0,4}}(?:{DATE.pattern})在", re.VERBOSE)
LONGEST_SPOKEN = 120
NAME_ALONE = re.compile(r"(?!各|同志|目|前言|引言)[\u4e00-\u9fff·]{2,4}")
MOST_PART_LINES, MOST_ORGANS = 8, 4  # lines of a part of a head; organs under a title


def read_document(segment: Segment) -> Document:
    """Read a document whose first lines are its title."""
    lines = segment.lines
    preface = _read_preface(lines[: segment.preface])
    titled = lines[segment.preface :]
    title = _join_title(titled[: segment.title_lines])
    rest = titled[segment.title_lines :]
    head, body = _read_head(rest)
    closing = closing_kinds(body)
    own, attached = _split_attachments(body, closing)
    own_closing = closing if not attached else closing_kinds(own)
    blocks: tuple[Block, ...] = (*preface, title, *head, *read_blocks(own, own_closing))
    expected = _expected_titles(blocks, title.text) if attached else frozenset()
    attachments: list[Attachment] = []
    for part in attached:
        attachments.append(_read_attachment(part, expected))
        # a plan names its own: 附件：任务分工
        expected |= _noted_titles(attachments[-1].blocks)
    return identify(
        Document(
            id="",
            entry=segment.entry,
            title="",
            number=None,
            issuer="",
            type="",
            date="",
            lines=Lines(lines[0].number, lines[-1].number),
            blocks=blocks,
            attachments=tuple(attachments),
        )
    )


def _read_preface(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Read what stands before a title: letterhead and number, or a decree.

    国务院令 and 第706号 are one number, though on two lines.
    """
    if not lines:
        return ()
    if is_number_line(lines[-1]) or any(map(is_registration, lines)):
        return tuple(line.paragraph(_preface_kind(line)) for line in lines)
    taken = 2 if len(lines) > 1 and SERIAL_ALONE.fullmatch(lines[1].compact) else 1
    number = replace(_join(lines[:taken]), kind="number")
    return (number, *read_blocks(lines[taken:]))


def _preface_kind(line: Line) -> ParagraphKind:
    if is_registration(line):
        return "note"
    return "number" if is_number_line(line) else "label"


def issuer(title: str, signature: str) -> str:
    """发文机关: what opens the title, else who signs; several are joined with 、."""
    if series := read_series(title):
        return _listed(series["organs"].strip())
    if length := issuer_length(title):
        return _listed(title[:length].strip())
    if speaker := SPEAKER.fullmatch(signature):  # of a report
        return speaker["organ"] if ORGAN.fullmatch(speaker["organ"]) else ""
    # a head of government signs for the organ, and is none; nor is who gives a report
    name = re.sub(r"[、\s\u3000]+", " ", signature)
    is_person = PERSON.fullmatch(name) or (NAME_ALONE.fullmatch(name) and not ORGAN.fullmatch(name))
    return "" if is_person else _listed(signature)


def issuer_length(title: str) -> int:
    """How many characters of a title name who issued it, blanks behind them too; 0 for none."""
    found = MATTER.search(title)
    if not found:
        return 0
    name = title[: found.start()].strip()
    is_organ = found.group() != "对" or ORGAN.fullmatch(name)
    return found.start() if 2 <= len(name) <= 60 and "《" not in name and is_organ else 0


def _listed(names: str) -> str:
    parts = (name.removeprefix(STATE) for name in re.split(r"[、\s\u3000]+", names))
    return "、".join(PARTY_BEFORE_STATE.sub(r"\g<0>、", part) for part in parts if part)


def _join_title(lines: Sequence[Line]) -> Paragraph:
    """Make one title of its lines, with a blank between organs in lines of their own."""
    organs = 0
    while organs < len(lines) and ORGAN.fullmatch(lines[organs].text):
        if organs and BRANCH.fullmatch(lines[organs].text):
            break
        organs += 1
    return _join(lines, parted=organs)


def _join(lines: Sequence[Line], parted: int = 0) -> Paragraph:
    """Make one title of the lines it was printed on, a blank between the first ``parted``."""
    text = ""
    breaks: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        text += " " if 0 < n < parted else ""
        breaks.append((len(text), line.number))
        text += line.text
    span = Lines(lines[0].number, lines[-1].number)
    return Paragraph(text, span, tuple(breaks), kind="title", hashes=lines[0].hashes)


def _read_head(lines: Sequence[Line]) -> tuple[tuple[Paragraph, ...], Sequence[Line]]:
    """Read number, history, organ and addressees, in the order that they are printed in.

    A mark of secrecy and the number of a register among them stay where they are, and hide none.
    """
    head: list[Paragraph] = []
    n = 0
    while n < len(lines):
        kind, taken = _head_part(lines[n : n + MOST_PART_LINES], head)
        if not taken:
            break
        whole = lines[n].paragraph() if taken == 1 else _join(lines[n : n + taken])
        head.append(replace(whole, kind=kind))
        n += taken
    return tuple(head), lines[n:]


def _head_part(lines: Sequence[Line], head: Sequence[Paragraph]) -> tuple[ParagraphKind, int]:
    """Tell what part of a head the lines begin with, and how many it takes; 0 for none."""
    if not lines or not lines[0].is_text:
        return "paragraph", 0
    line = lines[0]
    kinds = {paragraph.kind for paragraph in head}
    if "number" not in kinds and _is_number(line):
        return "number", 1
    is_addressed = any(p.kind == "number" and read_number_line(p.text)[1] for p in head)
    if "addressees" not in kinds and not is_addressed:
        if taken := _history_lines(lines[:6]) or _spoken_lines(lines[:3]):
            return "history", taken
        if is_registration(line) or NOTE.fullmatch(line.compact):
            return "note", 1
        if _signs_head(lines, head):
            return "signature", 1
        if taken := _addressee_lines(lines[:5]):
            return "addressees", taken
        if parse_whole_date(line.text) and _is_in_head(lines, head):
            return "date", 1
    return "paragraph", 1 if is_secrecy_mark(line.text, near_title=True) else 0


def _is_number(line: Line) -> bool:
    if SERIAL_ALONE.fullmatch(line.compact):
        return len(line.text) <= 60
    number, addressees = read_number_line(line.text)
    return number is not None and (not addressees or _are_addressees(addressees))


def _signs_head(lines: Sequence[Line], head: Sequence[Paragraph]) -> bool:
    """Whether a line below a title says whose it is: who speaks, or an organ above a date."""
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
    if not organs or organs + 1 >= len(lines) or not parse_whole_date(lines[organs].text):
        return False
    # what a notice without a text transmits begins with a title
    below = lines[organs + 1]
    return not (_may_be_title(below) or _is_label(below))


def _is_organ(line: Line) -> bool:
    return is_signature(line) and not PERSON.fullmatch(line.text)


def _is_in_head(lines: Sequence[Line], head: Sequence[Paragraph]) -> bool:
    """Whether a date belongs to a head: below its organ, or above what is left of it."""
    if head and head[-1].kind == "signature":
        return True
    kind, taken = _head_part(lines[1:], [*head, lines[0].paragraph("date")])
    return taken > 0 and kind in ("number", "addressees")


def _spoken_lines(lines: Sequence[Line]) -> int:
    """How many lines take day and meeting of a report: ——2019年4月25日在…会议上; 0 for none."""
    joined = ""
    for taken, line in enumerate(lines, 1):
        joined += line.compact
        if not line.is_text or not SPOKEN.match(joined) or len(joined) > LONGEST_SPOKEN:
            return 0
        if joined.rstrip("）)").endswith("上"):
            return taken
    return 0


def _history_lines(lines: Sequence[Line]) -> int:
    """How many lines a history note （1993年5月7日国务院发布） takes; 0 when it is none."""
    if lines[0].text[0] not in "（(" or is_registration(lines[0]):
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


def _addressee_lines(lines: Sequence[Line]) -> int:
    """How many lines the addressees take; 0 when the text does not begin with any."""
    joined = ""
    for taken, line in enumerate(lines, 1):
        if not line.is_text or parse_ordinal(line.text) or len(line.text) > 300:
            return 0
        if NUMBER_WITHIN.search(line.text) or is_registration(line):
            return 0
        if NAMES.fullmatch(line.text):  # of those in a list, not of addressees
            return 0
        joined += line.text
        text = joined.rstrip()
        if text[-1] in ":：":
            return taken if _are_addressees(text) else 0
        if text[-1] not in ",，、" and (text[-1] in "。；;" or len(line.text) < 12):
            return 0
    return 0


def _are_addressees(text: str) -> bool:
    """Whether what a colon ends names organs or people, and does not lead into a list."""
    name = text.rstrip()[:-1].strip()
    is_lead_in = LEAD_IN.search(name) or SENTENCE.search(name) or "。" in name or "《" in name
    return not is_lead_in and bool(ADDRESSEE.search(name))


def _split_attachments(
    lines: Sequence[Line], kinds: Mapping[int, ParagraphKind]
) -> tuple[Sequence[Line], list[Sequence[Line]]]:
    """Part the document proper from what follows its signature and date."""
    # a date right under the title closes nothing
    closed = next((n for n in sorted(kinds) if kinds[n] == "date" and n), None)
    starts = [n for n, line in enumerate(lines) if _is_label(line) and n > 0]
    if closed is not None:
        after = closed + 1
        while after < len(lines) and kinds.get(after) in ("note", "footer", "date", "signature"):
            after += 1
        starts = [n for n in starts if n >= after]
        transmitted = after < len(lines) and after not in starts
        if transmitted and _has_matter(lines[after:]):
            starts.insert(0, after)
    elif "signature" not in kinds.values():
        starts = [n for n in starts if not ATTACHMENT_NOTE.match(lines[n].text)]
    if not starts:
        return lines, []
    ends = [*starts[1:], len(lines)]
    parts = [lines[a:b] for a, b in zip(starts, ends, strict=True)]
    return lines[: starts[0]], parts


def _has_matter(lines: Sequence[Line]) -> bool:
    """Whether something worth an attachment follows, and not a stray line or two."""
    return sum(len(line.text) for line in lines) > 40


def _is_label(line: Line) -> bool:
    if not line.is_text or len(line.text) > 80:
        return False
    return bool(LABEL.fullmatch(line.text) or LABEL_WITH_TITLE.match(line.text))


def _expected_titles(blocks: Sequence[Block], title: str) -> frozenset[str]:
    """Folded titles that the attachments should bear: what is transmitted, what 附件 lists."""
    expected = set()
    for quoted in re.findall(r"《([^》]+(?:〈[^〉]*〉[^》]*)?)》", title):
        expected.add(fold_title(quoted))
    if found := re.search(r"(?:印发|转发|批转|公布|发布|修订)(?P<plan>[^《》]{4,})的", title):
        expected.add(fold_title(found["plan"]))
    # 现将《某方案》印发给你们, also where the note's title words it otherwise
    texts = [b.text for b in blocks if isinstance(b, Paragraph) and b.kind == "paragraph"]
    for quoted in QUOTED.findall("".join(texts[:30])[:OPENING]):
        expected.add(fold_title(quoted))
    return frozenset(expected - {""}) | _noted_titles(blocks)


def _noted_titles(blocks: Sequence[Block]) -> frozenset[str]:
    """Folded titles that 附件：… lists."""
    noted = set()
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind == "attachment_note":
            name = re.sub(r"^附[件表]\s*[:：]", "", block.text).strip()
            noted.add(fold_title(re.sub(r"^\d{1,2}\s*[.．、]", "", name).strip()))
    return frozenset(noted - {""})


def _read_attachment(lines: Sequence[Line], expected: frozenset[str]) -> Attachment:
    """Read an attachment: its label if it has one, its title, its body."""
    blocks: list[Block] = []
    rest = lines
    title = ""
    kind: AttachmentKind = "transmitted"
    if _is_label(lines[0]):
        kind = "annex"
        if found := LABEL_WITH_TITLE.match(lines[0].text):
            title = lines[0].text[len(found["label"]) :].lstrip(" \u3000:：、.．")
        blocks.append(lines[0].paragraph("label"))
        rest = lines[1:]
    if not title and (taken := _title_lines(rest, expected)):
        paragraph = _join_title(rest[:taken])
        title = paragraph.text
        blocks.append(paragraph)
        rest = rest[taken:]
    return Attachment(
        kind=kind,
        title=title,
        lines=Lines(lines[0].number, lines[-1].number),
        blocks=(*blocks, *_inner_blocks(rest)),
    )


def _inner_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Read what follows an attachment's title: a forwarded report has a head of its own."""
    head, body = _read_head(lines)
    return (*head, *read_blocks(body))


def _title_lines(lines: Sequence[Line], expected: frozenset[str]) -> int:
    """How many lines an attachment's title takes; 0 when it has none."""
    joined = ""
    for taken, line in enumerate(lines[:6], 1):
        joined += fold_title(line.text)
        if joined in expected:
            return taken
    if not lines or not _may_be_title(lines[0]):
        return 0
    taken = 1
    while taken < min(len(lines), 4):
        # 《…》 left open, or a last word that names no kind of paper: the title goes on
        above, line = lines[taken - 1], lines[taken]
        is_open = above.text.count("《") > above.text.count("》")
        if not _may_be_title(line) or (document_type(above.text) and not is_open):
            break
        if not is_open and not (document_type(line.text) or ATTACHED.search(line.text)):
            break
        taken += 1
    return taken


def _may_be_title(line: Line) -> bool:
    text = line.text
    if not line.is_text or len(text) > 60 or parse_ordinal(text) or text[-1] in "。；：，、;:,":
        return False
    if is_contents_word(line):
        return False
    return bool(line.hashes or document_type(text) or ATTACHED.search(text))


def _date(blocks: Sequence[Block]) -> str:
    """成文日期: the date line, else the day that a history note names."""
    texts = {b.kind: b.text for b in reversed(blocks) if isinstance(b, Paragraph)}
    return (
        parse_date(texts.get("date", ""))
        or read_history(texts.get("history", "")).date
        or parse_date(texts.get("number", ""))
    )


def identify(document: Document) -> Document:
    """Fill in what the head of a document says of it: title, number, issuer, type, date."""
    title = without_footnote(document.first("title"))
    history = read_history(document.first("history"))
    issued_by = issuer(title, document.signature)
    number = _printed_number(title, document.first("number"), issued_by) or history.number
    if number is None and document.entry:  # the contents alone print it
        number = DocumentNumber.parse(part_number(document.entry.title)[1])
    return replace(
        document,
        title=title,
        number=number,
        issuer=issued_by
        or history.issuer
        or _decreed_by(number)
        or _letterhead(document)
        or _named_first(title),
        type=document_type(title) or _series_type(title),
        date=_date(document.blocks),
    )


def _printed_number(title: str, line: str, issued_by: str) -> DocumentNumber | None:
    """Read the number's line; where it names no organ, the title does: 商务部令.

    Of 商务部关于…的公告 the number is one of 商务部公告.
    """
    if found := read_number_line(line)[0]:
        return found
    line = line.strip("（）() ")
    compact = re.sub(r"\s+", "", title)
    kind = MATTER_OF_SERIES.search(compact)
    if line and kind and not read_series(title):
        serial = re.sub(r"\s+", "", line)
        return DocumentNumber.parse(f"{issued_by}{kind['kind']}{serial}")
    if line and SERIES_TITLE.search(compact):
        found = DocumentNumber.parse(title + re.sub(r"\s+", "", line))
        if found or not read_series(title):
            return found
    if series := read_series(title):  # its matter may follow in brackets
        return DocumentNumber.parse(series["number"])
    return DocumentNumber.parse(title) if SERIES_TITLE.search(compact) else None


def _decreed_by(number: DocumentNumber | None) -> str:
    """Name the organ of a decree or an announcement, as its number does."""
    found = SERIES_TITLE.search(number.code) if number else None
    return number.code[: found.start()] if number and found else ""


def _letterhead(document: Document) -> str:
    """Name the organ of the letterhead above the title: 某市人民政府文件."""
    text = re.sub(r"\s+", "", document.first("label"))
    return text.removesuffix("文件") if is_letterhead(text) else ""


def _named_first(title: str) -> str:
    """Name the organ that opens the title of a notice without 关于: 某某管委会征地公告."""
    found = OPENS_TITLE.match(title) if NOTICE_END.search(title) else None
    name = found.group() if found else ""
    return "" if "《" in name or MATTER.search(name) else name


def _series_type(title: str) -> str:
    """文种 of a title that a series' number begins: 海关总署公告2024年第150号（关于…）."""
    series = read_series(title)
    return document_type(re.split(r"[（(第\d]", series["number"])[0]) if series else ""
