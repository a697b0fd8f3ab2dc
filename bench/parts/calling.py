"""Calls of the API, signed and checked, beside calls of moto's SQS that do as much, and a bare view."""

import itertools
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.browsing import Browser, Reply
from bench.calling import MTURK, Client
from bench.figures import Figure, rows
from bench.inside import bare_key
from bench.parts.requests import together
from bench.site import Site
from bench.systems.moto import MESSAGE, Moto
from bench.watching import Use, Watch

PART = "API"
CLIENTS = (1, 8)
SECONDS = 1.5
# Everybody takes turns so often: a slow moment of the machine is nobody's alone.
ROUNDS = 3
# Each answer is approved once.
_TO_APPROVE = 24_000
# Each operation, and what moto's SQS does that is nearest.
BESIDE: Mapping[str, str] = {
    "CreateHIT": "SendMessage",
    "GetHIT": "GetQueueAttributes",
    "ListHITs": "ReceiveMessage",
    "ListAssignmentsForHIT": "ReceiveMessage",
    "ApproveAssignment": "SendMessage",
}
QUESTION = (
    '<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/'
    'HTMLQuestion.xsd"><HTMLContent><![CDATA[<!DOCTYPE html><html><body><form name="mturk_form">'
    '<h1>What is in the picture?</h1><p><textarea name="comment"></textarea></p><p><input type="submit"></p>'
    "</form></body></html>]]></HTMLContent><FrameHeight>450</FrameHeight></HTMLQuestion>"
)
_NEW_HIT = {
    "Title": "Describe a picture",
    "Description": "Look at a picture and say what is in it.",
    "Keywords": "text, quick, picture",
    "Reward": "0.15",
    "MaxAssignments": 1,
    "LifetimeInSeconds": 172_800,
    "AssignmentDurationInSeconds": 600,
    "AutoApprovalDelayInSeconds": 14_400,
    "Question": QUESTION,
}
_Ask = Callable[[], Reply]


@dataclass
class _Asked:
    """One call by one who is measured: each client asks again and again, all at once."""

    part: str
    who: str
    pids: tuple[int, ...]
    asks: Sequence[_Ask]
    get_ready: Callable[[], object] = lambda: None
    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    took: float = 0.0
    use: Use = field(default_factory=Use)

    def warm_up(self, seconds: float) -> None:
        """Ask for some time, unmeasured: connections are made, and statements prepared."""
        together([_checked(ask) for ask in self.asks], seconds)

    def go_on(self, seconds: float) -> None:
        """Ask for some time."""
        self.get_ready()
        with Watch(*self.pids) as watch:
            times, problems, took = together([_checked(ask) for ask in self.asks], seconds)
        self.seconds += times
        self.problems += problems
        self.took += took
        self.use = self.use.and_then(watch.use)

    def figure(self, part: str, case: str, database: str) -> Figure:
        """Give what came of it."""
        good = [one for one, problem in zip(self.seconds, self.problems, strict=True) if not problem]
        figure = Figure(part, case, self.who, database).took(good)
        figure.per_second = len(good) / self.took
        return figure.used(self.use, len(good)).missed(one for one in self.problems if one != "none left")


def measure(site: Site, large: int, small: int, seconds: float = SECONDS) -> Iterator[Figure]:
    """Measure by turns for each number of clients; then ListHITs among few HITs and among many."""
    few = site.kempelen.inside.ask("prepare_calls", name="few", rows=small)
    work = site.kempelen.inside.ask("prepare_calls", name="work", rows=_TO_APPROVE if large > 1_000 else 400)
    with tempfile.TemporaryDirectory(prefix="kempelen-bench-moto-") as folder:
        moto = Moto(folder)
        try:
            share = len(work["assignments"]) // len(CLIENTS)
            for at, count in enumerate(CLIENTS):
                # To each its own, so that the first leave something for the others.
                answers = iter(work["assignments"][at * share : (at + 1) * share])
                yield from _beside_moto(site, moto, work, answers, count, seconds)
        finally:
            moto.stop()
    site.answered(site.kempelen, large)
    many = site.kempelen.inside.ask("prepare_calls", name="Bench", rows=0)
    yield from _pages(site, {small: few, large: many}, seconds)


def _beside_moto(
    site: Site, moto: Moto, work: Mapping[str, Any], answers: Iterator[str], count: int, seconds: float
) -> Iterator[Figure]:
    ours = _ours(work, answers)
    asked = {
        name: _Asked(name, "Kempelen", site.kempelen.pids, _by_clients(site, work, name, ours[name], count))
        for name in BESIDE
    }
    theirs = {
        name: _Asked(
            name, "moto", moto.pids, [_call(moto.client(), name, given) for _ in range(count)], moto.empty
        )
        for name, given in _theirs(moto).items()
    }
    bare = _Asked("bare", "bare view", site.bare_pids, [_bare(site) for _ in range(count)])
    _in_turns([*asked.values(), *theirs.values(), bare], seconds)
    for name, mine in asked.items():
        part, case = f"{PART}: {name}", clients_of(count)
        yield mine.figure(part, case, site.database)
        yield theirs[BESIDE[name]].figure(part, case, site.database)
        yield bare.figure(part, case, site.database)


def _pages(site: Site, requesters: Mapping[int, Mapping[str, Any]], seconds: float) -> Iterator[Figure]:
    """Turn pages of a hundred HITs from the newest on, by turns among few and among many."""
    asked = {
        size: _Asked("ListHITs", "Kempelen", site.kempelen.pids, [_turning(site, requester)])
        for size, requester in requesters.items()
    }
    _in_turns(list(asked.values()), seconds)
    for size, one in asked.items():
        yield one.figure(f"{PART}: pages of ListHITs", rows(size), site.database)


def _in_turns(everybody: Sequence[_Asked], seconds: float) -> None:
    for one in everybody:
        one.warm_up(seconds / 3)
    for _ in range(ROUNDS):
        for one in everybody:
            one.go_on(seconds)


def _ours(
    work: Mapping[str, Any], answers: Iterator[str]
) -> dict[str, Callable[[], Mapping[str, Any] | None]]:
    """Give what makes the members of each call; None when there is nothing left to call with."""
    hits = itertools.cycle(work["hits"])

    def approval() -> Mapping[str, Any] | None:
        answer = next(answers, None)
        return {"AssignmentId": answer} if answer else None

    return {
        "CreateHIT": lambda: _NEW_HIT,
        "GetHIT": lambda: {"HITId": next(hits)},
        "ListHITs": lambda: {"MaxResults": 100},
        "ListAssignmentsForHIT": lambda: {"HITId": next(hits)},
        "ApproveAssignment": approval,
    }


def _theirs(moto: Moto) -> dict[str, dict[str, Any]]:
    return {
        "SendMessage": {"QueueUrl": moto.to_send_to, "MessageBody": MESSAGE},
        "GetQueueAttributes": {"QueueUrl": moto.to_receive_from, "AttributeNames": ["All"]},
        "ReceiveMessage": {"QueueUrl": moto.to_receive_from, "MaxNumberOfMessages": 10},
    }


def _by_clients(
    site: Site, key: Mapping[str, Any], name: str, members: Callable[[], Mapping[str, Any] | None], count: int
) -> list[_Ask]:
    def asking(client: Client) -> _Ask:
        def ask() -> Reply:
            given = members()
            return client.call(name, given) if given is not None else Reply(204, "", b"", 0.0)

        return ask

    return [asking(_client(site, key)) for _ in range(count)]


def _turning(site: Site, key: Mapping[str, Any]) -> _Ask:
    """Give what asks for the next page, and for the first again after ten."""
    client, turned = _client(site, key), itertools.count()
    token: list[str] = []

    def ask() -> Reply:
        if next(turned) % 10 == 0:
            token.clear()
        reply = client.call("ListHITs", {"MaxResults": 100, **({"NextToken": token[0]} if token else {})})
        token[:] = [its] if (its := json.loads(reply.body or b"{}").get("NextToken")) else []
        return reply

    return ask


def _client(site: Site, key: Mapping[str, Any]) -> Client:
    return Client(site.kempelen.program.url, MTURK, key["key"], key["secret"])


def _call(client: Client, name: str, members: Mapping[str, Any]) -> _Ask:
    return lambda: client.call(name, members)


def _bare(site: Site) -> _Ask:
    browser = Browser(site.bare.url, bare_key.KEY)
    return lambda: browser.send("/nothing/", b'{"MaxResults":100}', "application/json")


def _checked(ask: _Ask) -> Callable[[], tuple[float, str]]:
    def call() -> tuple[float, str]:
        reply = ask()
        if reply.status == 204:
            return 0.0, "none left"
        return reply.seconds, "" if reply.status == 200 else f"{reply.status}: {reply.body[:80]!r}"

    return call


def clients_of(count: int) -> str:
    """Name a number of clients."""
    return f"{count} client" if count == 1 else f"{count} clients"
