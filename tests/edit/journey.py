"""The way of an issue from a file to the published site, for tests that read the screen alone.

A proofreader has the printed page: ``PRINTED`` is its text, line by line; the file that is taken in
has other characters in some lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser import until

MASTHEAD = """\
示范市人民政府公报

2024年第2期（总第38期）

目  录

示范市人民政府关于加强湖泊保护的意见 ..... 2
示范市人民政府关于做好防汛工作的通知 ..... 5

"""
PRINTED = (
    MASTHEAD
    + """\
# 示范市人民政府关于加强湖泊保护的意见

示府发〔2024〕5号

各区人民政府，市政府各部门：

为进一步加强湖泊保护工作，根据国家和省有关规定，结合我市实际，现提出以下意见。

一、总体要求

坚持保护优先、绿色发展，到2026年底前，全市湖泊水质全面改善，湖岸全部复绿。

二、主要任务

（一）各级人民政府要切实加强组织领导，建立健全工作机制，明确责任分工。

（二）市财政局要统筹安排专项资金，加强资金使用管理，提高资金使用效益。

（三）各有关部门和单位要认真贯彻落实本意见，及时报告工作进展情况。

示范市人民政府
2024年3月6日

# 示范市人民政府关于做好防汛工作的通知

示府发〔2024〕6号

各区人民政府，市政府各部门：

汛期将至，现就做好防汛工作通知如下。

一、各区人民政府和水务部门要加强堤防巡查，发现险情立即报告。

二、各单位要落实值班制度，确保人民群众生命财产安全。

三、各学校和医院要制定应急预案，组织开展演练。

示范市人民政府
2024年3月20日
"""
)
# what the scan made of it: as printed, as in the file
MISREAD = (
    ("根据国家和省", "根据国家 and 省"),
    ("各区人民政府和水务部门", "各区人民政府 and 水务部门"),
    ("切实加强组织领导", "切实加强组织领寻"),
    ("生命财产安全", "生命财产安仝"),
    ("统筹安排专项资金", "统筹安排专顶资金"),
    ("湖岸全部复绿", "湖岸全部夏绿"),
    ("到2026年底前", "到2028年底前"),  # no program can know
)

# what stands beside a place, in the words under its picture
BESIDE = """["previousSibling", "nextSibling"].map((side, n) => {
  const other = document.querySelectorAll("#line-text del, #line-text ins")[n][side];
  return other ? other.textContent : "";
})"""
BESIDES = 4  # characters


def handed_in() -> str:
    text = PRINTED
    for printed, misread in MISREAD:
        assert text.count(printed) == 1
        text = text.replace(printed, misread)
    return text


@dataclass
class Proofreader:
    """Who has the printed page and counts what it takes."""

    page: Page
    strokes: int = 0  # or clicks, of the place that is worked at
    accepted: list[int] = field(default_factory=list)
    typed: list[int] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def line_of_file(self) -> tuple[int, str]:
        """Read at the card which line it is about; give it as it is printed, too."""
        where = self.text(".card.here .where")
        number = int("".join(filter(str.isdecimal, where)))
        return number, PRINTED.split("\n")[number - 1]

    def is_right(self) -> bool:
        """Whether the reading that the card offers is that of the printed page."""
        card = self.page.locator(".card.here")
        if not card.locator(".reading").count():
            return False
        printed = "".join(self.line_of_file()[1].split())
        new = card.locator("ins").first.inner_text().replace("（删去）", "").strip()
        before, after = self.page.evaluate(BESIDE)
        left, right = "".join(before.split())[-BESIDES:], "".join(after.split())[:BESIDES]
        return bool(new) and f"{left}{new}{right}" in printed

    def settled(self, kind: list[int]) -> None:
        kind.append(self.strokes)
        self.strokes = 0

    def saved(self) -> None:
        until(self.page, "document.getElementById('status').textContent.startsWith('已保存')")
        self.page.evaluate("document.getElementById('status').textContent = ''")
        until(self.page, "document.getElementById('left').textContent !== '正在保存'")

    def has_more(self) -> bool:
        """Whether a place is left, once all is found and the desk stands at it.

        Until all is stored it stands at the last place, which is settled and takes no more keys.
        """
        until(
            self.page,
            "document.getElementById('left').textContent === '都看过了'"
            " || document.querySelector('.card.here.open')",
            60,
        )
        return self.text("#left") != "都看过了"

    def until_read(self) -> None:
        """Wait for the misreadings, which come after the text."""
        until(self.page, "document.querySelectorAll('.card').length > 1")
        until(self.page, "!document.getElementById('count').textContent.includes('查找')", 60)
