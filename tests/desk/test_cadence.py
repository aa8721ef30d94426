"""The page on which reviewers and editors say how often reports are expected."""

import pytest

from projects.models import QuarterlyStage
from projects.records import saving
from tests.cast import AT
from tests.paperwork import on_record
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/cadence/"


def chosen(page: Page) -> list[str]:
    return [one.given["value"] for one in page.all("input") if "checked" in one.given]


@pytest.mark.parametrize("who", ["reviewer", "editor"])
def test_stages_are_ticked_and_kept(client, people, who):
    client.force_login(getattr(people, who))
    assert chosen(read(client, ADDRESS)) == []
    after = Page(client.post(ADDRESS, {"stages": ["completed", "signed"]}, follow=True))
    assert chosen(after) == ["signed", "completed"]
    Page(client.post(ADDRESS, {}, follow=True))
    assert not QuarterlyStage.objects.exists()


def test_another_stage_is_refused_in_words(client, people):
    client.force_login(people.reviewer)
    after = Page(client.post(ADDRESS, {"stages": ["operating"]}))
    assert zh("Choose stages of the list.") in after.main and not QuarterlyStage.objects.exists()


def test_projects_apart_are_listed_and_an_editor_is_led_to_them(client, people):
    of, _plain = on_record(), on_record()
    of.cadence = "quarterly"
    saving.save_project(of, by=None, at=AT)
    client.force_login(people.reviewer)
    page = read(client, ADDRESS)
    assert of.code in page.main and _plain.code not in page.main
    record = f"/admin/projects/project/{of.pk}/change/"
    assert record not in [one.href for one in page.links]
    client.force_login(people.editor)
    assert record in [one.href for one in read(client, ADDRESS).links]
