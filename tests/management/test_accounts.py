"""Accounts made on the command line: by the same rules of passwords, and in the audit."""

import pytest
from django.contrib.auth.management.commands import createsuperuser as djangos
from django.core.management import CommandError, call_command, get_commands

from projects.accounts import users
from projects.management.commands import changepassword, createsuperuser
from projects.models import AuditEntry, User
from tests.cast import AT

pytestmark = pytest.mark.django_db

GOOD, WEAK = "a-long-pass-phrase", ["x", "password1234", "123456789012345", "root@example.org"]
COMMANDS = {"createsuperuser": createsuperuser, "changepassword": changepassword}


@pytest.fixture
def typed(monkeypatch):
    """What is typed without being shown, one after the other."""

    def types(*words: str) -> None:
        rest = iter(words)
        for command in COMMANDS.values():
            monkeypatch.setattr(command, "getpass", lambda prompt="": next(rest))

    return types


def told() -> list[tuple]:
    return list(AuditEntry.objects.order_by("number").values_list("action", "subject", "by"))


def test_ours_take_the_place_of_djangos():
    assert [get_commands()[name] for name in COMMANDS] == ["projects", "projects"]


def made_without_asking(password: str, monkeypatch, command="createsuperuser") -> User | None:
    """The account that comes of it; none where the password is refused."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    given = {"interactive": False, "username": "root", "email": "root@example.org"}
    try:
        call_command(command, **given, verbosity=0)
    except CommandError:
        return None
    return User.objects.get(username="root")


@pytest.mark.promise(
    "An account made on the command line obeys the rules of passwords and stands in the audit",
    control="test_control_djangos_own_takes_any_password_and_tells_nobody",
)
def test_without_asking_a_weak_password_is_refused(monkeypatch, figure):
    assert not any(made_without_asking(password, monkeypatch) for password in [*WEAK, ""])
    assert not User.objects.exists() and told() == []
    user = made_without_asking(GOOD, monkeypatch)
    assert user.check_password(GOOD) and user.is_superuser and user.is_staff and user.must_change_password
    assert told() == [("user.save", "root", None)]
    figure(f"{len(WEAK) + 1} weak passwords refused; 1 account, 1 entry")


def test_control_djangos_own_takes_any_password_and_tells_nobody(monkeypatch):
    assert made_without_asking("x", monkeypatch, djangos.Command()).check_password("x")
    assert told() == []


def test_one_is_asked_again_until_it_will_do(typed, monkeypatch, capsys):
    names = iter(["", "root", "root"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(names))
    typed(GOOD, GOOD, "x", "x", GOOD, GOOD)
    call_command("createsuperuser")
    user = User.objects.get()
    assert user.check_password(GOOD) and user.is_staff and not user.must_change_password
    said = capsys.readouterr()
    assert "root is an administrator" in said.out and GOOD not in said.out + said.err
    assert told() == [("user.save", "root", None)]


def test_a_name_that_is_taken_or_nobody_to_type_makes_none(people, typed, monkeypatch):
    typed(GOOD, GOOD)
    with pytest.raises(CommandError, match="No account"):
        call_command("createsuperuser", username="reporter")

    def nobody(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="Nobody is there"):
        call_command("createsuperuser")
    assert told() == []


def test_a_password_set_for_somebody_is_told_of_and_changed_at_the_next_signing_in(people, typed):
    typed("x", "x", GOOD, GOOD + "!", GOOD, GOOD)
    call_command("changepassword", "reporter")
    people.reporter.refresh_from_db()
    assert people.reporter.check_password(GOOD) and people.reporter.must_change_password
    assert told() == [("user.password", "reporter", None)]


def test_after_three_tries_it_stays_as_it_was(people, typed):
    users.set_password(people.reporter, GOOD, by=people.reporter, at=AT)
    typed(*["x"] * 6)
    with pytest.raises(CommandError, match="as it was"):
        call_command("changepassword", "reporter")
    people.reporter.refresh_from_db()
    assert people.reporter.check_password(GOOD) and len(told()) == 1


def test_nobody_of_that_name_gets_none(db):
    with pytest.raises(CommandError, match="no account named nobody"):
        call_command("changepassword", "nobody")
