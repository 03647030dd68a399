"""Words that texts print with marks, by the words without them."""

from __future__ import annotations

from generator.search.fold import fold_lines
from generator.search.marked_words import marked_items, marked_sums, marked_words
from generator.search.part_files import text_bytes


def words_in(title: str, *passages: str) -> set[tuple[str, str]]:
    return set(marked_words(title, passages, fold_lines("\n".join(passages))))


def test_words_in_quotation_marks_are_listed_but_no_sentences() -> None:
    assert words_in("", "推进“一带一路”和「雙碳」工作") == {
        ("一带一路", '"一带一路"'),
        ("双碳", '"双碳"'),
    }
    assert words_in("", "他说：“大家都来，一起做。”") == set()


def test_a_cited_title_counts_in_a_title_alone() -> None:
    assert words_in("关于印发《食堂管理办法》的通知") == {("食堂管理办法", "<食堂管理办法>")}
    assert words_in("", "按照《食堂管理办法》执行") == set()


def test_the_characters_beside_each_dot_of_a_name_are_listed() -> None:
    assert words_in("", "任命阿不都•艾力・买买提为局长") == {("都艾", "都·艾"), ("力买", "力·买")}


def test_each_pair_that_begins_marked_words_has_a_sum() -> None:
    pairs = [("一带一路", '"一带一路"'), ("一带", '"一带"'), ("都艾", "都·艾"), ("双", '"双"')]
    sums = [(257 * ord(one) + ord(other)) % 65_536 for one, other in ("一带", "都艾")]
    assert marked_sums(key for key, _ in marked_items(pairs)) == sorted(sums)


def test_items_are_grouped_by_their_first_two_characters() -> None:
    pairs = [("一带一路", '"一带一路"'), ("一带", '"一带"'), ("双", '"双"')]
    (item,) = marked_items(pairs)
    texts = ("一带", '"一带"', "一带一路", '"一带一路"')
    assert item == ("一带", b"".join(map(text_bytes, texts)))
