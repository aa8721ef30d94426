"""Tables of what goes in and how it reads in Chinese and in English, one line each."""


def rows(table: str) -> list[tuple[str, str, str]]:
    """Every line twice: what goes in, the language, what it reads."""
    lines = [line.split("|") for line in table.strip().splitlines() if not line.startswith("#")]
    cells = [[cell.strip() for cell in line] for line in lines]
    return [
        (given, language, reads)
        for given, *readings in cells
        for language, reads in zip(("zh-hans", "en"), readings, strict=True)
    ]
