"""By what a record is searched: derived from its names, written by `search.index` alone.

What stands in them is `search.rules`; who reads them is `search.results`.
"""

from django.db import models

from projects.models.project import Project


class SearchText(models.Model):
    """All that a project is found by, folded, one a line; names, other names and pinyin apart."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    text = models.TextField()
    name = models.TextField(help_text="And codes; every line stands between two breaks, as in the next two.")
    aliases = models.TextField(blank=True)
    pinyin = models.TextField(blank=True)
    labels = models.JSONField(default=list, help_text="As they are written, with their spelling.")

    def __str__(self):
        return self.name.strip()


class SearchPair(models.Model):
    """A pair of characters, or another piece of a name (`search.rules.pieces`), that a project has."""

    pk = models.CompositePrimaryKey("pair", "project")
    pair = models.CharField(max_length=6)
    project = models.ForeignKey(SearchText, on_delete=models.CASCADE, related_name="pairs")

    def __str__(self):
        return f"{self.pair} {self.project_id}"


class NameKey(models.Model):
    """What names that may mean the same project have in common (`records.rules.likeness.keys_of`)."""

    pk = models.CompositePrimaryKey("key", "project")
    key = models.CharField(max_length=12)
    project = models.ForeignKey(SearchText, on_delete=models.CASCADE, related_name="keys")

    def __str__(self):
        return f"{self.key} {self.project_id}"
