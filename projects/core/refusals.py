"""How something is refused: a code with values for its sentence. The sentences are `words.refusals`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """What is wrong with which field; `values` fill the sentence."""

    code: str
    on: str
    values: dict[str, str] = field(default_factory=dict)


class Refused(ValueError):
    """A draft that breaks rules: all of them, not only the first."""

    def __init__(self, faults: list[Fault]):
        super().__init__(", ".join(f"{fault.on}: {fault.code}" for fault in faults))
        self.faults = faults


class Refusal(Exception):
    """Why a move is not made: a code, and the values that fill its sentence."""

    def __init__(self, code: str, **values: str):
        super().__init__(code)
        self.code, self.values = code, values
