"""Names in a made-up portfolio: each follows from its number alone, and says that it is made up."""

MARK = "（虚构）"
RARE, OFTEN, MOSTLY, ELSE = "翡翠", "新材", "工程", "基地"  # 1 in 1,000, 1 in 40, 6 in 10, the others
PASSWORD = "made up for the bench"


def name_of(number: int) -> str:
    words = RARE if number % 1000 == 7 else ""
    words += OFTEN if number % 40 == 3 else ""
    words += MOSTLY if number % 10 < 6 else ELSE
    return f"{words}{number:07}号{MARK}"
