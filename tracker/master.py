"""The server's master: granian, with the application loaded before it makes its workers.

They are forked where the system forks: one that dies is replaced at once, however busy the machine is, and
all share the memory of what was loaded. `serve.become_server` says how it is called.
"""

from django.urls import get_resolver
from granian.cli import entrypoint

import tracker.wsgi  # noqa: F401

if __name__ == "__main__":
    get_resolver().url_patterns  # noqa: B018 (what a first request would load)
    entrypoint()
