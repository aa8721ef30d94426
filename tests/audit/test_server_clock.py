"""Which clock can be right beside the newest entry: a table, to the minute and to the day."""

from datetime import datetime, timedelta

import pytest

from projects.audit.rules.server_clock import fault_of

NEWEST = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
QUIET = timedelta(days=10)


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (timedelta(days=-400), "clock_behind"),
        (timedelta(minutes=-6), "clock_behind"),
        (timedelta(minutes=-5), None),
        (timedelta(), None),
        (timedelta(days=10), None),
        (timedelta(days=10, seconds=1), "clock_ahead"),
        (timedelta(days=400), "clock_ahead"),
    ],
)
def test_neither_before_it_nor_long_after_it(after, code):
    fault = fault_of(NEWEST + after, NEWEST, quiet=QUIET)
    assert (fault and fault.code) == code


def test_before_anything_was_written_any_clock_passes():
    assert fault_of(NEWEST, None, quiet=QUIET) is None
