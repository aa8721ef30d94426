"""What the server loads: `granian --interface wsgi tracker.wsgi:application`; its workers call `worker`."""

import gc
import io
import multiprocessing
import os
import signal
import threading
import time

from django.core.wsgi import get_wsgi_application

from tracker.connections import hold_to_limits
from tracker.encoding import read_as_utf8
from tracker.kept_pages import answered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
hold_to_limits()
# Rubbish that counts of references miss is looked for seldom: requests leave little, and a look through all
# that a worker holds takes as long as ten pages.
THRESHOLDS = 5_000, 10, 50
PATIENCE = 3  # seconds for the requests that a worker is at when its master dies

_utf8_django = read_as_utf8(get_wsgi_application())


class Whole(io.IOBase):
    """What a client sends; where it breaks off, an error and not the end: half a form is none."""

    def __init__(self, stream, length: int):
        self.stream, self.left = stream, length

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        data = self.stream.read(size) if size else b""
        if len(data) < size:  # the server waits until there is as much, or no more will come
            raise OSError("the body broke off")
        self.left -= len(data)
        return data


def application(environ, start_response):
    if (kept := answered(environ, start_response)) is not None:
        return kept
    if (length := environ.get("CONTENT_LENGTH", "")).isdecimal():
        environ["wsgi.input"] = Whole(environ["wsgi.input"], int(length))
    return _utf8_django(environ, start_response)


def worker():
    """The application, in a process that does not outlive its master: an orphan would keep the port."""
    gc.freeze()  # what was loaded stays
    gc.set_threshold(*THRESHOLDS)
    if master := multiprocessing.parent_process():
        threading.Thread(target=_leave_with, args=[master], daemon=True).start()
    return application


def _leave_with(master) -> None:
    master.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
