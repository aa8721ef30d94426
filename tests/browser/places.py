"""Which pages are looked at, and in which forms.

The list of doors is complete: `test_every_page` fails where an address of `projects.urls` is not among them.
"""

import json
from dataclasses import dataclass
from urllib.request import urlopen

LANGUAGES = {"zh": "", "en": "/en"}


# The first is the one that others are compared with.
SIZES = {1280: 800, 360: 740}
SCHEMES = ("light", "dark")
# What `{…}` stands for is found in the data: see `site_at`.
PAGES = {
    "home": "/",
    "home_past": "/?asof=2022-06-01&known=2022-06-01",
    "list": "/projects/",
    "list_narrowed": "/projects/?stage=building&q=綦江&sort=-total&asof=2024-12-31",
    "list_nothing": "/projects/?q=没有这样的&sort=zzz",
    "project_disputed": "/projects/{disputed}/",
    "project_promised": "/projects/{promised}/",
    "project_quiet": "/projects/{quiet}/",
    "project_not_yet": "/projects/{quiet}/?asof=2010-01-01",
    "project_past": "/projects/{disputed}/?asof=2022-12-31&known=2023-06-01",
    "board": "/projects/{promised}/board/",
    "history": "/projects/{disputed}/history/",
    "timeline": "/timeline/",
    "wall": "/wall/",
    "promises": "/promises/",
    "compare": "/compare/?from=2024-01-01&to=2024-12-31",
    "news": "/news/",
    "place_list": "/places/",
    "place_page": "/places/{place}/",
    "follow": "/follow/",
    "tell": "/tell/?project={disputed}",
    "about": "/about/",
    "site_changes": "/about/changes/",
    "statistics": "/statistics/",
    "source_list": "/sources/",
    "source_page": "/sources/{source}/",
    "data": "/data/",
    "not_found": "/projects/no-such-project/",
}


@dataclass(frozen=True)
class Site:
    """Where the application answers, and which of its records show most."""

    origin: str
    names: dict[str, str]

    def path(self, page: str, language: str = "zh", **more: str) -> str:
        path = LANGUAGES[language] + PAGES[page].format(**self.names)
        query = "&".join(f"{name}={value}" for name, value in more.items())
        return path + ("?&"["?" in path] + query if query else "")

    def read(self, path: str) -> str:
        with urlopen(self.origin + path, timeout=20) as answer:  # noqa: S310 (our own)
            return answer.read().decode()


def site_at(origin: str) -> Site:
    """The project with most disputes, one with most promises, one with least to say; a source, a place."""
    site = Site(origin, {})
    records = json.loads(site.read("/data/projects.json"))["projects"]
    pages = {one["slug"]: site.read(f"/projects/{one['slug']}/") for one in records}
    disputed = max(pages, key=lambda slug: _counts(pages[slug], "conflict", "verdict "))
    promised = max(pages.keys() - {disputed}, key=lambda slug: (*_counts(pages[slug], "verdict "), slug))
    quiet = min(pages, key=lambda slug: len(pages[slug]))
    sources = {code for one in records for code in one["sources"]}
    shortest = min(sources, key=lambda code: len(site.read(f"/sources/{code}/")))
    names = {"disputed": disputed, "promised": promised, "quiet": quiet, "source": shortest}
    return Site(origin, names | {"place": max(one["place"] or "" for one in records)})


def _counts(page: str, *classes: str) -> tuple[int, ...]:
    return tuple(page.count(f'class="{name}') for name in classes)
