"""The outbox: one letter a person, one signed event a happening, tried again, sent at least once."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from projects.choices import NoticeKind, Role
from projects.models import Delivery, Notice, User
from projects.notices import inbox, outbox
from projects.notices.outbox import SentCount
from projects.notices.rules import MOST_TRIES, STALE, Reminder, pause_after
from tests.cast import AT
from tests.notices.receiver import SECRET, receiver, signed_with
from tests.paperwork import on_record
from tracker import robots

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def mailing(settings, people):
    settings.IS_MAILING, settings.PUBLIC_URL = True, "https://projects.example.org"
    settings.DEFAULT_FROM_EMAIL = "tracker@example.org"
    for user in (people.reporter, people.reviewer):
        user.email = f"{user.username}@example.org"
        user.save()
    return people


@pytest.fixture
def hook(settings):
    with receiver() as one:
        settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = one.url, SECRET
        yield one


def reminders(people, *subjects: str) -> list[Reminder]:
    values = {"month": "2026-02", "closes_on": "2026-03-05"}
    unit = people.reporter.department_id
    return [
        Reminder(NoticeKind.ROUND_OPENED, one, Role.REPORTER, unit, ("QJ-0001",), values)
        for one in subjects or ("2026-02",)
    ]


def told(people, *subjects: str, at=AT) -> list[Reminder]:
    said = reminders(people, *subjects)
    inbox.tell(said, at=at)
    return said


class TestLetters:
    def test_all_that_is_new_goes_in_one_letter_in_chinese(self, mailing):
        on_record(name="示范工厂")
        outbox.fill(told(mailing, "one", "two"), at=AT)
        assert outbox.send(at=AT) == {"email": SentCount(1, 0)}
        [letter] = mail.outbox
        assert (letter.to, letter.from_email) == (["reporter@example.org"], "tracker@example.org")
        assert letter.subject == "綦江项目进度：2 条新通知"
        assert letter.body.count("2026年2月月报开始填报，待报项目 1 个") == 2
        assert "请于2026年3月5日（含当日）前报送：示范工厂。" in letter.body
        assert "https://projects.example.org/desk/notices/" in letter.body
        assert letter.extra_headers["Message-ID"].endswith("@projects.example.org>")

    def test_nothing_is_sent_twice(self, mailing):
        said = told(mailing)
        for at in (AT, AT, LATER):
            outbox.fill(said, at=at)
            outbox.send(at=at)
        assert len(mail.outbox) == 1

    def test_who_has_no_address_finds_it_on_the_desk_alone(self, mailing):
        User.objects.update(email="")
        outbox.fill(told(mailing), at=AT)
        outbox.send(at=AT)
        assert mail.outbox == [] and Notice.objects.count() == 1 and not Delivery.objects.exists()

    def test_what_was_read_on_the_desk_is_not_sent(self, mailing):
        said = told(mailing)
        Notice.objects.update(read_at=AT)
        assert outbox.fill(said, at=AT) == {"email": 0}

    def test_what_is_old_when_letters_are_switched_on_is_not_sent(self, mailing):
        said = told(mailing)
        assert outbox.fill(said, at=AT + timedelta(days=4)) == {"email": 0}

    def test_a_returned_reports_note_stays_on_the_desk(self, mailing):
        values = {"month": "2026-02", "note": "zznotezz"}
        unit = mailing.reporter.department_id
        back = Reminder(NoticeKind.REPORT_RETURNED, "x", Role.REPORTER, unit, ("QJ-0001",), values)
        inbox.tell([back], at=AT)
        outbox.fill([back], at=AT)
        outbox.send(at=AT)
        assert "月报被退回" in mail.outbox[0].body and "zznotezz" not in mail.outbox[0].body

    @pytest.mark.parametrize("change", ["role", "unit", "deactivated"])
    def test_whom_it_no_longer_concerns_gets_no_letter(self, mailing, change):
        outbox.fill(told(mailing), at=AT)
        user = mailing.reporter
        if change == "role":
            user.groups.clear()
        user.department = None if change == "unit" else user.department
        user.is_active = change != "deactivated"
        user.save()
        outbox.send(at=AT)
        assert mail.outbox == []

    def test_without_a_mail_server_nothing_is_put_into_the_outbox(self, people):
        assert outbox.fill(told(people), at=AT) == outbox.send(at=AT) == {}
        assert not Delivery.objects.exists()


class Refusing(EmailBackend):
    """Refuses until it is told to take letters."""

    is_up = False

    def send_messages(self, messages):
        if not self.is_up:
            raise smtplib.SMTPAuthenticationError(535, b"bad password hunter2")
        return super().send_messages(messages)


class TestTryingAgain:
    @pytest.fixture(autouse=True)
    def refusing(self, mailing, settings, monkeypatch):
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"
        outbox.fill(told(mailing), at=AT)
        monkeypatch.setattr(Refusing, "is_up", False)

    def test_a_failure_is_noted_without_what_is_secret_and_tried_again_later(self, monkeypatch):
        assert outbox.send(at=AT) == {"email": SentCount(0, 1)}
        row = Delivery.objects.get()
        assert (row.attempts, row.sent_at, row.error) == (1, None, "SMTPAuthenticationError 535")
        assert row.try_after == AT + pause_after(1)
        assert outbox.send(at=AT) == {"email": SentCount(0, 0)}, "not at once"
        monkeypatch.setattr(Refusing, "is_up", True)
        later = AT + pause_after(1)
        assert outbox.send(at=later) == {"email": SentCount(1, 0)}
        row.refresh_from_db()
        assert (row.attempts, row.sent_at, row.error) == (2, later, "")
        assert len(mail.outbox) == 1

    def test_it_is_given_up_after_so_many_tries(self):
        at = AT
        for tries in range(1, MOST_TRIES + 3):
            outbox.send(at=at)
            assert Delivery.objects.get().attempts == min(tries, MOST_TRIES)
            at += timedelta(days=1)
        assert Delivery.objects.get().sent_at is None

    def test_what_waited_too_long_is_left(self, monkeypatch):
        outbox.send(at=AT)
        monkeypatch.setattr(Refusing, "is_up", True)
        assert outbox.send(at=AT + STALE + timedelta(hours=1)) == {"email": SentCount(0, 0)}

    def test_of_two_that_see_it_due_one_sends(self):
        row = Delivery.objects.get()
        same = Delivery.objects.get()
        assert outbox._taken(row, AT) and not outbox._taken(same, AT)

    def test_a_sender_that_died_leaves_it_to_the_next_under_the_same_name(self, monkeypatch):
        """Sent, but not noted: it goes once more, and can be told by its name."""
        monkeypatch.setattr(Refusing, "is_up", True)
        monkeypatch.setattr(outbox, "_tried", lambda row, by, at: by(row, at) or False)
        outbox.send(at=AT)
        monkeypatch.undo()
        monkeypatch.setattr(Refusing, "is_up", True)
        outbox.send(at=AT + pause_after(1))
        first, second = (letter.extra_headers["Message-ID"] for letter in mail.outbox)
        assert first == second and Delivery.objects.get().sent_at


class TestWebhook:
    def test_an_event_is_signed_and_names_codes_and_no_people(self, people, hook):
        outbox.fill(reminders(people), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(1, 0)}
        [got] = hook.got
        assert got.said == {
            "id": "round_opened:2026-02",
            "kind": "round_opened",
            "month": "2026-02",
            "on": "2026-03-02",
            "count": 1,
            "projects": ["QJ-0001"],
        }
        assert got.headers["X-Signature"] == signed_with(SECRET, got)
        assert got.headers["X-Timestamp"] == str(int(AT.timestamp()))

    def test_control_another_secret_or_another_time_signs_otherwise(self, people, hook):
        outbox.fill(reminders(people), at=AT)
        outbox.send(at=AT)
        [got] = hook.got
        assert got.headers["X-Signature"] != signed_with("another secret of theirs", got)
        got.headers["X-Timestamp"] = "1"
        assert got.headers["X-Signature"] != signed_with(SECRET, got)

    def test_what_is_told_to_several_units_is_one_event(self, people, hook):
        [ours] = reminders(people)
        other = people.other_reporter.department_id
        theirs = Reminder(ours.kind, ours.subject, ours.role, other, ("QJ-0009",), ours.values)
        for at in (AT, LATER):
            outbox.fill([ours, theirs], at=at)
            outbox.send(at=at)
        [got] = hook.got
        assert (got.said["count"], got.said["projects"]) == (2, ["QJ-0001", "QJ-0009"])

    def test_a_redirect_is_not_followed(self, people, hook):
        hook.answers = [302]
        outbox.fill(reminders(people), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(0, 1)}
        assert len(hook.got) == 1 and Delivery.objects.get().error == "HTTPError 302"

    def test_a_failure_is_tried_again_with_the_same_id(self, people, hook):
        hook.answers = [500]
        outbox.fill(reminders(people), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(0, 1)}
        assert Delivery.objects.get().error == "HTTPError 500"
        assert outbox.send(at=LATER) == {"webhook": SentCount(1, 0)}
        first, second = hook.got
        assert first.said == second.said and first.headers["X-Timestamp"] != second.headers["X-Timestamp"]

    def test_one_that_is_away_is_left_for_a_later_run_after_three_failures(self, people, hook):
        hook.close()
        outbox.fill(reminders(people, *"abcde"), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(0, 3)}
        assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]
        assert set(Delivery.objects.values_list("error", flat=True)) == {"", "ConnectionRefusedError 111"}

    def test_what_is_no_answer_is_a_failure(self, people, hook):
        hook.answers = ["nonsense"]
        outbox.fill(reminders(people), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(0, 1)}
        assert Delivery.objects.get().error == "ConnectionError"


class TestRobots:
    @pytest.fixture
    def group(self, hook, settings, monkeypatch):
        """The receiver in the place of a robot."""
        monkeypatch.setattr(robots, "ROBOTS", {"127.0.0.1"})
        settings.WEBHOOK_URL, settings.PUBLIC_URL = hook.url + "?access_token=t", "https://example.org"
        return hook

    @pytest.mark.parametrize("name", ["WECOM", "DINGTALK"])
    def test_a_group_reads_a_sentence_and_no_name(self, people, group, monkeypatch, name):
        monkeypatch.setattr(robots, name, "127.0.0.1")
        group.answers = [b'{"errcode": 0, "errmsg": "ok"}']
        outbox.fill(reminders(people), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(1, 0)}
        [got] = group.got
        assert got.said["msgtype"] == "text" and ("&sign=" in got.path) == (name == "DINGTALK")
        assert got.said["text"]["content"].splitlines() == [
            "2026年2月月报开始填报，待报项目 1 个",
            "请于2026年3月5日（含当日）前报送：QJ-0001。",
            "https://example.org/desk/",
        ]

    @pytest.mark.parametrize("answer", [b'{"errcode": 310000, "errmsg": "sign not match"}', b"[]", b"ok"])
    def test_what_a_robot_refuses_is_tried_again(self, people, group, answer):
        group.answers = [answer, b'{"errcode": 0}']
        outbox.fill(reminders(people), at=AT)
        assert outbox.send(at=AT) == {"webhook": SentCount(0, 1)}
        assert Delivery.objects.get().error.startswith("RobotRefusal")
        assert outbox.send(at=LATER) == {"webhook": SentCount(1, 0)}

    def test_the_signature_is_that_of_the_papers(self):
        """The example in docs/operations.md, computed apart from this program by openssl."""
        url = robots.signed(
            f"https://{robots.DINGTALK}/robot/send?access_token=t", "SEC-of-an-example", 1772413200
        )
        assert url.endswith("&timestamp=1772413200000&sign=NnnLQBhvlFnDR9h%2BR0IPz2R1Z6WzKGncXnl9bXXBnvI%3D")
        wecom = f"https://{robots.WECOM}/cgi-bin/webhook/send?key=k"
        assert robots.signed(wecom, "", 1772413200) == wecom
