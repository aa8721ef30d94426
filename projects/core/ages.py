"""How old a word is on a day: within a year, one to two years, over two; to the day, by the calendar.

Asked of the last day of what was last said: a stage of which nothing was heard for a year looks it.
"""

from datetime import date

from projects.choices import Age


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; of 29 February the last of the month."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age(said_on: date, day: date) -> Age:
    """The age on a day of what was said on another; said exactly a year ago, it is still within a year."""
    return next((code for code, first in first_days(day) if said_on >= first), Age.OVER2)


def first_days(day: date) -> tuple[tuple[Age, date], tuple[Age, date]]:
    """The earliest day of each age but the last (which has none), the youngest age first."""
    return (Age.UNDER1, years_before(day, 1)), (Age.ONE_TO_TWO, years_before(day, 2))
