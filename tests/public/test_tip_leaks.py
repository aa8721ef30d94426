"""Nothing of a tip but our answer reaches a public address, the log or the record of changes.

First tips are made with markers in all that is typed, then every public address is read. The control is that
the answer, which the asker lets us show, is found by the same hunt.
"""

import logging
from datetime import timedelta

import pytest
import time_machine

from projects.models import AuditEntry, Tip
from projects.public import tell
from projects.tips import answers, erasure
from tests.cast import AT, Cast
from tests.paperwork import on_record
from tests.public.reading import read
from tests.public.test_desk_leaks import NOW, PAST, everything

pytestmark = pytest.mark.django_db
TYPED = ("zztextzz", "zzcontactzz", "zzlinkzz", "192.0.2.77", "2001:db8:77")
ANSWER = "zzanswerzz"


def send(client, number: int, slug: str, network: str, **given) -> None:
    """As a reader does, by the form."""
    made = read(client, "/tell/", again=number).one("input", name="made").given["value"]
    data = {
        "kind": "wrong",
        "text": f"zztextzz {number}",
        "contact": "zzcontactzz",
        "link": "https://zzlinkzz.example.org/",
        "project": slug,
        "made": made,
    }
    assert client.post("/tell/", data | given, REMOTE_ADDR=network).status_code == 302


def tips_in_every_state(client, people: Cast) -> None:
    slug = on_record().slug
    for number in range(5):
        network = ("192.0.2.77", "2001:db8:77::1")[number % 2]
        send(client, number, slug, network, **({"may_be_shown": "1"} if number in (1, 4) else {}))
    send(client, 9, slug, "192.0.2.77", **{tell.TRAP: "x"})
    rows = list(Tip.objects.order_by("pk"))
    for row, verdict in zip(rows[:4], ("confirmed", "partly", "unfounded", "unrelated"), strict=True):
        answer = "" if verdict == "unrelated" else f"{ANSWER}{verdict}"
        answers.close(row, verdict=verdict, answer=answer, by=people.editor, at=AT + timedelta(days=1))


def marks_in(text: str) -> list[str]:
    return [mark for mark in TYPED if mark in text]


def test_what_was_typed_reaches_nobody(client, people, caplog):
    caplog.set_level(logging.DEBUG)
    with time_machine.travel(AT) as clock:
        tips_in_every_state(client, people)
        clock.move_to(AT + timedelta(days=2))
        found = everything(client, NOW, PAST)
    assert marks_in(found) == []
    assert f"{ANSWER}partly" in found, "the control: what may be shown is found"
    assert f"{ANSWER}confirmed" not in found and f"{ANSWER}unfounded" not in found
    assert marks_in(caplog.text) == []
    told = [
        str(row) for row in AuditEntry.objects.filter(action="tip.close").values("subject", "before", "after")
    ]
    assert len(told) == 4 and marks_in("".join(told)) == [] and ANSWER not in "".join(told)
    kept = str(list(Tip.objects.values()))
    assert marks_in(kept) == ["zztextzz", "zzcontactzz", "zzlinkzz"], (
        "the control: addresses are kept nowhere"
    )
    erasure.erase_due(at=AT + timedelta(days=366))
    assert marks_in(str(list(Tip.objects.values()))) == []
