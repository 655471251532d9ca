"""A number in a sentence, with the word that goes with it: one member, two members."""

from __future__ import annotations


class Number(int):
    """A whole number, which a sentence tells alone or in the form that fits it.

    `{seats}` is the number; `{seats:# member|# members}` and `{seats:has|have}` are the form for one, and the
    form for every other number, none included; `#` stands for the number.
    """

    def __format__(self, how: str) -> str:
        one, several, many = how.partition("|")
        if not several:
            return super().__format__(how)
        return (one if self == 1 else many).replace("#", str(int(self)))
