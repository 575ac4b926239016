"""What a fake would have billed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock, local


@dataclass(frozen=True, slots=True)
class Row:
    """`units` of `unit` (characters, images, seconds, tokens) of `model`; `cost` in USD."""

    vendor_id: str
    model: str
    unit: str
    units: Decimal
    cost: Decimal


@dataclass
class Bill:
    rows: list[Row] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)
    _here: local = field(default_factory=local, repr=False)

    def add(self, vendor_id: str, model: str, unit: str, units: object, cost: object) -> Row:
        row = Row(vendor_id, model, unit, Decimal(str(units)), Decimal(str(cost)))
        with self._lock:
            self.rows.append(row)
        self._here.__dict__.setdefault("rows", []).append(row)
        return row

    def begin(self) -> None:
        """A request of this thread begins."""
        self._here.rows = []

    def take_back(self) -> None:
        """What this thread's request was billed is not: it failed."""
        own = {id(row) for row in self._here.__dict__.get("rows", ())}
        with self._lock:
            self.rows[:] = [row for row in self.rows if id(row) not in own]

    @property
    def total(self) -> Decimal:
        return sum((row.cost for row in self.rows), Decimal(0))
