"""What is asked: of the application, and of what it is measured beside."""

from dataclasses import dataclass
from urllib.parse import quote

from tests.bench.names import MOSTLY, OFTEN, RARE

PAST_DAY = "2022-06-30"
PAST = {
    "list": "/projects/",
    "overview": "/",
    "timeline": "/timeline/",
    "promises": "/promises/",
    "news": "/news/",
}
WEIGHTY, WEIGHT = "hello of its weight", 46_000  # bytes and headers, as many as the page that is kept has
STEP = 37  # from project to project, so that no two alike follow each other
ASIDE = "nth"  # a name that no view reads: such an answer is made anew and not kept (the desk never is)


@dataclass(frozen=True)
class Question:
    name: str
    path: str
    by: str = ""  # who is signed in
    is_kept: bool = False
    is_of_others: bool = False  # of what it is measured beside
    most: float = 0  # times a typical page, by what was promised
    times: int = 400  # at most
    of: int = 0  # so many projects, another each time, whose number stands in the path

    def address(self, nth: int) -> str:
        if self.is_kept or self.is_of_others or self.by:
            return self.path
        path = self.path.format(number=1 + nth * STEP % self.of) if self.of else self.path
        return f"{path}{'&' if '?' in path else '?'}{ASIDE}={nth}"


def questions(size: int, deep: str) -> list[Question]:
    number = max(size // 2, 7)
    asked = [
        Question("hello", "/hello/", is_of_others=True, times=4000),
        Question("typical page", "/typical/", is_of_others=True),
        Question("list", "/projects/", most=1),
        Question("list, a stage", "/projects/?stage=building", most=1),
        Question("list, a kind and a place", "/projects/?kind=industrial&place=bench-1", most=1),
        Question("search, 1 in 1,000", f"/projects/?q={quote(RARE)}", most=1.5),
        Question("search, 1 in 40", f"/projects/?q={quote(OFTEN)}", most=1.5),
        Question("search, 6 in 10", f"/projects/?q={quote(MOSTLY)}", most=1.5),
        Question("search, one character", f"/projects/?q={quote(MOSTLY[0])}", most=1.5),
        Question("search, pinyin", "/projects/?q=feicui", most=1.5),
        Question("search, English", f"/projects/?q=project+{number}", most=1.5),
        Question("search, none", "/projects/?q=zzzz", most=1.5),
        Question("list, deep", deep, most=1),
        Question("project page", f"/projects/bench-{number}/", most=1),
        Question("project page, another each time", "/projects/bench-{number}/", of=size),
        Question("history", f"/projects/bench-{number}/history/"),
        Question("overview", "/", most=1),
        Question("timeline", "/timeline/", most=1.5),
        Question("promises", "/promises/", most=1.5),
        Question("compare", "/compare/?from=2022-06-01&to=2023-06-01", most=1.5),
        Question("sources", "/sources/", most=1.5),
        Question("news", "/news/", most=1.5),
        Question("places", "/places/", most=1.5),
        Question("a place", "/places/bench-1/", most=1.5),
        Question("wall", "/wall/", most=1.5),
        Question("wall, a kind", "/wall/?kind=industrial", most=1.5),
        Question("feed", "/feeds/projects.atom"),
        Question("feed, a kind", "/feeds/projects.atom?kind=industrial"),
        Question("statistics", "/statistics/"),
        *(
            Question(f"{name}, a past day", f"{path}?asof={PAST_DAY}", times=20)
            for name, path in PAST.items()
        ),
        Question("kept page", "/projects/", is_kept=True, times=4000),
        Question(WEIGHTY, f"/hello/?{WEIGHT}", is_of_others=True, times=4000),
        Question("projects.json", "/data/projects.json", times=2),
        Question("projects.csv", "/data/projects.csv", times=2),
        Question("claims.csv", "/data/claims.csv", times=2),
        Question("desk", "/desk/", by="bench-reporter"),
        Question("desk of a reviewer", "/desk/", by="bench-reviewer"),
        Question("desk of an editor", "/desk/", by="bench-editor"),
        Question("admin: claims", "/admin/projects/claim/", by="bench-editor"),
        Question("admin: projects", "/admin/projects/project/", by="bench-editor"),
    ]
    first = "first attempt: "
    return asked + [
        Question(f"{first}list", "/projects/", is_of_others=True),
        Question(f"{first}search, 1 in 1,000", f"/projects/?q={quote(RARE)}", is_of_others=True),
        Question(
            f"{first}page {min(2000, size // 25)}",
            f"/projects/?page={min(2000, size // 25)}",
            is_of_others=True,
        ),
        Question(f"{first}project", f"/projects/{number}/", is_of_others=True),
        Question(f"{first}overview", "/overview/", is_of_others=True),
        Question(f"{first}projects.csv", "/projects.csv", is_of_others=True, times=2),
    ]
