"""What waits to be hidden, what is hidden, and what was decided otherwise, for editors and reviewers."""

import pytest

from projects.records import hiding
from tests.cast import AT, project

pytestmark = pytest.mark.django_db
WHY = "与另一条重复"


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_statements_for_many_rows(client, people, django_assert_num_queries, count):
    wishes = [hiding.ask(project(), reason=WHY, by=people.editor, at=AT) for _ in range(2 * count)]
    for wish in wishes[:count]:
        hiding.approve(wish, by=people.reviewer, at=AT)
    client.force_login(people.second_editor)
    with django_assert_num_queries(5):
        answer = client.get("/desk/hiding/")
    assert [one.state for one in answer.context["page"]] == ["waiting"] * count + ["hidden"] * count


@pytest.mark.parametrize(
    ("who", "waits"), [("editor", 0), ("second_editor", 1), ("reviewer", 1), ("reporter", 0)]
)
def test_it_waits_for_who_may_decide(client, people, who, waits):
    hiding.ask(project(), reason=WHY, by=people.editor, at=AT)
    client.force_login(getattr(people, who))
    assert client.get("/desk/").context["hidings"] == waits
