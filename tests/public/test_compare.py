"""Two dates side by side."""

import pytest

from projects.choices import Stage, Topic
from tests import cast
from tests.public.portfolio import settle, yi
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db
NAMES = ("示范工厂1", "示范工厂二期", "綦万公路", "会展中心", "老铝厂")
SENTENCE = (
    "Records as of %(begins)s: %(before)s; as of %(ends)s: %(after)s; both as known on %(ends)s. "
    "New: %(new)s; no longer on record: %(gone)s."
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
    assert names(page, "New on record") == ["示范工厂二期"] and names(page, "No longer on record") == []
    words = {"begins": "2024年10月31日", "ends": "2026年3月2日", "before": 5, "after": 6, "new": 1, "gone": 0}
    assert (zh(SENTENCE) % words).replace(" ", "") in page.main.replace(" ", "")


def test_a_cancelled_one_is_still_on_record(client, made):
    page = read(client, "/en/compare/", **{"from": "2024-10-31", "to": "2026-03-02"})
    assert "Convention Centre" in page.section("Cancelled")
    assert "finished 0, cancelled 1," in page.main


def test_stage_by_stage_the_records_add_up(client, made):
    page = read(client, "/en/compare/", **{"from": "2024-10-31", "to": "2026-03-02"})
    assert page.rows("sums") == [
        ["planned", "1", "1"],
        ["agreement signed", "1", "1"],
        ["under construction", "1", "1"],
        ["in operation", "2", "2"],
        ["not known", "0", "1"],
    ]
    assert [one.text for one in page.all("td") if one.is_in("tfoot")] == ["5", "6"]


def test_the_later_day_is_one_of_knowledge_too(client, made):
    """Before the first source nothing was known, however far back it is told."""
    page = read(client, "/en/compare/", **{"from": "2023-05-31", "to": "2023-06-30"})
    assert page.notices == ["Nothing is on record as early as 2023-06-30; this page shows 17 October 2024."]
    assert "Records as of 31 May 2023: 1; as of 17 October 2024: 5;" in page.main


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


def test_from_a_past_day_it_compares_up_to_that_day(client, made):
    """The link at the foot of a page that looks back keeps its day."""
    back = read(client, "/en/projects/", asof="2025-01-31").link("Compare two dates")
    page = read(client, back)
    assert [one.given["value"] for one in page.all("input", type="date")] == ["2024-10-17", "2025-01-31"]
    assert page.notices == []
    of_two_days = read(client, back + "&to=2025-06-30")
    assert [one.given["value"] for one in of_two_days.all("input", type="date")][1] == "2025-06-30"
    assert "asof=2025-01-31" not in of_two_days.link("Model factory")


@pytest.mark.parametrize(
    ("asof", "sentence"),
    [
        ("garbage", "“garbage” is not a date"),
        ("2199-01-01", "in the future"),
        ("1900-01-01", "as early as 1900"),
    ],
)
def test_a_day_that_cannot_be_shown_is_replaced_with_a_sentence(client, made, asof, sentence):
    page = read(client, "/en/compare/", asof=asof)
    assert page.status == 200 and sentence in " ".join(page.notices)


def test_in_english(client, made):
    assert "Two dates side by side" in read(client, "/en/compare/").main
