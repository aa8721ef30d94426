"""What the server loads: `granian --interface wsgi tracker.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

_django = get_wsgi_application()

from tracker.encoding import read_as_utf8  # noqa: E402 (Django is set up now)

application = read_as_utf8(_django)
