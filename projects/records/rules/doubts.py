"""What may be wrong with a record, for a person to look at. How it is found is `records.doubts`."""

from enum import StrEnum

MANY = 4  # projects with the same total


class RecordDoubt(StrEnum):
    SAME_AMOUNT = "same_amount"
    NO_PLACE = "no_place"
    NO_UNIT = "no_unit"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
