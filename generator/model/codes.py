"""The kinds of findings: the severity of each, and its explanation for editors.

``make docs`` writes docs/rules.md from this table: write for editors, in Chinese, with an example.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.unseen import named
from generator.model import Diagnostic, Lines, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding."""

    severity: Severity
    meaning: str  # Markdown for editors: the finding, an example, the remedy


CODES: dict[str, Code] = {
    "unreadable": Code(
        "error",
        "一期读不出来，停止发布；其他各期照常检查。"
        "例如 issue.toml 里 `from = “期”` 的引号是全角的，"
        "issue.md 是空的，或一条更正在所写的行里找不到要改的字。提示里写明是哪个文件、哪一行、"
        "怎么改；一期里有几处，一次都列出来。",
    ),
    "number-of-two": Code(
        "error",
        "同一种公报有两期的年份和期号相同，停止发布。例如 2024-02 和 2024-2 两个文件夹里都是"
        "2024年第2期。重复的，请移走一个文件夹；刊头有误的，用 [[correction]] 改正。",
    ),
    "no-contents": Code(
        "warning",
        "没有印刷目录，例如只放入了一篇公文。公文由标题和标题旁的发文字号、题注、主送机关认出，"
        "目录由本站据标题编制，网页上注明。请核对篇数。"
        "原书有目录的，每条写成“标题 ..... 页码”，"
        "例如 `- 四川省人民政府关于进一步加快旅游业改革发展的意见 ..... 2`；页码可以加括号。",
    ),
    "no-documents": Code(
        "error",
        "认不出任何一篇公文：正文中找不到目录所列的标题，也没有像公文的标题。常见原因是只放入了目录，"
        "或目录与正文不是同一期，例如目录是2017年第1期而正文是第2期。",
    ),
    "document-without-entry": Code(
        "error",
        "正文中有一处像公文的开头（标题，旁边有发文字号、题注或主送机关），目录中却没有，停止发布。"
        "例如目录漏扫了一行，而正文有“# 示范市人民政府关于加强停车管理的通知”"
        "和“示府发〔2024〕1号”。"
        "目录漏行的，用 [[correction]] 补上；目录本来不列的，在 issue.toml 中注明：\n"
        "\n"
        "```toml issue.toml\n"
        "[[decision]]\n"
        "line = 45\n"
        'begins = "document"\n'
        'text = "示范市人民政府关于加强停车管理的通知"\n'
        'why = "印刷目录漏列"\n'
        "```",
    ),
    "number-astray": Code(
        "error",
        "一行是发文字号，上下却没有认出标题，停止发布：可能标题错字太多，一篇公文并入了上一篇。"
        "例如“某府发〔2024〕3号”上面是“…天于印发某某的通如”。标题有错字的，用 [[correction]] 改正；"
        '确属正文的，用 [[decision]] 注明（begins = "paragraph"）。',
    ),
    "attachment-unannounced": Code(
        "error",
        "一篇公文落款之后还有一篇文字，前文却没有说要印发、转发它，也没有附件说明，停止发布："
        "可能是另一篇公文，因标题误识而并入了上一篇。例如“关于防汛的通知”落款之后是“大事记”。"
        "请在 issue.toml 中注明它是另一篇公文还是附件：\n"
        "\n"
        "```toml issue.toml\n"
        "[[decision]]\n"
        "line = 45\n"
        'begins = "document"\n'
        'text = "某某市2024年3月大事记"\n'
        'why = "另一篇，目录漏列"\n'
        "```",
    ),
    "text-after-close": Code(
        "error",
        "落款日期之后还有正文，停止发布：可能是另一篇公文或附件的开头没有认出。"
        "例如附件的“2024年3月5日”之后又是一段“一、…”。请用 [[decision]] 注明这一行是什么："
        'begins = "document"、"attachment" 或 "paragraph"。',
    ),
    "line-after-close": Code(
        "warning",
        "落款日期之后还有一两行零散的文字，例如“责任编辑：…”“（完）”，附在了这一篇的末尾，请核对；"
        '是书眉、版权页的，用 [[decision]] 注明（begins = "furniture"），网页上就不再有。',
    ),
    "decision-unused": Code(
        "error",
        "issue.toml 的一条 [[decision]] 没有起作用，停止发布：所写的文字不在读到的那一行里，"
        "例如那一行后来改过了；或者写了 begins = “joined”，上面却没有可以接的段落。"
        "请核对 line 和 text，不再需要的删去。",
    ),
    "entry-unplaced": Code(
        "error",
        "换上同一期的新文本（`gazette retake`）以后，"
        "issue.toml 的一条 [[correction]] 或 [[decision]] 在新文本里找不到，"
        "或不止一处，停止发布；它的 line 已改为 0，不起作用。"
        "例如原来的错字“停车场示”，新的识别已经读对。"
        "仍然需要的，请把 line 改成新文本的行号；不再需要的，删去这一条。",
    ),
    "draft": Code(
        "info",
        "这一期是草稿（issue.toml 中写有 `draft = true`）：`gazette check` 照常检查，"
        "但不发布，也不影响其他各期。核对完后删去这一行，即可发布；已经发布的一期不能改回草稿。\n"
        "\n"
        "```toml issue.toml\n"
        "draft = true\n"
        "```",
    ),
    "audit": Code(
        "error",
        "把改动记录（ledger）还原到整理后的文字上，得不到原文的汉字、字母和数字，"
        "说明程序丢了或多了字，例如原文“加快改革”而网页只有“加快革”。这是程序的错误，"
        "请连同该期文本一并报告；`gazette audit 文件夹` 单独运行这项检查。",
    ),
    "page-lacks": Code(
        "warning",
        "原文的一行不在本期的任何网页上，例如发文机关标志“某某市人民政府文件”与字号之间隔着图片，"
        "没有归入任何一篇公文；或者一张图片不属于任何一篇。"
        "`gazette audit` 还把 issue.md 的文字与排好的网页逐行对照："
        "目录、栏目名和刊头与封面对照，页码、书眉等改动记录里写明去掉的不算。"
        "请核对这一行属于哪里，用 [[decision]] 注明；确实不必上网页的，用 [[confirmed]] 注明。",
    ),
    "secrecy": Code(
        "error",
        "有密级或保密标记，停止发布：带★的密级（“机密★1年”“000001 绝密★长期 特急”）"
        "印在一行的任何位置或表格单元里都算；"
        "“内部资料 注意保存”“（此件不宜公开）”“不得外传”等单独成行，在刊头、正文首尾或附件里都算；"
        "不带★的“秘密”只在标题附近算。句子里的“商业秘密”“内部审计”不算。\n"
        "确已解密、可以公开的，在 issue.toml 中注明行号和理由：\n"
        "\n"
        "```toml issue.toml\n"
        "[[lift]]\n"
        "line = 45\n"
        'why = "已于2018年解密，见某某号文"\n'
        "```",
    ),
    "file-without-head": Code(
        "warning",
        "`documents/` 里的一个文件，开头没有认出公文的首部"
        "（标题，旁边有发文字号、题注或主送机关），"
        "例如文件以“某某市第十次会议纪要”开头而下面没有文号。每个文件至少是一篇公文，"
        "暂以开头像标题的几行为标题，请核对。"
        "标题有错字的，用 [[correction]] 改正；标题不错的，在 issue.toml 中注明：\n"
        "\n"
        "```toml issue.toml\n"
        "[[decision]]\n"
        'file = "03-会议纪要.md"\n'
        "line = 1\n"
        'begins = "document"\n'
        'text = "某某市第十次会议纪要"\n'
        'why = "会议纪要没有文号"\n'
        "```",
    ),
    "several-in-file": Code(
        "warning",
        "`documents/` 里的一个文件，中间还有一处像公文的开头，已另作一篇，"
        "例如“01-通知.md”的第40行是“某某市人民政府关于……的意见”和“某府发〔2024〕3号”。"
        '确是另一篇的，请分成两个文件，或者用 [[decision]] 注明（begins = "document"）；'
        '是前一篇的附件的，用 [[decision]] 注明（begins = "paragraph"）。',
    ),
    "number-joined": Code(
        "warning",
        "发文字号与下文连成一行，已读作这篇公文的字号，例如“某府发〔2024〕3号各区人民政府：…”，请核对。",
    ),
    "number-misread": Code(
        "warning",
        "发文字号有误识的字。只有一种读法的已照此读出，信息中写明原印和读法，"
        "例如“某府发〔2O24〕l号”读作某府发〔2024〕1号（字母O、l读作数字0、1），"
        "“某府发〔2015」17号”读作某府发〔2015〕17号，请核对。\n"
        "读法不止一种的（“某府发〔2024〕S号”，S可能是5，也可能是8），或者旁边有认不出的文字的，不读，"
        "这篇公文没有发文字号；请在 issue.toml 中改正。",
    ),
    "number-twice": Code(
        "warning",
        "本站所收的两篇公文发文字号相同而标题不同，例如同一公报的两期都有某府发〔2024〕3号，"
        "标题一为停车管理，一为供水管理。其中之一可能误识，请核对原件。"
        "只比较同一公报的，或者不同公报而发文机关相同的；没有年份的号（某市人民政府令第1号）"
        "每届政府重新编起，只比较同一年的。",
    ),
    "document-twice": Code(
        "info",
        "同一篇公文（发文字号、标题都相同）在本站收了两次，例如省、市公报各登一次。"
        "引用时链接到本公报所登的一篇。原书确是转载的，不必处理。",
    ),
    "contents-entry": Code("warning", "目录中有一行没有页码，例如标题换行后页码丢失。"),
    "entry-without-document": Code(
        "error",
        "目录列出的公文在正文中找不到，停止发布；例如正文标题错字太多，或漏扫了几页。"
        "信息中有正文里最像的一行。请用 issue.toml 的 [[correction]] 改正标题；"
        '原书确实没有这一篇的，用 [[decision]] 注明（begins = "entry-without-document"）。',
    ),
    "table-row": Code(
        "warning",
        "表格的一行比表头少几格或多几格，可能有合并的单元格没有识别，或漏识了一格；"
        "各格从左起排列。例如表头有“序号、任务、单位”三格，而一行只有两格。"
        "用制表符分格的表格，与其他各行比较，看得出缺的是哪一格的，信息中写明。"
        "请对照原书核对，用 [[correction]] 补上。",
    ),
    "engine": Code(
        "info",
        "文本带有某种识别或转换软件的写法，例如 MinerU 的 `<summary>seal</summary>`、"
        "marker 的 `{12}------`。标记已与正文分开，共多少处在信息中，"
        "逐处记入 issue.json 的 ledger。规则不问是哪一种软件；认错了也不影响整理。",
    ),
    "title-differs": Code(
        "warning",
        "正文标题与目录所列不同，例如目录作“实施意见”而正文作“意见”。",
    ),
    "number-missing": Code(
        "info",
        "公文没有发文字号。法规、规章常常没有，不一定是错误，"
        "例如《合理化建议和技术改进奖励条例》。",
    ),
    "date-misread": Code(
        "warning",
        "日期有误识的字，或读不出是哪一天。只有一种读法的已照此读出，信息中写明原印和读法，"
        "例如“2O24年l月6曰”读作2024年1月6日，请核对。\n"
        "读不出的，例如“2016年S月5日”“2016年2月30日”“2016年13月1日”“光绪三十年五月一日”，"
        "这篇公文就没有成文日期；请在 issue.toml 中改正。",
    ),
    "date-later": Code(
        "warning",
        "成文日期晚于本期所属的年份，例如2024年第2期所收的公文落款2042年1月6日，多为扫描误识。"
        "年末各期可能到次年1月才印出，第4期以后落款次年1月的不报。"
        "订阅源（feed）的更新时间不受这种日期影响；请核对后在 issue.toml 中更正。",
    ),
    "number-gap": Code(
        "warning",
        "序数不连续，例如“三、”之后是“五、”，可能漏了一段，也可能原文如此。",
    ),
    "ordinal-lost": Code(
        "warning",
        "一段像编号的段落，却没有序号：前后同级的各段都以短句开头（“（一）加强领导。各县…”），"
        "这一段也是（“强化宣传。各县…”）；或者单独一行，下面又从“1.”编起。"
        "序号在中间丢失的，下一个序号会报 number-gap；最后一个丢失的只能这样看出。"
        "确实漏了序号的，用 [[correction]] 补上。",
    ),
    "number-repeat": Code("warning", "序数重复或倒退，例如两个“（二）”。"),
    "unbalanced": Code(
        "warning",
        "括号、书名号或引号不成对，例如有“《”没有“》”；正文、标题和表格的单元格都算。"
        "一半误作别的括号的（“〔2019］”“（市财政局〕”）、重复的（“》》”）、引号方向反了的（“停车“便民”），"
        "给出可能的读法。",
    ),
    "year-misread": Code(
        "warning",
        "年份少了一位或多了一位数字，例如“201年6月”“20016年”“某府发〔201〕5号”；"
        "或者不像本期会写到的年份，例如“2916年”，起止颠倒的“2016—2002年”，晚于本期的文号“〔2106〕5号”。"
        "“近200年历史”“200年一遇”等年数不报。请对照原书，用 [[correction]] 改正。",
    ),
    "date-impossible": Code(
        "warning",
        "正文里的日期，历法上没有这一天，例如“2016年2月30日”“13月5日”，其中一个数字可能误识。"
        "（落款的日期另见 date-misread。）",
    ),
    "weekday-differs": Code(
        "warning",
        "日期与星期不符，例如“2016年11月30日（星期五）”，这一天是星期三；日期或星期可能误识。"
        "没有写年份的，按上文的年份或成文日期算。",
    ),
    "amount-differs": Code(
        "warning",
        "同一个数用大写（或汉字）和数字各写了一次，两处不同，例如“壹万元整（1000元）”"
        "“三十日（20日）”，其中之一可能误识。",
    ),
    "percent-over": Code(
        "warning",
        "占比、覆盖率、合格率或降幅超过了100%，例如“森林覆盖率达到628%”（漏了小数点）；"
        "或者各部分合起来不是100%，例如“分别占30%、40%、20%，合计100%”。"
        "增长率、完成率等可以超过100%的不报。",
    ),
    "sum-differs": Code(
        "warning",
        "表格里“合计”“总计”“小计”的一行（或一列），与所合计的各数相加不等，"
        "例如各行相加是1445而合计印作1455，其中一个数可能误识。"
        "只在其他列大多相符时报告；百分率、单价、年份等不能相加的列不算，小数允许四舍五入的差。",
    ),
    "series-gap": Code(
        "warning",
        "句中的列举缺了一项或重复，例如“一是…三是…”没有“二是”，“第一，…第三，…”，“（1）…（3）…”，"
        "有“其次”没有“首先”。可能漏了一项，也可能“二”“三”误识。",
    ),
    "agency-differs": Code(
        "warning",
        "一个机关的名称只有一处与别处差一个字，例如“市财攻局”一次而“市财政局”多次，"
        "而这个字在别处从不与前后的字连用。常见的名称取自责任单位、主送机关、署名和 gazette.toml。",
    ),
    "appointment-twice": Code(
        "warning",
        "同一篇任免公文里，一个人两次任（免）同一职务，或者两个人任同一个正职，"
        "例如先后任命张三、李四为“市水务局局长”，后一处可能漏了“副”字。",
    ),
    "latin-word": Code("warning", "汉字之间夹着英文虚词，例如“国家 and 省”，多为“和”字误识。"),
    "stray-heading": Code(
        "warning",
        "扫描把断开的残行误标为标题，例如“市旅 / ## 游局”；程序已把它并入上一段，请核对。",
    ),
    "personal-data": Code(
        "warning",
        "文字里有疑似公民身份号码（校验码相符）、手机号码、银行账号或卡号，"
        "例如“身份证号3604…0071”。公布前请核对是否可以公开；确需遮盖的，在 issue.toml 中写明，"
        "网页、数据、校勘和原页图片就都不登它：\n"
        "\n"
        "```toml issue.toml\n"
        "[[covered]]\n"
        "line = 45\n"
        'text = "（要遮盖的号码，照原文抄写）"\n'
        'why = "个人信息"\n'
        "```\n"
        "\n"
        "提示里只写号码的头尾，不重复全部数字；刊头、目录里的也算，"
        "号码里的空格、连字符、全角数字不影响。机关的座机、发文字号、金额不算。",
    ),
    "sheet-withheld": Code(
        "info",
        "这一页原页图片不登载：上面有撤下、不再显示或遮盖的文字，而不知道它在页面上的位置，"
        "不能只遮住它，例如“原页第12页不登图片”。位置写在 layout.json 里；没有这个文件的，"
        "或者改动了 issue.md 的，请重新转换一次，或一直不登。",
    ),
    "invisible": Code(
        "warning",
        "该行有看不见的字符（零宽空格、软连字符、控制字符等）或改变书写方向的字符，例如“U+202E”，"
        "会使读到的、检索到的与存储的文字不一致。\n"
        "程序已把它去掉，网页上在原处标出它的名称（例如〔U+202E〕，不属于正文，也不会被复制）；"
        "请核对后在 issue.toml 中更正。",
    ),
    "markup": Code(
        "warning",
        "公文的文字里有排版或识别软件留下的记号，例如 `**`（加粗）、`<td>`（网页标签）、"
        "`&amp;`（字符代码）、`|---`（表格）、`{: .title }`（属性）、`![](…)`（图片）、"
        "`<!--`（注释）、`$\\frac…$`（公式）、"
        "` ``` `（代码）、反斜线。认得的记号程序已经去掉；剩下的网页上照样印出。"
        "请用 [[correction]] 改成公文原有的文字；原文就是这样的，用 [[confirmed]] 注明。\n"
        "公文本来有的 `*`、`<`、`\\`，例如“［2016］”“a<b”“张**”，不报。",
    ),
    "look-alike": Code(
        "warning",
        "该行有与汉字、拉丁字母形似而不是的字符，例如发文字号“〔2О20〕”里的西里尔字母О、"
        "“⼀”里的部首、汉字之间的片假名“ロ”，会使读到的与检索到的不一致。"
        "请核对后在 issue.toml 中更正。\n"
        "年份“二О一一年”印作西里尔字母的不报。",
    ),
    "founder-latin": Code(
        "warning",
        "英文字母成了生僻的汉字，例如“犌犅／犜９７０４”，原印“GB／T9704”："
        "方正排版的文件用自己的编码存放英文字母，转换时没有还原。"
        "提示里写了应有的字母，请对照原件，用 [[correction]] 更正。\n"
        "本站从 PDF 转换的，已经还原；单独一个生僻字，例如人名里的“犇”，不报。",
    ),
    "masthead-differs": Code(
        "warning",
        "刊头所印的年份、期号与文件夹名不一致，例如文件夹 2017-01 而刊头是第2期。",
    ),
    "doubled-join": Code(
        "warning",
        "页边断开处，同样的字在两边各印了一次，程序只留一个，例如“改革 / 革，全面”。请核对原件。",
    ),
    "misprint": Code(
        "warning",
        "疑为扫描误识的字：同样的上下文里别处多次用另一个形近字，"
        "例如“来成年人”一次而“未成年人”多次；或者汉字之间多出一个数字，"
        "例如“推动1重点旅游城市”。\n"
        "程序从不自行改字，请用 issue.toml 改正。",
    ),
    "misreading": Code(
        "info",
        "疑为扫描误识：换一个形近字、把颠倒的两字换回、去掉重复的字或补上脱漏的字，"
        "这一处在公文里就常见得多，例如“卫王计生委”疑应作“卫生计生委”；"
        "或者有没有识别出的字（“�”“□”）、误作字母的句号、数字中的字母（“20l6年”）。"
        "每处写明疑应作什么，有多大把握；只在 `gazette check` 中报告，发布不等它。"
        "原件确是如此的，用 [[confirmed]] 注明，或把这个词写入 terms.txt。\n"
        "程序从不自行改字，请用 issue.toml 改正。",
    ),
    "picture-missing": Code(
        "warning",
        "文本写有图片（`![图1](images/map.png)`），但该期文件夹里没有这个文件，"
        "或者图片在别的网站上（本站不取也不链接）、写在文本里（`data:image/…`）；"
        "网页上只有图题，并注明缺图，公文照常发布。请把图片放进该期文件夹；"
        "或者 issue.toml 的 `[scan]` 写有一页一个的扫描件（`pages/{page}.jpg`），"
        "而缺了某篇开头的那一页。",
    ),
    "page-doubtful": Code(
        "warning",
        "从政府网站存下的网页（.html）转成的文本，有一处拿不准，例如正文之外还有成段的文字、"
        "信息栏的文号与正文不同、没有成文日期只有发布日期。请打开网页核对，"
        "改正转成的 .md 文件，再删去这一行注释（`<!-- 网页正文：… -->`）；"
        "核对后不必改的，用 [[confirmed]] 注明。",
    ),
    "page-attachment": Code(
        "warning",
        "网页上有附件的下载链接，例如“附件：任务分工表.docx”，附件的内容没有转入。"
        "请下载附件，把内容接在转成的 .md 文件的正文之后，"
        "再删去这一行注释（`<!-- 网页附件：… -->`）；不必收录的，用 [[confirmed]] 注明。",
    ),
    "page-facts": Code(
        "info",
        "网页的正文里没有标题、发文字号、成文日期或发文机关，取自网页上方的信息栏"
        "（索引号、发文机关、文号、成文日期等），例如正文直接从主送机关开始；"
        "或者网页上正文之外还有几句话没有转入，例如网站的声明。请核对。",
    ),
    "page-lost": Code(
        "warning",
        "原件的一页没有文字转入，例如几十页有文字的 PDF 里夹着一页扫描的图。丢了一页比什么都严重："
        "请对照原件，把这一页的文字补进转成的 issue.md（或 documents/ 里的 .md），"
        "再删去 layout.json 里 `losses` 的这一条；"
        "原件这一页本来没有文字（空白页、图版）的，用 [[confirmed]] 注明。\n"
        "这条提醒在 layout.json 里记着，每次检查都会重复，直到处理为止。",
    ),
    "not-taken": Code(
        "warning",
        "原件此处有不能转成文字的内容，例如没有图片文件的图、没有识别的公式、文本框、竖排的字。"
        "它的位置、种类和读得出的文字记在 layout.json 的 `losses` 里，每次检查都会重复。"
        "请对照原件补入，再删去 layout.json 里的这一条；不必补的，用 [[confirmed]] 注明"
        "（`text` 写所报那一行里的文字）。",
    ),
    "text-doubtful": Code(
        "warning",
        "此处的文字是识别得来的，没有把握，例如扫描件里可信度低的字、"
        "PDF 扫描图下面别的软件留下的识别文字。"
        "信息中写明是第几张、哪些字。请对照原件核对，有错的用 [[correction]] 改正；"
        "没有错的，用 [[confirmed]] 注明。",
    ),
    "file-signed": Code(
        "info",
        "放入的文件（例如 .ofd）有电子签名或电子印章。转成的文本里没有它们，程序也没有核验签名；"
        "原来的文件一个字节也没有改，放在同一文件夹里，要核验请用阅读器打开它。不必处理。",
    ),
    "scan-poor": Code(
        "warning",
        "一页扫描得不合要求，识别的文字不可靠，例如上下颠倒、分辨率太低。信息中写明是第几张。"
        "请重新扫描这一页再放入；只能用它的，请逐字核对，然后用 [[confirmed]] 注明。",
    ),
    "page-order": Code(
        "warning",
        "印在各页上的页码不连续，可能缺页、重页，或次序颠倒，"
        "例如第4页之后是第6页。信息中写明应是第几页、现为第几页。"
        "页码取自 layout.json，没有的取自文本里单独一行的页码（`— 12 —`）。"
        "跨页的一张有两个页码；封面、插页没有页码、前言用罗马数字、另从第1页编起的，不报；"
        "孤零零一个误识的页码也不报。请对照原件；原件就是这样的，用 [[confirmed]] 注明。",
    ),
    "year-differs": Code(
        "info",
        "发文字号的年份与成文日期不是同一年，例如国办发〔1990〕46号而日期是1996年，"
        "其中之一可能误识。12月成文而用次年的号、1月和2月成文而用上年的号，不报。",
    ),
    "appointment-unread": Code(
        "warning",
        "任免公文里有一句像任免，但认不准被任免的是谁，人物登记里没有这一条，例如"
        "“免去李四青山县公安局副局长职务”（姓名在哪里结束不清楚）、"
        "“免去其市林业局局长职务”（“其”是谁不清楚），或者名单印成了表格。"
        "两到四个汉字的姓名、用间隔号连接的姓名（阿不都热合曼·买买提）、"
        "不带间隔号的音译姓名（买买提艾力）都认得。\n"
        "原文有错字、漏字的，在 issue.toml 中改正；原文就是这样的，"
        "用 [[confirmed]] 注明，网页照印。",
    ),
    "empty-attachment": Code("warning", "附件只有标题，没有内容，可能漏扫了图表。"),
    "amendment-unread": Code(
        "info",
        "修改决定中有一处修改没有读懂，或引文缺少引号，所以“修改情况”中不列。"
        "例如“第五条作文字调整”没有说明怎样改。请核对原文有无误识："
        "缺引号、缺字的，用 [[correction]] 改正；原文如此的，用 [[confirmed]] 注明。",
    ),
    "republished-differs": Code(
        "warning",
        "重新公布的文本，与原文本加上本站所收的修改决定不一致：没有修改的条文变了，"
        "或者决定的新文字在其中找不到。"
        "例如决定把第五条改为“处一千元罚款”，重新公布的文本印作“处一于元罚款”。"
        "误识的，用 [[correction]] 改正；"
        "确属原文的（例如另有本站未收的决定），用 [[confirmed]] 注明。",
    ),
    "citation-differs": Code(
        "warning",
        "引文的标题与文号不符，例如引作“《某市供水条例》（某府发〔2019〕12号）”，"
        "而本站所收的某府发〔2019〕12号是《某市停车管理办法》。\n"
        "链接以文号为准，网页上注明标题不符；请核对原件，"
        "是扫描误识的在 issue.toml 中改正。",
    ),
    "citation-ambiguous": Code(
        "info",
        "只引标题，而本站有几件同名的文件，例如同名通知1975年、1978年各有一件；程序不猜，"
        "不加链接，说明中列出各件。\n"
        "原文就是这样的，不必处理。",
    ),
    "running-head": Code(
        "warning",
        "句子里或单独一行的文字像是书眉：本刊的刊名、目录中的栏目名，例如“推动与新示范市人民政府公报型工业化”。"
        "确是书眉的，用 [[correction]] 删去；确是正文的，用 [[confirmed]] 注明。"
        "刊名和本期期号连在一起、或单独成行的书眉，程序已经去掉，记在改动记录里。",
    ),
    "stop-misread": Code(
        "warning",
        "段末或句中的一个字符可能是误认的句号，例如“请遵照执行6”应作“请遵照执行。”。"
        "拿得准的程序已改为“。”；拿不准的请核对，在 issue.toml 中改正。",
    ),
    "quote-alone": Code(
        "warning",
        '直引号（" 或 \'）不成对，程序没有改，例如“实行"一窗受理的制度”。请核对缺了哪一半，'
        "在 issue.toml 中改正。",
    ),
    "not-settled": Code(
        "warning",
        "整理规则反复运行后仍有改动，这一部分可能没有整理完，例如两条规则互相改回。"
        "这是程序的错误，请连同该期文本一并报告，并核对这些行。",
    ),
    "doubtful-join": Code(
        "info",
        "一行很短而与下一行接合，例如“建筑设计应当贯彻”，请核对是否本为两段；"
        "或者单独一行的数字接入了句子，例如“安全 / 7 / 漏洞”，可能是页码。",
    ),
}


def diagnostic(
    code: str,
    lines: Lines,
    message: str,
    reading: tuple[str, str] = ("", ""),
    confidence: float | None = None,
) -> Diagnostic:
    """Make a diagnostic of a known kind; the reading is before and after."""
    return Diagnostic(code, CODES[code].severity, lines, message, *reading, confidence)


def reading_keys(found: Diagnostic) -> dict[str, str | float]:
    """Give the likely reading and the confidence as data for programs, each key only if known."""
    keys: dict[str, str | float] = {}
    if found.before:
        keys |= {"from": found.before, "to": found.after}
    if found.confidence is not None:
        keys["confidence"] = round(found.confidence, 2)
    return keys


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Pick the diagnostics that stop publication."""
    return tuple(d for d in diagnostics if d.severity == "error")


# as an editor reads them
SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "提醒", "info": "参考"}


def format_diagnostic(place: tuple[str, int], diagnostic: Diagnostic) -> str:
    """Format a diagnostic as ``path:line: CODE [错误|提醒|参考] message``.

    ``place`` is path and line.
    """
    path, line = place
    what = f"{diagnostic.code} [{SEVERITIES[diagnostic.severity]}] {diagnostic.message}"
    # characters hidden in a text must not change the direction or the colours of a terminal
    return named(f"{path}:{line}: {what}")
