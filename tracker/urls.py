"""Addresses: Chinese at the root, English under `/en/` with the same paths; the path alone decides."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("projects.urls")),
    prefix_default_language=False,
)
handler400 = "tracker.middleware.bad_request"
handler403 = "projects.public.error_pages.forbidden"
handler404 = "projects.public.error_pages.not_found"
handler429 = "projects.public.error_pages.too_many"
handler500 = "tracker.middleware.server_error"
