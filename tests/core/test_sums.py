"""What may be added up (rule 8): refusals, the topmost that counts, the weakest qualifier, rates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Topic
from projects.core import sums
from projects.core.sums import Item

TOTAL, AGREED = Topic.TOTAL_INVESTMENT, Topic.AGREED_INVESTMENT


def item(
    project: str, yuan: int | None, parent: str | None = None, topic=TOTAL, qualifier="", method=""
) -> Item:
    return Item(project, parent, topic, yuan, qualifier, method)


@pytest.mark.parametrize(
    ("topics", "why"),
    [
        ([TOTAL, AGREED], "agreed_with_total"),
        ([AGREED, TOTAL, Topic.FUNDS], "agreed_with_total"),
        ([TOTAL, Topic.INVESTED_TO_DATE], "mixed_topics"),
        ([Topic.ANNUAL_PLAN, Topic.INVESTED_IN_PERIOD], "mixed_topics"),
        ([Topic.PROGRESS], "not_money"),
        ([Topic.CAPACITY], "not_money"),
        ([Topic.STAGE], "not_money"),
    ],
)
def test_what_may_not_be_added_is_refused_with_the_reason(topics, why):
    with pytest.raises(ValueError, match=why):
        sums.total(item(f"p{number}", 1, topic=topic) for number, topic in enumerate(topics))


def test_even_where_none_of_the_figures_is_known():
    with pytest.raises(ValueError, match="_"):
        sums.total([item("a", None), item("b", None, topic=AGREED)])


@pytest.mark.parametrize("topic", sums.MONEY_TOPICS)
def test_amounts_of_one_topic_are_added(topic):
    assert sums.total([item("a", 1, topic=topic), item("b", 2, topic=topic)]).yuan == 3


def test_an_unknown_sum_is_not_zero():
    assert sums.total([]) == sums.Total(None, None, (), (), 0)
    assert sums.total([item("a", None)]) == sums.Total(None, None, (), (), 1)
    assert sums.total([item("a", 0)]).yuan == 0


def test_what_is_unknown_is_counted_aloud():
    found = sums.total([item("a", 1), item("b", None), item("c", None)])
    assert (found.yuan, found.added, found.unknown) == (1, ("a",), 2)


def test_of_a_parent_and_its_parts_the_parent_counts_and_the_parts_are_named():
    found = sums.total([item("c", 3, "a"), item("b", 2, "a"), item("a", 10)])
    assert (found.yuan, found.added, found.left_out) == (10, ("a",), ("b", "c"))


def test_where_the_parent_has_no_figure_its_parts_count():
    found = sums.total([item("a", None), item("b", 2, "a"), item("c", 3, "a")])
    assert (found.yuan, found.added, found.left_out, found.unknown) == (5, ("b", "c"), (), 1)


def test_the_topmost_that_has_a_figure_counts_over_a_gap():
    found = sums.total([item("a", 10), item("b", None, "a"), item("c", 3, "b")])
    assert (found.yuan, found.left_out) == (10, ("c",))


def test_a_parent_outside_the_result_takes_nothing_away():
    assert sums.total([item("b", 2, "a"), item("c", 3, "a")]).yuan == 5


def test_records_that_are_parts_of_each_other_do_not_hang_it():
    assert sums.total([item("a", 1, "b"), item("b", None, "a")]).yuan == 1


@pytest.mark.parametrize(
    ("qualifiers", "weakest"),
    [
        (["", ""], None),
        (["", "over"], "over"),
        (["nearly", "nearly"], "nearly"),
        (["nearly", "over"], "about"),
        (["about", ""], "about"),
        (["expected", ""], "expected"),
        (["over", "expected"], "expected"),
    ],
)
def test_a_sum_carries_the_weakest_qualifier(qualifiers, weakest):
    items = [item(f"p{number}", 1, qualifier=one) for number, one in enumerate(qualifiers)]
    assert sums.total(items).qualifier == weakest


def test_the_qualifier_of_what_is_left_out_or_unknown_says_nothing():
    items = [item("a", 10), item("b", 2, "a", qualifier="about"), item("c", None, qualifier="over")]
    assert sums.total(items).qualifier is None


@pytest.mark.parametrize(
    ("books", "book", "yuan"),
    [
        (["", ""], "", 3),
        (["payment", "statistics"], "statistics", 2),
        (["", "statistics"], "", 1),
        (["", "platform"], "platform", 2),
        (["payment", "payment"], "payment", 3),
    ],
)
def test_a_sum_takes_one_book_and_names_what_it_leaves_out(books, book, yuan):
    items = [item(code, number, method=one) for code, number, one in zip("ab", (1, 2), books, strict=True)]
    found = sums.total(items)
    assert (found.method, found.yuan) == (book, yuan)
    assert {*found.added, *found.left_out} == {"a", "b"} and not {*found.added} & {*found.left_out}


AMOUNTS = st.lists(st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 5)), max_size=6)


@given(AMOUNTS)
def test_each_record_is_added_left_out_or_unknown_and_no_two_added_lie_in_each_other(rows):
    parents = {str(number): None if above is None else str(above) for number, (_, above) in enumerate(rows)}
    items = [item(str(number), yuan, parents[str(number)]) for number, (yuan, _) in enumerate(rows)]
    found = sums.total(items)
    known = {one.project for one in items if one.yuan is not None}
    assert {*found.added, *found.left_out} == known and not {*found.added} & {*found.left_out}
    assert found.unknown == len(items) - len(known)
    assert found.yuan == (
        sum(one.yuan for one in items if one.project in found.added) if found.added else None
    )
    for project in found.added:
        assert not {*_above(project, parents)} & {*found.added} - {project}


def _above(project: str, parents: dict) -> list[str]:
    found = []
    while (project := parents.get(project)) is not None and project not in found:
        found.append(project)
    return found
