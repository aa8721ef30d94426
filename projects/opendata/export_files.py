"""Which files there are, and which columns each has.

What a column is stands in `words.columns`, how rows become a file in `opendata.export_formats`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from projects.words.column import Column
from projects.words.columns import columns


@dataclass(frozen=True, slots=True)
class ExportFile:
    """Its name, in words too; its columns, `+` where words stand beside a code; the usual length of a row."""

    name: str
    title: str
    about: str
    formats: tuple[str, ...]
    keys: str
    bytes_a_row: int = 0  # of CSV, where there is one

    @property
    def columns(self) -> list[Column]:
        return columns(self.keys)

    @property
    def table(self) -> list[Column]:
        """As CSV and as a sheet."""
        return [one for one in self.columns if not one.is_in_json_alone]

    @property
    def explained(self) -> list[Column]:
        """A code once, without the words beside it."""
        return columns(self.keys.replace("+", ""))


FILES = {
    one.name: one
    for one in (
        ExportFile(
            "projects",
            _("Projects"),
            _("One line per project: its names, kind, place, unit, stage and money."),
            ("xlsx", "csv", "json"),
            "code slug url name name_en aliases kind+ sector+ record_type+ counted place+ department+ parent"
            " stage+ stage_basis+ partly_in_use condition+ light total_investment agreed_investment"
            " invested_to_date investment_qualifier milestones parties sources last_known_on funding+"
            " stage_qualifier stage_since stage_last_said invested_method duplicates"
            " total_basis agreed_qualifier agreed_basis",
            435,
        ),
        ExportFile(
            "milestones",
            _("Milestones"),
            _("One line per step of a project: when it was promised, when it came, how late."),
            ("csv",),
            "project milestone+ scope first_promised promised actual verdict+ slip_min slip_max"
            " promised_state",
            90,
        ),
        ExportFile(
            "parties",
            _("Parties"),
            _("One line per organisation that has a part in a project, and which document says so."),
            ("csv",),
            "project organisation organisation_en role+ source place_in_source",
            130,
        ),
        ExportFile(
            "neighbours",
            _("Neighbours"),
            _("One line per project that lies beside another: each of the two has one."),
            ("csv",),
            "project neighbour nearness+ source place_in_source note",
            70,
        ),
        ExportFile(
            "promises",
            _("Promises"),
            _("One line per promised date: what became of it, and who said so."),
            ("xlsx", "csv"),
            "project milestone scope first_promised first_basis promised promised_state actual verdict"
            " slip_min slip_max sources",
            100,
        ),
        ExportFile(
            "claims",
            _("Everything that was said"),
            _("One line per statement of a source, even if corrected since: all the rest follows from it."),
            ("csv", "json"),
            "ref project topic measure scope period value unit qualifier as_of known_on source"
            " place_in_source basis corrects corrected_by note method quote",
            180,
        ),
        ExportFile(
            "sources",
            _("Sources"),
            _("One line per document: its title as printed, who published it, and when."),
            ("csv",),
            "source source_kind+ source_title source_title_en headline publisher publisher_en published"
            " source_note source_note_en published_basis+",
            190,
        ),
        ExportFile(
            "comparison",
            _("What happened between two days"),
            _("One line per event: what began, ended, changed or was corrected."),
            ("xlsx", "csv"),
            "event project milestone topic before after as_of known_on source",
        ),
        ExportFile(
            "statistics",
            _("Statistics"),
            _("One line per figure about the district."),
            ("xlsx", "csv", "json"),
            "ref subject label label_en value unit qualifier period is_target as_of known_on source"
            " place_in_source basis note method members",
            240,
        ),
        ExportFile(
            "names",
            _("Names"),
            _("Names of projects, for the suggestions under a search field."),
            ("json",),
            "names",
        ),
    )
}
