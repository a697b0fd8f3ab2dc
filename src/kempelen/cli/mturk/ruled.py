"""Which assignments rules choose: the options, the plan that is told, and the question that is asked."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from kempelen.cli import amounts
from kempelen.cli.mturk.telling import is_terminal, print_json, say, tell_table
from kempelen.toolkit import ledger
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.rules import deciding, written
from kempelen.toolkit.rules.deciding import Decision
from kempelen.toolkit.troubles import Trouble

RuleTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        help="With --batch, what good work is: majority:FIELD, gold:FIELD=COLUMN, time:20s or "
        "expr:EXPRESSION; several times for several.",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="With --rule: do not ask.")]
_SAID = {True: "met", False: "not met", None: "open"}


@dataclass(frozen=True)
class Ruled:
    """What rules say of a batch, and which of it is to be acted upon."""

    chosen: list[Decision]
    decisions: list[Decision]

    @property
    def ids(self) -> list[str]:
        """The assignments to act upon."""
        return [one.assignment_id for one in self.chosen]

    def as_json(self) -> dict[str, Any]:
        """Give it as a dry run prints it for programs."""
        left = [one.assignment_id for one in self.decisions if _is_left(one)]
        rows = [
            {
                "assignment": one.assignment_id,
                "hit": one.hit_id,
                "worker": one.worker_id,
                "status": one.status,
                "rule": _SAID[one.verdict.is_met],
                "why": one.verdict.why,
                "detail": one.verdict.detail,
            }
            for one in self.decisions
        ]
        return {"would": self.ids, "left_to_you": left, "counts": self._counts(), "assignments": rows}

    def _counts(self) -> list[dict[str, Any]]:
        kinds = Counter((one.status, one.verdict.is_met, one.verdict.why) for one in self.decisions)
        return [
            {"count": count, "status": status, "rule": _SAID[is_met], "why": why}
            for (status, is_met, why), count in kinds.most_common()
        ]

    def tell(self, verb: str) -> None:
        """Print each assignment with its reason, then how many there are of a kind."""
        chosen = set(self.ids)
        rows = [
            {
                "assignment": one.assignment_id,
                "worker": one.worker_id,
                "status": one.status,
                "would_be": verb if one.assignment_id in chosen else "left to you" if _is_left(one) else "",
                "why": f"{one.verdict.why} ({one.verdict.detail})" if one.verdict.detail else one.verdict.why,
            }
            for one in self.decisions
        ]
        tell_table(rows, "Nothing was submitted yet.")
        typer.echo("")
        self.tell_counts(verb)

    def tell_counts(self, verb: str, *, aside: bool = False) -> None:
        """Print how many there are of a kind; `aside` for a person, while programs read the output."""
        left = sum(map(_is_left, self.decisions))
        lines = [
            f"{one['count']:>8,}  {one['status']}, {one['rule']}: {one['why']}" for one in self._counts()
        ]
        lines.append(
            f"{amounts.counted(len(self.chosen), 'assignment', 'assignments')} would be {verb}; "
            f"{left:,} left to you."
        )
        (say if aside else typer.echo)("\n".join(lines))


def ruled(
    connection: Connection,
    batch: str,
    texts: list[str],
    *,
    is_met: bool,
    statuses: Collection[str] = ("Submitted",),
    chosen_otherwise: bool = False,
) -> Ruled:
    """Judge a batch by rules; chosen is what meets them, or fails them, in one of these statuses."""
    if not batch or chosen_otherwise:
        raise Trouble("A rule is for a whole batch: name it with --batch, and neither ids nor --file.")
    rules = [written.read(text) for text in texts]
    decisions = deciding.decide(connection, ledger.read(ledger.find(batch)), rules)
    chosen = [one for one in decisions if one.verdict.is_met is is_met and one.status in statuses]
    return Ruled(chosen, decisions)


def tell_ruled(found: Ruled, verb: str, *, as_json: bool) -> None:
    """Print what a rule would do, and why, for each assignment."""
    if as_json:
        print_json(found.as_json())
    else:
        found.tell(verb)


def confirm(found: Ruled, verb: str, *, yes: bool) -> None:
    """Show the counts and ask; refuses where nobody can be asked, and ends where the answer is no."""
    if yes or not found.chosen:
        return
    if not is_terminal():
        raise Trouble(
            f"{amounts.counted(len(found.chosen), 'assignment', 'assignments')} would be {verb}. Look at "
            "them with --dry-run; nobody can be asked here: then say --yes."
        )
    found.tell_counts(verb, aside=True)
    if not typer.confirm("Go on?", err=True):
        raise typer.Exit(1)


def _is_left(one: Decision) -> bool:
    return one.verdict.is_met is None and one.status == "Submitted"
