"""What the address of an admin page may ask for: filters that a list declares, a search, keys of rows.

Anything else is answered in words with the whole list. Django by itself lets the address filter by any field
of the row with any look-up, patterns too, and fails on keys that are no numbers.
"""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import DataError
from django.db.models import Field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from projects.core.numbers import whole

MAX_SEARCH = 200  # characters: each word is a condition on every field that is searched
REFUSED = (
    *(DisallowedModelAdminLookup, DisallowedModelAdminToField, IncorrectLookupParameters),
    *(OverflowError, ValueError, DataError),
)


class UnknownList(Exception):
    """A list that cannot be had."""


class DeclaredLookups:
    """For every admin of ours, and for the rows within a form."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in self.declared_lookups(request)

    def declared_lookups(self, request: HttpRequest | None) -> set[str]:
        dates = [f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day") if self.date_hierarchy]
        filters = self.get_list_filter(request)
        return {*dates, *(name for one in filters for name in _names(one, self.model))}

    def get_changelist_instance(self, request: HttpRequest):
        try:
            return super().get_changelist_instance(request)
        except REFUSED as refused:
            raise UnknownList from refused

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except UnknownList:
            words = _("This list does not have what the address asks for: here is all of it.")
            self.message_user(request, words, messages.WARNING)
            return HttpResponseRedirect(request.path)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        """The address may name the column and leave it empty."""
        return super().get_object(request, object_id, from_field or None)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """What an address fills in of a new row, or leaves empty, without what is no key of another."""
        asked = super().get_changeform_initial_data(request)
        keys = {field.name for field in self.opts.fields if field.is_relation}
        named = {name for name in asked if name not in keys or _is_key(str(asked[name]))}
        return {name: asked[name] for name in named if "\0" not in str(asked[name])}

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        return super().get_search_results(request, queryset, searched(search_term))

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _is_key(text: str) -> bool:
    return not text or whole(text) is not None


def searched(term: str) -> str:
    """What of a search is looked for."""
    return term[:MAX_SEARCH].replace("\0", " ")


class RowSelect(AutocompleteSelect):
    """Shows the row that is chosen, and nothing for what is no key of one."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if whole(str(key)) is not None], attr)


def _names(one, model) -> Iterator[str]:
    """The parameters by which a filter is chosen, as Django's own filters name them."""
    if isinstance(one, type) and issubclass(one, SimpleListFilter):
        yield one.parameter_name
        return
    path = one if isinstance(one, str) else one[0]
    field = get_fields_from_path(model, path)[-1]
    yield f"{path}__isnull"
    yield f"{path}__{field.target_field.name}__exact" if field.is_relation else f"{path}__exact"
