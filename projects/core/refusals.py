"""How something is refused: codes with the values of their sentences. The sentences are `words.refusals`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with which field where it is one's; `values` fill the sentence."""

    code: str
    on: str = ""
    values: dict[str, str] = field(default_factory=dict)


class Refused(ValueError):
    """What is asked for is not done: for one fault, or for all of several (`of`)."""

    def __init__(self, code: str, on: str = "", **values: str):
        super().__init__(code)
        self.code, self.faults = code, [Fault(code, on, values)]

    @classmethod
    def of(cls, faults: list[Fault]) -> Self:
        refused = cls(", ".join(f"{fault.on}: {fault.code}" for fault in faults))
        refused.code, refused.faults = faults[0].code, faults
        return refused
