"""What Django holds for a request is its thread's own, as in Django's own store."""

import threading
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from tracker import threads


@pytest.mark.parametrize(("owner", "name"), threads.STORES)
def test_each_store_is_pythons_own(owner, name):
    assert type(getattr(owner, name)) is threading.local


def seen_elsewhere() -> tuple:
    """By a thread that has set nothing."""
    seen = []

    def look():
        seen.append((translation.get_language(), timezone.get_current_timezone_name()))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return seen[0]


def test_what_one_thread_sets_no_other_has():
    usual = seen_elsewhere()
    with translation.override("en"), timezone.override("UTC"):
        assert (translation.get_language(), timezone.get_current_timezone_name()) == ("en", "UTC")
        assert seen_elsewhere() == usual != ("en", "UTC")


def test_control_a_store_for_all_threads_would_be_seen(monkeypatch):
    monkeypatch.setattr("django.utils.translation.trans_real._active", SimpleNamespace())
    with translation.override("en"):
        assert seen_elsewhere()[0] == "en"


def test_what_the_thread_holds_already_stays(monkeypatch):
    owner = SimpleNamespace(store=SimpleNamespace(value="/below/"), empty=SimpleNamespace())
    monkeypatch.setattr(threads, "STORES", ((owner, "store"), (owner, "empty")))
    threads.hold_by_thread()
    assert owner.store.value == "/below/" and not hasattr(owner.empty, "value")
