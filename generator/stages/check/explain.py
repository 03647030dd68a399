"""Explain how each source line was read: its class, and the named clues that decided.

The clues of a block's kind and of its joins are recorded where they decide (model.Evidence). Why
two paragraphs stay apart is asked again here, of the same clues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.model import Block, Document, Issue, Paragraph, ParagraphKind, Table, TextBlock
from generator.model.edits import pieces
from generator.stages.normalize.edges import judge
from generator.stages.parse.lines import SEEN

LineClass: TypeAlias = (
    ParagraphKind
    | Literal["masthead", "contents", "divider", "heading", "row", "joined", "removed", "unread"]
)

CLASS_NAMES: dict[LineClass, str] = {
    "masthead": "刊头",
    "contents": "目录",
    "divider": "栏目",
    "title": "标题",
    "number": "发文字号",
    "history": "题注",
    "addressees": "主送机关",
    "heading": "小标题",
    "paragraph": "段落",
    "joined": "接上行",
    "row": "表格行",
    "attachment_note": "附件说明",
    "signature": "署名",
    "date": "成文日期",
    "note": "附注",
    "footer": "版记",
    "label": "附件标识",
    "picture": "图片",
    "caption": "表题",
    "table_note": "表注",
    "removed": "去掉",
    "unread": "未归类",
}
# the clues of a line's class, as clerks read them
KIND_WORDS: dict[str, str] = {
    "decision": "编辑判定",
    # what begins a document (parse/segments.py, heads.py)
    "contents": "目录所列",
    "like-contents": "与目录所列近似",
    "like-contents-by-head": "与目录近似，旁有字号或主送机关",
    "labelled": "上有“附件”",
    "transmitted": "上文所印发、转发",
    "letterhead": "上有某某文件",
    "number": "旁有发文字号",
    "history": "下有题注",
    "addressees": "下有主送机关",
    "as-follows": "下有“…如下：”",
    "number-after-close": "上篇已结束，旁有发文字号",
    "articles-again": "下有第一条，上篇已有条文",
    "no-evidence": "没有公文开头的迹象",
    # what closes it (parse/body.py)
    "attachment-note": "“附件：”及其名称",
    "listed-attachment": "附件说明的续行",
    "list-of-attachments": "“附件：”，下列各件",
    "attachment-label": "“附件”及编号",
    "footer": "抄送、印发",
    "note": "括号内的附注",
    "contact": "日期下的联系方式",
    "date": "日期独占一行",
    "signed-date": "署名之下像日期的一行",
    "above-date": "日期之上的机关名",
    "above-footer": "印发日期之上的机关名",
    # beside a table (parse/body.py)
    "table-caption": "紧在表上的“表1”及表名",
    "table-note": "紧在表下的“注：”",
    # what is a heading, and what is text: parse/headings.py, normalize/block_rules.py
    "decided-heading": "编辑判定",
    "decided-text": "编辑判定",
    "chapter-name": "总则、附则等章名",
    "marked": "原文标有#",
    "unmarked": "没有#和序号",
    "part-of-sentence": "“第几部分”在句中",
    "name": "章、节、条的名称",
    "long-name": "太长，不像章节名",
    "decimal-name": "2.1式序号和名称",
    "decimal-text": "2.1式序号和正文",
    "text-follows": "序号、短语后接正文",
    "open-bracket": "括号、引号没有合上",
    "section-sentence": "一、后是句子",
    "article-name": "第几条的名称",
    "article-text": "第几条的正文",
    "marked-unit": "序号，原文标有#",
    "marked-text": "有#，但像句子",
    "citation": "以文号结尾的条目",
    "short-unit": "序号后是短语",
    "long-unit": "序号后是长句",
    "nothing-under": "下面没有内容",
    "sentence-in-article": "条文中的一句",
    "sentence-of-list": "并列各句之一",
    "heads-items": "下有（一）等条目",
    "cut-text": "断开的正文",
}
# the clues that join a line to the one above, or keep it apart (normalize/edges.py, joins.py)
EDGE_WORDS: dict[str, str] = {
    "decision": "编辑判定",
    "other-kind": "上下不都是正文",
    "empty": "空行",
    "formula": "算式",
    "displayed-formula": "单独成行的公式",
    "legend-of-formula": "公式下的“式中”",
    "title-over-addressees": "标题之下的主送机关",
    "never-first": "以不能开头的标点开头",
    "opening-mark": "上行末是左括号、左引号",
    "reference": "依照…第几条",
    "comma": "上行末是顿号、逗号",
    "comma-before-item": "逗号后另起条目",
    "quoted-provision": "引号内新条文的一款已完",
    "open-bracket": "括号、引号跨行",
    "cut-number": "数字、文号断开",
    "after-quotation": "引号、书名号后未完",
    "sentence-end": "上行已是整句",
    "dash": "以破折号、圆点开头",
    "responsibility": "责任单位另起",
    "page-edge": "识别软件注明的分页处",
    "list-item": "列表的一项另起",
    "ordinal": "序号另起",
    "long-heading": "标有#的长行",
    "cut-agency": "机关名断开",
    "list-of-agencies": "机关名已完",
    "attachment-note": "附件说明",
    "cut-date": "日期断开",
    "short-line": "上行很短",
    "whole-by-form": "名单、奖项等各自成行",
    "spoken-at": "报告的时间、会议",
    "no-end": "上行末没有标点",
    "rest-of-sentence": "句末几个字",
    "no-heading-ends-so": "小标题不会这样结尾",
    "rest-of-chapter-name": "章名的后半",
    "rest-of-heading": "小标题的后半",
}


# the rules that may remove a line in whole
REMOVES = frozenset(
    {"drop_page_furniture", "decided_furniture", "drop_rulers", "merge_table_pieces"}
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one source line was read."""

    line: int
    kind: LineClass
    clue: str  # that decided the class; empty where nothing speaks against plain text
    edge: (
        str  # the clue that joined it to the line above, or kept it apart; empty if none was asked
    )

    @property
    def words(self) -> str:
        """The class and the clues in Chinese, for clerks: 接上行（上行末没有标点）."""
        said = (KIND_WORDS.get(self.clue, self.clue), EDGE_WORDS.get(self.edge, self.edge))
        because = "；".join(word for word in said if word)
        name = CLASS_NAMES[self.kind]
        return f"{name}（{because}）" if because else name


def explain(issue: Issue) -> dict[int, Explanation]:
    """Give the reading of each non-blank line of a normalised issue, by its number.

    A line of which parts were read differently is named after its first part.
    """
    found: dict[int, Explanation] = {}
    for document in issue.documents:
        for explanation in _of_document(document):
            found.setdefault(explanation.line, explanation)
    read = frozenset(found)  # lines of documents
    if not issue.contents_made:
        for toc in issue.contents:
            for n in range(toc.lines.first, toc.lines.last + 1):
                found[n] = Explanation(n, "contents", "", "")
    for divider in issue.dividers:
        n = divider.lines.first
        found[n] = Explanation(n, "divider", "", "")
    for entry in issue.ledger:
        if entry.line not in read and entry.rule in REMOVES:
            found[entry.line] = Explanation(entry.line, "removed", "", "")
    masthead = range(issue.masthead.lines.first, issue.masthead.lines.last + 1)
    for n, text in enumerate(issue.source.text.split("\n"), 1):
        if SEEN.search(text.lstrip("# \t")):
            kind: LineClass = "masthead" if n in masthead else "unread"
            found.setdefault(n, Explanation(n, kind, "", ""))
    return dict(sorted(found.items()))


def _of_document(document: Document) -> Iterator[Explanation]:
    for blocks in (document.blocks, *(a.blocks for a in document.attachments)):
        yield from _of_blocks(blocks)


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Explanation]:
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Table):
            of_cells = {line for _, line in pieces(block)}
            yield from (
                Explanation(n, "row", "", "") for n in sorted({*block.row_lines, *of_cells})
            )
        else:
            yield from _of_text(block, above)
        above = block


def _of_text(block: TextBlock, above: Block | None) -> Iterator[Explanation]:
    kind: LineClass = block.kind if isinstance(block, Paragraph) else "heading"
    edge = ""
    if kind == "paragraph" and isinstance(above, Paragraph) and above.kind == "paragraph":
        edge = judge(above, block).name
    joins = dict(block.evidence.joins)
    first, *rest = (line for _, line in block.breaks)
    yield Explanation(first, kind, block.evidence.clue, edge)
    for line in rest:  # the lines of a title are one without a join
        yield Explanation(line, "joined" if line in joins else kind, "", joins.get(line, ""))
