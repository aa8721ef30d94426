"""Likely duplicates are listed for editors, and any two records may be compared."""

import pytest

from projects.records import hiding
from projects.search import index
from tests.cast import AT, project
from tests.public.reading import Page

pytestmark = pytest.mark.django_db


def hrefs(client, query: str = "") -> set[str]:
    page = Page(client.get(f"/desk/duplicates/{query}"))
    return {one.href for one in page.links if one.href.startswith("/desk/duplicates/QJ")}


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_statements_for_many_pairs(client, people, django_assert_num_queries, count):
    names = ["古剑山索道及配套", "横山康养小镇中心", "丁山湖环湖步道段"][:count]
    for name in names:
        project(name, name_en=""), project(f"{name}工程", name_en="")
    index.index_all()
    client.force_login(people.editor)
    with django_assert_num_queries(8):
        assert len(hrefs(client)) == count


def test_what_waits_is_marked_and_what_is_hidden_is_gone(client, people):
    one, other = project("古剑山索道", name_en=""), project("古剑山索道工程", name_en="")
    index.index_all()
    wish = hiding.ask(one, same_as=other, reason="重复", by=people.editor, at=AT)
    client.force_login(people.editor)
    assert Page(client.get("/desk/duplicates/")).all("span", "phase")
    hiding.approve(wish, by=people.reviewer, at=AT)
    assert hrefs(client) == set()


def test_two_codes_lead_to_the_pair(client, people):
    project(), project()
    client.force_login(people.editor)
    answer = client.get("/desk/duplicates/?one=qj-0001&other= QJ-0002")
    assert answer["Location"] == "/desk/duplicates/QJ-0001/QJ-0002/"
    for query in ("one=QJ-0001&other=QJ-0001", "one=QJ-0001&other=x", "after=%00", "after=" + "z" * 99):
        assert client.get(f"/desk/duplicates/?{query}").status_code == 200
