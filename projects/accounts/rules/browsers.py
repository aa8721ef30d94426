"""In what somebody signed in, as far as the browser says: its name and that of the system, nothing finer."""

# The first that is found: most claim to be several.
BROWSERS = [
    ("MicroMessenger", "WeChat"),
    ("QQBrowser", "QQ Browser"),
    ("QihooBrowser", "360 Browser"),
    ("360SE", "360 Browser"),
    ("UCBrowser", "UC Browser"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("UOS", "UOS"),
    ("Kylin", "Kylin"),
    ("Linux", "Linux"),
]


def browser_and_system(agent: str) -> tuple[str, str]:
    """Empty where nothing known is said."""
    return _first(BROWSERS, agent), _first(SYSTEMS, agent)


def _first(marks: list[tuple[str, str]], agent: str) -> str:
    return next((name for mark, name in marks if mark in agent), "")
