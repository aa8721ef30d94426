"""The columns by which a record is searched: derived from its names, written by `search.index` alone.

What stands in them is `search.rules.spelling`; who reads them is `search.results`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchedQuerySet(models.QuerySet):
    def not_indexed(self):
        """Every record has a name, so an empty column was never written."""
        return self.filter(search_name="")

    def store_index(self, columns: dict) -> None:
        """Derived, so that neither audit nor version tells of it and no field of identity may come along."""
        if stranger := columns.keys() - set(Searched.COLUMNS):
            raise TypeError(f"not a search column: {', '.join(stranger)}")
        models.QuerySet.update(self, **columns)


class Searched(models.Model):
    COLUMNS = ("search_text", "search_name", "search_aliases", "search_pinyin", "search_labels")

    search_text = models.TextField(_("search text"), blank=True, editable=False)
    search_name = models.TextField(_("folded names and codes"), blank=True, editable=False)
    search_aliases = models.TextField(_("folded other names"), blank=True, editable=False)
    search_pinyin = models.TextField(_("pinyin"), blank=True, editable=False)
    search_labels = models.JSONField(_("names to be found by"), default=list, blank=True, editable=False)

    class Meta:
        abstract = True
