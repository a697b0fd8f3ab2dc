"""Ready-made ways to answer: truly, at random, always the first, nothing, or truly but for mistakes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from kempelen.rehearsal.filling import dates, samples
from kempelen.rehearsal.filling.controls import Chooser, Control, NotTaken, Value
from kempelen.rehearsal.filling.entering import entered_as
from kempelen.rehearsal.filling.faults import fault_of
from kempelen.rehearsal.filling.tools import TOOLS


@dataclass
class Uniform:
    """Answers anything that is taken, each choice as likely as the others."""

    random: Random

    def __call__(self, control: Control, /) -> Value:
        """Give a value at random; of what may be left out, half the time nothing."""
        is_needed = control.kind in ("choice", "tick") or fault_of(control, control.initial)
        return any_value(control, self.random) if is_needed or self.random.random() < 0.5 else None


@dataclass
class First:
    """Answers the first choice, the lowest number, the shortest text: who wants to be done."""

    random: Random = field(default_factory=lambda: Random(0))

    def __call__(self, control: Control, /) -> Value:
        """Give the first value that is taken."""
        match control.kind:
            case "choice":
                return _first_of(control)
            case "choices":
                return [one.value for one in control.choices[: max(control.fewest, 1)]]
            case "tick":
                return True
            case "number" if control.lowest is not None:
                return dates.shown(
                    dates.fitted(
                        control.lowest, control.lowest, control.highest, control.step, control.step_base
                    )
                )
        return any_value(control, self.random)


@dataclass
class Blank:
    """Leaves everything as it is but what nothing can be sent without."""

    otherwise: Chooser = field(default_factory=First)

    def __call__(self, control: Control, /) -> Value:
        """Give nothing, or the first value where that is not taken."""
        return self.otherwise(control) if fault_of(control, control.initial) else None


@dataclass
class Truthful:
    """Answers as the truths say, by the controls' names; of what they do not know, like somebody else."""

    truths: Mapping[str, Any]
    otherwise: Chooser

    def __call__(self, control: Control, /) -> Value:
        """Give the truth if there is one that the control takes."""
        truth = truth_of(self.truths, control)
        return self.otherwise(control) if truth is None else truth


@dataclass
class Confused:
    """Answers as the truths say, but mistakes one choice for another with a given chance.

    `chance` is that of a mistake, or tells it from the control and the truth; `mistaken` then gives the wrong
    value, which is any of the others if it is left out.
    """

    truths: Mapping[str, Any]
    chance: float | Callable[[Control, Value], float]
    random: Random
    otherwise: Chooser
    mistaken: Callable[[Control, Value], Value] | None = None

    def __call__(self, control: Control, /) -> Value:
        """Give the truth, or a wrong choice instead."""
        truth = truth_of(self.truths, control)
        if truth is None:
            return self.otherwise(control)
        chance = self.chance if isinstance(self.chance, float | int) else self.chance(control, truth)
        if self.random.random() >= chance:
            return truth
        return (
            wrong_value(control, truth, self.random)
            if self.mistaken is None
            else self.mistaken(control, truth)
        )


def truth_of(truths: Mapping[str, Any], control: Control) -> Value:
    """Give what the truths say of a control, if it takes that; else None.

    They know it by its name, by one of its other names, or as a column of results does (`Answer.` before it).
    """
    for name in (control.name, *control.aliases):
        for called in (name, f"Answer.{name}"):
            truth = truths.get(called)
            if truth is not None and is_taken(control, truth):
                return truth  # type: ignore[no-any-return]
    return None


def is_taken(control: Control, value: Value) -> bool:
    """Tell whether a control takes a value, so that the form can be sent with it."""
    try:
        return not fault_of(control, entered_as(control, value))
    except NotTaken:
        return False


def wrong_value(control: Control, truth: Value, random: Random) -> Value:
    """Give a value that is not the truth: another choice, or whatever else the control takes."""
    right = entered_as(control, truth)
    match control.kind:
        case "choice":
            others = [
                one.value for at, one in enumerate(control.choices) if at not in right.chosen and one.value
            ]
            return random.choice(others) if others else truth
        case "tick":
            return not right.chosen or bool(control.is_required)
        case "choices":
            return _other_choices(control, right.chosen, random)
    for _ in range(10):
        value = any_value(control, random)
        if value is not None and entered_as(control, value) != right:
            return value
    return truth


def any_value(control: Control, random: Random) -> Value:
    """Give any value that the control takes, as far as one can be found."""
    match control.kind:
        case "text":
            return samples.text(control, random)
        case "number":
            return samples.number(control, random)
        case "date":
            return samples.moment(control, random)
        case "colour":
            return f"#{random.randrange(1 << 24):06x}"
        case "choice":
            return _one(control, random)
        case "choices":
            return _some(control, random)
        case "tick":
            return True if control.is_required else random.random() < 0.5
        case "file":
            return samples.file(control, random)
    return TOOLS[control.kind].sample(control, random)


def _takeable(control: Control) -> Sequence[str]:
    """Give the choices that can be chosen as they are; not the first of a list that means none."""
    choices = control.choices[:-1] if control.other is not None else control.choices
    is_list = control.type == "select" and control.is_required
    return [one.value for one in choices if one.value or not is_list]


def _one(control: Control, random: Random) -> Value:
    choices = _takeable(control)
    if control.other is not None and random.randrange(len(choices) + 1) == 0:
        words = samples.text(control.other, random)
        if words and is_taken(control, words):
            return words
    return random.choice(choices) if choices else None


def _first_of(control: Control) -> Value:
    choices = _takeable(control)
    return next((one for one in choices if one), choices[0] if choices else None)


def _some(control: Control, random: Random) -> Value:
    values = [one.value for one in control.choices]
    if control.other is not None:
        values = values[:-1]
    must = [control.choices[at].value for at in control.settings.get("must", ())]
    fewest = max(control.fewest, 1 if control.is_required else 0)
    most = min(control.most or len(values), len(values))
    if most <= 0:
        return []
    count = random.randint(min(max(fewest, 1), most), most)
    chosen = set(random.sample(range(len(values)), count))
    return [one for at, one in enumerate(values) if at in chosen or one in must]


def _other_choices(control: Control, right: tuple[int, ...], random: Random) -> Value:
    """Give other choices than the right ones: one more, one less, or one for another."""
    places = range(len(control.choices) - (control.other is not None))
    for _ in range(10):
        chosen = set(right) ^ {random.choice(places)}
        if random.random() < 0.5:
            chosen ^= {random.choice(places)}
        values = [control.choices[at].value for at in sorted(chosen)]
        if chosen != set(right) and is_taken(control, values):
            return values
    return [control.choices[at].value for at in right]
