"""Ending a session of one's own elsewhere. That others end with a new password is `tracker.sessions`."""

from projects.models import SignedInSession, User


def end(ref: str, *, by: User, but: str) -> bool:
    """Whether there was one; never the one (by its key) in which it is asked for: that is signing out."""
    rows = SignedInSession.objects.filter(user=by).exclude(pk=but)
    return any(row.delete() for row in rows if row.ref == ref)
