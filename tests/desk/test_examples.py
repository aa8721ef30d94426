"""What a message gives as an example fits the box that it stands at: who writes just that is understood."""

import re

import pytest
from django.utils.translation import override

from projects.desk.problem_forms import ProblemForm
from projects.desk.report_fields import ReportForm
from projects.models.user import person_of
from projects.reports import report_sheet
from tests.cast import TODAY
from tests.paperwork import on_record

pytestmark = pytest.mark.django_db
BAD = (
    "早晚",
    "12亩",
    "2026-13-45",
    "2026-02-30",
    "2400年",
    "-5",
    "1.23456789",
    "12345678901234567890",
    "1..2",
    "%",
)
MONEY = [(name, unit) for name in ("this_year", "to_date") for unit in ("yuan", "wan", "yi")]
DATES = ("pause_resumes", "date-completed", "actual-completed", "stage_on")
NAMED = {"yuan": "[0-9]元", "wan": "万元", "yi": "亿元"}
EXAMPLES = {"zh-hans": re.compile("例如 (.+)。$"), "en": re.compile("for example (.+)[.]$")}


@pytest.fixture(params=EXAMPLES)
def language(request):
    with override(request.param):
        yield request.param


@pytest.fixture
def sheet(people, monthly_round):
    return report_sheet.find(person_of(people.reporter, TODAY), "2026-02", on_record().code, TODAY)


def faults(sheet, name: str, text: str, unit: str = "wan") -> list[str]:
    if name == "problem_due":
        form = ProblemForm([], TODAY, {name: text})
    else:
        form = ReportForm(sheet, {name: text, f"{name}_unit": unit, "stage": "building"})
    form.is_valid()
    errors = form.errors.get(name, [])
    return list(errors)


def examples(message: str, language: str) -> list[str]:
    found = EXAMPLES[language].search(message)
    return re.split("、|, ", found[1]) if found else []


@pytest.mark.parametrize(
    ("name", "unit"), [*MONEY, ("progress", ""), *((one, "") for one in DATES), ("problem_due", "")]
)
def test_an_example_is_taken_by_the_box_that_gives_it(sheet, language, name, unit):
    messages = [one for text in BAD for one in faults(sheet, name, text, unit)]
    given = {example for one in messages for example in examples(one, language)}
    assert len(messages) > 2 and given
    assert {example: faults(sheet, name, example, unit) for example in given} == dict.fromkeys(given, [])
    if unit:
        assert all(re.search(NAMED[unit], example) for example in given)
    if name == "progress":
        assert given == {"37.5%"}
    if name in ("pause_resumes", "date-completed", "problem_due"):
        assert min(re.findall("20[0-9]{2}", " ".join(given))) > str(TODAY.year), "and it is still to come"


def test_control_an_example_of_another_kind_is_found(sheet):
    assert faults(sheet, "date-completed", "99.56亿元") and faults(sheet, "to_date", "2024-10-17")
