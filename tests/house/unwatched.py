"""Workers that do not see whether their master lives."""

from tracker.wsgi import application


def worker():
    return application
