"""Every address × person × method, in one table; `test_doors` walks it and fails where an address has no row.

People by letter: n nobody signed in · s an account without a role · r reporter of the unit · o reporter of
another · v reviewer · e editor · a administrator · d a deactivated account that was signed in.
"""

from dataclasses import dataclass

EVERYBODY = "nsrovead"
SIGNED_IN = "srovea"
DESK = "rova"  # whoever has a part in the monthly reports
READS = "rovea"  # and who reads them
ADMIN = "vea"
EDITS = "ea"


@dataclass(frozen=True)
class Row:
    """An address with who may read it and who may send to it.

    Where nobody may, the method itself is refused. Whoever may not, and is signed in, finds nothing there
    or, in the admin, is told so; who is not signed in is sent to the login, but for public addresses.
    """

    address: str
    read: str = ""
    send: str = ""


def public(*addresses: str) -> list[Row]:
    return [Row(address, read=EVERYBODY) for address in addresses]


PUBLIC = [
    *public("/", "/projects/", "/projects/{slug}/", "/projects/{slug}/history/"),
    *public("/projects/{slug}/board/", "/projects/{slug}/qr.svg", "/projects/{slug}/preview.png"),
    *public("/projects/{slug}/project.json", "/projects/{slug}/milestones.ics"),
    *public("/feeds/projects.atom", "/feeds/projects/{slug}.atom", "/calendar.ics"),
    *public("/timeline/", "/promises/", "/compare/", "/about/", "/about/changes/", "/statistics/"),
    *public("/places/", "/places/{town}/", "/wall/", "/news/", "/follow/"),
    Row("/tell/", read=EVERYBODY, send=EVERYBODY),
    *public("/sources/", "/sources/{source}/", "/data/", "/data/projects.json", "/data/projects.csv"),
    *public("/data/projects.xlsx", "/data/claims.csv", "/data/claims.json", "/data/statistics.json"),
    *public("/data/names.json", "/data/comparison.csv", "/data/comparison.xlsx"),
    *public("/data/milestones.csv", "/data/parties.csv", "/data/promises.csv", "/data/promises.xlsx"),
    *public("/data/neighbours.csv", "/data/sources.csv"),
    *public("/data/statistics.csv", "/data/statistics.xlsx", "/data/words.csv", "/data/record.zip"),
    *public("/sitemap.xml", "/sitemap-pages-1.xml", "/robots.txt", "/favicon.ico", "/healthz", "/readyz"),
    *public("/attachments/{photo_published}"),
    Row("/attachments/{photo_draft}"),
    Row("/attachments/{photo_handed_in}"),
    Row("/projects/{private}/"),
    Row("/projects/{private}/history/"),
    # A one-time link that was never handed out.
    Row("/accounts/reset/MQ/never-made/"),
]

REPORTS = [
    Row("/desk/", read=SIGNED_IN),
    Row("/desk/unchanged/", send="r" + "o"),
    Row("/desk/together/", send="r" + "o"),
    Row("/desk/reading/?month={month}&project={due}", send="r"),
    # Of one's own unit: another's has none of these projects.
    Row("/desk/table/{month}/", read="ro", send="ro"),
    Row("/desk/book/{month}/", read=READS, send="ro"),
    # Who names no unit of theirs is asked to choose, another's is not there (tests/desk/test_signoff.py).
    Row("/desk/signoff/{month}/", read=READS),
    Row("/desk/signoff/{month}/?unit=fagai", read="rvea"),
    Row("/desk/book/{month}.xlsx?unit=fagai", read="rvea"),
    Row("/desk/search/?q=QJ", read="rovea"),
    Row("/desk/notices/", read=SIGNED_IN, send=SIGNED_IN),
    # One that nobody has begun, and one in each state: a draft is nobody else's.
    Row("/desk/reports/{month}/{due}/", read="r", send="r"),
    Row("/desk/reports/{month}/{draft}/", read="r", send="r"),
    Row("/desk/reports/{month}/{handed_in}/", read="rvea", send="r"),
    Row("/desk/reports/{month}/{published}/", read="rvea", send="r"),
    Row("/desk/reports/{month}/{draft}/preview/", read="r"),
    Row("/desk/reports/{month}/{handed_in}/preview/", read="rvea"),
    Row("/desk/reports/{month}/{draft}/withdraw/", send="r"),
    Row("/desk/reports/", read="ro"),
    Row("/desk/reports/{month}/{published}/correct/", read="r", send="r"),
    Row("/desk/reports/{month}/{handed_in}/correct/"),
    Row("/desk/attachments/{photo_draft}", read="r"),
    Row("/desk/attachments/{photo_handed_in}", read="rvea"),
    Row("/desk/attachments/{photo_published}", read="rvea"),
    Row("/desk/review/", read="va", send="va"),
    Row("/desk/review/together/", read="va", send="va"),
    Row("/desk/review/{month}/{draft}/"),
    Row("/desk/review/{month}/{handed_in}/", read="va", send="va"),
    Row("/desk/review/{month}/{published}/", read="va", send="va"),
    Row("/desk/cadence/", read="vea", send="vea"),
    Row("/desk/rounds/", read=READS, send="va"),
    Row("/desk/rounds/{month}/", read=READS, send="va"),
    Row("/desk/rounds/{month}.xlsx", read="vea"),
    Row("/desk/rounds/{month}.docx", read="vea"),
    Row("/desk/imports/", read="vea", send="e"),
    Row("/desk/imports/blank-projects.xlsx", read="e"),
    Row("/desk/imports/blank-nothing.xlsx"),
    Row("/desk/imports/record.xlsx", read="e"),
    Row("/desk/imports/readings/{file_reading}/", read="e", send="e"),
    Row("/desk/imports/{file_draft}/", read="e", send="e"),
    Row("/desk/imports/{file_draft}/columns/", read="e", send="e"),
    Row("/desk/imports/{file_draft}/faults/", read="e", send="e"),
    Row("/desk/imports/{file_draft}/faults.xlsx", read="e"),
    # Whoever may decide, and its author.
    Row("/desk/imports/{file_sent}/", read="vea", send="vea"),
    Row("/desk/fill/", read="roe", send="roe"),
    # Of whoever took it in.
    Row("/desk/fill/{form}/", read="e", send="e"),
    Row("/desk/fill/{form}/filled.xlsx", read="e"),
    Row("/desk/projects/new/", read="e", send="e"),
    Row("/desk/projects/{due}/facts/", read="e", send="e"),
    Row("/desk/projects/reading/", send="e"),
    Row("/desk/projects/{due}/hide/", read="vea", send="vea"),
    Row("/desk/duplicates/", read="e"),
    Row("/desk/duplicates/{due}/{draft}/", read="e", send="e"),
    Row("/desk/hiding/", read="vea"),
    Row("/desk/tips/", read="vea", send="vea"),
    Row("/desk/tips/{tip}/", read="vea", send="vea"),
    Row("/desk/problems/", read=READS),
    Row("/desk/problems/{problem_draft}/", read="r", send="r"),
    # The unit that answers for it, once the report is published.
    Row("/desk/problems/{problem_published}/", read=READS, send=READS),
]

ACCOUNTS = [
    Row("/accounts/", read=SIGNED_IN),
    Row("/accounts/sessions/", send=SIGNED_IN),
    Row("/accounts/login/", read=EVERYBODY, send=EVERYBODY),
    Row("/accounts/logout/", read=SIGNED_IN, send=SIGNED_IN),
    Row("/accounts/password/", read=SIGNED_IN, send=SIGNED_IN),
    Row("/accounts/confirm/", read=SIGNED_IN, send=SIGNED_IN),
    # Between password and code nobody is signed in yet: whoever is not there is sent back to begin.
    Row("/accounts/code/", read=SIGNED_IN, send=SIGNED_IN),
    Row("/accounts/code/confirm/", read=SIGNED_IN, send=SIGNED_IN),
    Row("/accounts/second-factor/", read=SIGNED_IN, send=SIGNED_IN),
    Row("/accounts/codes/new/", read=SIGNED_IN, send=SIGNED_IN),
    # Nobody here has a second factor.
    Row("/accounts/second-factor/off/"),
    Row("/accounts/codes/"),
    Row("/accounts/codes.txt"),
]


def record(
    model: str,
    read: str = ADMIN,
    send: str = EDITS,
    add: str = EDITS,
    delete: str = EDITS,
    app: str = "projects",
) -> list[Row]:
    """The pages of the admin on one model."""
    row = f"/admin/{app}/{model}/{{{model}}}"
    return [
        Row(f"/admin/{app}/{model}/", read=read, send=read),
        Row(f"/admin/{app}/{model}/add/", read=add, send=add),
        Row(f"{row}/change/", read=read, send=send),
        Row(f"{row}/delete/", read=delete, send=delete),
        Row(f"{row}/history/", read=read, send=read),
        Row(f"{row}/", read=ADMIN, send=ADMIN),  # leads to its change page
    ]


def deciding(model: str) -> list[Row]:
    """One that waits for a second person. Only its author discards it; others are told so (tests/editing)."""
    row = f"/admin/projects/{model}/{{{model}_waiting}}"
    return [
        Row(f"{row}/approve/", send=ADMIN),
        Row(f"{row}/refuse/", read=ADMIN, send=ADMIN),
        Row(f"{row}/discard/", send=ADMIN),
    ]


RECORDS = ("department", "place", "organisation", "indicator", "project", "source")
ADMINISTRATION = [
    Row("/admin/", read=ADMIN, send=ADMIN),
    Row("/admin/login/", read=ADMIN, send=ADMIN),
    Row("/admin/logout/", read=EVERYBODY, send=EVERYBODY),
    Row("/admin/password_change/", read=ADMIN, send=ADMIN),
    Row("/admin/password_change/done/", read=ADMIN, send=ADMIN),
    Row("/admin/jsi18n/", read=ADMIN),
    Row("/admin/autocomplete/?app_label=projects&model_name=claim&field_name=project", read=ADMIN),
    Row("/admin/projects/", read=ADMIN, send=ADMIN),
    Row("/admin/nothing/"),
    Row("/admin/r/1/1/"),  # "view on site" of Django's own, which nothing here has
    *(row for model in RECORDS for row in record(model)),
    Row("/admin/projects/project/similar/?name=x", read=ADMIN),
    Row("/admin/projects/project/together/", send=EDITS),
    Row("/admin/projects/claim/together/", send=ADMIN),
    Row("/admin/projects/department/{department}/hand-over/", read=EDITS, send=EDITS),
    Row("/admin/projects/source/{with_text}/document/", read=EDITS, send=EDITS),
    Row("/admin/projects/source/{with_text}/lines/", read=EDITS, send=EDITS),
    *record("sourcesection", send="", add="", delete=""),
    *record("claim", send="", delete=""),
    *deciding("claim"),
    *record("statistic", send="", delete=""),
    *deciding("statistic"),
    *record("auditentry", send="", add="", delete=""),
    *record("user", read="a", send="a", add="a", delete=""),
    *record("group", read="a", send="", add="", delete="", app="auth"),
    Row("/admin/projects/user/{user}/password/", read="a", send="a"),
    Row("/admin/projects/user/{user}/link/", read="a", send="a"),
    Row("/admin/projects/user/{user}/second-factor/", read="a", send="a"),
]

TABLE = [*PUBLIC, *REPORTS, *ACCOUNTS, *ADMINISTRATION]
