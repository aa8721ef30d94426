"""How long after a failure something is tried again."""

from datetime import timedelta

from projects.notices.rules import LONGEST, MOST_TRIES, pause_after


def test_each_pause_is_longer_up_to_less_than_a_day():
    pauses = [pause_after(tries) for tries in range(1, MOST_TRIES + 1)]
    assert pauses[:4] == [timedelta(minutes=number) for number in (10, 40, 160, 640)]
    assert pauses == sorted(pauses) and pauses[-1] == LONGEST < timedelta(days=1)
