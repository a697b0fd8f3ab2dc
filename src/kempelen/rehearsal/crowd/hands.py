"""Filling in a task's form and sending it, over HTTP as a browser would."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kempelen.rehearsal import filling
from kempelen.rehearsal.crowd.answering import Answerer
from kempelen.rehearsal.crowd.site import Hand, Sent, Site

MOST_OF_A_FAULT = 300
_BY_NUMBER = re.compile(r"Answer_[0-9]+(?:_[A-Za-z]+)?")


@dataclass
class Worked:
    """A task that is filled in: the fields, and what sends them; or why it cannot be."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    fault: str = ""
    send: Callable[[], Sent] = lambda: Sent("refused", "nothing was filled in", "")


Identifiers = Callable[[str], Sequence[str]]


def fill(site: Site, hand: Hand, who: Answerer, identifiers: Identifiers = lambda hit_id: ()) -> Worked:
    """Load the task and fill it in.

    `identifiers` gives the names of a QuestionForm's questions, by which truths and results know them, from
    the HIT's id: its page has them by number only.
    """
    page = site.task_page(hand)
    if page.fault:
        return Worked(fault=page.fault[:MOST_OF_A_FAULT])
    try:
        task = filling.read(page.text, page.path, size_of=filling.size_at)
        if is_by_number(task):
            task = filling.read(page.text, page.path, identifiers=identifiers(hand.hit_id))
        filled = filling.go_on(filling.fill(task, who), who, size_of=filling.size_at)
    except (filling.NoForm, filling.NotTaken) as problem:
        return Worked(fault=str(problem)[:MOST_OF_A_FAULT])
    fields = [(name, value) for name, value in filled.pairs if name != "assignmentId"]
    if filled.files:
        body, kind = filled.encoded(hand.assignment_id)
        return Worked(fields, send=lambda: site.submit_form(hand, body, kind))
    return Worked(fields, send=lambda: site.submit(hand, fields))


def is_by_number(task: filling.Task) -> bool:
    """Tell whether a form names its fields by number only, as a QuestionForm's page does."""
    return any(_BY_NUMBER.fullmatch(control.name) for control in task.controls)


def fill_test(page: str, url: str, who: Answerer) -> list[tuple[str, str]]:
    """Fill in a qualification test; nothing where that cannot be done."""
    try:
        return filling.answer(filling.read(page, url), who)
    except (filling.NoForm, filling.NotTaken):
        return []
