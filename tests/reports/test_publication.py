"""The title of a report as a source, and the note that says why a date moved."""

from datetime import date

import pytest
from django.utils.translation import override

from projects.reports import publication


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_source_has_both_titles_whatever_the_language(language):
    with override(language):
        chinese, english = publication.source_titles(date(2026, 2, 1), "QJ-0001")
    assert (chinese, english) == ("2026年2月月报 QJ-0001", "Monthly report for February 2026, QJ-0001")


@pytest.mark.parametrize(
    ("reason", "words", "note"),
    [
        ("", "", ""),
        ("", " 贷款未到 ", "贷款未到"),
        ("funding", "", "资金"),
        ("funding", "贷款未到", "资金：贷款未到"),
    ],
)
def test_why_a_date_moved_is_kept_in_chinese(reason, words, note):
    with override("en"):
        assert publication.why(reason, words) == note
