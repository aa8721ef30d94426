"""A double is hidden with its claims proposed for the one that stays, whole or not at all; and undone."""

import pytest
from django.core.exceptions import PermissionDenied

from projects.choices import BatchState, HidingState, Topic
from projects.claims import approval, projection
from projects.core.refusals import Refused
from projects.imports import decisions, doubles, reading
from projects.management import verification
from projects.models import Batch, Claim, HidingRequest, Notice, Project
from projects.records import hiding
from projects.search import index
from projects.search.results import every
from tests.cast import AT, Cast, alias, pending, project, published, source
from tests.imports.rows import FIFTY, FORTY

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
WHY = "同一个项目，两份文件写法不同"


@pytest.fixture
def kept(people) -> Project:
    of = project("古剑山索道", slug="kept")
    published(of, Topic.TOTAL_INVESTMENT, FORTY)
    projection.rebuild(of)
    return of


@pytest.fixture
def double(people, kept) -> Project:
    """Says one thing as the other does, one otherwise, and one of its own that was corrected since."""
    of = project("古剑山缆索道", slug="double")
    published(of, Topic.TOTAL_INVESTMENT, FORTY)
    wrong = published(of, Topic.AGREED_INVESTMENT, FORTY)
    published(of, Topic.AGREED_INVESTMENT, FIFTY, corrects=wrong)
    published(of, Topic.STAGE, "planned", source=source("notice", kind="notice"), paragraph=None)
    projection.rebuild(of)
    index.index_all()
    return of


def ask(double: Project, kept: Project, people: Cast) -> HidingRequest:
    return doubles.ask(double, kept, reason=WHY, by=people.editor, at=AT)


def approve(wish: HidingRequest, people: Cast) -> HidingRequest:
    return doubles.approve(wish, by=people.reviewer, at=AT)


def merged(double: Project, kept: Project, people: Cast) -> HidingRequest:
    return approve(ask(double, kept, people), people)


def told(of: Project) -> set[tuple[str, object]]:
    """What is public and stands."""
    rows = Claim.objects.public(AT.date()).filter(project=of).with_correction().filter(is_corrected=False)
    return {(one.topic, one.value()) for one in rows if not one.is_withdrawal}


def test_what_the_other_says_already_and_what_was_corrected_is_not_proposed(double, kept, people):
    wish = ask(double, kept, people)
    rows = wish.batch.claims.pending()
    assert {(one.topic, one.value(), one.source.code) for one in rows} == {
        ("agreed_investment", FIFTY, "paper"),
        ("stage", "planned", "notice"),
    }
    assert all(one.project == kept and double.code in one.note for one in rows)
    assert told(kept) == {("total_investment", FORTY)}, "nothing changes until the decision"


def test_it_is_hidden_and_its_claims_stand_on_the_other_known_since_their_documents(double, kept, people):
    before = set(Claim.objects.filter(project=double).values_list("ref", "known_on", "note"))
    wish = merged(double, kept, people)
    double.refresh_from_db()
    assert not double.is_public and wish.batch.state == BatchState.APPROVED
    assert told(kept) == {("total_investment", FORTY), ("agreed_investment", FIFTY), ("stage", "planned")}
    known = {one.known_on for one in wish.batch.claims.all()}
    assert known == {source().published_latest}, "as a document's claims are"
    assert set(Claim.objects.filter(project=double).values_list("ref", "known_on", "note")) == before
    assert kept.current.stage == "planned"
    assert not Notice.objects.exists(), "its author is told with the hiding"
    assert list(verification.of_batches()) == []


def test_shown_again_all_is_as_it_was_once_the_batch_is_withdrawn(double, kept, people):
    wish = merged(double, kept, people)
    doubles.show(wish, why="不是同一个", by=people.editor, at=AT)
    double.refresh_from_db()
    assert double.is_public and double.current.stage == "planned"
    withdrawal = Batch.objects.waiting_alone().get()
    assert withdrawal.withdraws == wish.batch and withdrawal.why == "不是同一个"
    with pytest.raises(Refused, match="double_withdrawal_waits"):
        ask(double, kept, people)
    decisions.approve(withdrawal, expected=withdrawal.version, by=people.reviewer, at=AT)
    assert told(kept) == {("total_investment", FORTY)}
    assert ask(double, kept, people).batch, "and it may be asked for again"


def test_refused_or_taken_back_both_are_as_before(double, kept, people):
    wish = ask(double, kept, people)
    doubles.refuse(wish, why="两个项目", by=people.reviewer, at=AT)
    assert Batch.objects.get().state == BatchState.REFUSED and not Claim.objects.pending().exists()
    doubles.take_back(ask(double, kept, people), by=people.editor, at=AT)
    assert not Batch.objects.waiting().exists() and not Claim.objects.pending().exists()
    assert told(kept) == {("total_investment", FORTY)} and Project.objects.public().count() == 2


def test_neither_half_is_decided_alone(double, kept, people):
    wish = ask(double, kept, people)
    acts = [
        lambda: decisions.approve(wish.batch, expected=1, by=people.reviewer, at=AT),
        lambda: decisions.refuse(wish.batch, expected=1, why=WHY, by=people.reviewer, at=AT),
        lambda: hiding.approve(wish, by=people.reviewer, at=AT),
    ]
    for act in acts:
        with pytest.raises(Refused, match="decided_with_hiding"):
            act()
    batch = approve(wish, people).batch
    with pytest.raises(Refused, match="decided_with_hiding"):
        decisions.withdraw(batch, expected=batch.version, why=WHY, by=people.editor, at=AT)
    assert Project.objects.public().get() == kept


def test_nobody_decides_on_his_own(double, kept, people):
    wish = ask(double, kept, people)
    with pytest.raises(PermissionDenied):
        doubles.approve(wish, by=people.editor, at=AT)
    with pytest.raises(PermissionDenied):
        doubles.take_back(wish, by=people.second_editor, at=AT)
    assert Project.objects.public().count() == 2 and Claim.objects.pending().count() == 2


def test_it_is_decided_once(double, kept, people):
    wish = ask(double, kept, people)
    stale = HidingRequest.objects.get()
    approve(wish, people)
    for act in (
        lambda: approve(stale, people),
        lambda: doubles.refuse(stale, why=WHY, by=people.reviewer, at=AT),
        lambda: doubles.take_back(stale, by=people.editor, at=AT),
    ):
        with pytest.raises(Refused, match="decided_already"):
            act()
    assert wish.batch.claims.approved().count() == 2


def test_the_same_pair_twice_and_the_other_way_round(double, kept, people):
    ask(double, kept, people)
    with pytest.raises(Refused, match="hiding_is_open"):
        ask(double, kept, people)
    with pytest.raises(Refused, match="same_as_unfit"):
        ask(kept, double, people)
    with pytest.raises(Refused, match="same_as_unfit"):
        ask(kept, kept, people)
    assert Batch.objects.count() == 1


def test_what_was_published_meanwhile_is_not_lost_and_not_published_unread(double, kept, people):
    wish = ask(double, kept, people)
    late = pending(double, people.editor, Topic.WORKS, "基础施工")
    approval.approve(late, by=people.second_editor, at=AT)
    with pytest.raises(Refused, match="double_moved_on"):
        approve(wish, people)
    doubles.take_back(wish, by=people.editor, at=AT)
    merged(double, kept, people)
    assert ("works", "基础施工") in told(kept)


def test_the_one_that_stays_was_hidden_meanwhile(double, kept, people):
    wish = ask(double, kept, people)
    other = hiding.ask(kept, reason=WHY, by=people.editor, at=AT)
    for _ in range(2):
        with pytest.raises(Refused, match="same_as_unfit"):
            approve(wish, people)
        if other.state == HidingState.WAITING:
            other = hiding.approve(other, by=people.reviewer, at=AT)
    double.refresh_from_db()
    assert double.is_public and not Claim.objects.filter(batch__isnull=False).approved().exists()


def test_a_private_double_has_nothing_to_hide(kept, people):
    with pytest.raises(Refused, match="hiding_of_private"):
        ask(project(is_public=False), kept, people)


def test_one_that_says_nothing_of_its_own_comes_without_a_batch(kept, people):
    twin = project("古剑山索道二", slug="twin")
    published(twin, Topic.TOTAL_INVESTMENT, FORTY)
    wish = merged(twin, kept, people)
    assert wish.batch is None and not Batch.objects.exists()
    assert not Project.objects.get(pk=twin.pk).is_public


def test_what_waits_on_the_double_waits_on(double, kept, people):
    waits = pending(double, people.editor, Topic.WORKS, "基础施工")
    wish = merged(double, kept, people)
    assert Claim.objects.pending().get() == waits
    doubles.show(wish, why=WHY, by=people.editor, at=AT)
    approval.approve(waits, by=people.reviewer, at=AT)
    assert ("works", "基础施工") in told(double)


def test_too_many_claims_are_brought_over_by_hand(double, kept, people, monkeypatch):
    monkeypatch.setattr(doubles, "MAX_CLAIMS", 1)
    with pytest.raises(Refused, match="double_too_large"):
        ask(double, kept, people)
    assert not HidingRequest.objects.exists()


def test_a_sheet_that_names_a_double_means_the_one_that_stays(double, kept, people):
    last = project("新的索道", slug="last")
    wish = merged(double, kept, people)
    assert reading.project_table().named(double.name) == kept.code
    merged(kept, last, people)
    assert {reading.project_table().named(one.name) for one in (double, kept, last)} == {last.code}
    doubles.show(wish, why=WHY, by=people.editor, at=AT)
    assert reading.project_table().named(double.name) == double.code


def test_exports_name_its_doubles_and_theirs(client, double, kept, people):
    merged(double, kept, people)
    last = project("新的索道", slug="last")
    published(last)
    projection.rebuild(last)

    def exported() -> dict[str, list[str]]:
        rows = client.get("/data/projects.json").json()["projects"]
        return {row["slug"]: row["duplicates"] for row in rows}

    assert exported() == {"kept": [double.code], "last": []}
    merged(kept, last, people)
    assert exported() == {"last": [kept.code, double.code]}


def test_the_one_that_stays_is_found_by_the_names_of_its_doubles(double, kept, people):
    alias(double, "空中缆车")
    wish = merged(double, kept, people)
    assert set(every("空中缆车").values_list("project", flat=True)) == {double.pk, kept.pk} - {double.pk}
    doubles.show(wish, why=WHY, by=people.editor, at=AT)
    assert kept.pk not in set(every("空中缆车").values_list("project", flat=True))


@pytest.mark.parametrize(
    "page", ["", "history/", "board/", "qr.svg", "preview.png", "project.json", "milestones.ics"]
)
def test_its_addresses_lead_on_however_many_lie_between(client, double, kept, people, page):
    last = project("新的索道", slug="last")
    merged(double, kept, people)
    answer = client.get(f"/en/projects/double/{page}?type=large")
    assert (answer.status_code, answer["Location"]) == (301, f"/en/projects/kept/{page}?type=large")
    second = merged(kept, last, people)
    for slug in ("double", "kept"):
        answer = client.get(f"/projects/{slug}/{page}")
        assert (answer.status_code, answer["Location"]) == (301, f"/projects/last/{page}"), "straight to it"
    doubles.show(second, why=WHY, by=people.editor, at=AT)
    assert client.get(f"/projects/double/{page}")["Location"] == f"/projects/kept/{page}"
    if not page:
        feeds = client.get("/feeds/projects/double.atom")
        assert (feeds.status_code, feeds["Location"]) == (301, "/feeds/projects/kept.atom")
    hiding.approve(hiding.ask(kept, reason=WHY, by=people.editor, at=AT), by=people.reviewer, at=AT)
    assert client.get(f"/projects/double/{page}").status_code == 404, "nothing is left to lead to"
