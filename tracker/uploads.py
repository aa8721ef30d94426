"""How much of a sent file is kept while a request is read: enough to see that it is too large, and no more.

Django itself limits the fields of a form and the number of files, but not their size. What is refused, and in
which words, is decided where the file is looked at.
"""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Capped(TemporaryFileUploadHandler):
    """The rest of the form is read as ever, so that nothing typed is lost over a file."""

    def receive_data_chunk(self, raw_data, start):
        room = settings.FILE_UPLOAD_MOST_BYTES + 1 - start
        self.file.write(raw_data[: max(room, 0)])
