"""Every row that people edit has a version: a stale form is refused, and nothing typed is lost."""

from collections.abc import Iterable, Iterator

import pytest
from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import RequestFactory

from projects import models
from projects.accounts import users
from projects.choices import Role
from projects.editing.site import site
from projects.models import User
from projects.models.versioned import Versioned
from projects.pages.versioned_form import RecordForm
from tests import cast
from tests.cast import AT
from tests.editing.admin_pages import address, errors, form_on

pytestmark = pytest.mark.django_db

# Edited on the page of the record that they belong to, under its version.
OWN_ROWS = {
    models.Alias,
    models.FurtherUnit,
    models.Neighbour,
    models.PlaceSource,
    models.ProjectParty,
    models.SourceSection,
}
# Typed once, by a form that makes a new row; what was typed is never typed over.
ENTERED_ONCE = {models.Claim, models.Statistic}
MINE = "乙写的"


def editable(admin: AdminSite, root: User) -> Iterator[type[Model]]:
    """What somebody may change in the admin, what any form of ours saves, and reports (by an action)."""
    request = RequestFactory().get("/")
    request.user = root
    for model, page in admin._registry.items():
        if page.has_change_permission(request):
            yield model
            yield from (inline.model for inline in page.inlines)
    yield from (form._meta.model for form in below(forms.ModelForm) if is_ours(form) and form._meta.model)
    yield models.Report


def below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def is_ours(form: type) -> bool:
    return form.__module__.startswith("projects.")


def without_version(rows: Iterable[type[Model]]) -> set[type[Model]]:
    return {one for one in rows if not issubclass(one, Versioned)} - OWN_ROWS - ENTERED_ONCE


def test_every_row_that_a_form_edits_has_a_version(root):
    rows = set(editable(site, root))
    assert {models.User, models.Indicator, models.Project, models.Report, models.Alias} <= rows
    assert without_version(rows) == set()


def test_control_a_row_without_a_version_is_found(root):
    careless = AdminSite("careless")
    careless.register(Group, ModelAdmin)
    assert without_version(editable(careless, root)) == {Group}


def test_every_form_of_the_admin_carries_it(root):
    """Of a model that may be changed: a form that did not ask would save over anybody."""
    request = RequestFactory().get("/")
    request.user = root
    pages = [page for page in site._registry.values() if page.has_change_permission(request)]
    assert len(pages) == len(EDITED) and all(issubclass(page.form, RecordForm) for page in pages)


# A stale form

EDITED = {
    "department": "name_en",
    "indicator": "name_en",
    "organisation": "name_en",
    "place": "name_en",
    "project": "name_en",
    "source": "title_en",
    "user": "last_name",
}


def row_of(model: str) -> Model:
    return cast.person("somebody") if model == "user" else getattr(cast, model)()


def opened(client, model: str, row: Model) -> dict:
    return form_on(client.get(address(model, "change", row.pk)), model)


def send(client, model: str, row: Model, typed: dict):
    return client.post(address(model, "change", row.pk, english=True), typed)


def stale(client, model: str, row: Model, field: str):
    """Opened twice, saved by the first; what is answered to the second."""
    mine = opened(client, model, row) | {field: MINE}
    theirs = opened(client, model, row) | {field: "甲写的"}
    assert send(client, model, row, theirs).status_code == 302
    return send(client, model, row, mine)


@pytest.mark.parametrize("model", EDITED)
@pytest.mark.promise(
    "Two people, one record: the second save is refused with both texts, and nothing typed is lost",
    control="test_control_a_form_that_compares_nothing_saves_over",
)
def test_a_stale_form_is_refused_with_both_texts(as_root, root, model, figure):
    row, field = row_of(model), EDITED[model]
    answer = stale(as_root, model, row, field)
    assert answer.status_code == 200
    assert getattr(type(row).objects.get(pk=row.pk), field) == "甲写的"
    said = errors(answer)
    assert "root saved this record after you opened it" in said["__all__"][0] and "甲写的" in said[field][0]
    again = form_on(answer, model)
    assert again[field] == MINE, "nothing typed is lost"
    assert send(as_root, model, row, again).status_code == 302, "who has read it may save"
    kept = type(row).objects.get(pk=row.pk)
    assert (getattr(kept, field), kept.version) == (MINE, row.version + 2)
    figure(f"{len(EDITED)} forms of the admin, each opened twice")


@pytest.mark.parametrize("model", EDITED)
def test_control_a_form_that_compares_nothing_saves_over(as_root, model, monkeypatch):
    monkeypatch.setattr(RecordForm, "_compare_versions", lambda form: None)
    row = row_of(model)
    assert stale(as_root, model, row, EDITED[model]).status_code == 302
    assert getattr(type(row).objects.get(pk=row.pk), EDITED[model]) == MINE


@pytest.mark.parametrize("seen", ["", "0", "999999", "x", "-1"])
@pytest.mark.parametrize("model", EDITED)
def test_a_forged_or_missing_version_is_refused(as_root, model, seen):
    row = row_of(model)
    typed = opened(as_root, model, row) | {EDITED[model]: MINE, "seen": seen}
    assert send(as_root, model, row, typed).status_code == 200
    assert type(row).objects.get(pk=row.pk).version == row.version


def test_rows_of_a_records_own_belong_to_its_version(as_root):
    of = cast.project()
    cast.alias(of)
    row = opened(as_root, "project", of)
    assert send(as_root, "project", of, row | {"aliases-0-note": "甲写的"}).status_code == 302
    answer = send(as_root, "project", of, row | {"aliases-0-note": MINE})
    assert answer.status_code == 200 and of.aliases.get().note == "甲写的"
    assert MINE in answer.text and "样板厂" in errors(answer)["__all__"][1]


# An account


def role(name: Role) -> str:
    return str(Group.objects.get(name=name.value).pk)


@pytest.mark.promise(
    "A stale form never gives a right back",
    control="test_control_a_form_that_compares_nothing_gives_it_back",
)
def test_a_stale_form_never_gives_a_right_back(as_root, people, figure):
    """Deactivated and without the role meanwhile: both stay so, and the form says so."""
    user = people.editor
    mine = opened(as_root, "user", user) | {"last_name": MINE}
    withdraw(as_root, user)
    answer = send(as_root, "user", user, mine)
    assert is_withdrawn(user)
    said = errors(answer)
    assert answer.status_code == 200 and MINE in answer.text
    assert "“no”" in said["is_active"][0] and "none" in said["groups"][0]
    assert "argon2" not in str(said) and "password" not in said
    figure("a form opened before, sent after the withdrawal: refused, account and role stay withdrawn")


def test_control_a_form_that_compares_nothing_gives_it_back(as_root, people, monkeypatch):
    monkeypatch.setattr(RecordForm, "_compare_versions", lambda form: None)
    mine = opened(as_root, "user", people.editor) | {"last_name": MINE}
    withdraw(as_root, people.editor)
    assert send(as_root, "user", people.editor, mine).status_code == 302
    assert not is_withdrawn(people.editor)


def withdraw(client, user: User) -> None:
    typed = opened(client, "user", user)
    typed = {name: value for name, value in typed.items() if name not in ("is_active", "groups")}
    assert send(client, "user", user, typed).status_code == 302


def is_withdrawn(user: User) -> bool:
    kept = User.objects.get(pk=user.pk)
    return not kept.is_active and not kept.groups.exists()


@pytest.mark.parametrize("how", ["by_its_owner", "in_the_admin"])
def test_a_password_set_meanwhile_makes_the_form_stale(as_root, people, how):
    """Saving the account would write the old password over the new one."""
    mine = opened(as_root, "user", people.editor) | {"last_name": MINE}
    if how == "by_its_owner":
        users.set_password(people.editor, "another-long-phrase", by=people.editor, at=AT)
    else:
        typed = {"usable_password": "true"} | dict.fromkeys(("password1", "password2"), "another-long-phrase")
        page = f"/admin/projects/user/{people.editor.pk}/password/"
        assert as_root.post(page, typed).status_code == 302
    assert send(as_root, "user", people.editor, mine).status_code == 200
    assert User.objects.get(pk=people.editor.pk).check_password("another-long-phrase")
