"""What surrounds the text on the page of a government site, and the facts listed above the text.

Each is a list of patterns with a name and an example; nothing here knows a single site.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.language.head_parts import CATALOGUE_WORDS, NUMBER_WORDS
from generator.runtime.patterns import lazy_regex

# elements that print no text of the document; <form> is none of them: ASP.NET wraps whole pages
NO_TEXT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "svg",
     "canvas", "video", "audio", "button", "input", "select", "textarea", "head", "map", "rt", "rp",
     "nav", "footer", "aside")
)  # fmt: skip
# <div style="display:none">
HIDDEN = lazy_regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Container(NamedTuple):
    """An element in which a family of content management systems puts the text of a page."""

    name: str
    pattern: re.Pattern[str]  # of an id or a class
    example: str


CONTAINERS: tuple[Container, ...] = (
    Container("ucap", lazy_regex(r"UCAP-CONTENT", re.I), '<div id="UCAP-CONTENT">'),
    Container("zoom", lazy_regex(r"zoom(?:con|content)?", re.I), '<div id="zoom">'),
    Container("trs", lazy_regex(r"TRS_U?EDITOR", re.I), '<div class="TRS_Editor">'),
    Container("pages", lazy_regex(r"pages_content", re.I), '<td class="pages_content">'),
    Container(
        "article",
        lazy_regex(
            r"(?:article|art|news|content|xxgk|info|wz|detail)[-_]?"
            r"(?:content|con|text|txt|body|main|nr)|artibody|vsb_content\w*|v_news_content",
            re.I,
        ),
        '<div class="article-content">',
    ),
)

# words in ids and classes of the site's frame, as in class="bread-crumb share_box"
FRAME_WORDS = frozenset(
    ("nav", "navbar", "navigation", "menu", "crumb", "crumbs", "breadcrumb", "breadcrumbs",
     "location", "position", "dqwz", "wz", "curpos", "weizhi", "share", "bdsharebuttonbox",
     "bdshare", "footer", "foot", "bottom", "copyright", "sidebar", "aside", "related", "relate",
     "relnews", "xgwz", "xgjd", "xgzc", "jiedu", "zcjd", "recommend", "hot", "search", "toolbar",
     "print", "printer", "close", "qrcode", "ewm", "erweima", "login", "banner", "friendlink",
     "links", "pagination", "prevnext", "fontsize", "toplink", "header", "topbar", "backtop")
)  # fmt: skip
NAME_PIECE = lazy_regex(r"[A-Za-z]+")


class FrameLine(NamedTuple):
    """A line that belongs to the site; the pattern must match the whole line."""

    name: str
    pattern: re.Pattern[str]
    example: str


# words of buttons: a line of nothing else belongs to the site
BUTTONS = frozenset((
    "打印", "打印本页", "打印文章", "打印此页", "关闭", "关闭本页", "关闭窗口", "收藏",
    "收藏本页", "返回", "返回顶部", "返回首页", "返回列表", "返回上一页", "我要纠错", "纠错",
    "下载全文", "下载文字版", "下载图片版", "大", "中", "小", "字体", "字号", "字体大小",
    "复制链接", "朗读", "T", "放大", "缩小", "默认", "分享", "分享到", "分享至", "微信", "微博",
    "新浪微博", "腾讯微博", "新浪", "腾讯", "QQ空间", "QQ", "朋友圈", "好友", "更多",
))  # fmt: skip
LONGEST_BUTTONS = 80
_LONGEST_FIRST = "|".join(sorted(BUTTONS, key=lambda word: -len(word)))
OF_BUTTONS = lazy_regex(rf"(?>{_LONGEST_FIRST}|[\[\]【】（()）\s:：|｜,，、/])++")

_VALUE = r"[^\n]{0,120}"
FRAME_LINES: tuple[FrameLine, ...] = (
    FrameLine(
        "place",
        lazy_regex(r"[您你]?(?:的|现在的|当前)*(?:所在)?位置(?:是|为)?\s*[:：]" + _VALUE
                   + r"|(?:网站)?首页\s*(?:[>＞›»/]|-{1,2})" + _VALUE),
        "当前位置：首页 > 政务公开",
    ),
    FrameLine(
        "source",
        lazy_regex(r"(?:信息来源|文章来源|稿件来源|来\s*源|发布时间|发布日期|更新时间|录入时间|信息时间|"
                   r"浏览次数|浏览量|阅读次数|点击数|点击量|访问量|访问次数|发布单位|发布者|作者|"
                   r"信息索取号)\s*[:：]" + _VALUE),
        "来源：市政府办公室　发布时间：2024-03-05　浏览次数：12",
    ),
    FrameLine(
        "editor",
        lazy_regex(r"[\[【（(]?(?:责任编辑|网站编辑|责编|编辑|审核|信息审核|网络编辑)\s*[:：][^\n]{0,40}"),
        "责任编辑：张三",
    ),
    FrameLine(
        "neighbours",
        lazy_regex(r"[\[【]?(?:上一[篇条]|下一[篇条]|上篇|下篇)[\]】]?\s*[:：]?" + _VALUE),
        "上一篇：无",
    ),
    FrameLine(
        "related",
        lazy_regex(r"[\[【]?(?:相关(?:链接|文章|解读|稿件|文件|报道|信息|附件|政策)|政策解读|解读|文件解读|解读链接|图解|"
                   r"(?:文字|图片|视频|专家|一图)解读|关联(?:解读|文件)|附件下载|文件下载|"
                   r"解读(?:材料|文件)|扫码浏览)[\]】]?\s*[:：]?"),
        "政策解读：",
    ),
    FrameLine(
        "owner",
        lazy_regex(r"(?:主办|承办|技术支持|维护)(?:单位)?\s?[:：]" + _VALUE
                   + r"|(?:版权所有|网站标识码|备案号|网站地图|联系我们)" + _VALUE
                   + r"|[^\n]{0,20}ICP备[^\n]{0,60}|[^\n]{0,10}公网安备[^\n]{0,60}"),
        "主办：示范市人民政府办公室　ICP备00000000号",
    ),
)  # fmt: skip
RELATED = next(line for line in FRAME_LINES if line.name == "related")
# a link to an explanation of the document: 《…》政策解读
EXPLAINS = lazy_regex(r"解读|图解|一图读懂|答记者问|新闻发布会")
# a file to download; the first group is its kind
DOWNLOAD = lazy_regex(
    r"\.(docx?|wps|wpt|rtf|ofd|pdf|xlsx?|et|csv|pptx?|dps|zip|rar|7z|txt|ceb)(?:[?#]|$)", re.I
)
FILE_NAME = lazy_regex(r"\.(?:docx?|wps|rtf|ofd|pdf|xlsx?|et|zip|rar|txt|ceb)\s*[)）]?$", re.I)
# pictures that the site prints beside links and in its frame
ICON = lazy_regex(r"icon|logo|fileico|filetype|blank\.|spacer|qrcode|ewm|print|share|btn", re.I)

# labels of the facts that a page lists above its text, without blanks and colon; the first column
# says what a fact is used for, "" for nothing
NUMBER, DATE, PUBLISHED, ISSUER, TITLE = "number", "date", "published", "issuer", "title"
_OTHERS = (
    "信息分类", "主题词", "主题", "公开方式", "公开范围", "公开属性", "公开类别", "公开程序",
    "公开责任部门", "责任部门", "体裁", "体裁分类", "文种", "信息名称缩略", "内容概述", "摘要",
    "失效日期", "废止日期", "生效日期", "实施日期", "效力", "是否有效", "文件状态", "登记号",
    "统一登记号", "统一编号", "备案号", "服务对象分类", "来源", "信息来源", "文件类型", "类别",
    "分类", "语种", "关键字", "信息格式", "信息编号", "索取号", "信息索取号", "所属机构", "栏目",
    "所属主题", "发布文号有效性", "组配", "编号",
)  # fmt: skip
_ISSUERS = (
    "发文机关", "发文机构", "发文单位", "制发机关", "制发单位", "制定机关", "发布机关",
    "发布机构", "公开机构", "发文部门",
)  # fmt: skip
_DATES = (
    "成文日期", "成文时间", "生成日期", "生成时间", "发文日期", "发文时间", "印发日期",
    "制发日期", "签发日期",
)  # fmt: skip
_PUBLISHED = (
    "发布日期", "发布时间", "公开日期", "公开时间", "公布日期",
)  # fmt: skip
_TITLES = (
    "标题", "名称", "信息名称", "文件名称", "主题名称", "公文名称", "文件标题",
)  # fmt: skip
LABELS: dict[str, str] = {
    **dict.fromkeys(CATALOGUE_WORDS, ""),
    **dict.fromkeys(NUMBER_WORDS, NUMBER),
    **dict.fromkeys(_OTHERS, ""),
    **dict.fromkeys(_ISSUERS, ISSUER),
    **dict.fromkeys(_DATES, DATE),
    **dict.fromkeys(_PUBLISHED, PUBLISHED),
    **dict.fromkeys(_TITLES, TITLE),
}
FEWEST_FACTS = 3  # pairs of a label and its value, in a list of facts
# <meta name="ArticleTitle">, in lower case
META = {
    "articletitle": TITLE, "pubdate": PUBLISHED, "publishdate": PUBLISHED, "contentsource": ISSUER,
}  # fmt: skip


def is_frame_line(text: str) -> bool:
    """Whether a line belongs to the site: 【打印】【关闭】, 当前位置：首页 > 政务公开."""
    return is_of_buttons(text) or any(line.pattern.fullmatch(text) for line in FRAME_LINES)


def is_of_buttons(text: str) -> bool:
    """Whether a line holds only words of buttons: 【打印】【关闭】, 分享到：微信 微博."""
    return len(text) <= LONGEST_BUTTONS and OF_BUTTONS.fullmatch(text) is not None


def is_related(text: str) -> bool:
    """Whether a line begins what belongs to other pages: 政策解读, 相关链接."""
    return RELATED.pattern.fullmatch(text) is not None


def has_frame_name(names: str) -> bool:
    """Whether an id or a class names a part of the site's frame: ``share_box``."""
    return any(piece.lower() in FRAME_WORDS for piece in NAME_PIECE.findall(names))


def container_of(identity: str, classes: str) -> str:
    """Give the name of the container that an element is by its id or a class; "" for none."""
    for container in CONTAINERS:
        if any(container.pattern.fullmatch(name) for name in (identity, *classes.split())):
            return container.name
    return ""


# a label with its colon, blanks between its characters: 索 引 号：
_LABEL = lazy_regex(
    r"(?<![^\s【\[])("
    + "|".join(r"\s{0,4}".join(label) for label in sorted(LABELS, key=lambda label: -len(label)))
    + r")\s?[】\]]?\s?[:：]"
)
BLANKS = lazy_regex(r"[\s【】\[\]:：]+")


def label_of(text: str) -> str:
    """Give the label that a text is, without blanks and colon; "" if it is none."""
    label = BLANKS.sub("", text)
    return label if label in LABELS else ""


def facts_in(text: str) -> list[tuple[str, str]]:
    """Read ``索引号：0012　发文字号：某府发〔2024〕1号`` as labels with values.

    Empty unless the text begins with a label.
    """
    found = list(_LABEL.finditer(text))
    if not found or text[: found[0].start()].strip("【[ \u3000\xa0"):
        return []
    ends = [*(label.start() for label in found[1:]), len(text)]
    return [
        (BLANKS.sub("", label[1]), text[label.end() : end].strip(" \u3000\xa0\n\t【[;；|"))
        for label, end in zip(found, ends, strict=True)
    ]
