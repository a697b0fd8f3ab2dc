"""What an import brought, what was here already, and what could not be moved, with the reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# In the order in which they are told.
THINGS = ("users", "members", "groups", "projects", "batches", "tasks", "answers", "tasks in hand", "tokens")
_EXAMPLES = 5


@dataclass
class Note:
    """Something that is not as it was in Turkle: how often, and the first cases."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Report:
    """Counts of things, and notes by their sentence."""

    requester: str = ""
    is_dry_run: bool = False
    brought: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: dict[str, Note] = field(default_factory=dict)

    def note(self, sentence: str, example: object = "") -> None:
        """Say of one more case that it is not as it was."""
        note = self.notes.setdefault(sentence, Note())
        note.count += 1
        if example != "" and len(note.examples) < _EXAMPLES:
            note.examples.append(str(example)[:100])

    def leave_out(self, thing: str, reason: str, example: object = "") -> None:
        """Count something that could not be moved, and say why."""
        self.left_out[thing] += 1
        self.note(reason, example)

    def as_json(self) -> dict[str, Any]:
        """Give the report for programs."""
        return {
            "requester": self.requester,
            "dry_run": self.is_dry_run,
            "things": {
                thing: {
                    "brought": self.brought[thing],
                    "here_already": self.known[thing],
                    "left_out": self.left_out[thing],
                }
                for thing in THINGS
            },
            "notes": [
                {"note": sentence, "count": note.count, "examples": note.examples}
                for sentence, note in self.notes.items()
            ],
        }

    def lines(self) -> Iterator[str]:
        """Give the report for people."""
        first = "would come" if self.is_dry_run else "brought"
        yield f"{'':16}{first:>12}{'here already':>14}{'left out':>10}"
        for thing in THINGS:
            yield (f"{thing:16}{self.brought[thing]:>12,}{self.known[thing]:>14,}{self.left_out[thing]:>10,}")
        if self.notes:
            yield ""
            yield "Not as it was in Turkle:"
        for sentence, note in self.notes.items():
            more = ", …" if note.count > len(note.examples) else ""
            cases = f" ({', '.join(note.examples)}{more})" if note.examples else ""
            yield f"- {note.count:,} × {sentence}{cases}"
