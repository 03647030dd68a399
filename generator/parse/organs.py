"""Names that sign documents: organs of state, and offices with a person's name."""

from __future__ import annotations

import re

ORGAN = re.compile(
    r".*(?:政府|委员会|办公[厅室]|[厅局部委院署行会社司处办团]|中心|公司|集团|小组|总队|支队|大队"
    r"|法院|检察院|军区|党组|指挥部|管委会|人大常委会|联席会议|大学|学院|医院)(?:[（(].{1,10}[）)])?"
)
# 总理 李克强 · 市长　张三
PERSON = re.compile(
    r"(?:代|副)?(?:总理|主席|主任|省长|市长|州长|区长|县长|部长|局长|署长|行长|会长)"
    r"[\s\u3000：:]*[\u4e00-\u9fff·\s]{2,8}"
)
