"""The file of a report book."""

import pytest

from projects.imports import sheet_file
from tests.paperwork import on_record

pytestmark = pytest.mark.django_db


def test_a_reviewer_takes_the_book_of_a_chosen_unit(client, people, monthly_round):
    on_record()
    client.force_login(people.reviewer)
    answer = client.get("/desk/book/2026-02.xlsx?unit=fagai")
    assert sheet_file.read(answer.content)[0].cell(2, 1).text == "QJ-0001"
    assert client.get("/desk/book/2026-02.xlsx?unit=none").status_code == 404
