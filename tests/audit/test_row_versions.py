"""Two who save the same row at the same moment: one does, the other is refused."""

import pytest

from projects.accounts import users
from projects.audit import row_versions
from projects.core.refusals import Refused
from projects.models import Indicator, Project, User
from projects.records import saving
from tests.cast import AT, indicator, project
from tests.claims.test_concurrency import prepared, said_by
from tests.claims.workers import PROGRAM

ROUNDS = 10


@pytest.mark.django_db
def test_a_save_over_an_older_version_is_refused_and_changes_nothing(people):
    seen = {"project": project(), "indicator": indicator(), "user": people.reporter}
    saves = {
        "project": saving.save_project,
        "indicator": saving.save_plain,
        "user": users.save_user,
    }
    for name, row in seen.items():
        mine, theirs = (type(row).objects.get(pk=row.pk) for _ in range(2))
        field = "last_name" if name == "user" else "name_en"
        setattr(theirs, field, "theirs")
        setattr(mine, field, "mine")
        saves[name](theirs, by=people.editor, at=AT)
        with pytest.raises(Refused, match="changed_meanwhile"):
            saves[name](mine, by=people.editor, at=AT)
        kept = type(row).objects.get(pk=row.pk)
        assert (getattr(kept, field), kept.version) == ("theirs", row.version + 1)


@pytest.mark.django_db
def test_one_who_saves_twice_goes_on(people):
    row = indicator()
    for number in range(3):
        row.position = number
        saving.save_plain(row, by=people.editor, at=AT)
    assert Indicator.objects.get().version == row.version == 4


@pytest.mark.django_db
def test_control_without_the_comparison_the_later_wins(people, monkeypatch):
    monkeypatch.setattr(row_versions, "take_next", lambda row: None)
    mine, theirs = (User.objects.get(pk=people.reporter.pk) for _ in range(2))
    theirs.is_active = False
    users.save_user(theirs, by=people.editor, at=AT)
    users.save_user(mine, by=people.editor, at=AT)
    assert User.objects.get(pk=people.reporter.pk).is_active, "a right given back"


@pytest.mark.django_db
def test_a_project_is_not_changed_past_audit_and_version():
    project()
    with pytest.raises(TypeError, match="audit"):
        Project.objects.update(name_en="x")


@pytest.mark.promise(
    "Of two who save the same row at the same moment one is refused",
    control="test_control_without_the_comparison_the_later_wins",
)
def test_of_two_at_the_same_moment_one_is_refused(own_database, started, figure):
    prepared(own_database, ROUNDS, 0)
    codes = [f"QJ-{number:04}" for number in range(1, ROUNDS + 1)]
    one, other = said_by(started(*[("save", *codes)] * 2))
    outcomes = [sorted(pair) for pair in zip(one, other, strict=True)]
    assert outcomes == [[f"{code} refused", f"{code} saved"] for code in codes]
    told = own_database.run(*PROGRAM, "tell")
    assert told.count("project.save") == ROUNDS
    figure(f"{ROUNDS} rows, two processes: one saves each, one is refused each")
