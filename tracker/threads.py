"""What Django holds for each thread: its language, time zone, addresses and connections.

Django keeps them in a store that also tells the tasks of asynchronous code apart; asked some hundred times a
page, it takes longer than most of what is asked for. Requests here are answered by threads alone.
"""

import threading

from django.db import connections
from django.urls import base as addresses
from django.utils import timezone
from django.utils.translation import trans_real as languages

STORES = (
    (languages, "_active"),
    (timezone, "_active"),
    (addresses, "_prefixes"),
    (addresses, "_urlconfs"),
    (connections, "_connections"),
)


def hold_by_thread() -> None:
    """Before anything but this thread's address is held; no connection is open yet."""
    for owner, name in STORES:
        held, plain = getattr(owner, name), threading.local()
        if hasattr(held, "value"):
            plain.value = held.value
        setattr(owner, name, plain)
