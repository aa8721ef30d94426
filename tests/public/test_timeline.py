"""The portfolio's milestones to one scale."""

import pytest

from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def test_only_records_with_a_date_are_drawn(client, made):
    names = [cells[0] for cells in read(client, "/timeline/").rows("gantt")]
    assert names == ["示范工厂1", "綦万公路"]


def test_a_line_says_in_words_what_it_draws(client, made):
    words = read(client, "/timeline/").rows("gantt")[0][1]
    assert f"{zh('start of construction')} 2023年5月" in words
    assert "2025年" in words and "2026年6月" in words


def test_promise_and_fact_are_drawn_apart(client, made):
    drawn = [one.given["class"] for one in read(client, "/timeline/").all("rect")]
    assert sorted(drawn) == ["actual", "actual", "first", "promised"]


def test_bands_lie_within_the_drawing(client, made):
    for one in read(client, "/timeline/").all("rect"):
        x, width = float(one.given["x"]), float(one.given["width"])
        assert x >= 0 and x + width <= 1000.01 and width > 0


def test_filtered_by_kind(client, made):
    assert [cells[0] for cells in read(client, "/timeline/", kind="transport").rows("gantt")] == ["綦万公路"]


def test_in_english(client, made):
    assert read(client, "/en/timeline/").rows("gantt")[1][0] == "Qiwan Road"


def test_nothing_to_draw_is_said(client, made):
    assert read(client, "/timeline/", kind="health").rows("gantt") == [
        [zh("No date is on record for these.")]
    ]


def test_what_means_nothing_is_ignored_aloud(client, made):
    assert "kind=zzz" in read(client, "/timeline/", kind="zzz").notices[0]
