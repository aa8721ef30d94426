"""Indicators: one that capacities name stays."""

from decimal import Decimal

import pytest

from projects.choices import Topic
from projects.core.statements import Number
from tests.cast import indicator, project, published
from tests.editing.admin_pages import address

pytestmark = pytest.mark.django_db


def test_one_that_a_capacity_names_is_not_removed(as_editor):
    row = indicator()
    published(project(), Topic.CAPACITY, Number(Decimal(5), "吨"), measure=row.code)
    assert as_editor.post(address("indicator", "delete", row.pk), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
