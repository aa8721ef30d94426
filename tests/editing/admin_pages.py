"""A page of the admin as a browser sees it: the form it opens with, its words, its messages."""

import re
from html.parser import HTMLParser

from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation


class _Fields(HTMLParser):
    """The values of one form's fields, as they would be sent."""

    def __init__(self, form_id: str):
        super().__init__()
        self.form_id, self.is_inside = form_id, False
        self.values: dict[str, str | list] = {}
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.is_inside = given.get("id") == self.form_id
        if not self.is_inside:
            return
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in ("submit", "button"):
            self._input(name, given)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.values[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""

    def _input(self, name, given):
        if given.get("type") in ("checkbox", "radio"):
            if "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on"))
        else:
            self.values[name] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area and self.is_inside:
            self.values[self.area] += data.removeprefix("\n")


def lines_on(response) -> dict[str, str]:
    """What a page that is only read says beside each field."""
    line = re.compile(r'field-(\w+)">.*?<div class="readonly">(.*?)</div>', re.S)
    return {name: text.strip() for name, text in line.findall(response.content.decode())}


def form_on(response, model: str) -> dict:
    """What the form for a record would send if nothing were typed; without the empty row to copy."""
    fields = _Fields(f"{model}_form")
    fields.feed(response.content.decode())
    return {name: value for name, value in fields.values.items() if "__prefix__" not in name}


def address(model: str, page: str, *args, english: bool = False) -> str:
    """In Chinese unless asked, whatever the language of the last request was."""
    with translation.override("en" if english else "zh-hans"):
        return reverse(f"admin:projects_{model}_{page}", args=args)


def errors(response) -> dict:
    """What a refused form says, field by field."""
    return {name: list(words) for name, words in response.context["adminform"].form.errors.items()}


def messages(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]
