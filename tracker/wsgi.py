"""What the server loads: `granian --interface wsgi tracker.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from tracker.connections import hold_to_limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
hold_to_limits()

application = get_wsgi_application()
