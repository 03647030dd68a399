"""Repair what scanning did: named rules, in order, each with its case file.

To add one: write a function here, put its name into TEXT_RULES or BLOCK_RULES at the foot, add
tests/cases/normalize/<name>.md, run ``make golden`` and read the difference (docs/add-a-rule.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from generator.edits import Edit, find_edits, line_at, move_offsets
from generator.model import (
    Attachment,
    Block,
    Document,
    Heading,
    Issue,
    LedgerEntry,
    Lines,
    Mark,
    Masthead,
    Paragraph,
    Table,
    TextBlock,
    TocEntry,
)
from generator.numbering import DocumentNumber, parse_ordinal
from generator.outline import RANKS, number_blocks
from generator.parse.document import document_type, issuer
from generator.parse.outline import ORGAN
from generator.pinyin import number_id

CJK = r"\u3400-\u9fff\uf900-\ufaff"
FULL = rf"{CJK}，。、；：？！“”‘’（）《》〈〉〔〕【】—…％℃·～"
HAS_CJK = re.compile(rf"[{CJK}]")


# --- rules for one text -----------------------------------------------------------------------

# zero-width and directional characters, soft hyphens, the private use area of old fonts
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff]"
)


def drop_invisible_characters(text: str) -> str:
    """Drop characters that a reader cannot see.

    ``川府\u200b发`` → ``川府发``
    """
    return INVISIBLE.sub("", text)


# , ; : ? ! unless letters or digits stand on both sides (1,300 · 8:30); not that of http://
HALF_MARK = re.compile(r"[,;:?!](?!//)(?:(?<![0-9A-Za-z].)|(?![0-9A-Za-z]))")
HALF_BRACKET = re.compile(r"(?<=[0-9A-Za-z])\([ -'*-~]*\)(?=[0-9A-Za-z])|[()]")
WIDE = str.maketrans(",;:?!()", "，；：？！（）")


def widen_punctuation(text: str) -> str:
    """Set the half-width marks of Chinese text full width.

    ``前景广阔,必须坚持`` → ``前景广阔，必须坚持``
    """
    if not HAS_CJK.search(text):
        return text
    text = HALF_MARK.sub(lambda found: found[0].translate(WIDE), text)
    return HALF_BRACKET.sub(
        lambda found: found[0].translate(WIDE) if len(found[0]) == 1 else found[0], text
    )


# 川府发[2016]55号 · 闽岚综实管综﹝2010﹞6号 · 国办发（1985)49号
NUMBER_BRACKETS = re.compile(
    rf"(?<=[{CJK}])(?P<before>\s*)[〔\[［【﹝（(](?P<year>\s*(?:19|20)\d\d\s*)[〕\]］】﹞）)]"
    r"(?=\s*第?\s*\d{1,5}\s*号)"
)


def unify_number_brackets(text: str) -> str:
    """Set the year of a document number in 〔〕 (GB/T 9704-2012, 7.2.5).

    ``攀办发[2016]71号`` → ``攀办发〔2016〕71号``
    """
    return NUMBER_BRACKETS.sub(r"\g<before>〔\g<year>〕", text)


NUMBER_WITH_GAPS = re.compile(
    rf"(?<=[{CJK}])[ \u3000]*〔\s*(?P<year>\d{{4}})\s*〕\s*(?P<di>第?)\s*(?P<serial>\d{{1,5}})\s*号"
)


def close_up_numbers(text: str) -> str:
    """Drop the blanks inside a document number.

    ``攀府人〔2016〕23 号`` → ``攀府人〔2016〕23号``
    """
    if "〔" not in text:
        return text
    return NUMBER_WITH_GAPS.sub(r"〔\g<year>〕\g<di>\g<serial>号", text)


# 6 月 月底前: the character was read twice, once at the end of a line in a table's cell
DOUBLED_MONTH = re.compile(r"(?<=\d)(?P<gap>\s*)月\s+(?=月[底初末])")


def drop_doubled_month(text: str) -> str:
    """Drop the 月 that a cell's line break doubled.

    ``2017 年 6 月 月底前`` → ``2017 年 6 月底前``
    """
    return DOUBLED_MONTH.sub(r"\g<gap>", text) if "月" in text else text


WORD_ORDINAL = re.compile(
    r"^(第[〇一二三四五六七八九十百零两\d]+[编章节条](?:之[一二三四五六七八九十]+)?)[ \u3000\xa0]+"
)
ORDINAL_GAP = re.compile(
    r"^([（(]\s*[一二三四五六七八九十百\d]{1,5}\s*[）)]、?|[一二三四五六七八九十百]{1,5}、"
    r"|\d{1,3}\s?[.．、])[ \u3000\xa0]+"
)


def close_up_ordinals(text: str) -> str:
    """Drop the blank after an ordinal; after 第一条 keep one of full width.

    ``（一） 指导思想`` → ``（一）指导思想``
    """
    return WORD_ORDINAL.sub("\\1\u3000", ORDINAL_GAP.sub(r"\1", text))


BLANK = re.compile(
    rf"(?<=[{FULL}])[ \t\xa0]+(?=[{FULL}0-9])"  # between Chinese, and before a digit
    rf"|(?<=[0-9%])[ \t\xa0]+(?=[{FULL}])"  # after a digit
    r"|(?<=[，。、；：？！（《〈“‘〔])[ \t\xa0]+|[ \t\xa0]+(?=[，。、；：？！）》〉”’〕])"
)


def close_up_blanks(text: str) -> str:
    """Drop the blanks that scanning put between Chinese characters, digits and marks.

    ``超过 2000 家`` → ``超过2000家``
    """
    return BLANK.sub("", text) if " " in text or "\xa0" in text or "\t" in text else text


# --- rules for the blocks of a document -------------------------------------------------------

SERIAL_WORDS = frozenset({"序号", "编号", "号", "项目"})


def merge_table_pieces(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make one table of the pieces that page edges cut; a repeated header is dropped."""
    merged: list[Block] = []
    for block in blocks:
        above = merged[-1] if merged else None
        if isinstance(block, Table) and isinstance(above, Table) and _continues(above, block):
            skip = 1 if _same_row(above.rows[0], block.rows[0]) else 0
            merged[-1] = replace(
                above,
                rows=above.rows + block.rows[skip:],
                lines=Lines(above.lines.first, block.lines.last),
                row_lines=above.row_lines + block.row_lines[skip:],
            )
        else:
            merged.append(block)
    return tuple(merged)


def _continues(above: Table, below: Table) -> bool:
    if len(above.rows[0]) != len(below.rows[0]):
        return False
    if _same_row(above.rows[0], below.rows[0]):
        return True
    return re.sub(r"\s", "", below.rows[0][0]) not in SERIAL_WORDS  # a header of its own


def _same_row(one: Sequence[str], other: Sequence[str]) -> bool:
    return [re.sub(r"\s", "", c) for c in one] == [re.sub(r"\s", "", c) for c in other]


def settle_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make items of the numbered lines that look like headings and have nothing under them.

    （一）遵守政府法令。 before （二）保守工作秘密。 is a sentence of a list, whatever its marks.
    """
    followed = zip_longest(blocks, blocks[1:])
    return tuple(
        _as_paragraph(block)
        if isinstance(block, Heading) and not _stands_over(block, following)
        else block
        for block, following in followed
    )


def _stands_over(heading: Heading, following: Block | None) -> bool:
    """Whether what follows a numbered heading can belong under it."""
    ordinal = parse_ordinal(heading.text)
    if ordinal is None or ordinal.style in ("part", "chapter", "clause"):
        return True
    if following is None or (isinstance(following, Paragraph) and following.kind != "paragraph"):
        return False
    below = None if isinstance(following, Table) else parse_ordinal(following.text)
    return below is None or RANKS[below.style] > RANKS[ordinal.style]


PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕", "[": "]"}
OPENING, CLOSING = "".join(PAIRS), "".join(PAIRS.values())
STOPS = "。；：？！.;:?!"
NEVER_FIRST = "，。、；：？！）》〉”’〕,;:?!)"
LEAD_DASH = ("——", "—", "●", "■", "◆")
REACH = 160  # characters round a join in which a bracket is looked for
RESPONSIBILITY = re.compile(
    r"(?:牵头|责任|负责|配合|参与|协办|主办|参加|实施|完成)(?:单位|部门|领导|人|时限)?[：:]"
)
# a last word that cannot end a list of agencies: 市旅|游局
AGENCY_END = re.compile(ORGAN.pattern + r"|.*[等人员协联企校站所区县市州乡镇]")


def join_cut_paragraphs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join paragraphs that a page or column edge cut, also where the second part bears ``#``.

    A character printed on both sides of the edge is dropped once: 改革|革，全面 (seed, 268/270).
    """
    joined: list[Block] = []
    run_in = _run_in_styles(blocks)
    for block in blocks:
        above = joined[-1] if joined else None
        if isinstance(above, Heading) and _is_cut_lead(above, block, run_in):
            above = _as_paragraph(above)
        if not isinstance(block, Table) and isinstance(above, Paragraph) and is_cut(above, block):
            joined[-1] = _join(above, block)
        else:
            joined.append(block)
    return tuple(joined)


def is_cut(above: Paragraph, below: TextBlock) -> bool:
    """Whether two blocks are the parts of one paragraph."""
    if above.kind not in ("paragraph", "attachment_note"):
        return False
    if isinstance(below, Paragraph) and below.kind != "paragraph":
        return False
    if not above.text or not below.text:
        return False
    if below.text[0] in NEVER_FIRST:
        return True
    numbered = parse_ordinal(below.text) is not None
    last = above.text[-1]
    if last in OPENING or (_is_open(above.text, below.text) and not numbered):
        return True
    if last in "、，,":
        return not numbered and not below.text.startswith(LEAD_DASH)
    if last in STOPS or last in CLOSING:
        return last in "》”" and not numbered and _goes_on_after_quote(above.text, below)
    if numbered or below.text.startswith(LEAD_DASH) or RESPONSIBILITY.match(below.text):
        return False
    if isinstance(below, Heading) and len(below.text) > 20:
        return False
    if RESPONSIBILITY.match(above.text):
        names = re.split(r"[、，,：:]", above.text)
        return not AGENCY_END.fullmatch(names[-1].strip())
    # a line shorter than this is no printed line cut at its end
    return len(above.text) >= 12 and above.kind == "paragraph"


def _run_in_styles(blocks: Sequence[Block]) -> frozenset[str]:
    """Styles of ordinals whose units mostly run on in their own line."""
    balance: Counter[str] = Counter()
    for block in blocks:
        if not isinstance(block, Table) and (ordinal := parse_ordinal(block.text)):
            balance[ordinal.style] += 1 if isinstance(block, Paragraph) else -1
    return frozenset(style for style, count in balance.items() if count > 0)


def _is_cut_lead(above: Heading, below: Block, run_in: frozenset[str]) -> bool:
    """Whether a numbered line that looks like a heading is text cut in its first sentence.

    So it is when it bears no mark, its sisters run on, and plain text follows
    （三）区地税局对台湾居民提交的申请表、个人所|得税缴纳完税凭证… (pingtan/2015-02, 296/298).
    """
    ordinal = parse_ordinal(above.text)
    if ordinal is None or above.hashes or ordinal.style not in run_in or above.text[-1] in STOPS:
        return False
    return isinstance(below, Paragraph) and below.kind == "paragraph" and not below.hashes


def _as_paragraph(heading: Heading) -> Paragraph:
    return Paragraph(
        heading.text, heading.lines, heading.breaks, marks=heading.marks, hashes=heading.hashes
    )


def _goes_on_after_quote(above: str, below: TextBlock) -> bool:
    """After 》 or ”: the sentence goes on unless a full stop stands inside the quotation."""
    if isinstance(below, Heading) or above[-2:-1] in STOPS:
        return False
    return below.text[0] in "（(和等的及与、" or "，" in above or "," in above


def _is_open(above: str, below: str) -> bool:
    """Whether a bracket or quotation mark is left open above and closed below."""
    tail, head = above[-REACH:], below[:REACH]
    for opening, closing in (("（(", "）)"), ("《", "》"), ("“", "”"), ("〔[", "〕]")):
        opened = max(tail.rfind(c) for c in opening)
        closed = max(tail.rfind(c) for c in closing)
        if opened > closed:
            ends = [n for c in closing if (n := head.find(c)) >= 0]
            begins = [n for c in opening if (n := head.find(c)) >= 0]
            if ends and (not begins or min(ends) < min(begins)):
                return True
    return False


def _join(above: Paragraph, below: TextBlock) -> Paragraph:
    text = below.text
    marks = below.marks
    if doubled := _doubled(above.text, text):
        text = text[doubled:]
        marks = tuple(replace(m, start=m.start - doubled, end=m.end - doubled) for m in marks)
    length = len(above.text)
    shift = length - doubled if doubled else length
    breaks = tuple((max(offset + shift, length), line) for offset, line in below.breaks)
    moved = tuple(replace(m, start=m.start + length, end=m.end + length) for m in marks)
    return replace(
        above,
        text=above.text + text,
        lines=Lines(above.lines.first, below.lines.last),
        breaks=above.breaks + breaks,
        marks=above.marks + moved,
    )


def _doubled(above: str, below: str) -> int:
    """How many characters at the edge were printed twice: all that stands before a mark."""
    for count in range(1, 5):
        if len(below) > count and below[count] in "，。、；：,;:" and above.endswith(below[:count]):
            return count if HAS_CJK.search(below[:count]) else 0
    return 0


# --- the rules in order -----------------------------------------------------------------------

TEXT_RULES: tuple[Callable[[str], str], ...] = (
    drop_invisible_characters,  # first: they hide neighbours from every other rule
    drop_doubled_month,  # before blanks are closed: the blank is its proof
    widen_punctuation,
    unify_number_brackets,  # after widening, which would make （2016） of (2016)
    close_up_numbers,
    close_up_ordinals,  # before blanks are closed: 第一条 keeps one
    close_up_blanks,
)
BLOCK_RULES: tuple[Callable[[tuple[Block, ...]], tuple[Block, ...]], ...] = (
    merge_table_pieces,
    settle_headings,  # before joins, which ask whether the units of a style run on
    join_cut_paragraphs,  # before the texts: a number may be cut in two
)


def normalize(issue: Issue) -> Issue:
    """Repair an issue's text by the rules of this module.

    1. Idempotent.
    2. No ideograph, letter or digit is lost, made or moved but for what the ledger lists.
    3. Levels come from ordinals; numbers stay as printed.
    4. Every block of a document has an anchor, unique in it.
    """
    ledger: list[LedgerEntry] = [*issue.ledger]
    documents: list[Document] = []
    taken: set[str] = set()
    for place, document in enumerate(issue.documents, 1):
        repaired = _normalize_document(document, ledger)
        repaired = replace(repaired, id=_document_id(repaired.number, place, taken))
        taken.add(repaired.id)
        documents.append(repaired)
    contents = tuple(_normalize_entry(entry, ledger) for entry in issue.contents)
    titles = {entry.lines: entry for entry in contents}
    linked = tuple(
        replace(d, entry=titles.get(d.entry.lines, d.entry) if d.entry else None) for d in documents
    )
    return replace(
        issue,
        masthead=_normalize_masthead(issue.masthead, ledger),
        contents=contents,
        documents=linked,
        ledger=tuple(ledger),
    )


def _normalize_document(document: Document, ledger: list[LedgerEntry]) -> Document:
    blocks = number_blocks(_normalize_blocks(document.blocks, ledger), prefix="")
    attachments = tuple(
        _normalize_attachment(attachment, n, ledger)
        for n, attachment in enumerate(document.attachments, 1)
    )
    repaired = replace(document, blocks=blocks, attachments=attachments)
    title = repaired.first("title")
    number = DocumentNumber.parse(repaired.first("number").strip("（）"))
    return replace(
        repaired,
        title=title,
        number=number,
        issuer=issuer(title, repaired.signature),
        type=document_type(title),
    )


def _normalize_attachment(
    attachment: Attachment, place: int, ledger: list[LedgerEntry]
) -> Attachment:
    blocks = number_blocks(_normalize_blocks(attachment.blocks, ledger), prefix=f"f{place}-")
    texts = (b.text for b in blocks if isinstance(b, Paragraph) and b.kind == "title")
    # a title on the label's own line (附件1 …目录) is part of that block
    title = next(texts, "") or _apply_text_rules(attachment.title)
    return replace(attachment, title=title, blocks=blocks)


def _document_id(number: DocumentNumber | None, place: int, taken: set[str]) -> str:
    wanted = number_id(number) if number else f"{place:02}"
    clashes = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(chosen for chosen in chain([wanted], clashes) if chosen not in taken)


def _normalize_entry(entry: TocEntry, ledger: list[LedgerEntry]) -> TocEntry:
    breaks = ((0, entry.lines.first),)
    title, _ = _repair_text(entry.title, breaks, ledger)
    return replace(entry, title=title, category=_apply_text_rules(entry.category))


def _normalize_masthead(masthead: Masthead, ledger: list[LedgerEntry]) -> Masthead:
    breaks = ((0, masthead.lines.first),)
    return replace(
        masthead,
        sponsor=_repair_text(masthead.sponsor, breaks, ledger)[0],
        publisher=_repair_text(masthead.publisher, breaks, ledger)[0],
        address=_repair_text(masthead.address, breaks, ledger)[0],
        phone=_repair_text(masthead.phone, breaks, ledger)[0],
    )


def _normalize_blocks(blocks: tuple[Block, ...], ledger: list[LedgerEntry]) -> tuple[Block, ...]:
    for rule in BLOCK_RULES:
        repaired = rule(blocks)
        if repaired != blocks:
            ledger += _block_entries(rule.__name__, blocks, repaired)
        blocks = repaired
    return tuple(_repair_block(block, ledger) for block in blocks)


def _repair_block(block: Block, ledger: list[LedgerEntry]) -> Block:
    match block:
        case Table():
            rows = tuple(
                tuple(_repair_text(cell, ((0, line),), ledger)[0] for cell in row)
                for row, line in zip(block.rows, block.row_lines, strict=True)
            )
            return replace(block, rows=rows)
        case Heading() | Paragraph():
            text, edits_by_rule = _repair_text(block.text, block.breaks, ledger)
            if not edits_by_rule:
                return block
            breaks, marks = block.breaks, block.marks
            for edits in edits_by_rule:
                breaks = _move_breaks(breaks, edits)
                marks = _move_marks(marks, edits)
            return replace(block, text=text, breaks=breaks, marks=marks)


def _repair_text(
    text: str, breaks: tuple[tuple[int, int], ...], ledger: list[LedgerEntry]
) -> tuple[str, list[tuple[Edit, ...]]]:
    """Apply the rules to a text, enter each change into the ledger, give the edits."""
    applied: list[tuple[Edit, ...]] = []
    for rule in TEXT_RULES:
        repaired = rule(text)
        if repaired == text:
            continue
        edits = find_edits(text, repaired)
        ledger += _text_entries(rule.__name__, text, edits, breaks)
        breaks = _move_breaks(breaks, edits)
        applied.append(edits)
        text = repaired
    return text, applied


def _apply_text_rules(text: str) -> str:
    for rule in TEXT_RULES:
        text = rule(text)
    return text


def _move_breaks(
    breaks: tuple[tuple[int, int], ...], edits: Sequence[Edit]
) -> tuple[tuple[int, int], ...]:
    offsets = move_offsets((offset for offset, _ in breaks), edits)
    return tuple((o, line) for o, (_, line) in zip(offsets, breaks, strict=True))


def _move_marks(marks: tuple[Mark, ...], edits: Sequence[Edit]) -> tuple[Mark, ...]:
    if not marks:
        return marks
    starts = move_offsets((m.start for m in marks), edits)
    ends = move_offsets((m.end for m in marks), edits)
    moved = zip(marks, starts, ends, strict=True)
    return tuple(replace(m, start=a, end=b) for m, a, b in moved if a < b)


def _text_entries(
    rule: str, text: str, edits: Iterable[Edit], breaks: Sequence[tuple[int, int]]
) -> list[LedgerEntry]:
    """List the changes of a rule: blanks and marks counted per line, each sign by itself."""
    entries: list[LedgerEntry] = []
    counted: dict[int, tuple[str, str]] = {}
    for edit in edits:
        line = line_at(breaks, edit.start)
        taken = text[edit.start : edit.end]
        if any(c.isalnum() for c in taken + edit.text):
            entries.append(LedgerEntry(rule, line, taken, edit.text))
        else:
            before, after = counted.get(line, ("", ""))
            counted[line] = (before + taken, after + edit.text)
    entries += [LedgerEntry(rule, line, *both) for line, both in counted.items()]
    return sorted(entries, key=lambda entry: entry.line)


def _block_entries(
    rule: str, before: tuple[Block, ...], after: tuple[Block, ...]
) -> list[LedgerEntry]:
    """List what a rule for blocks took out of the text as a whole, and the paragraphs it joined."""
    old, breaks = _spell(before)
    new, _ = _spell(after)
    entries = _text_entries(rule, old, find_edits(old, new), breaks)
    kept = {block.lines.first for block in after}
    joined = [b for b in before if b.lines.first not in kept]
    return entries + [LedgerEntry(rule, b.lines.first, _edge(b), "") for b in joined]


def _edge(block: Block) -> str:
    """Give what stood before a block: the line end, and the # of a false heading."""
    hashes = 0 if isinstance(block, Table) else block.hashes
    return "\n" + "#" * hashes


def _spell(blocks: Iterable[Block]) -> tuple[str, list[tuple[int, int]]]:
    """Spell out the characters of blocks in order, and the source line of each stretch of them."""
    parts: list[str] = []
    breaks: list[tuple[int, int]] = []
    length = 0
    for block in blocks:
        for text, own in _pieces(block):
            breaks += [(length + offset, line) for offset, line in own]
            parts.append(text)
            length += len(text)
    return "".join(parts), breaks


def _pieces(block: Block) -> list[tuple[str, Sequence[tuple[int, int]]]]:
    match block:
        case Table():
            lined = zip(block.rows, block.row_lines, strict=True)
            return [(cell, ((0, line),)) for row, line in lined for cell in row]
        case Heading() | Paragraph():
            return [(block.text, block.breaks)]
