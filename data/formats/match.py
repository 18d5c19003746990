"""What a format makes of a file: which column of ours each of its columns becomes, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from data.formats import Column, Format


@dataclass(frozen=True)
class Use:
    """A column of the file that becomes one of ours."""

    column: Column
    place: int  # which column of the file
    header: str
    unit: str | None = None  # of a duration, proved by the declaration or the name


@dataclass(frozen=True)
class Match:
    format: Format
    uses: tuple[Use, ...]
    strength: int  # how many of the format's tell-tale names were found
    notes: tuple[str, ...]
    unproved: tuple[Use, ...] = ()  # durations left out, because nothing says what their numbers count

    @property
    def score(self) -> int:
        lacking = sum(not self.use(name) for name in self.format.needs)
        return 3 * (self.strength - lacking) + len(self.uses)

    def use(self, name: str) -> Use | None:
        return next((use for use in self.uses if use.column.name == name), None)
