"""Log lines: whatever a request holds, one line of plain characters."""

import json
import logging
import sys

import pytest
from django.db import OperationalError

from tracker.logs import JsonLines


@pytest.mark.parametrize(
    "nasty",
    [
        "two\nlines",
        "\x1b[2Jcleared",
        "\x9b31m",
        "turned\u202eround",
        "line\u2028end",
        "half\ud800pair",
        "\x00",
    ],
)
def test_a_log_line_is_one_line_of_plain_characters(nasty):
    record = logging.LogRecord("projects", logging.WARNING, "", 0, "asked for %s 綦江", (nasty,), None)
    line = JsonLines().format(record)
    assert all(character.isprintable() for character in line)
    assert line.encode()
    assert json.loads(line)["message"] == f"asked for {nasty} 綦江"


def test_a_log_line_tells_when_who_and_what_failed():
    try:
        raise OperationalError("gone")
    except OperationalError:
        record = logging.LogRecord("projects", logging.ERROR, "", 0, "no answer", (), sys.exc_info())
    entry = json.loads(JsonLines().format(record))
    assert set(entry) == {"at", "level", "logger", "message", "traceback"}
    assert entry["at"].endswith("+00:00")
    assert "OperationalError: gone" in entry["traceback"]


@pytest.mark.parametrize("asked", ["Not Found: %s", "Database trouble at %s", '"GET %s HTTP/1.1"'])
def test_a_one_time_link_is_not_told(asked):
    record = logging.LogRecord(
        "django", logging.WARNING, "", 0, asked, ("/en/accounts/reset/MQ/d4s-25e1/",), None
    )
    message = json.loads(JsonLines().format(record))["message"]
    assert "/en/accounts/reset/…" in message and "25e1" not in message and "MQ" not in message
