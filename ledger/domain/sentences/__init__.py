"""The sentences of all refusals, by what is refused: German and English side by side.

A guard names one (`raise TooLate(voting.DEADLINE_WAS, deadline=…, at=…)`); which language is shown is decided
by whoever shows it. A test holds both languages to the same values, and finds a refusal without its sentence.
"""
