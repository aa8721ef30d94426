"""One-time links: made by an administrator, good for a day and once, and never past the second factor."""

import re

import pytest
from django.test import Client

from projects.accounts import one_time_links
from projects.core.refusals import Refused
from projects.models import AuditEntry
from tests.accounts.signing_in import has_app, is_signed_in, sign_in, with_app
from tests.cast import AT
from tracker.logs import JsonLines

pytestmark = pytest.mark.django_db

NEW = "another-long-phrase"


@pytest.fixture
def helper(visitor, administrator):
    client = Client()
    client.force_login(administrator)
    return client


def link(client, user) -> str:
    """As it stands on the screen, without the host."""
    page = client.post(f"/admin/projects/user/{user.pk}/link/").text
    return re.search(r'value="https?://[^/"]+(/accounts/reset/[^"]+)"', page)[1]


def use(address, new=NEW):
    client = Client()
    return client, client.post(address, {"new_password1": new, "new_password2": new})


def is_alive(address) -> bool:
    return Client().get(address).status_code == 200


def test_it_sets_a_password_and_signs_nobody_in(helper, people, administrator):
    address = link(helper, people.reporter)
    page = Client().get(address)
    assert page.status_code == 200 and "reporter" in page.text
    client, answer = use(address)
    assert answer.url == "/accounts/login/" and not is_signed_in(client)
    assert sign_in(client, password=NEW).url == "/desk/"
    told = [(entry.action, entry.subject, entry.by) for entry in AuditEntry.objects.order_by("number")]
    assert told == [
        ("user.link", "reporter", administrator),
        ("user.password", "reporter", people.reporter),
    ]


def test_it_holds_once(helper, people):
    address = link(helper, people.reporter)
    use(address)
    client, answer = use(address, "a-third-long-phrase")
    assert answer.status_code == 404 and "此链接已失效" in answer.text
    people.reporter.refresh_from_db()
    assert people.reporter.check_password(NEW)


def test_it_holds_for_a_day(helper, people, clock):
    address = link(helper, people.reporter)
    clock.shift(24 * 3600 - 1)
    assert is_alive(address)
    clock.shift(2)
    assert not is_alive(address)


def test_a_second_one_ends_it(helper, people):
    first, second = (link(helper, people.reporter) for _ in range(2))
    assert first != second
    assert (is_alive(first), is_alive(second)) == (False, True)


def test_one_for_somebody_else_does_not(helper, people):
    first = link(helper, people.reporter)
    link(helper, people.editor)
    assert is_alive(first)


def test_signing_in_ends_it(helper, people, visitor, clock):
    address = link(helper, people.reporter)
    clock.shift(1)
    sign_in(visitor)
    assert not is_alive(address)


def test_a_deactivated_account_has_none(helper, people):
    address = link(helper, people.reporter)
    people.reporter.is_active = False
    people.reporter.save()
    assert not is_alive(address)
    answer = helper.post(f"/admin/projects/user/{people.reporter.pk}/link/", follow=True)
    assert "/accounts/reset/" not in answer.text and "已停用" in answer.text


@pytest.mark.parametrize("whose", ["x", "MA", "MQ", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00", "é"])
def test_a_made_up_one_says_no_more_than_a_dead_one(visitor, whose):
    answer = visitor.get(f"/accounts/reset/{whose}/abc-0123456789abcdef/")
    assert answer.status_code == 404 and "此链接已失效" in answer.text


def test_the_second_factor_is_still_asked(helper, people):
    with_app(people.reviewer)
    client, _ = use(link(helper, people.reviewer))
    assert sign_in(client, "reviewer", NEW).url == "/accounts/code/" and not is_signed_in(client)


def test_whoever_locked_the_account_by_trying_may_use_the_new_password(helper, people):
    client = Client()
    for _ in range(6):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 429
    use(link(helper, people.reporter))
    assert sign_in(client, password=NEW).status_code == 302


def test_a_weak_password_is_refused_and_the_link_still_holds(helper, people):
    address = link(helper, people.reporter)
    assert use(address, "short")[1].status_code == 200
    assert is_alive(address)


def test_somebody_else_who_is_signed_in_here_is_signed_out(helper, people, visitor):
    sign_in(visitor, "editor")
    typed = {"new_password1": NEW, "new_password2": NEW}
    visitor.post(link(helper, people.reporter), typed)
    assert not is_signed_in(visitor)


def test_sessions_that_were_open_are_ended(helper, people, visitor):
    address = link(helper, people.reporter)
    elsewhere = Client()
    elsewhere.force_login(people.reporter)
    people.reporter.refresh_from_db()
    address = link(helper, people.reporter)
    use(address)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize("name", ["reporter", "reviewer", "editor", "stranger"])
def test_only_administrators_make_one(people, visitor, administrator, name):
    sign_in(visitor, name)
    for user in (people.second_editor, administrator):
        answer = visitor.post(f"/admin/projects/user/{user.pk}/link/")
        assert answer.status_code in (302, 403) and "/accounts/reset/" not in answer.text
    with pytest.raises(Refused):
        one_time_links.make(administrator, by=getattr(people, name), at=AT)
    assert not AuditEntry.objects.filter(action="user.link").exists()


def test_looking_makes_none(helper, people):
    page = helper.get(f"/admin/projects/user/{people.reporter.pk}/link/")
    assert page.status_code == 200 and "/accounts/reset/" not in page.text
    assert not AuditEntry.objects.exists()


def test_it_is_stored_nowhere(helper, people, caplog):
    address = link(helper, people.reporter)
    token = address.split("/")[-2]
    assert token not in str(list(AuditEntry.objects.values()))
    answer = helper.post(f"/admin/projects/user/{people.reporter.pk}/link/")
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(address)["Cache-Control"] == "private, no-store"
    Client().get(address)  # dead by now: what is not there is logged
    lines = [JsonLines().format(record) for record in caplog.records]
    assert "/accounts/reset/…" in "".join(lines) and token not in "".join(lines)


# A lost phone


def test_an_administrator_takes_a_lost_second_factor_away(helper, people, visitor, administrator):
    with_app(people.reviewer)
    page = f"/admin/projects/user/{people.reviewer.pk}/second-factor/"
    assert page in helper.get(f"/admin/projects/user/{people.reviewer.pk}/change/").text
    assert helper.get(page).status_code == 200 and has_app(people.reviewer)
    helper.post(page)
    assert not has_app(people.reviewer)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.by) == ("user.second_factor", "reviewer", administrator)
    assert (entry.before, entry.after) == ({"second_factor": True}, {"second_factor": False})
    assert sign_in(visitor, "reviewer").url == "/desk/"


def test_taking_away_what_is_not_there_leaves_no_entry(helper, people):
    helper.post(f"/admin/projects/user/{people.reviewer.pk}/second-factor/")
    assert not AuditEntry.objects.exists()


def test_an_editor_takes_nobodys_away(people, visitor):
    with_app(people.reviewer)
    sign_in(visitor, "editor")
    assert visitor.post(f"/admin/projects/user/{people.reviewer.pk}/second-factor/").status_code == 403
    assert has_app(people.reviewer)
