"""Plans of bulk reviews, page by page: which answers, what becomes of each, and what is not possible."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from kempelen.domain import answers, clock, feedback
from kempelen.domain.actions import deciding, repeated_bonuses
from kempelen.domain.batches.csv_problems import CsvProblems, Problem, ProblemList
from kempelen.domain.batches.reviewed_csv import APPROVE, HIT_ID, ID, REJECT, ReviewedRow, reviewed_rows
from kempelen.domain.errors import InvalidParameter
from kempelen.domain.models import Assignment, Batch, BulkReview, Decision, Project
from kempelen.domain.queries import selected, selections
from kempelen.domain.queries.selections import Selection

PAGE = 500
Kind, State = Decision.Kind, Decision.State


@dataclass
class _Planned:
    """A page of a plan, and where the next begins: None after the last."""

    decisions: list[Decision] = field(default_factory=list)
    place: int | str | None = None
    figures: Counter[str] = field(default_factory=Counter)


class FileReader:
    """The rows of a review's file, read once from where its plan had come to.

    The problems of all its pages are told together, up to as many as a list holds.
    """

    def __init__(self, review: BulkReview) -> None:
        self.problems = ProblemList(review.file_name)
        for row, column, message in review.problems:
            self.problems.add(message, row=row, column=column)
        self.place = int(review.place or 0)
        self._rows = reviewed_rows(Path(review.csv_file.path), self.problems, after=self.place)

    def next_page(self) -> list[ReviewedRow]:
        """Give the next rows; fewer than a page are the last."""
        page = list(islice(self._rows, PAGE))
        if page:
            self.place = page[-1].number
        return page


def plan_all(review_pk: int) -> None:
    """Go on with a plan until it is whole."""
    review = BulkReview.objects.get(pk=review_pk)
    reader = FileReader(review) if review.csv_file else None
    while plan_page(review_pk, reader):
        pass


def give_up(review_pk: int, problem: str) -> None:
    """Say that a plan could not be made."""
    planning = BulkReview.objects.filter(pk=review_pk, state=BulkReview.State.PLANNING)
    planning.update(state=BulkReview.State.FAULTY, problems=[(None, "", problem)])


@transaction.atomic
def plan_page(review_pk: int, reader: FileReader | None = None) -> bool:
    """Plan the next page; false if the plan is whole, cannot be carried out, or is another process's."""
    review = BulkReview.objects.select_for_update().get(pk=review_pk)
    if review.state != BulkReview.State.PLANNING:
        return False
    if reader is not None and reader.place != int(review.place or 0):
        return False
    try:
        if review.csv_file:
            page = _of_file(review, reader or FileReader(review))
        elif review.selection is not None:
            page = _of_selection(review, Selection.from_query(review.selection))
        else:
            page = _of_ids(review)
    except CsvProblems as found:
        # What is planned of a file that cannot be carried out is not looked at any more.
        Decision.objects.filter(review=review)._raw_delete("default")
        review.state, review.problems = BulkReview.State.FAULTY, _listed(found.problems)
        review.save(update_fields=["state", "problems"])
        return False
    page.figures["repeated"] += repeated_bonuses.mark(review, page.decisions)
    Decision.objects.bulk_create(page.decisions)
    review.place = page.place
    review.figures["planned"] = dict(Counter(review.figures.get("planned", {})) + page.figures)
    if page.place is None:
        review.state = BulkReview.State.PLANNED
    review.save(update_fields=["place", "figures", "state", "problems"])
    return page.place is not None


def _of_selection(review: BulkReview, selection: Selection) -> _Planned:
    """Plan the next answers of a selection; what is not possible is only counted, it may be a million."""
    after = str(review.place or "")
    found = selections.page(selection, _of(review), after=after, size=PAGE)
    page = _Planned(place=found.next or None)
    overrides = selection.statuses == ("rejected",)
    for decision in _same_for(review, found.pks, page, overrides=overrides):
        if decision.state == State.PLANNED:
            page.decisions.append(decision)
    return page


def _of(review: BulkReview) -> selected.Of:
    """Give what the selection is of: a batch, whose rows have numbers, or a group of programs' HITs."""
    if isinstance(of := review.of, Project):
        return of
    return Batch.objects.filter(hit_group=of).first() or of


def _of_ids(review: BulkReview) -> _Planned:
    """Plan the next answers of those chosen one by one, where rejected ones are meant as well."""
    start, chosen = int(review.place or 0), review.chosen_ids or []
    ids = chosen[start : start + PAGE]
    theirs = _inside(review).filter(public_id__in=ids)
    pks = dict(theirs.values_list("public_id", "pk"))
    is_last = start + PAGE >= len(chosen)
    page = _Planned(place=None if is_last else start + PAGE)
    page.figures["left unsent"] += len(ids) - len(pks)
    page.decisions += _same_for(review, [pks[one] for one in ids if one in pks], page, overrides=True)
    return page


def _same_for(
    review: BulkReview, pks: Sequence[int], page: _Planned, *, overrides: bool
) -> Iterator[Decision]:
    found = _found(review, pks)
    for pk in pks:
        if pk in found:
            yield _planned(
                review, found[pk], page, kind=review.kind, reason=review.reason, overrides=overrides
            )


def _planned(
    review: BulkReview,
    assignment: Assignment,
    page: _Planned,
    *,
    kind: str,
    reason: str,
    overrides: bool,
    row_number: int | None = None,
) -> Decision:
    """Plan one decision, and count it."""
    decision = Decision(
        requester_id=review.requester_id,
        review=review,
        assignment=assignment,
        kind=kind,
        reason=reason,
        amount_cents=review.amount_cents,
        row_number=row_number,
    )
    obstacle = deciding.obstacle_to(kind, assignment, assignment.hit, clock.now(), overrides=overrides)
    if obstacle:
        decision.state, decision.why = State.LEFT, obstacle
        page.figures[f"left {obstacle}"] += 1
        return decision
    page.figures[kind] += 1
    page.figures["cents"] += deciding.cents_of(decision, assignment)
    page.figures["override"] += kind == Kind.APPROVE and assignment.status == Assignment.Status.REJECTED
    return decision


def _found(review: BulkReview, pks: Sequence[int]) -> Mapping[int, Assignment]:
    return (
        _inside(review)
        .select_related("hit")
        # Few groups: joined, each row would have objects of its own for them.
        .prefetch_related("group__hit_type")
        .defer("answers", "draft", "hit__inputs", "hit__question")
        .in_bulk(list(pks))
    )


def _inside(review: BulkReview) -> QuerySet[Assignment]:
    return Assignment.objects.filter(selected.inside(review.of), status__in=Assignment.DONE)


def _of_file(review: BulkReview, reader: FileReader) -> _Planned:
    """Plan what the next rows of a file say; with the last of them, raise whatever is wrong."""
    problems, some = reader.problems, reader.next_page()
    page = _Planned(place=some[-1].number if len(some) == PAGE else None)
    page.figures["rows"] += len(some)
    said = [row for row in some if row.said is not None]
    page.figures["silent"] += len(some) - len(said)
    by_id = _by_id(review, said)
    taken = dict(
        Decision.objects.filter(review=review, assignment__in=[its.pk for its in by_id.values()]).values_list(
            "assignment", "row_number"
        )
    )
    for row in said:
        column, message = _fault(review, row, by_id.get(row.assignment_id), taken)
        if message:
            problems.add(message, row=row.number, column=column)
            continue
        assignment = by_id[row.assignment_id]
        taken[assignment.pk] = row.number
        kind, reason = _meant(review, row)
        page.decisions.append(
            _planned(
                review, assignment, page, kind=kind, reason=reason, overrides=True, row_number=row.number
            )
        )
    if page.place is None:
        problems.raise_if_any()
    review.problems = _listed(problems.found)
    return page


def _listed(problems: Iterable[Problem]) -> list[tuple[int | None, str, str]]:
    """Give row, column and message of each, by row."""
    by_row = sorted(problems, key=lambda problem: problem.row or 0)
    return [(problem.row, problem.column, problem.message) for problem in by_row]


def _by_id(review: BulkReview, said: Sequence[ReviewedRow]) -> Mapping[str, Assignment]:
    ids = [answers.storable(row.assignment_id) for row in said]
    pks = _inside(review).filter(public_id__in=ids).values_list("pk", flat=True)
    return {its.public_id: its for its in _found(review, list(pks)).values()}


def _meant(review: BulkReview, row: ReviewedRow) -> tuple[str, str]:
    """Give what a row asks for, and the words for the worker."""
    if row.said is None or row.said.approves:
        return Kind.APPROVE, row.said.words if row.said else ""
    return Kind.REJECT, row.said.words or review.reason


def _fault(
    review: BulkReview, row: ReviewedRow, assignment: Assignment | None, taken: Mapping[int, int | None]
) -> tuple[str, str]:
    """Give the column that is wrong in a row, and what is; both empty if nothing is."""
    if assignment is None:
        what = "project" if review.project_id else "batch"
        return (
            ID,
            f"no answer of this {what} has the id {row.assignment_id[:40]}; did the columns get mixed up?",
        )
    if row.hit_id and row.hit_id != assignment.hit.public_id:
        return HIT_ID, "this is not the answer’s HIT; the columns were probably sorted apart from each other"
    if assignment.pk in taken:
        return ID, f"stands in row {taken[assignment.pk]} too; delete one of them"
    kind, reason = _meant(review, row)
    if kind == Kind.REJECT and not reason:
        return REJECT, "say why in place of the X: the worker reads it; or give one reason for all of them"
    if unfit := _unfit(reason):
        return (APPROVE if kind == Kind.APPROVE else REJECT), unfit
    return "", ""


def _unfit(reason: str) -> str:
    try:
        feedback.check(reason)
    except InvalidParameter as refused:
        return str(refused)
    return ""
