"""Who may do what: the permissions of each role, and the rule of the second person."""

import pytest

from projects.choices import Role
from projects.core.roles import (
    ASSERTIONS,
    DECIDES,
    DESK,
    PERMISSIONS,
    RECORDS,
    Person,
    begins_in_admin,
    needs_second_factor,
)

REVIEWER, EDITOR, REPORTER = (frozenset({role.value}) for role in (Role.REVIEWER, Role.EDITOR, Role.REPORTER))


@pytest.mark.parametrize(
    ("roles", "is_superuser", "entered_by", "alone_may", "may"),
    [
        # A second person with the role.
        (REVIEWER, False, 2, False, True),
        (EDITOR, False, 2, False, True),
        (frozenset(), True, 2, False, True),
        (REVIEWER | REPORTER, False, 2, False, True),
        # Without the role nobody, not even a second person.
        (REPORTER, False, 2, False, False),
        (frozenset(), False, 2, False, False),
        (frozenset({"reviewer"}), False, 2, False, False),
        # Nobody decides his or her own, an administrator neither.
        (REVIEWER, False, 1, False, False),
        (EDITOR, False, 1, False, False),
        (frozenset(), True, 1, False, False),
        # An office of one has switched that off; the role is still asked for.
        (EDITOR, False, 1, True, True),
        (frozenset(), True, 1, True, True),
        (REPORTER, False, 1, True, False),
        # Entered by nobody (a fixture): anybody with the role.
        (EDITOR, False, None, False, True),
    ],
)
def test_who_may_approve_or_refuse(roles, is_superuser, entered_by, alone_may, may):
    assert Person(1, roles, is_superuser=is_superuser).may_decide(entered_by, alone_may) is may


def test_every_role_has_its_permissions_and_only_two_decide():
    assert set(PERMISSIONS) == set(Role)
    assert set(DECIDES) == {Role.REVIEWER, Role.EDITOR}


def test_a_reporter_has_nothing_in_the_admin():
    assert PERMISSIONS[Role.REPORTER] == frozenset()


def test_a_reviewer_reads_everything_and_changes_nothing():
    verbs = {permission.partition("_")[0] for permission in PERMISSIONS[Role.REVIEWER]}
    assert verbs == {"view"}
    assert {f"view_{name}" for name in (*RECORDS, *ASSERTIONS, *DESK, "auditentry")} <= PERMISSIONS[
        Role.REVIEWER
    ]


def test_of_the_desk_reporters_and_editors_have_nothing_in_the_admin():
    for role in (Role.REPORTER, Role.EDITOR):
        assert not {one for one in PERMISSIONS[role] if one.partition("_")[2] in DESK}


def test_an_editor_keeps_the_records_and_adds_claims_but_never_edits_one():
    permissions = PERMISSIONS[Role.EDITOR]
    assert {
        f"{verb}_{name}" for verb in ("view", "add", "change", "delete") for name in RECORDS
    } <= permissions
    assert {f"{verb}_{name}" for verb in ("view", "add") for name in ASSERTIONS} <= permissions
    never = {f"{verb}_{name}" for verb in ("change", "delete") for name in (*ASSERTIONS, "auditentry")}
    assert not permissions & never


@pytest.mark.parametrize("role", Role)
def test_nobody_but_an_administrator_keeps_accounts_or_writes_the_audit(role):
    others = {"user", "group", "permission", "standing", "dataversion"}
    assert not {one for one in PERMISSIONS[role] if one.partition("_")[2] in others}
    assert not PERMISSIONS[role] & {"add_auditentry", "change_auditentry", "delete_auditentry"}


@pytest.mark.parametrize(
    ("roles", "is_superuser", "needs", "in_admin"),
    [
        (frozenset(), False, False, False),
        (REPORTER, False, False, False),
        (REVIEWER, False, True, False),
        (EDITOR, False, True, True),
        (REPORTER | EDITOR, False, True, False),
        (frozenset(), True, True, True),
        (REPORTER, True, True, False),
    ],
)
def test_who_must_have_a_second_factor_and_where_the_work_begins(roles, is_superuser, needs, in_admin):
    assert needs_second_factor(roles, is_superuser) is needs
    assert begins_in_admin(roles, is_superuser) is in_admin
