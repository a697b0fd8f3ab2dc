"""What a report says of what the crowd did, and how it is written."""

import json
import re
from dataclasses import replace

from kempelen.rehearsal.crowd import report_pages, telling
from kempelen.rehearsal.crowd.journal import Ended, Journal, Try
from kempelen.rehearsal.crowd.judging import Rehearsed, report
from kempelen.rehearsal.crowd.people import people_of
from kempelen.rehearsal.crowd.plan import Answers, Kind, Plan
from kempelen.rehearsal.crowd.reports import Report
from kempelen.rehearsal.crowd.scoring import right_of, scored
from kempelen.toolkit.rules import written
from kempelen.toolkit.rules.work import Done, Work

KINDS = {"good": Kind(share=2), "spam": Kind(share=1, answers=Answers.RANDOM)}
PEOPLE = people_of(Plan(workers=3, kinds=KINDS), seed=1)
SPAMMER = next(person.number for person in PEOPLE if person.kind_name == "spam")
GOOD = [person.number for person in PEOPLE if person.kind_name == "good"]


class World:
    """Two rows, of which `cat` is right, and what three workers say to them."""

    def __init__(self, *rules: str) -> None:
        self.rules = rules
        self.journal = Journal(idle={1, 2, 3})
        self.wanted = {1: 3, 2: 3}
        self.works: dict[int, list[Work]] = {1: [], 2: []}

    def answer(self, worker: int, row: int, label: str, *, seconds: int = 60, at: float = 0) -> None:
        name = f"A{worker}{row}"
        self.journal.idle.discard(worker)
        tried = Try(worker, row, f"H{row}", name, at, at + seconds, Ended.SUBMITTED, right={"label": "cat"})
        self.journal.tries.append(tried)
        self.journal.ended_at = max(self.journal.ended_at, tried.ended_at)
        inputs = {"gold": "cat"}
        fields = {"label": label}
        self.works[row].append(Work(name, f"H{row}", f"W{worker}", "Submitted", seconds, fields, inputs))

    def report(self) -> Report:
        done = [Done(f"H{row}", 0, works) for row, works in self.works.items()]
        rules = [written.read(text) for text in self.rules]
        scores = scored(self.journal, done, right_of(self.journal), rules)
        cents = dict.fromkeys(self.wanted, 5)
        facts = ("pets", 7, len(cents), sum(self.wanted.values()), cents, self.wanted, PEOPLE)
        of = Rehearsed(*facts, is_known=True, rules=self.rules, fair_cents=725)
        return report(of, self.journal, scores)


def a_world(*rules: str) -> World:
    world = World(*rules)
    for number, worker in enumerate(GOOD):
        world.answer(worker, 1, "cat", at=100 * number)
        world.answer(worker, 2, "cat" if number else "dog", at=1000 + 100 * number)
    world.answer(SPAMMER, 1, "dog", seconds=3, at=300)
    return world


def test_cost_time_and_quality_are_counted() -> None:
    found = a_world().report()
    assert (found.answers, found.cost.if_all_approved, found.cost.approved) == (5, 25, 25)
    assert (found.duration.half, found.duration.nine_tenths, found.duration.all) == (303, None, None)
    assert found.quality.right == 3 / 5
    assert (found.quality.majority_right, found.quality.without_majority) == (1, 0.5)


def test_rules_are_held_against_what_is_right() -> None:
    found = a_world("majority:label", "time:5s").report()
    majority, time, together = found.rules
    assert (majority.approves, majority.rejects, majority.open) == (2, 1, 2)
    assert (majority.wrong_rejected, majority.right_rejected, majority.spam_approved) == (1, 0, 0)
    assert (time.approves, time.rejects, time.wrong_approved) == (4, 1, 1)
    assert time.workers_rejected == {"spam": 1}
    assert (together.rule, together.approves, together.rejects) == ("all together", 2, 1)
    assert (found.cost.approved, found.cost.rejected, found.cost.left_to_you) == (10, 5, 10)


def test_pay_is_of_those_who_try_and_is_for_an_hour() -> None:
    found = a_world().report()
    assert found.pay.median == found.pay.worst == 300
    assert any("earn $3.00 an hour or less" in one.what for one in found.findings)


def test_what_would_have_gone_wrong_is_told_with_its_rows() -> None:
    world = a_world()
    world.journal.tries.append(Try(GOOD[0], 2, "H2", "A9", 0, 600, Ended.ABANDONED))
    world.journal.faults[2, "the page has no form"] += 3
    told = "\n".join(telling.lines(world.report()))
    assert "3  tasks could not be filled in: the page has no form (row 2)" in told
    assert "1  HIT not finished: 1 answer missing (row 2)" in told
    assert "1  task left lying" in told
    assert "1  ambiguous row: the workers did not agree (row 2)" in told
    assert "1  answer of spammers and bots would be paid for" in told


def test_each_hit_is_held_against_what_it_wanted_itself() -> None:
    world = a_world()
    world.wanted = {1: 2, 2: 5}
    found = {one.what: one for one in world.report().findings}
    unfinished = found["HIT not finished: 3 answers missing"]
    assert unfinished.rows == [2]
    assert unfinished.remedy == "5 answers for a HIT need 5 workers, and there are 3."


def test_what_the_data_say_of_a_field_that_no_answer_has_is_told() -> None:
    world = a_world()
    for one in world.journal.tries:
        one.right = {"colour": "red"}
    told = "\n".join(telling.lines(world.report()))
    assert "nothing to compare  no answer has a field of which the data say what is right" in told
    assert "1  no answer has what the data say is right for: colour" in told


def test_rewards_that_differ_are_told_from_the_lowest_to_the_highest() -> None:
    found = a_world().report()
    assert telling.heading(found)[0] == "Rehearsal of “pets”: 2 HITs, 6 answers wanted at $0.05"
    mixed = telling.heading(replace(found, hits=1, places=1, least_reward_cents=0))[0]
    assert mixed == "Rehearsal of “pets”: 1 HIT, 1 answer wanted at $0.00 to $0.05"


def test_work_that_brings_nothing_is_told_as_that() -> None:
    found = a_world().report()
    unpaid = replace(found, pay=replace(found.pay, median=None, worst=None, worst_worker=None))
    assert "  half of them earn     nothing" in list(telling.lines(unpaid))


def test_a_report_is_json_for_programs() -> None:
    said = json.loads(json.dumps(a_world("time:5s").report().as_json()))
    assert said["quality"]["right"] == 0.6
    assert said["rules"][0]["rejects"] == 1
    assert [one["name"] for one in said["people"]] == ["1", "2", "3"]


def test_tables_are_aligned() -> None:
    lines = list(telling.lines(a_world("time:5s").report(), with_workers=True))
    at = lines.index("Workers by kind")
    head, *rows = lines[at + 1 : at + 4]
    assert re.sub(" +", " ", head) == (
        " kind workers answers right agree seconds pay/hour rejected returned abandoned too late"
    )
    assert {len(row) for row in rows} == {len(head)}


def test_what_cannot_be_told_is_said_and_not_left_blank() -> None:
    world = World()
    world.answer(GOOD[0], 1, "cat")
    quality = dict(telling.facts(world.report()))["Quality"]
    assert dict(quality) == {
        "compared": "label",
        "answers that are right": "100 %",
        "agreement": "none to tell of: no HIT was answered twice",
    }
    assert all(value for _, value in quality)


def test_files_have_all_of_it_and_run_nothing() -> None:
    evil = replace(a_world("time:5s").report(), name="<script>alert(1)</script>|\x1b[31m")
    page, text = report_pages.html(evil), report_pages.markdown(evil)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page + text + "\n".join(telling.lines(evil))
    assert text.count("\n## ") == page.count("<h2>") == 8
