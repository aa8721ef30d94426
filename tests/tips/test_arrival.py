"""What comes in: once, up to a number a day, and who sent it is known for a day only."""

from datetime import timedelta

import pytest

from projects.core.refusals import Refused
from projects.models import AuditEntry, Tip
from projects.tips import arrival
from tests.cast import AT, project, tip

pytestmark = pytest.mark.django_db


def test_it_stands_in_the_queue_with_its_day_and_nobody_is_named():
    came = tip(project=project(), contact="wang@example.org")
    assert (came.due_on.isoformat(), came.is_doubtful, came.times) == ("2026-03-09", False, 1)
    assert len(came.sender) == 64 and "192.0.2.1" not in str(Tip.objects.values().get())
    assert not AuditEntry.objects.exists()


def test_the_same_twice_is_one_whoever_sends_it():
    first = tip(project=project())
    about = first.project
    for network in ("192.0.2.1", "192.0.2.2"):
        assert tip(" 开工日期不对，工地去年\n就动工了 ", network=network, project=about) == first
    assert Tip.objects.get().times == 3
    assert tip(project=about, contact="13900000000") != first


def test_so_many_a_day_come_from_one_address_and_the_rest_is_refused():
    for number in range(arrival.MAX_A_DAY):
        tip(f"第{number}处有误")
    with pytest.raises(Refused, match="tip_too_many"):
        tip("又一处有误")
    assert tip("第0处有误").times == 2, "what is there already is no message too many"
    tip("又一处有误", network="192.0.2.2")
    tip("又一处也有误", at=AT + timedelta(days=1))
    assert Tip.objects.count() == arrival.MAX_A_DAY + 2


def test_so_many_a_day_come_in_all(monkeypatch):
    monkeypatch.setattr(arrival, "MAX_A_DAY_IN_ALL", 2)
    tip("第一处有误", network="192.0.2.1")
    tip("第二处有误", network="192.0.2.2")
    with pytest.raises(Refused, match="tips_too_many"):
        tip("第三处有误", network="192.0.2.3")


def test_who_sent_it_is_known_for_a_day():
    tip()
    assert arrival.forget_senders(at=AT + timedelta(hours=23)) == 0
    assert arrival.forget_senders(at=AT + timedelta(hours=25)) == 1
    assert Tip.objects.get().sender == ""
    tip("另一处有误")
    tip("第三处有误", at=AT + timedelta(days=2))
    assert Tip.objects.exclude(sender="").count() == 1, "the next that comes does it too"


def test_one_address_has_another_code_each_day():
    first, second = tip("一处有误"), tip("二处有误", at=AT + timedelta(days=1))
    assert first.sender != second.sender
