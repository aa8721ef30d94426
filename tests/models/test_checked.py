"""All check constraints of a row are asked about in one statement, and say the same as one by one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from projects.models.checked import Checked
from tests.models.test_constraints import CASES, CONSTRAINTS, stage

pytestmark = pytest.mark.django_db
OF_CHECKED = [
    name
    for name, (model, one) in CONSTRAINTS.items()
    if issubclass(model, Checked) and isinstance(one, models.CheckConstraint)
]


def said(row: models.Model, left_out: frozenset[str] = frozenset()) -> dict | None:
    try:
        row.validate_constraints(left_out)
    except ValidationError as error:
        return error.message_dict
    return None


def one_by_one(row: models.Model, left_out: frozenset[str] = frozenset()) -> dict | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(Checked, "validate_constraints")
        return said(row, left_out)


def asked(say, row: models.Model) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert say(row) is None
    return sum(one["sql"].startswith("SELECT") for one in captured)


def test_a_row_that_keeps_them_takes_one_statement_for_all():
    row = stage()
    checks = sum(isinstance(one, models.CheckConstraint) for one in row._meta.constraints)
    assert checks > 10
    assert asked(one_by_one, row) - asked(said, row) == checks - 1


@pytest.mark.parametrize("name", OF_CHECKED)
def test_what_is_broken_says_the_same(name):
    row = CASES[name]()
    told = said(row)
    assert told == one_by_one(row)
    assert str(CONSTRAINTS[name][1].get_violation_error_message()) in str(told)


def test_what_is_left_out_is_not_asked_about_the_rest_is():
    row, left_out = stage(), frozenset({"value_yuan"})
    row.value_yuan = "no number"
    assert said(row, left_out) == one_by_one(row, left_out) is None
    row.topic = "nothing"
    assert said(row, left_out) == one_by_one(row, left_out) is not None
