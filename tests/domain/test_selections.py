"""Which answers somebody wants to see: what is kept, in which order, page by page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.http import QueryDict

from kempelen.domain.actions import assignments
from kempelen.domain.models import Assignment, Batch, Project, Requester, Worker
from kempelen.domain.queries import answer_streams, selected, selections
from kempelen.domain.queries.selections import Selection, page
from tests.factories import a_batch, a_project, a_submitted_assignment, a_worker, hits_of


@pytest.fixture
def project(ada: Requester) -> Project:
    """A project with a place for each of two workers."""
    return a_project(ada, places=2)


@pytest.fixture
def batch(project: Project) -> Batch:
    """A published batch of three rows."""
    return a_batch(project)


@pytest.fixture
def answers(batch: Batch, cleo: Worker, dan: Worker) -> list[Assignment]:
    """Both workers' answers to each row, in the order of the HITs; each took longer than the one before."""
    made = [
        a_submitted_assignment(worker, hit, answers={"answer": f"{name} {hit.row_number}", "note": "Straße"})
        for worker, name in ((dan, "second"), (cleo, "first"))
        for hit in hits_of(batch)
    ]
    in_order = sorted(made, key=lambda one: (one.hit_id, one.pk))
    for number, one in enumerate(in_order):
        Assignment.objects.filter(pk=one.pk).update(
            submitted_at=F("accepted_at") + timedelta(seconds=10 * number + 5)
        )
    return in_order


@pytest.fixture
def ids(batch: Batch) -> Callable[..., list[str]]:
    """A function that gives what a page of a selection has."""

    def found(selection: Selection, of: Batch | Project = batch, **places: str | int) -> list[str]:
        shown = page(selection, of, **places).of(Assignment.objects.all())  # type: ignore[arg-type]
        assert {one.pk for one in selection.assignments(of)} >= {one.pk for one in shown}
        return [one.public_id for one in shown]

    return found


def ids_of(answers: list[Assignment]) -> list[str]:
    return [one.public_id for one in answers]


def test_a_selection_is_what_an_address_says_and_back() -> None:
    words = {"status": "submitted,rejected", "q": "a b", "time_below": "50%", "agreement": "differs"}
    selection = Selection.from_query(
        QueryDict("status=rejected&status=submitted&q=a+b&time_below=50%&agreement=differs")
    )
    assert selection.as_query() == words
    assert Selection.from_query(words) == selection
    assert Selection.from_query({"time_below": "90 s", "sort": "-time"}).as_query() == {
        "time_below": "90",
        "sort": "-time",
    }


@pytest.mark.parametrize(
    "query",
    ["status=odd", "time_below=-5", "time_below=٣", "agreement=x", "sort=answers", "sort=--hit", "x=1"],
)
def test_what_an_address_says_in_vain_is_left_out(query: str) -> None:
    assert Selection.from_query(QueryDict(query)) == Selection()


@pytest.mark.parametrize("sort", [*selections.SORTS, *(f"-{name}" for name in selections.SORTS)])
@pytest.mark.parametrize("more", [{}, {"search": "straße"}, {"worker": "A"}])
def test_pages_in_any_order_together_are_the_selection(
    answers: list[Assignment], project: Project, cleo: Worker, sort: str, more: dict[str, str]
) -> None:
    other = a_batch(project)
    answers.append(a_submitted_assignment(cleo, hits_of(other)[1], answers={"answer": "Straße"}))
    if "worker" in more:
        more = {"worker": cleo.public_id[:6]}
    selection = Selection(sort=sort, **more)
    expected = ids_of(list(selection.assignments(project)))
    assert len(expected) == (4 if "worker" in more else 7)
    seen: list[str] = []
    shown = page(selection, project, size=2)
    backwards = []
    while True:
        seen += ids_of(shown.of(Assignment.objects.all()))
        if not shown.next:
            break
        shown = page(selection, project, after=shown.next, size=2)
    assert seen == expected
    while shown.previous:
        shown = page(selection, project, before=shown.previous, size=2)
        backwards = ids_of(shown.of(Assignment.objects.all())) + backwards
    assert backwards == expected[: len(backwards)]
    assert len(backwards) >= len(expected) - 2


def test_orders_are_what_they_say(answers: list[Assignment], ids: Callable[..., list[str]]) -> None:
    assert ids(Selection()) == ids_of(answers)
    assert ids(Selection(sort="-hit")) == ids_of(answers)[::-1]
    assert ids(Selection(sort="time")) == ids_of(answers)
    assert ids(Selection(sort="-time")) == ids_of(answers)[::-1]
    by_worker = sorted(answers, key=lambda one: (one.worker_id, one.pk))
    assert ids(Selection(sort="worker")) == ids_of(by_worker)


def test_filters_keep_what_they_say(
    answers: list[Assignment], ids: Callable[..., list[str]], ada: Requester, cleo: Worker
) -> None:
    assignments.approve(ada, answers[2].public_id)
    assignments.reject(ada, answers[3].public_id, feedback="No")
    assert ids(Selection(statuses=("approved",))) == ids_of(answers[2:3])
    assert ids(Selection(statuses=("approved", "rejected"))) == ids_of(answers[2:4])
    assert ids(Selection(worker=cleo.public_id)) == ids_of([one for one in answers if one.worker == cleo])
    assert ids(Selection(worker="nobody")) == []
    assert ids(Selection(worker="a")) == ids_of(answers)
    assert ids(Selection(worker="A-")) == []
    assert ids(Selection(time_below="16")) == ids_of(answers[:2])
    # Half of 30 seconds.
    assert ids(Selection(time_below="50%")) == ids_of(answers[:1])
    assert ids(Selection(time_below="15", statuses=("rejected",))) == []


def test_agreement_is_kept_as_it_was_compared(
    answers: list[Assignment], ids: Callable[..., list[str]]
) -> None:
    Assignment.objects.filter(pk=answers[1].pk).update(agreement_percent=100)
    Assignment.objects.filter(pk=answers[4].pk).update(agreement_percent=50)
    assert ids(Selection(agreement="agrees")) == ids_of(answers[1:2])
    assert ids(Selection(agreement="differs")) == ids_of(answers[4:5])


def test_a_search_finds_rows_hits_workers_and_words(
    answers: list[Assignment], ids: Callable[..., list[str]], dan: Worker, batch: Batch
) -> None:
    hit = hits_of(batch)[1]
    for words, found in (
        ("2", answers[2:4]),
        (hit.public_id, answers[2:4]),
        (answers[0].public_id, answers[:1]),
        (dan.public_id[:6].lower(), [one for one in answers if one.worker == dan]),
        ("SECOND", [one for one in answers if one.worker == dan]),
        ("second 3", answers[4:5]),
        ('"second 3"', answers[4:5]),
        ("straße two", answers[2:4]),
        ("answer", []),
        ("50%", []),
        ("nul\0", []),
        ("9", []),
    ):
        assert ids(Selection(search=words)) == ids_of(found), words


def test_a_search_that_takes_long_says_how_far_it_came_and_goes_on(
    answers: list[Assignment], batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selected, "MOST_SEARCHED", 2)
    monkeypatch.setattr(selected, "_FIRST_STEP", 2)
    selection = Selection(search="first 3")
    first = page(selection, batch)
    assert (first.pks, first.is_cut, first.searched, first.next) == ((), True, 2, answers[1].public_id)
    second = page(selection, batch, after=first.next)
    assert second.is_cut
    third = page(selection, batch, after=second.next)
    assert third.pks == (answers[5].pk,)
    # All was looked at, though whether that was all is only known by looking once more.
    assert page(selection, batch, after=third.next).next == ""


def test_a_place_of_others_starts_from_the_beginning(
    answers: list[Assignment], ids: Callable[..., list[str]], dan: Worker
) -> None:
    elsewhere = a_submitted_assignment(dan)
    assert ids(Selection(), after=elsewhere.public_id) == ids_of(answers)
    assert ids(Selection(search=elsewhere.public_id)) == []
    assert ids(Selection(search=elsewhere.hit.public_id)) == []
    assert selections.neighbours(Selection(), answers[0].group, elsewhere).next == ""


def test_neighbours_are_those_of_the_selection_also_of_one_that_has_left_it(
    answers: list[Assignment], batch: Batch, ada: Requester
) -> None:
    waiting = Selection(statuses=("submitted",))
    assignments.approve(ada, answers[2].public_id)
    beside = selections.neighbours(waiting, batch, answers[2])
    assert (beside.previous, beside.next) == (answers[1].public_id, answers[3].public_id)
    assert selections.neighbours(waiting, batch, answers[0]).previous == ""
    assert selections.neighbours(Selection(sort="-time"), batch, answers[5]).next == answers[4].public_id


def test_work_in_hand_is_only_listed_when_asked_for(
    answers: list[Assignment], project: Project, ids: Callable[..., list[str]]
) -> None:
    other = a_batch(project)
    begun = Assignment.objects.filter(pk=a_submitted_assignment(a_worker(), hits_of(other)[0]).pk)
    begun.update(status="Accepted", submitted_at=None, answers=None)
    assert ids(Selection(), project) == ids_of(answers)
    for sort in ("", "-time", "worker"):
        assert ids(Selection(statuses=("pending",), sort=sort), project) == ids_of(list(begun))
    assert len(ids(Selection(statuses=("submitted", "pending"), sort="-time"), project)) == 7


def test_many_batches_are_sorted_one_after_the_other(
    answers: list[Assignment], project: Project, dan: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_submitted_assignment(dan, hits_of(a_batch(project))[0])
    sooner = Assignment.objects.filter(pk=other.pk)
    sooner.update(submitted_at=F("accepted_at"))
    assert page(Selection(sort="time"), project).pks[0] == other.pk
    monkeypatch.setattr(answer_streams, "MOST_MERGED", 3)
    assert page(Selection(sort="time"), project).pks == (*(one.pk for one in answers), other.pk)
    assert page(Selection(sort="-time"), project).pks == (other.pk, *(one.pk for one in answers[::-1]))
