"""What a reviewer reads of a report's moves: each move that the audit knows has its words."""

import pytest

from projects.rules.workflow import AUDITED
from projects.wording.reviews import moved


@pytest.mark.parametrize("action", AUDITED)
def test_every_move_has_its_words(action):
    assert moved(action)
