"""Both clocks of one project: its rectangles and every claim."""

import pytest

from projects.choices import Topic
from projects.records import project_history
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def test_every_rectangle_is_drawn_and_stands_in_the_table(client, made):
    page = read(client, "/projects/factory/history/")
    tiles = [one for one in page.all("rect") if one.has("tile")]
    assert len(tiles) == made.factory.standings.count() == len(page.rows("planes"))


def test_tiles_lie_within_the_drawing(client, made):
    for one in read(client, "/projects/factory/history/").all("rect", "tile"):
        x, y = float(one.given["x"]), float(one.given["y"])
        assert 0 <= x <= 480 and 0 <= y <= 480
        assert x + float(one.given["width"]) <= 480.01 and y + float(one.given["height"]) <= 480.01


def test_a_rectangle_leads_to_the_page_of_its_corner(client, made):
    page = read(client, "/projects/factory/history/")
    hrefs = [link.href for link in page.links if "asof=" in link.href and "known=" in link.href]
    assert hrefs and all(client.get(href).status_code == 200 for href in hrefs)


def test_every_claim_is_there(client, made):
    refs = set(made.factory.claims.values_list("ref", flat=True))
    assert refs <= read(client, "/projects/factory/history/").ids


def test_claims_in_pages_the_last_known_first(client, made, monkeypatch):
    monkeypatch.setattr(project_history, "PAGE_SIZE", 3)
    count = made.factory.claims.count()
    page, seen = read(client, "/projects/factory/history/"), []
    assert f"{count}" in page.main
    while True:
        seen += [one.given["id"] for one in page.elements if one.given.get("data-is") == "claim"]
        following = [link.href for link in page.links if link.given.get("rel") == "next"]
        if not following:
            break
        page = read(client, "/projects/factory/history/" + following[0])
    assert seen[0] == "f-moved" and len(seen) == len(set(seen)) == count


def test_rectangles_in_pages(client, made, monkeypatch):
    monkeypatch.setattr(project_history, "PAGE_SIZE", 1)
    page = read(client, "/en/projects/factory/history/")
    assert len(page.rows("planes")) == 1
    first = read(client, page.link(f"All of {made.factory.standings.count()} rectangles"))
    second = read(client, "/en/projects/factory/history/" + first.link("Next page"))
    assert len(second.rows("planes")) == 1 and second.rows("planes") != first.rows("planes")


def test_what_corrected_a_claim_and_what_it_corrects_are_named(client, made):
    wrong = made.factory.claims.get(ref="f-works")
    cast.published(made.factory, Topic.WORKS, "厂房未封顶", ref="right", corrects=wrong, source=made.notice)
    settle()
    page = read(client, "/en/projects/factory/history/")
    assert page.link("corrected") == "#right" and page.link("a correction") == "#f-works"


def test_of_two_statements_of_one_day_neither_is_said_to_come_before(client, made):
    """Which sentence of one document is the newer, nobody knows. What is corrected did come first."""
    said = {"source": made.notice, "as_of": "2025-03-01"}
    for ref, stage in (("h-a", "signed"), ("h-b", "building")):
        cast.published(made.logistics, value=stage, ref=ref, **said)
    wrong = made.logistics.claims.get(ref="h-a")
    cast.published(made.logistics, value="preparing", ref="h-c", corrects=wrong, note="更正", **said)
    settle()
    page = read(client, f"/en/projects/{made.logistics.slug}/history/")
    lines = {one.given["id"]: one.text for one in page.all("li") if one.given.get("data-is") == "claim"}
    assert "also said: agreement signed" in lines["h-b"] and "before:" not in lines["h-b"]
    assert "before: planned" in lines["h-a"]
    assert "before: agreement signed" in lines["h-c"]


def test_an_old_address_with_a_number_leads_to_the_first_page(client, made):
    page = read(client, "/en/projects/factory/history/", page="2")
    assert "page=2" in " ".join(page.notices) and "f-stage" in page.ids


def test_in_english(client, made):
    assert read(client, "/en/projects/factory/history/").one("h1").text == (
        "Model factory: what was said, and how it changed"
    )


def test_each_line_says_when_who_what_and_what_it_changes(client, made):
    page = read(client, "/en/projects/factory/history/")
    lines = {one.given["id"]: one.text for one in page.all("li") if one.is_in("ol", "said-lines")}
    assert list(lines)[0] == "f-moved"  # the newest word
    assert lines["f-moved"] == "1 March 2025 A notice promised date · completion: June 2026 before: 2025"
    assert lines["f-stage"].endswith("stage: under construction said for the first time")


def test_the_plane_of_days_is_folded(client, made):
    page = read(client, "/projects/factory/history/")
    assert "open" not in page.one("details", id="days").given and page.one("svg", "plane").is_in("details")


def test_unknown_is_not_found(client, made):
    assert read(client, "/projects/nothing/history/").status == 404
    assert zh("There is no such page") in read(client, "/projects/nothing/history/").main


def test_every_page_of_it_says_how_old_the_last_claim_is(client, made, monkeypatch):
    monkeypatch.setattr(project_history, "PAGE_SIZE", 3)
    first = read(client, "/en/projects/factory/history/")
    said = "Last report: March 2025, 12 months ago."
    assert said in first.main
    assert said in read(client, "/en/projects/factory/history/" + first.link("Next page")).main
