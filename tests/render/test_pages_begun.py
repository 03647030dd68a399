"""The place of a page in a paragraph of any notation: before the character that the model names."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from markdown import Markdown

from generator.render.markdown_extension import UnitsExtension

# each shows the ten characters 一&、乙丙〈丁*戊己
TEXTS = (
    "一&amp;、乙丙〈丁\\*戊己",
    '一&amp;、[乙丙〈丁](x.html "a"){: .held }\\*戊己',
    "一&amp;、*乙[丙〈](x.html)丁\\**{: .corrected }戊己",
    "[一&amp;、乙](x.html)<sub>丙〈</sub>丁\\*[戊己](y.html)",
)
PLAIN = "一&、乙丙〈丁*戊己"


def shown(element: ElementTree.Element) -> str:
    """Give the text of an element, with | where a page begins."""
    inside = "".join(shown(child) + (child.tail or "") for child in element)
    mark = "|" if element.get("class") == "added page-begun" else ""
    return mark + (element.text or "") + inside


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("lead", ["", ' .run-in lead="3" depth="0"'])
@pytest.mark.parametrize("at", range(len(PLAIN)))
def test_a_page_begins_before_its_character(text: str, lead: str, at: int) -> None:
    markdown = Markdown(extensions=["attr_list", UnitsExtension()])
    page = markdown.convert(f'{text}\n{{: #s1{lead} pages="{at}:12" }}')
    paragraph = ElementTree.fromstring(page)
    assert shown(paragraph) == f"{PLAIN[:at]}|{PLAIN[at:]}"
    assert "pages=" not in page
