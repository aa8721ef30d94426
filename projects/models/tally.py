"""Today's tallies, so that a page about everything reads no row a project; only the rebuild writes them."""

from django.db import models

from projects.core.today import NO_DAY


class PortfolioTally(models.Model):
    """How many, and how much money: of a facet's choice, or on a day (`core.today`)."""

    what = models.CharField(max_length=20)
    choice = models.CharField(max_length=80, blank=True)
    is_counted = models.BooleanField(default=False)
    day = models.DateField(default=NO_DAY)
    n = models.IntegerField(default=0)
    yuan = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="portfoliotally_once",
                fields=["what", "choice", "is_counted", "day"],
                violation_error_message="A thing is tallied once.",
            )
        ]

    def __str__(self):
        return f"{self.what} {self.choice} {self.n}"
