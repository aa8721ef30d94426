"""One line an organisation that has a part in a project: what JSON has within the project."""

import pytest

from tests import cast
from tests.opendata.tables import table
from tests.public.portfolio import what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/data/parties.csv"


def test_line_by_line_it_is_what_the_json_holds(client, made):
    cast.party(made.road, organisation=cast.organisation("road", name="某公路公司"), role="owner")
    projects = client.get("/data/projects.json").json()["projects"]
    wanted = [{"project": project["code"], **one} for project in projects for one in project["parties"]]
    assert table(client, PATH) == wanted and len(wanted) == 2


def test_of_a_list_that_was_filtered(client, made):
    assert table(client, PATH, kind="transport") == []


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    text = client.get(PATH).content.decode()
    assert [mark for mark in marks if mark in text] == []
