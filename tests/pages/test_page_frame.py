"""Addresses of pages are those that Django would give them."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from projects.pages.page_frame import path_of

PAGES = [
    ("home",),
    ("project_page", "QJ-0001"),
    ("history", "a_b-c"),
    ("project_feed", "綦江"),  # no address has such a word
    ("attachment", "a b&c.pdf"),
    ("round_page", "2024-10"),
    ("problem_page", 7),
    ("report_form", "2024-10", "QJ-0001"),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_address_is_as_django_gives_it(page, language):
    name, *args = page
    with translation.override(language):
        try:
            wanted = reverse(name, args=args)
        except NoReverseMatch:
            with pytest.raises(NoReverseMatch):
                path_of(name, *args)
        else:
            assert [path_of(name, *args) for _ in range(2)] == [wanted] * 2
