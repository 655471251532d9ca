"""A number in a sentence, with the word that goes with it: one member, two members."""

from __future__ import annotations

from typing import Self


class Number(int):
    """A whole number, which a sentence tells alone or in the form that fits it, as `figure` says it.

    `{seats}` is the number; `{seats:# member|# members}` and `{seats:has|have}` are the form for one, and the
    form for every other number, none included; `#` stands for the number.
    """

    figure: str

    def __new__(cls, value: int, figure: str = "") -> Self:
        """`figure`: the number as it is written in the sentence's language, if not in plain digits."""
        number = super().__new__(cls, value)
        number.figure = figure or str(value)
        return number

    def __format__(self, how: str) -> str:
        one, several, many = how.partition("|")
        if not several:
            return super().__format__(how) if how else self.figure
        return (one if self == 1 else many).replace("#", self.figure)
