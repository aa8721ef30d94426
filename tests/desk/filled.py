"""The report form as a browser without scripts holds it: its fields as they stand, changed, then sent."""

from tests.public.reading import Element, Page

ADDRESS = "/en/desk/reports/2026-02/QJ-0001/"


def texts(page: Page) -> dict[str, str]:
    """What the form would send: every input, choice and text, without its buttons."""
    (form,) = [one for one in page.all("form") if "data-report" in one.given]
    held: dict[str, str] = {}
    for one in page.elements:
        name = one.given.get("name")
        if not name or not _is_within(one, form) or one.tag == "button":
            continue
        if one.tag == "select":
            held[name] = _chosen(page, one)
        elif one.tag == "textarea":
            held[name] = "".join(one.words).removeprefix("\n")
        elif one.given.get("type") != "file":
            held[name] = one.given.get("value") or ""
    return held


def _is_within(one: Element, form: Element) -> bool:
    while one is not None and one is not form:
        one = one.within
    return one is form


def _chosen(page: Page, select: Element) -> str:
    options = [one for one in page.all("option") if _is_within(one, select)]
    chosen = [one.given["value"] for one in options if "selected" in one.given]
    return chosen[0] if chosen else options[0].given["value"]


def opened(client, user, address: str = ADDRESS) -> Page:
    client.force_login(user)
    return again(client, address)


def again(client, address: str = ADDRESS) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer)


def sent(client, page: Page, address: str = ADDRESS, do: str = "save", follow=True, **typed) -> Page:
    """Change some fields of what stands on the page, and press a button."""
    names = {name: name.replace("__", "-") for name in typed}
    data = texts(page) | {names[name]: value for name, value in typed.items()} | {"do": do}
    return Page(client.post(address, data, follow=follow))


def field(page: Page, name: str) -> Element:
    """The one input of a name that is no button."""
    (found,) = [one for one in page.elements if one.given.get("name") == name and one.tag != "button"]
    return found


def faults_at(page: Page, name: str) -> str:
    """What the field is described by, as far as it says what is wrong; in the order of the page."""
    described = (field(page, name).given.get("aria-describedby") or "").split()
    texts = [one.text for one in page.elements if one.given.get("id") in described]
    return " ".join(texts)


def summary(page: Page) -> list[tuple[str, str]]:
    """The links and sentences at the top: the element each leads to, and its words."""
    items = [one for one in page.all("li") if one.is_in("div", "faults")]
    found = []
    for item in items:
        links = [one.given["href"].removeprefix("#") for one in page.all("a") if one.within is item]
        found.append((links[0] if links else "", item.text.split(": ", 1)[-1] if links else item.text))
    return found
