"""Words that are put together once are those of the language that is asked for."""

from functools import lru_cache

from django.utils.translation import override

from projects.words.language import either, once_a_language


def asked_in_turn(word) -> list[str]:
    found = []
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with override(language):
            found.append(word(3))
    return found


def months(count: int) -> str:
    return either(f"{count} 个月", f"{count} months")


def test_each_language_has_its_own_words():
    assert asked_in_turn(once_a_language(months)) == ["3 个月", "3 months"] * 2


def test_control_without_the_language_the_first_one_would_stay():
    assert asked_in_turn(lru_cache(months)) == ["3 个月"] * 4


def test_they_are_put_together_once():
    asked = []

    @once_a_language
    def word(count: int) -> str:
        asked.append(count)
        return months(count)

    assert asked_in_turn(word) and asked == [3, 3]
