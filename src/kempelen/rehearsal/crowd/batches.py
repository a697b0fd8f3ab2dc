"""What is rehearsed: HITs of a batch that `publish` made, or HITs that a program made by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kempelen.rehearsal.crowd.truths import Truths, columns_of, right_in
from kempelen.toolkit import collecting, quantities
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.ledger import VERSION, Head, Ledger, Made
from kempelen.toolkit.troubles import Trouble

Told = Mapping[str, Mapping[str, str]] | Callable[[Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True)
class Batch:
    """HITs to be worked on, with what is right for each."""

    ledger: Ledger
    truths: Truths
    group_ids: frozenset[str]
    title: str
    # Places that are free at the beginning.
    places: int
    allowed_seconds: int
    # By row: what an answer brings, and how many places are free at the beginning.
    reward_cents: Mapping[int, int]
    wanted: Mapping[int, int]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.ledger.head.name


def published(
    connection: Connection, ledger: Ledger, *, seed: int, hard: float, truth: Sequence[str] = ()
) -> Batch:
    """Give a batch that `publish` noted in its file; `truth` names gold columns as `FIELD=COLUMN`."""
    gold = columns_of(ledger.head.columns, truth)
    truths = Truths(seed, hard=hard, are_known=bool(gold))
    for one in ledger.made.values():
        truths.add(one.hit_id, one.row, right_in(ledger.inputs(one), gold))
    by_hit = ledger.by_hit()
    hits = collecting.hits(connection, sorted(by_hit, key=lambda hit_id: by_hit[hit_id].row))
    return _batch(ledger, truths, hits)


def made(
    connection: Connection,
    hit_ids: Sequence[str] | None,
    *,
    seed: int,
    hard: float,
    truth: Told | None = None,
    hit_type_id: str = "",
) -> Batch:
    """Give HITs that are there: these, those of a HIT type, or all that can be worked on, oldest first.

    `truth` is what is right by HIT id and field, or a function that is given the HIT and says so.
    """
    hits = _hits(connection, hit_ids, hit_type_id)
    truths = Truths(seed, hard=hard, are_known=truth is not None)
    found: dict[int, Made] = {}
    for number, hit in enumerate(hits, 1):
        right = truth(hit) if callable(truth) else (truth or {}).get(hit["HITId"], {})
        truths.add(hit["HITId"], number, {name: str(text) for name, text in right.items()})
        found[number] = Made(number, hit["HITId"])
    first = hits[0]
    head = Head(
        name=first.get("Title", ""),
        endpoint=connection.endpoint,
        hit_type_id=first["HITTypeId"],
        digest="",
        columns=[],
        rows=len(hits),
        reward=first["Reward"],
        assignments=first["MaxAssignments"],
        kempelen=VERSION,
    )
    return _batch(Ledger(Path(), head, found), truths, hits)


def _hits(connection: Connection, hit_ids: Sequence[str] | None, hit_type_id: str) -> list[dict[str, Any]]:
    if hit_ids is not None:
        found = collecting.hits(connection, hit_ids)
    else:
        listed = connection.each("ListHITs", "HITs")
        found = [hit for hit in listed if hit["HITStatus"] == "Assignable"]
        found = [hit for hit in found if not hit_type_id or hit["HITTypeId"] == hit_type_id]
        found.sort(key=lambda hit: hit["CreationTime"])
    if not found:
        raise Trouble("There is no HIT to be worked on. Publish some first.")
    return found


def _batch(ledger: Ledger, truths: Truths, hits: Sequence[Mapping[str, Any]]) -> Batch:
    if not hits:
        raise Trouble(f"The server has none of the HITs of “{ledger.head.name}” any more.")
    wanted = {truths.of(hit["HITId"]).number: _free(hit) for hit in hits}
    places = sum(wanted.values())
    if not places:
        raise Trouble(
            f"All places of “{ledger.head.name}” are taken. Publish it under another name (--name)."
        )
    titles = {str(hit.get("Title", "")) for hit in hits}
    return Batch(
        ledger=ledger,
        truths=truths,
        group_ids=frozenset(str(hit["HITGroupId"]) for hit in hits),
        title=titles.pop() if len(titles) == 1 else "",
        places=places,
        allowed_seconds=min(int(hit["AssignmentDurationInSeconds"]) for hit in hits),
        reward_cents={
            truths.of(hit["HITId"]).number: quantities.cents(hit.get("Reward", "0")) for hit in hits
        },
        wanted=wanted,
    )


def _free(hit: Mapping[str, Any]) -> int:
    return int(hit["NumberOfAssignmentsAvailable"]) if hit["HITStatus"] == "Assignable" else 0
