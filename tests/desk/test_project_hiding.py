"""One asks for a project to be hidden, a second person decides, and nobody outside finds it any more."""

import pytest

from projects.claims import projection
from projects.models import HidingRequest, Project
from projects.records import hiding
from tests.cast import AT, project, published
from tests.public.addresses import addresses
from tests.public.reading import Page, zh
from tests.public.test_nothing_leaks import text_of

pytestmark = pytest.mark.django_db
WHY = "与另一条重复"


@pytest.fixture
def factory(people) -> Project:
    of = project("待隐藏的工厂", slug="to-hide", department=people.reporter.department)
    published(of)
    projection.rebuild(of)
    return of


def post(client, user, of: Project, act: str, note: str = WHY, **sent):
    client.force_login(user)
    wish = HidingRequest.objects.order_by("pk").last()
    sent = {"act": act, "note": note, "wish": wish.pk if wish else ""} | sent
    return client.post(f"/desk/projects/{of.code}/hide/", sent)


def hrefs(page: Page) -> set[str]:
    return {one.href for one in page.links}


def page_of(client, user, of: Project) -> Page:
    client.force_login(user)
    return Page(client.get(f"/desk/projects/{of.code}/hide/"))


def acts(page: Page) -> set[str]:
    return {one.given["value"] for one in page.all("button", name="act")}


def test_it_goes_from_one_to_the_other(client, people, factory):
    assert acts(page_of(client, people.editor, factory)) == {"ask"}
    assert post(client, people.editor, factory, "ask").status_code == 302
    assert acts(page_of(client, people.editor, factory)) == {"take_back"}
    page = page_of(client, people.reviewer, factory)
    assert acts(page) == {"approve", "refuse"} and WHY in page.main
    client.force_login(people.reviewer)
    assert f"/desk/projects/{factory.code}/hide/" in hrefs(Page(client.get("/desk/hiding/")))
    assert "/desk/hiding/" in hrefs(Page(client.get("/desk/")))
    post(client, people.reviewer, factory, "approve", "")
    assert not Project.objects.get().is_public
    assert acts(page_of(client, people.reviewer, factory)) == set(), "editors show it again"
    client.force_login(people.editor)
    assert f"/desk/projects/{factory.code}/hide/" in hrefs(Page(client.get("/desk/"))), "who asked reads it"
    assert acts(page_of(client, people.editor, factory)) == {"show"}
    post(client, people.editor, factory, "show")
    assert Project.objects.get().is_public


def test_nobody_outside_finds_it_on_any_page_file_or_feed(client, people, factory):
    def found() -> set[str]:
        client.logout()
        said = {address: client.get(address) for address in addresses()}
        return {address for address, answer in said.items() if factory.name in text_of(answer)}

    assert {"/projects/to-hide/", "/projects/", "/data/projects.json", "/data/projects.csv"} <= found()
    wish = hiding.ask(factory, reason=WHY, by=people.editor, at=AT)
    assert found(), "while it waits nothing changes"
    hiding.approve(wish, by=people.reviewer, at=AT)
    assert found() == set()
    assert client.get("/projects/to-hide/").status_code == 404
    hiding.show(wish, why=WHY, by=people.editor, at=AT)
    assert "/projects/to-hide/" in found()


@pytest.mark.parametrize(
    ("who", "act"), [("editor", "approve"), ("editor", "refuse"), ("reviewer", "take_back")]
)
def test_what_is_not_ones_own_to_decide_is_not_there(client, people, factory, who, act):
    post(client, people.editor, factory, "ask")
    assert post(client, getattr(people, who), factory, act).status_code == 404
    assert HidingRequest.objects.get().state == "waiting"


def test_without_a_reason_it_is_said_and_a_wrong_act_too(client, people, factory):
    for act, note in (("ask", " "), ("", WHY), ("delete", WHY), ("ask", "长" * 301)):
        page = Page(post(client, people.editor, factory, act, note))
        assert page.status == 200 and page.all("section", "faults")
    assert not HidingRequest.objects.exists()


def test_a_wish_that_is_gone_is_not_decided(client, people, factory):
    for number in ("", "x", "9" * 30):
        page = Page(post(client, people.reviewer, factory, "approve", wish=number))
        assert zh("It was changed after this page was opened: read it again, then decide.") in page.main
