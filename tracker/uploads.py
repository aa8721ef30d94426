"""How much of a sent file is kept while a request is read: enough to see that it is too large, and no more.

Django itself limits the fields of a form and the number of files, but not their size. What is refused, and in
which words, is decided where the file is looked at.
"""

import io
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import temp
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from tracker.trouble import Trouble, trouble_of

LEFT_BEHIND = "tmp*.upload*"  # how Django names what it receives
FORGOTTEN = timedelta(days=1)


def sweep(at: datetime) -> list[str]:
    """Remove what this user's servers were receiving when they were killed, more than a day ago."""
    gone, before = [], (at - FORGOTTEN).timestamp()
    for path in sorted(Path(temp.gettempdir()).glob(LEFT_BEHIND)):
        with suppress(FileNotFoundError):
            found = path.lstat()
            if found.st_uid == os.getuid() and found.st_mtime < before:
                path.unlink()
                gone.append(path.name)
    return gone


class NotKept(UploadedFile):
    """A file that the temporary folder did not take; `trouble` says why."""

    def __init__(self, name: str, content_type: str, trouble: Trouble):
        super().__init__(io.BytesIO(), name, content_type, 0)
        self.trouble = trouble


class Capped(TemporaryFileUploadHandler):
    """The rest of the form is read as ever, so that nothing typed is lost over a file."""

    def new_file(self, *args, **kwargs):
        self.trouble = None
        self.__dict__.pop("file", None)  # that of the one before
        self._trying(super().new_file, *args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        room = settings.FILE_UPLOAD_MOST_BYTES + 1 - start
        if not self.trouble:
            self._trying(self.file.write, raw_data[: max(room, 0)])

    def file_complete(self, file_size):
        if not self.trouble:
            self._trying(self.file.flush)
        if self.trouble:
            return NotKept(self.file_name, self.content_type, self.trouble)
        return super().file_complete(file_size)

    def _trying(self, act, *args, **kwargs) -> None:
        try:
            act(*args, **kwargs)
        except OSError as error:
            self.trouble = trouble_of(error) or Trouble.UNREADABLE
            if file := self.__dict__.pop("file", None):
                with suppress(OSError):  # what cannot be written cannot be flushed; it goes all the same
                    file.close()
