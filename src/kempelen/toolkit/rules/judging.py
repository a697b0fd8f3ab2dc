"""Rules about one field or about time: what most answered, what is known to be right, how long it took."""

from collections import Counter
from dataclasses import dataclass

from kempelen.toolkit.rules.work import Done, Verdict, Work

_LONGEST_SHOWN = 40
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Majority:
    """Answers as more than half of the HIT's workers did.

    All submitted answers have a vote, also rejected ones, so that a run that goes on decides as it began.
    It is open as long as answers that may still come could change it, and where nobody else answered.
    """

    field: str

    @property
    def fields(self) -> frozenset[str]:
        """The answer that is voted on."""
        return frozenset({self.field})

    columns = _NONE

    def verdict(self, work: Work, done: Done) -> Verdict:
        """Compare an answer with the one that has the majority."""
        votes = Counter(text for one in done.works if (text := one.fields.get(self.field)))
        if not (said := work.fields.get(self.field)):
            return Verdict(None, f"{self.field} was not answered")
        if votes.total() < 2:
            return Verdict(None, f"nobody else answered {self.field}")
        (common, count), *others = votes.most_common(2)
        if 2 * count <= votes.total() + done.to_come:
            return Verdict(None, self._open(count, others[0][1] if others else 0, votes, done))
        share = f"{count} of {votes.total()}"
        if said == common:
            return Verdict(True, f"{self.field} is as most answered", share)
        return Verdict(
            False, f"{self.field} is not as most answered", f"{_shown(said)}, {share}: {_shown(common)}"
        )

    def _open(self, count: int, second: int, votes: Counter[str], done: Done) -> str:
        if done.to_come and 2 * count > votes.total():
            return f"answers to {self.field} may still come"
        return f"{self.field} has a tie" if count == second else f"{self.field} has no majority"


@dataclass(frozen=True)
class Gold:
    """Answers what stands in a column of the data; rows with an empty cell are open.

    Several right values stand in the cell with bars between, as MTurk joined the values of a field.
    """

    field: str
    column: str

    @property
    def fields(self) -> frozenset[str]:
        """The answer that is compared."""
        return frozenset({self.field})

    @property
    def columns(self) -> frozenset[str]:
        """The column with the right answers."""
        return frozenset({self.column})

    def verdict(self, work: Work, done: Done) -> Verdict:
        """Compare an answer with its row's cell."""
        gold = "|".join(sorted({part.strip() for part in work.inputs.get(self.column, "").split("|")} - {""}))
        if not gold:
            return Verdict(None, f"{self.column} is empty")
        if not (said := work.fields.get(self.field)):
            return Verdict(None, f"{self.field} was not answered")
        if "|".join(sorted({part.strip() for part in said.split("|")} - {""})) == gold:
            return Verdict(True, f"{self.field} is right")
        return Verdict(False, f"{self.field} is wrong", f"{_shown(said)}, {self.column}: {_shown(gold)}")


@dataclass(frozen=True)
class WorkTime:
    """Took at least so many seconds from accepting to submitting, and at most so many where that is given."""

    least: int
    most: int | None = None
    fields = _NONE
    columns = _NONE

    def verdict(self, work: Work, done: Done) -> Verdict:
        """Compare how long a work took."""
        if work.seconds < self.least:
            return Verdict(False, f"took less than {self.least} s", f"{work.seconds} s")
        if self.most is not None and work.seconds > self.most:
            return Verdict(False, f"took more than {self.most} s", f"{work.seconds} s")
        return Verdict(
            True, "took long enough" if self.most is None else "took its time", f"{work.seconds} s"
        )


def _shown(text: str) -> str:
    """Give the beginning of an answer, in one line that holds nothing a terminal would obey."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return repr(line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…")
