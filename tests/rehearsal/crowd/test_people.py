"""Who comes: the same from the same seed, and as many of each kind as the plan says."""

from collections import Counter

from kempelen.rehearsal.crowd.people import dice, fit, people_of
from kempelen.rehearsal.crowd.plan import Held, Kind, Plan


def test_the_same_seed_gives_the_same_people() -> None:
    plan = Plan(workers=30)
    one, other = people_of(plan, 7), people_of(plan, 7)
    assert [(p.kind_name, p.comes_at, p.tasks, p.seconds()) for p in one] == [
        (p.kind_name, p.comes_at, p.tasks, p.seconds()) for p in other
    ]
    assert [p.comes_at for p in one] != [p.comes_at for p in people_of(plan, 8)]


def test_a_workers_chance_is_their_own() -> None:
    few, many = people_of(Plan(workers=3, daily=False), 7), people_of(Plan(workers=300, daily=False), 7)
    assert [p.comes_at for p in few] == [p.comes_at for p in many[:3]]


def test_there_are_as_many_of_a_kind_as_its_share_says() -> None:
    plan = Plan(workers=50)
    counted = Counter(person.kind_name for person in people_of(plan, 1))
    assert counted == {"diligent": 30, "hasty": 10, "careless": 5, "spammer": 4, "bot": 1}


def test_people_come_within_the_span_and_fewer_at_night() -> None:
    plan = Plan(workers=2000, span=24 * 3600, starts_at=0, kinds={"all": Kind()})
    hours = Counter(int(person.comes_at // 3600) for person in people_of(plan, 3))
    assert set(hours) <= set(range(24))
    assert hours[3] < hours[10] / 3


def test_tasks_and_seconds_are_spread_around_what_the_plan_says() -> None:
    people = people_of(Plan(workers=2000, kinds={"all": Kind(tasks=60, seconds=40)}), 5)
    assert 0.45 < sum(person.tasks <= 60 for person in people) / 2000 < 0.55
    assert 0.45 < sum(person.seconds() < 40 for person in people) / 2000 < 0.55


def test_a_share_of_the_people_holds_a_qualification_and_says_where_they_live() -> None:
    people = people_of(Plan(workers=1000, holds={"3QX": Held(0.25)}, countries={"US": 0.5, "DE": 0.3}), 2)
    assert 200 < sum("3QX" in person.holds for person in people) < 300
    lived = Counter(person.country for person in people)
    assert lived["US"] > lived["DE"] > lived[""] > 100


def test_dice_of_other_facts_are_others() -> None:
    assert dice("a", 1).random() == dice("a", 1).random() != dice("a1", "").random()


def test_people_do_more_or_fewer_tasks_so_that_all_get_some_and_the_work_is_done() -> None:
    people = people_of(Plan(workers=10, kinds={"all": Kind(tasks=5)}), 1)
    fit(people, hits=500, places=1000)
    assert 1500 <= sum(person.tasks for person in people) < 1520
    fit(people, hits=500, places=20)
    assert 30 <= sum(person.tasks for person in people) < 45
    assert min(person.tasks for person in people) == 1
