"""Addresses of the doors, the same in both languages (the prefix is `tracker.urls`)."""

urlpatterns = []
