"""What the expressions of a template stand for, as functions made once from what Django has read of them.

Django asks of an expression anew on each page what it is: a number, a text, a name; a key, an attribute, a
method. What is rare is left to it: a name that is not there, a method, a filter that asks for more than its
value.
"""

from collections.abc import Callable
from functools import lru_cache

from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, VariableDoesNotExist
from django.template.base import FilterExpression, Variable
from django.utils.safestring import SafeData, mark_safe

Read = Callable[[Context], object]
MAX_KINDS = 1_000  # of values; some forms are classes that are made for one page
ABSENT = object()  # nothing has this name
ASKING_FOR_MORE = "expects_localtime", "needs_autoescape"  # filters, than what they are given


def values_of(given: dict[str, FilterExpression]) -> list[tuple[str, Read]]:
    return [(name, value_of(expression)) for name, expression in given.items()]


def value_of(expression: FilterExpression, is_optional: bool = False) -> Read:
    """What an expression of a template stands for; None of what is optional and not there."""
    given, filters = expression.var, expression.filters

    def usual(context: Context) -> object:
        return expression.resolve(context, is_optional)

    if any(getattr(func, name, False) for func, _arguments in filters for name in ASKING_FOR_MORE):
        return usual
    if not filters:
        absent = (lambda _context: None) if is_optional else usual
        return lookup(given, absent) if expression.is_var else lambda _context: given
    find = lookup(given, lambda _context: ABSENT) if expression.is_var else lambda _context: given
    steps = [(func, [_argument(*one) for one in args], _keeps_safe(func)) for func, args in filters]

    def filtered(context: Context) -> object:
        found = find(context)
        if found is ABSENT:
            return usual(context)
        for func, reads, is_safe in steps:
            made = func(found, *[read(context) for read in reads])
            found = mark_safe(made) if is_safe and isinstance(found, SafeData) else made  # noqa: S308 (as Django)
        return found

    return filtered


def _keeps_safe(func: Callable) -> bool:
    return getattr(func, "is_safe", False)


def _argument(is_variable: bool, given: Variable | str) -> Read:
    if is_variable:
        return lookup(given, given.resolve)
    safe = mark_safe(given)  # noqa: S308 (a text of the template itself)
    return lambda _context: safe


def lookup(variable: Variable, otherwise: Read) -> Read:
    """What it names, and something else where nothing has its names."""
    if variable.lookups is None:
        return variable.resolve
    name, *bits = variable.lookups
    steps = [(bit, _is_a_key_alone(bit)) for bit in bits]

    def usual(context: Context) -> object:
        try:
            return variable.resolve(context)
        except VariableDoesNotExist:
            return otherwise(context)

    def found(context: Context) -> object:
        for held in reversed(context.dicts):
            if name in held:
                value = held[name]
                break
        else:  # or it is what the context itself knows, as `request`
            return usual(context) if name in context.__dict__ else otherwise(context)
        try:
            for bit, is_key in steps:
                if callable(value):
                    return usual(context)
                kind = type(value)
                if value is None or is_key and kind is dict and bit not in value:
                    return otherwise(context)
                if kind is dict:
                    value = value[bit]
                elif _has_attributes_alone(kind):
                    value = getattr(value, bit)
                else:
                    return usual(context)
        except (AttributeError, KeyError, ObjectDoesNotExist):
            return usual(context)
        return usual(context) if callable(value) else value

    return found


def _is_a_key_alone(bit: str) -> bool:
    """Whether what is no key of a dictionary is nothing of it: no attribute, no number as a key."""
    return bit.isidentifier() and not hasattr(dict, bit)


@lru_cache(MAX_KINDS)
def _has_attributes_alone(kind: type) -> bool:
    """Whether no name is a key of it: Django tries that first."""
    return getattr(kind, "__getitem__", None) in (None, tuple.__getitem__, str.__getitem__)
