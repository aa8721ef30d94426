"""The browser and the system that a header names, by table."""

import pytest

from projects.accounts.rules.browsers import browser_and_system

LIKE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"
CASES = [
    (LIKE.format("Windows NT 10.0; Win64; x64", "Chrome/140.0.0.0 Safari/537.36"), ("Chrome", "Windows")),
    (LIKE.format("Windows NT 10.0", "Chrome/140.0 Safari/537.36 Edg/140.0"), ("Edge", "Windows")),
    (LIKE.format("Macintosh; Intel Mac OS X 10_15_7", "Version/18.0 Safari/605.1"), ("Safari", "macOS")),
    (LIKE.format("X11; Linux x86_64 UOS", "Chrome/108.0 Safari/537.36"), ("Chrome", "UOS")),
    (LIKE.format("Linux; Android 14", "Chrome/140.0 Mobile Safari/537.36"), ("Chrome", "Android")),
    (LIKE.format("iPhone; CPU iPhone OS 18_0 like Mac OS X", "MicroMessenger/8.0"), ("WeChat", "iOS")),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
    ("curl/8.0", ("", "")),
    ("", ("", "")),
]


@pytest.mark.parametrize(("agent", "names"), CASES)
def test_browser_and_system(agent, names):
    assert browser_and_system(agent) == names
