"""Titles are broken between words (词意完整): each row names words that no line cuts."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from generator.language.title_breaks import title_breaks
from generator.language.unbroken import UNBROKEN

# a title; the words that no line cuts, with blanks between
WHOLE = (
    ("青溪市人民政府关于进一步加快旅游业改革发展的意见", "青溪市人民政府 旅游业 进一步 的意见"),
    ("青溪市人民政府办公室关于印发青溪市服务业发展规划的通知", "办公室 印发 服务业 规划 的通知"),
    ("云岭省人民政府关于加强安全生产工作的若干意见", "云岭省 安全生产 工作 的若干意见"),
    ("云岭省行政许可事项目录管理办法", "行政许可 事项 目录 管理办法"),
    ("关于推进农村客运公交化改造工作的通知", "推进 农村 客运 公交化 改造 工作"),
    ("国务院办公厅关于转发国家地震局地震趋势意见的通知", "办公厅 转发 国家 地震局 趋势 的通知"),
    ("青溪市城镇居民最低生活保障办法", "青溪市 城镇 居民 最低 生活 保障 办法"),
    ("青溪市国民经济和社会发展第十四个五年规划纲要", "国民经济 社会 发展 第十四个 五年 纲要"),
    ("青溪市2016年度依法行政工作要点", "2016年度 依法 行政 要点"),
    ("关于做好2017年1月至3月防汛抗旱工作的紧急通知", "2017年 1月 3月 防汛 抗旱"),
    ("青溪市人民政府关于表彰2015年度先进集体和先进个人的决定", "2015年度 先进 集体 个人 的决定"),
    ("关于修订《在青溪工作的外来居民所得税税负差额补贴实施办法》的通知", "居民 所得税 差额 补贴"),
    ("青溪市人民政府关于李文华等14人职务任免的通知", "李文华 14人 职务 任免 的通知"),
    ("青溪市人民政府关于王强同志任职的通知", "王强 同志 任职"),
    ("关于涉及内地与香港澳门地区个人所得税若干问题的补充规定", "涉及 内地 香港 澳门 个人所得税"),
    ("中华人民共和国教师法实施细则", "中华人民共和国 教师 实施细则"),
    ("中华人民共和国海商法若干条款的说明", "中华人民共和国 海商 条款"),
    ("关于加强防震减灾工作意见的报告", "防震 减灾 工作 意见 的报告"),
    ("关于开展五保供养对象普查工作的通知", "五保 供养 普查"),
    ("关于印发青溪市新农保与老农保衔接过渡工作方案的通知", "新农保 老农保 衔接 过渡 工作方案"),
    ("青溪市营业税改征增值税过渡性财政扶持政策", "营业税 改征 增值税 过渡性 财政 政策"),
    ("青溪市食品安全突发公共事件应急预案", "食品 安全 突发 公共 事件 应急 预案"),
    ("青溪市住房公积金管理暂行办法", "住房 公积金 管理 暂行 办法"),
    ("关于公布行政审批前置中介服务收费目录清单的公告", "公布 审批 中介 服务 收费 目录 的公告"),
    ("关于调整企业退休人员基本养老金标准的通知", "调整 企业 退休 人员 基本 标准"),
    ("关于促进民营经济高质量发展的若干措施", "促进 民营 经济 高质量 发展"),
    ("青溪市机动车停车场管理规定", "机动车 停车场 管理 规定"),
    ("青溪市城市房屋拆迁补偿安置办法", "城市 房屋 拆迁 补偿 安置 办法"),
    ("关于加强危险化学品道路运输安全监管的通告", "危险 化学品 道路 运输 的通告"),
    ("关于禁止燃放烟花爆竹的通告", "禁止 烟花 爆竹 的通告"),
    ("青溪市红岩镇人民政府关于请求拨付抗旱经费的请示", "红岩镇 人民政府 抗旱 经费 的请示"),
    ("青溪市东坝乡土地利用总体规划（2010—2020年）", "东坝乡 土地 总体 规划 （2010—2020年）"),
    ("青溪市水污染防治实施细则（试行）", "青溪市 污染 防治 实施细则 （试行）"),
    ("关于废止《青溪市犬类管理规定》的决定", "《青溪市犬类管理规定》 废止 的决定"),
    ("关于印发“十三五”卫生计生事业发展规划的通知", "“十三五” 卫生 计生 事业 规划"),
    ("关于青溪高新区扩区的批复", "青溪 高新区 的批复"),
    ("青溪市人民代表大会常务委员会关于批准市级决算的决议", "大会 常务 决算 的决议"),
    ("中共青溪市委青溪市人民政府关于深化国有企业改革的指导意见", "国有企业 改革 的指导意见"),
    ("青溪综合实验区管委会关于公布2013年度规范性文件清理结果的通告", "管委会 2013年度 规范性"),
    ("关于开展第七次全国人口普查的通知", "第七次 全国 人口 普查"),
    ("青溪市3岁以下婴幼儿照护服务实施方案", "3岁 婴幼儿 服务 实施 方案"),
    ("关于提高企业最低工资标准至1650元的通知", "最低 工资 标准 1650元"),
    ("青溪市城乡居民基本医疗保险实施办法", "城乡 居民 基本 医疗 保险"),
    ("青溪市科学技术奖励办法实施细则", "科学 技术 奖励"),
    ("青溪市政府信息公开工作考核办法", "政府 信息 公开 考核"),
    ("关于规范学前教育收费管理有关问题的通知", "规范 教育 收费 有关 问题"),
    ("关于进一步加强农村留守儿童关爱保护工作的实施意见", "农村 留守 儿童 关爱 保护"),
    ("关于支持残疾人自主创业就业的若干规定", "支持 残疾人 创业 就业"),
    ("关于建立疾病应急救助制度的实施意见", "建立 疾病 应急 救助 制度"),
    ("青溪市矿产资源补偿费征收使用办法", "矿产 资源 补偿费 征收 使用"),
    ("青溪市大气污染防治行动计划实施细则", "大气 污染 防治 行动 计划"),
    ("青溪市国有土地上房屋征收与补偿办法", "国有 土地 房屋 征收 补偿"),
    ("关于加快电子商务产业发展的意见", "加快 电子 商务 产业 发展"),
    ("青溪市公共租赁住房管理办法", "公共 租赁 住房 管理办法"),
    ("青溪市非物质文化遗产保护条例", "物质 文化 遗产 保护 条例"),
    ("关于全面推行河长制的工作方案", "全面 推行 工作方案"),
    ("关于成立青溪市安全生产委员会的通知", "成立 安全生产 委员会"),
    ("青溪市优化营商环境三年行动计划", "优化 环境 三年 行动计划"),
    ("关于印发青溪市数字经济发展规划（2021—2025年）的通知", "数字 经济 发展 （2021—2025年）"),
    ("青溪市道路交通安全综合整治实施方案", "道路 交通 安全 综合 整治"),
    ("关于加强野生动物疫源疫病监测防控工作的通知", "野生 动物 监测 防控"),
    ("青溪市退役军人就业创业促进办法", "退役 军人 就业 创业 促进"),
)  # fmt: skip


def lines_of(title: str, names: tuple[str, ...] = (), issuer: int = 0) -> list[str]:
    edges = (0, *title_breaks(title, names, issuer), len(title))
    return [title[start:end] for start, end in pairwise(edges)]


@pytest.mark.parametrize(("title", "words"), WHOLE)
def test_no_line_cuts_a_word(title: str, words: str) -> None:
    breaks = set(title_breaks(title))
    for word in words.split():
        assert word in title, word
        at = title.index(word)
        assert breaks.isdisjoint(range(at + 1, at + len(word))), (word, lines_of(title))


@pytest.mark.parametrize("title", [title for title, _ in WHOLE])
def test_a_line_may_end_somewhere_in_a_title(title: str) -> None:
    parts = [part for each in lines_of(title) for part in re.split("(?=[（《])", each)]
    assert max(map(len, parts)) <= 16, parts  # what a line of a phone holds


def test_a_title_ends_its_first_line_after_the_issuer() -> None:
    assert lines_of("青溪市人民政府关于同意设立红岩镇的批复", issuer=7)[0] == "青溪市人民政府"


def test_no_line_ends_with_the_word_before_its_matter() -> None:
    for title, _ in WHOLE:
        assert not any(part.endswith("关于") for part in lines_of(title)), title


def test_a_name_of_the_gazette_stays_whole() -> None:
    title = "关于设立云岭乌拉盖综合管理区的通知"
    assert "云岭乌拉盖综合管理区" in "".join(
        part for part in lines_of(title, names=("云岭乌拉盖综合管理区",)) if "乌拉盖" in part
    )


def test_a_place_that_the_issuer_names_stays_whole_where_the_title_repeats_it() -> None:
    title = "平溪综合实验区管委会关于印发平溪综合实验区征地办法的通知"
    breaks = title_breaks(title, issuer=10)
    assert breaks
    assert set(breaks).isdisjoint(range(15, 21))


def test_a_short_title_has_no_break() -> None:
    assert title_breaks("任免通知") == ()
    assert title_breaks("") == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("自2016年11月30日起，增长12.5%", ["2016年", "11月", "30日", "12.5%"]),
        ("川府发〔2016〕55号文件", ["〔2016〕55号"]),
        ("投资300万元、45亿元", ["300万元", "45亿元"]),
        ("电话0812-3333333", []),
        ("第十二条", []),
    ],
)
def test_a_number_and_its_unit_are_one_part(text: str, parts: list[str]) -> None:
    assert [found[0] for found in UNBROKEN.finditer(text)] == parts
