"""Addresses of the doors, the same in both languages (the prefix is `tracker.urls`)."""

from django.conf import settings
from django.urls import path

from projects.admin.site import site as admin_site
from projects.views import (
    about,
    calendars,
    data,
    feeds,
    found,
    health,
    portfolio,
    projects,
    sources,
    styleguide,
)

urlpatterns = [
    path("admin/", admin_site.urls),
    path("", portfolio.home, name="home"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/<slug:slug>/", projects.project_page, name="project_page"),
    path("projects/<slug:slug>/history/", projects.history, name="history"),
    path("projects/<slug:slug>/project.json", data.project_json, name="project_json"),
    path("projects/<slug:slug>/milestones.ics", calendars.project_ics, name="project_ics"),
    path("feeds/projects.atom", feeds.projects_feed, name="projects_feed"),
    path("feeds/projects/<slug:slug>.atom", feeds.project_feed, name="project_feed"),
    path("calendar.ics", calendars.calendar, name="calendar"),
    path("timeline/", portfolio.timeline, name="timeline"),
    path("promises/", portfolio.promises, name="promises"),
    path("compare/", portfolio.compare, name="compare"),
    path("about/", about.about, name="about"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:code>/", sources.source_page, name="source_page"),
    path("statistics/", sources.statistics, name="statistics"),
    path("data/", data.data, name="data"),
    path("data/projects.json", data.projects_json, name="projects_json"),
    path("data/projects.csv", data.projects_csv, name="projects_csv"),
    path("data/projects.xlsx", data.projects_xlsx, name="projects_xlsx"),
    path("data/claims.csv", data.claims_csv, name="claims_csv"),
    path("data/statistics.json", data.statistics_json, name="statistics_json"),
    path("sitemap.xml", found.sitemap, name="sitemap"),
    path("robots.txt", found.robots, name="robots"),
    *([path("styleguide/", styleguide.styleguide, name="styleguide")] if settings.DEBUG else []),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
