"""Constraints that several tables have, and what the database says when one of them refuses.

A name is `<table>_<what>`: short, since PostgreSQL cuts it at 63 bytes. What people read is the message.
"""

from django.db import DatabaseError, models
from django.db.models import F, Q

from projects.choices import Vocabulary


def known_codes(
    message, *, or_none: bool = False, **vocabularies: type[Vocabulary]
) -> models.CheckConstraint:
    """Each of these columns holds a code of its vocabulary; with `or_none` it may be empty too."""
    empty = [""] if or_none else []
    held = {f"{column}__in": [*empty, *codes.values] for column, codes in vocabularies.items()}
    name = f"%(class)s_{'_'.join(vocabularies)}_known"
    return models.CheckConstraint(name=name, condition=Q(**held), violation_error_message=message)


def not_its_own_parent(message) -> models.CheckConstraint:
    condition = Q(parent=None) | ~Q(parent=F("id"))
    return models.CheckConstraint(
        name="%(class)s_parent_another", condition=condition, violation_error_message=message
    )


def none_or_both_bounds(date: str) -> Q:
    """A fuzzy date is empty, or its text has an earliest and a latest day."""
    earliest, latest = f"{date}_earliest", f"{date}_latest"
    # Not null is said aloud: a comparison with null is no refusal.
    bounds = Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": False})
    in_order = Q(**{f"{earliest}__lte": F(latest)})
    return Q(**{date: "", earliest: None, latest: None}) | ~Q(**{date: ""}) & bounds & in_order


def sentence_of(refusal: DatabaseError, table: type[models.Model]) -> str:
    """The message of the constraint that refused a row; what the database says if there is none."""
    told = str(refusal)
    broken = (one for one in table._meta.constraints if one.name in told or _columns(one, table) in told)
    return next((str(one.get_violation_error_message()) for one in broken), told)


def _columns(constraint: models.BaseConstraint, table: type[models.Model]) -> str:
    """By which SQLite names one of uniqueness; others have their name alone."""
    names = [table._meta.get_field(name).column for name in getattr(constraint, "fields", ())]
    return ", ".join(f"{table._meta.db_table}.{name}" for name in names) or constraint.name
