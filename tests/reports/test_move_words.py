"""What a reviewer reads of a report's moves: each move that the audit knows has its words."""

import pytest

from projects.reports.diff_words import moved
from projects.reports.rules.workflow import AUDITED


@pytest.mark.parametrize("action", AUDITED)
def test_every_move_has_its_words(action):
    assert moved(action)
