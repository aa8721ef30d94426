"""A place: how far what stands there is, and each project, by the part in which it lies."""

import pytest

from projects.public import places
from tests import cast
from tests.public.reading import read, zh
from tests.public.test_place_list import district, standing_in  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def park(district):  # noqa: F811
    return district[1]


def test_each_project_stands_under_the_part_in_which_it_lies(client, district):  # noqa: F811
    top, park, corner = district
    inside, deeper = standing_in(park), standing_in(corner, "operating")
    page = read(client, "/places/park/")
    assert page.one("h1").text == "样板园" and "2" in page.one("p", "lede").text
    assert page.codes == [inside.code, deeper.code]
    assert page.link("样板角") == "/places/corner/"  # over those that lie in it
    assert page.link("样板区") == "/places/district/"  # above it
    assert "/projects/?counted=1&stage=operating&place=park#found" in [link.href for link in page.links]


def legend(page) -> list[str]:
    return [one.text for one in page.all("a") if one.is_in("ul", "legend")]


def test_a_stage_is_called_above_as_it_is_in_the_rows(client, park, monkeypatch):
    """Where the rows are a part of all, the usual word stands before theirs."""
    standing_in(park, "operating", record_type="park")
    standing_in(park, "operating", kind="industrial", name="样板厂")
    standing_in(park)
    said = ["under construction 1", "built/in production 2"]
    page = read(client, "/en/places/park/")
    assert legend(page) == said
    assert page.one("meta", name="description").given["content"].endswith(" · ".join(said))
    monkeypatch.setattr(places, "PAGE_SIZE", 1)
    usual = ["under construction 1", "in operation/built 2"]
    assert legend(read(client, "/en/places/park/", type="large")) == usual


def test_two_stages_that_are_called_alike_are_told_apart(client, park):
    standing_in(park, "operating", record_type="park")
    standing_in(park, "completed", record_type="base", name="样板基地")
    assert legend(read(client, "/en/places/park/")) == ["built (completed) 1", "built (in operation) 1"]


def test_what_the_number_does_not_count_is_a_link_away(client, park):
    others = "/projects/?counted=all&place=park"
    standing_in(park)
    assert f"{others}#found" not in [link.href for link in read(client, "/places/park/").links]
    plant = standing_in(park, record_type="existing_plant")
    page = read(client, "/places/park/", type="large")
    assert plant.code not in page.codes and f"{others}&type=large#found" in [link.href for link in page.links]


def test_the_record_of_the_park_itself_leads_the_page(client, park):
    own = standing_in(None, own_place=park, name="样板产业园")
    page = read(client, "/places/park/")
    assert page.link("样板产业园") == f"/projects/{own.slug}/"
    assert page.one("p", "lede").text == zh("No project is reported to be here.")


def test_the_stage_of_the_park_itself_says_how_old_it_is(client, park):
    standing_in(None, own_place=park)
    (stage,) = read(client, "/en/places/park/").all("span", "said")
    assert stage.text == "as of October 2024"


def test_a_place_with_more_than_a_page_shows_what_lies_in_none_of_its_parts(client, district, monkeypatch):  # noqa: F811
    monkeypatch.setattr(places, "PAGE_SIZE", 2)
    _, park, corner = district
    here = [standing_in(park) for _ in range(3)]
    standing_in(corner)
    page = read(client, "/places/park/")
    assert page.codes == [one.code for one in here[:2]]
    assert page.link("样板角") == "/places/corner/"
    more = read(client, page.link(zh("Next page")).replace("?", "/places/park/?", 1))
    assert more.codes == [here[2].code]


def test_a_place_with_more_than_a_page_says_its_ages(client, district, monkeypatch):  # noqa: F811
    monkeypatch.setattr(places, "PAGE_SIZE", 2)
    for as_of in ("2025-06-01", "2024-10-17", "2024-05-01", "2019"):
        standing_in(district[1], as_of=as_of, known_on="2025-06-01")
    page = read(client, "/en/places/park/")
    said = "How far they are was last said: within a year 1 · one to two years ago 2 · over two years ago 1."
    assert page.one("p", "lede").text.endswith(said)
    assert "How far they are was last said" in page.one("meta", name="description").given["content"]
    (old,) = [one for one in page.links if "age=over2" in one.href]
    assert len(read(client, old.href).codes) == 1


def test_a_key_of_another_list_leads_to_the_first_page_and_says_so(client, park, monkeypatch):
    monkeypatch.setattr(places, "PAGE_SIZE", 1)
    standing_in(park), standing_in(park)
    page = read(client, "/places/park/", after="junk")
    assert len(page.codes) == 1 and "after=junk" in page.notices[0]


def test_there_is_nothing_behind_an_unknown_code(client):
    assert client.get("/places/nowhere/").status_code == 404


def test_it_takes_few_statements_however_many_parts(client, district, django_assert_max_num_queries):  # noqa: F811
    top = district[0]
    for number in range(9):
        standing_in(cast.place(f"part-{number}", name=f"第{number}处", parent=top))
    read(client, "/places/")
    with django_assert_max_num_queries(5):
        read(client, "/places/district/")
