"""Places: no circles, no point without its source; projects are found by the names above them."""

import pytest

from tests.cast import place, project
from tests.editing.admin_pages import address, errors, form_on

pytestmark = pytest.mark.django_db


def send(client, row, **typed):
    page = address("place", "change", row.pk, english=True)
    return client.post(page, form_on(client.get(page), "place") | typed)


def test_projects_are_found_by_the_name_of_what_their_place_lies_in(as_editor):
    above = place("above", name="上", name_en="Above")
    of = project(place=place("below", name="下", name_en="Below", parent=above))
    assert send(as_editor, above, name="古南街道").status_code == 302
    of.refresh_from_db()
    assert "古南街道" in of.search_text.text


def test_places_do_not_lie_in_a_circle(as_editor):
    above = place("above", name="上", name_en="Above")
    below = place("below", name="下", name_en="Below", parent=above)
    found = errors(send(as_editor, above, parent=below.pk))
    assert found == {"parent": ["This would go round in a circle."]}


def test_a_point_needs_its_source(as_editor):
    found = errors(send(as_editor, place(), latitude="29.03", longitude="106.65"))
    assert found == {"__all__": ["Give latitude, longitude and the source of the point, or none."]}
