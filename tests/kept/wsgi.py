"""The real application, which also says which worker answers."""

import os

from tracker.wsgi import application as real


def application(environ, start_response):
    def start(status, headers, *rest):
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))], *rest)

    return real(environ, start)
