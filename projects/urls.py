"""Addresses of the doors, the same in both languages (the prefix is `tracker.urls`)."""

from django.conf import settings
from django.urls import path

from projects.accounts import second_factor, sign_in
from projects.desk import (
    desk_attachment,
    my_desk,
    notices,
    problems,
    reading,
    report_form,
    report_unchanged,
    review,
    rounds,
)
from projects.editing.site import site
from projects.opendata import calendars, data, downloads, feeds, names
from projects.public import (
    about,
    attachment,
    board,
    compare,
    follow,
    health,
    history,
    home,
    places,
    project_list,
    project_page,
    promises,
    site_changes,
    sitemap,
    sources,
    statistics,
    styleguide,
    timeline,
)

PAPER = "<str:month>/<slug:code>/"  # a report: its month and the code of its project

DESK = [
    path("desk/", my_desk.my_desk, name="my_desk"),
    path("desk/unchanged/", report_unchanged.report_unchanged, name="report_unchanged"),
    path("desk/reading/", reading.reading, name="reading"),
    path("desk/notices/", notices.notices, name="notices"),
    path(f"desk/reports/{PAPER}", report_form.report_form, name="report_form"),
    path(f"desk/reports/{PAPER}preview/", report_form.report_preview, name="report_preview"),
    path(f"desk/reports/{PAPER}withdraw/", report_form.report_withdraw, name="report_withdraw"),
    path("desk/attachments/<str:name>", desk_attachment.desk_attachment, name="desk_attachment"),
    path("desk/review/", review.review_queue, name="review_queue"),
    path(f"desk/review/{PAPER}", review.review_report, name="review_report"),
    path("desk/rounds/", rounds.round_list, name="round_list"),
    path("desk/rounds/<str:month>/", rounds.round_page, name="round_page"),
    path("desk/rounds/<str:month>.xlsx", rounds.round_xlsx, name="round_xlsx"),
    path("desk/rounds/<str:month>.docx", rounds.round_docx, name="round_docx"),
    path("desk/problems/", problems.problem_list, name="problem_list"),
    path("desk/problems/<int:number>/", problems.problem_page, name="problem_page"),
]

# Those named `account_…` and `mfa_…` are found by allauth under these names.
ACCOUNTS = [
    path("accounts/", sign_in.my_account, name="my_account"),
    path("accounts/sessions/", sign_in.end_sessions, name="end_sessions"),
    path("accounts/login/", sign_in.account_login, name="account_login"),
    path("accounts/logout/", sign_in.account_logout, name="account_logout"),
    path("accounts/password/", sign_in.account_change_password, name="account_change_password"),
    path("accounts/confirm/", sign_in.account_reauthenticate, name="account_reauthenticate"),
    path("accounts/reset/<str:whose>/<str:token>/", sign_in.reset_password, name="reset_password"),
    path("accounts/code/", second_factor.mfa_authenticate, name="mfa_authenticate"),
    path("accounts/code/confirm/", second_factor.mfa_reauthenticate, name="mfa_reauthenticate"),
    path("accounts/second-factor/", second_factor.mfa_activate_totp, name="mfa_activate_totp"),
    path("accounts/second-factor/off/", second_factor.mfa_deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/codes/", second_factor.mfa_view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/codes/new/", second_factor.mfa_generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("accounts/codes.txt", second_factor.mfa_download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("admin/", site.urls),
    *ACCOUNTS,
    *DESK,
    path("", home.home, name="home"),
    path("projects/", project_list.project_list, name="project_list"),
    path("projects/<slug:slug>/", project_page.project_page, name="project_page"),
    path("projects/<slug:slug>/history/", history.history, name="history"),
    path("projects/<slug:slug>/board/", board.board, name="board"),
    path("projects/<slug:slug>/qr.svg", board.project_qr, name="project_qr"),
    path("projects/<slug:slug>/project.json", downloads.project_json, name="project_json"),
    path("projects/<slug:slug>/milestones.ics", calendars.project_ics, name="project_ics"),
    path("feeds/projects.atom", feeds.projects_feed, name="projects_feed"),
    path("feeds/projects/<slug:slug>.atom", feeds.project_feed, name="project_feed"),
    path("calendar.ics", calendars.calendar, name="calendar"),
    path("attachments/<str:name>", attachment.attachment, name="attachment"),
    path("follow/", follow.follow, name="follow"),
    path("places/", places.place_list, name="place_list"),
    path("places/<slug:code>/", places.place_page, name="place_page"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("promises/", promises.promises, name="promises"),
    path("compare/", compare.compare, name="compare"),
    path("about/", about.about, name="about"),
    path("about/changes/", site_changes.site_changes, name="site_changes"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:code>/", sources.source_page, name="source_page"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("data/", data.data, name="data"),
    path("data/projects.json", downloads.projects_json, name="projects_json"),
    path("data/projects.csv", downloads.projects_csv, name="projects_csv"),
    path("data/projects.xlsx", downloads.projects_xlsx, name="projects_xlsx"),
    path("data/milestones.csv", downloads.milestones_csv, name="milestones_csv"),
    path("data/parties.csv", downloads.parties_csv, name="parties_csv"),
    path("data/promises.csv", downloads.promises_csv, name="promises_csv"),
    path("data/promises.xlsx", downloads.promises_xlsx, name="promises_xlsx"),
    path("data/claims.csv", downloads.claims_csv, name="claims_csv"),
    path("data/claims.json", downloads.claims_json, name="claims_json"),
    path("data/names.json", names.names_json, name="names_json"),
    path("data/statistics.json", downloads.statistics_json, name="statistics_json"),
    path("data/comparison.csv", downloads.comparison_csv, name="comparison_csv"),
    path("data/comparison.xlsx", downloads.comparison_xlsx, name="comparison_xlsx"),
    path("data/statistics.csv", downloads.statistics_csv, name="statistics_csv"),
    path("data/statistics.xlsx", downloads.statistics_xlsx, name="statistics_xlsx"),
    path("data/words.csv", downloads.words_csv, name="words_csv"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("favicon.ico", sitemap.favicon, name="favicon"),
    *([path("styleguide/", styleguide.styleguide, name="styleguide")] if settings.DEBUG else []),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
