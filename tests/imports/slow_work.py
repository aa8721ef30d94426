"""Work of pages (`projects.imports.long_work`) as tests have it: at once, or only when they say so."""

from concurrent.futures import Future

import pytest

from projects.imports import long_work

in_thread = long_work.start


def at_once(work, *args) -> Future:
    future = Future()
    long_work.do(future, work, *args)
    return future


class SlowWork:
    """What was begun, and goes on when the test says so, in its own thread and transaction."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.begun = []
        monkeypatch.setattr(long_work, "start", self._start)
        monkeypatch.setattr(long_work, "PATIENCE", 0)

    def _start(self, work, *args) -> Future:
        self.begun.append((Future(), work, *args))
        return self.begun[-1][0]

    def finish(self) -> None:
        while self.begun:
            long_work.do(*self.begun.pop(0))
