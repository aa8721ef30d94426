"""Two dates side by side."""

import pytest

from projects.choices import Stage, Topic
from tests import cast
from tests.public.portfolio import settle, yi
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db
NAMES = ("示范工厂1", "示范工厂二期", "綦万公路", "会展中心", "老铝厂")
SENTENCE = (
    "As of %(begins)s there were %(before)s records, as of %(ends)s %(after)s, both as known on %(ends)s:"
)


def compared(client, begins="2024-10-31", ends="2026-03-02"):
    return read(client, "/compare/", **{"from": begins, "to": ends})


def names(page, heading: str) -> list[str]:
    """The records under a heading."""
    section = page.section(zh(heading))
    return [
        name for name in ("示范工厂1", "示范工厂二期", "綦万公路", "会展中心", "老铝厂") if name in section
    ]


def test_new_and_gone_add_up(client, made):
    page = compared(client)
    assert "示范工厂二期" in names(page, "New on record")
    assert names(page, "Gone or cancelled") == ["会展中心"]
    before, after = 5, 6
    words = {"begins": "2024年10月31日", "ends": "2026年3月2日", "before": before, "after": after}
    assert (zh(SENTENCE) % words).replace(" ", "") in page.main.replace(" ", "")


def test_a_promise_that_moved_is_named_with_both_dates(client, made):
    slipped = compared(client).section(zh("Promised date moved later"))
    assert "示范工厂1" in slipped and "2025年 → 2026年6月" in slipped


def test_started_finished_and_raised(client, made):
    later = {"source": made.notice}
    cast.published(made.centre, Topic.STAGE, Stage.OPERATING.value, ref="opened", **later)
    cast.published(made.factory, Topic.TOTAL_INVESTMENT, yi(60), ref="raised", **later)
    settle()
    page = compared(client)
    assert "会展中心" in names(page, "Building began") and "会展中心" in names(page, "Finished")
    assert names(page, "Amount raised") == ["示范工厂1"]


def test_corrected_is_the_earlier_day_known_then_and_later(client, made):
    wrong = cast.published(made.plant, Topic.TOTAL_INVESTMENT, yi(3), ref="wrong", as_of="2024-10-17")
    cast.published(
        made.plant,
        Topic.TOTAL_INVESTMENT,
        yi(4),
        ref="right",
        corrects=wrong,
        as_of="2024-10-17",
        source=made.notice,
    )
    settle()
    page = compared(client)
    heading = "Corrected: as of the earlier day, known then against known later"
    assert names(page, heading) == ["老铝厂"]


def test_dates_the_wrong_way_round_are_turned(client, made):
    assert compared(client, "2026-03-02", "2024-10-31").main == compared(client).main


def test_without_dates_from_the_first_knowledge_to_today(client, made):
    page = read(client, "/compare/")
    values = [one.given["value"] for one in page.all("input", type="date")]
    assert values == ["2024-10-17", "2026-03-02"]


def test_a_day_out_of_reach_is_clamped_with_a_sentence(client, made):
    page = compared(client, "1900-01-01", "2999-01-01")
    assert page.status == 200 and len(page.notices) == 2


def test_in_english(client, made):
    assert "Two dates side by side" in read(client, "/en/compare/").main
