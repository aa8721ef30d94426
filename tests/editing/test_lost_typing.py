"""What an editor sends with a dead session stands in the form again after signing in; nobody else sees it."""

import pytest

from projects.choices import Topic
from projects.core.money import Money
from projects.models import Claim, Department
from tests.cast import department, project, published, source
from tests.editing.admin_pages import address, form_on

pytestmark = pytest.mark.django_db
FORTY = Money(40 * 10**8, "yi", 0)


def sent_too_late(client, page: str, typed: dict) -> str:
    """Where the login leads back to."""
    client.logout()
    answer = client.post(page, typed)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url
    return page


def test_a_claim_typed_for_long_is_given_back_once(as_editor, people):
    page = address("claim", "add", english=True)
    typed = form_on(as_editor.get(page), "claim")
    typed |= {"project": project().pk, "topic": "works", "value": "墙体完成一半", "source": source().pk}
    sent_too_late(as_editor, page, typed)
    as_editor.force_login(people.second_editor)
    assert "墙体完成一半" not in as_editor.get(page).content.decode()
    as_editor.force_login(people.editor)
    back = as_editor.get(page)
    assert "stands below and is not saved yet" in back.content.decode()
    again = form_on(back, "claim")
    assert (again["topic"], again["value"], again["project"]) == (
        "works",
        "墙体完成一半",
        str(typed["project"]),
    )
    assert not Claim.objects.exists()
    assert "墙体完成一半" not in as_editor.get(page).content.decode()


def test_a_correction_comes_back_as_one(as_editor, people):
    wrong = published(project(), Topic.TOTAL_INVESTMENT, FORTY)
    page = address("claim", "add", english=True) + f"?corrects={wrong.ref}"
    typed = form_on(as_editor.get(page), "claim") | {"value": "50亿元", "note": "印作50。"}
    sent_too_late(as_editor, page, typed)
    as_editor.force_login(people.editor)
    again = form_on(as_editor.get(page), "claim")
    assert (again["value"], again["note"]) == ("50亿元", "印作50。")


def test_a_record_is_given_back_over_what_is_kept(as_editor, people):
    of = department("shuili", name="水利局")
    page = address("department", "change", of.pk, english=True)
    typed = form_on(as_editor.get(page), "department") | {"name": "水利局（新）"}
    sent_too_late(as_editor, page, typed)
    as_editor.force_login(people.editor)
    assert form_on(as_editor.get(page), "department")["name"] == "水利局（新）"
    assert Department.objects.get(pk=of.pk).name == "水利局"
