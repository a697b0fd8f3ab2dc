"""What a worker answers: what is right as far as they see it, anything, or always the same."""

from collections.abc import Mapping
from typing import Any

from kempelen.rehearsal.crowd.people import Person, dice
from kempelen.rehearsal.crowd.plan import Answers
from kempelen.rehearsal.crowd.truths import Row, Truths
from kempelen.rehearsal.filling import Control, Value, any_value, is_taken, truth_of, wrong_value

# Of these it is made up what is right, where the data do not say: people would agree on it.
_AGREED_ON = ("choice", "choices")
# The skill of whoever guesses what is no choice.
_GUESSED = 0.5


class Answerer:
    """A worker before a form; `right` is what they would answer if they saw everything."""

    def __init__(self, person: Person, row: Row, truths: Truths, *, skill: float | None = None) -> None:
        self._person = person
        self._row = row
        self._truths = truths
        self._skill = person.kind.skill if skill is None else skill
        self.number = person.number
        self.right: dict[str, str] = dict(row.right)

    def __call__(self, control: Control, /) -> Value:
        """Give what to enter, or None to leave it as it is."""
        person, chance = self._person, self._person.chance
        right = self._right(control)
        may_be_left = not control.is_required and control.kind != "choice"
        if may_be_left and person.happens(person.kind.blanks):
            return None
        if person.kind.answers is Answers.SAME:
            return any_value(control, dice("always", person.number, control.name))
        if right is None or person.kind.answers is Answers.RANDOM:
            return any_value(control, chance)
        if self._row.is_hard and control.kind in _AGREED_ON:
            return any_value(control, chance)
        if self._row.is_hard:
            return self._seen(control, right, _GUESSED)
        confusion = person.kind.confusion.get(str(right))
        if isinstance(confusion, Mapping):
            taken_for = chance.choices(list(confusion), list(confusion.values()))[0]
            return taken_for if is_taken(control, taken_for) else right
        return self._seen(control, right, self._skill if confusion is None else confusion)

    def _seen(self, control: Control, right: Value, skill: float) -> Value:
        return right if self._person.happens(skill) else wrong_value(control, right, self._person.chance)

    def _right(self, control: Control) -> Value:
        """Give what the data say is right; where they say nothing of the row, what is made up."""
        known = truth_of(self._row.right, control)
        if known is not None or self._truths.are_known or control.kind not in _AGREED_ON:
            return known
        made_up = any_value(control, self._truths.dice(self._row, control.name))
        if made_up is not None:
            self.right[control.name] = as_text(made_up)
        return made_up


def as_text(value: Any) -> str:
    """Give a value as results have it: several joined by bars."""
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
