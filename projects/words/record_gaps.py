"""What a record lacks and what is doubted of it, in a few words."""

from django.utils.translation import gettext_lazy as _

from projects.records.rules.completeness import Asked
from projects.records.rules.doubts import RecordDoubt

LACKS = {
    Asked.UNIT: _("unit"),
    Asked.PLACE: _("place"),
    Asked.STAGE: _("stage"),
    Asked.TOTAL: _("total investment"),
    Asked.START: _("start of construction"),
    Asked.FINISH: _("completion"),
    Asked.PARTY: _("parties"),
    Asked.SUMMARY: _("summary"),
    Asked.FUNDING: _("funding"),
}
DOUBTS = {
    RecordDoubt.SAME_AMOUNT: _("the same amount in many projects"),
    RecordDoubt.NO_PLACE: _("no place"),
    RecordDoubt.NO_UNIT: _("no unit"),
    RecordDoubt.DATES_OUT_OF_ORDER: _("dates out of order"),
}
