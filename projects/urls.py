"""Addresses of the doors, the same in both languages (the prefix is `tracker.urls`)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from projects.views import data, health, projects, sources

urlpatterns = [
    path("", login_not_required(RedirectView.as_view(pattern_name="project_list")), name="home"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/<slug:slug>/", projects.project_page, name="project_page"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:code>/", sources.source_page, name="source_page"),
    path("statistics/", sources.statistics, name="statistics"),
    path("data/", data.data, name="data"),
    path("data/projects.json", data.projects_json, name="projects_json"),
    path("data/projects.csv", data.projects_csv, name="projects_csv"),
    path("data/claims.csv", data.claims_csv, name="claims_csv"),
    path("data/statistics.json", data.statistics_json, name="statistics_json"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
