"""Many answers approved, rejected or paid a bonus at once: planned, confirmed, done, and undone for a while.

A plan is rows (`Decision`): exactly what was confirmed is done, each row in the transaction that does it, so
that whoever is killed is followed by another who goes on.  Short work is done before the caller hears.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction

from kempelen.domain import answers, clock, events, file_names, people_events, review_events
from kempelen.domain.actions import background, deciding, decisions, planning, repeated_bonuses, verdicts
from kempelen.domain.errors import NotFound, WrongState
from kempelen.domain.models import BulkReview, Decision, HITGroup, Project, Requester, User

PLAN_REVIEW, DECIDE_REVIEW, UNDO_REVIEW = "plan_review", "decide_review", "undo_review"
PAGE = 500
# A plan that nobody confirmed is forgotten.
_KEPT = timedelta(days=1)
State = BulkReview.State
# One HIT group, that of a batch too, or all batches of a project.
Reviewed = HITGroup | Project


def plan(
    requester: Requester,
    of: Reviewed,
    kind: str,
    *,
    selection: Mapping[str, str] | None = None,
    chosen_ids: Sequence[str] = (),
    reason: str = "",
    amount_cents: int | None = None,
    by: User | None = None,
) -> BulkReview:
    """Plan the same for all answers of a selection (its query), or for those of these ids.

    Refuses as `decisions.decide` does.  Of a selection, rejected answers are approved only if it asks for
    nothing but rejected ones.
    """
    reason = answers.storable(reason.strip())
    decisions.check(kind, reason, amount_cents)
    return _begin(
        BulkReview(
            requester=requester,
            **_of(of),
            kind=kind,
            reason=reason,
            amount_cents=amount_cents if kind == Decision.Kind.BONUS else None,
            selection=None if selection is None else dict(selection),
            chosen_ids=list(dict.fromkeys(chosen_ids)) if selection is None else None,
            by=by,
            created_at=clock.now(),
        )
    )


def plan_file(
    requester: Requester,
    of: Reviewed,
    content: "File[Any]",
    *,
    file_name: str,
    reason: str = "",
    by: User | None = None,
) -> BulkReview:
    """Plan what a reviewed results file says; `reason` is for rows whose Reject column only has an X."""
    reason = answers.storable(reason.strip())
    decisions.check(Decision.Kind.APPROVE, reason, None)
    review = BulkReview(requester=requester, **_of(of), reason=reason, by=by, created_at=clock.now())
    review.file_name = file_names.of_path(file_name)
    review.csv_file.save(review.file_name, content, save=False)
    try:
        return _begin(review)
    except BaseException:
        review.csv_file.delete(save=False)
        raise


@transaction.atomic
def confirm(review: BulkReview, *, leaves_repeated: bool = False, by: User | None = None) -> None:
    """Begin to do what is planned; asked a second time it goes on as it is.

    Of answers that had such a bonus already, those that the plan told of get another one unless
    `leaves_repeated`; those that got theirs since are left out (`repeated_bonuses`).
    """
    begun = BulkReview.objects.filter(pk=review.pk, state=State.PLANNED).update(
        state=State.DECIDING, begun_at=clock.now(), by=by
    )
    review.refresh_from_db()
    if not begun and review.begun_at is None:
        raise WrongState("This cannot be done yet, or not at all; look at it again.")
    if begun and leaves_repeated:
        review.figures[repeated_bonuses.LEAVES_OUT] = True
        review.save(update_fields=["figures"])
    if begun and decide_page(review.pk):
        background.ask_for(DECIDE_REVIEW, review=review.pk)
    review.refresh_from_db()


def decide_now(review_pk: int) -> None:
    """Go on with what was confirmed until all is done."""
    while decide_page(review_pk):
        pass


@transaction.atomic
def decide_page(review_pk: int) -> bool:
    """Do the next of what is planned; false if that was the last, or if it is not to be done any more."""
    review = BulkReview.objects.select_for_update(of=("self",)).select_related("by").get(pk=review_pk)
    if review.state != State.DECIDING:
        return False
    page = list(review.decisions.filter(state=Decision.State.PLANNED).order_by("pk")[:PAGE])
    repeated = partial(repeated_bonuses.left_out, review)
    _add(review, "decided", deciding.carry_out(page, by=review.by, left_out=repeated))
    is_over = len(page) < PAGE
    if is_over:
        review.state, review.finished_at = State.DONE, clock.now()
        _tell_reviewed(review)
    review.save(update_fields=["figures", "state", "finished_at"])
    return not is_over


@transaction.atomic
def undo(review: BulkReview, *, by: User | None = None) -> None:
    """Begin to take back what was decided within the last ten minutes; what is still to be done is left.

    Asked a second time it goes on as it is.
    """
    locked = BulkReview.objects.select_for_update().get(pk=review.pk)
    if locked.state not in (State.UNDOING, State.UNDONE):
        if not may_be_undone(locked):
            raise WrongState("More than ten minutes have passed, so this stays as it was decided.")
        now = clock.now()
        locked.state, locked.finished_at = State.UNDOING, locked.finished_at or now
        locked.figures["undo"] = {"at": now.isoformat(), "by": by.pk if by else None}
        locked.save(update_fields=["state", "finished_at", "figures"])
        if undo_page(locked.pk):
            background.ask_for(UNDO_REVIEW, review=locked.pk)
    review.refresh_from_db()


def may_be_undone(review: BulkReview) -> bool:
    """Tell whether its last decisions are not final yet."""
    if review.state == State.DECIDING:
        return True
    finished_at = review.finished_at
    is_done = review.state == State.DONE and finished_at is not None
    return is_done and finished_at is not None and clock.now() <= finished_at + verdicts.UNDO_TIME


def undo_now(review_pk: int) -> None:
    """Go on with taking back until all that can be is."""
    while undo_page(review_pk):
        pass


@transaction.atomic
def undo_page(review_pk: int) -> bool:
    """Take back the next of what was decided; false if that was the last."""
    review = BulkReview.objects.select_for_update().get(pk=review_pk)
    if review.state != State.UNDOING:
        return False
    page = list(review.decisions.filter(state=Decision.State.DONE).order_by("pk")[:PAGE])
    asked = review.figures["undo"]
    by = User.objects.filter(pk=asked["by"]).first() if asked["by"] else None
    undone = deciding.take_back(page, by=by, asked_at=datetime.fromisoformat(asked["at"]))
    _add(review, "undone", undone)
    is_over = len(page) < PAGE
    if is_over:
        review.state = State.UNDONE
        figures = review.figures["undone"]
        data = {
            "decisions": _decisions_in(figures),
            "kept": kept(figures),
        }
        events.record(review_events.ReviewTakenBack(review.requester, by=by, data=data))
    review.save(update_fields=["figures", "state"])
    return not is_over


@transaction.atomic
def stop(review_pk: int) -> None:
    """Leave a review that is being done, or taken back, where it stopped; the rest is told as left out."""
    review = BulkReview.objects.select_for_update().get(pk=review_pk)
    planned, decided = (_decisions_in(review.figures.get(name, {})) for name in ("planned", "decided"))
    if review.state == State.DECIDING:
        _add(review, "decided", {"left given_up": planned - _seen(review, "decided")})
        review.state, review.finished_at = State.DONE, clock.now()
        _tell_reviewed(review)
    elif review.state == State.UNDOING:
        _add(review, "undone", {"kept given_up": decided - _seen(review, "undone")})
        review.state = State.UNDONE
    review.save(update_fields=["figures", "state", "finished_at"])


def drop(review: BulkReview) -> None:
    """Delete a plan that is not carried out, or refuse with `WrongState`."""
    unused = [State.PLANNING, State.PLANNED, State.FAULTY]
    with transaction.atomic():
        locked = BulkReview.objects.select_for_update().filter(pk=review.pk, state__in=unused).first()
        if locked is None:
            raise WrongState("This is begun already.")
        Decision.objects.filter(review=locked.pk)._raw_delete("default")
        BulkReview.objects.filter(pk=locked.pk)._raw_delete("default")
    if review.csv_file:
        review.csv_file.delete(save=False)


def forget_plans() -> int:
    """Delete plans that nobody confirmed in a day; gives how many."""
    unused = [State.PLANNING, State.PLANNED, State.FAULTY]
    old = BulkReview.objects.filter(state__in=unused, created_at__lt=clock.now() - _KEPT)
    found = list(old[:PAGE])
    for review in found:
        drop(review)
    return len(found)


def found(requester: Requester, of: Reviewed, public_id: str) -> BulkReview:
    """Give the review of this id among the group's or the project's, or refuse with `NotFound`."""
    reviews = BulkReview.objects.filter(requester=requester, public_id=public_id, **_of(of))
    review = reviews.select_related("by", "group__hit_type", "project").first()
    if review is None:
        raise NotFound("review", public_id)
    return review


def kept(figures: Mapping[str, int]) -> int:
    """Count what could not be done, or taken back, of figures as `deciding` makes them."""
    return sum(count for name, count in figures.items() if " " in name)


def _of(of: Reviewed) -> dict[str, Any]:
    return {"project" if isinstance(of, Project) else "group": of}


def _decisions_in(figures: Mapping[str, int]) -> int:
    return sum(figures.get(kind, 0) for kind in Decision.Kind.values)


def _seen(review: BulkReview, phase: str) -> int:
    figures = review.figures.get(phase, {})
    return _decisions_in(figures) + kept(figures)


def _begin(review: BulkReview) -> BulkReview:
    with transaction.atomic():
        review.save()
        if planning.plan_page(review.pk):
            background.ask_for(PLAN_REVIEW, review=review.pk)
    review.refresh_from_db()
    return review


def _add(review: BulkReview, phase: str, figures: Mapping[str, int]) -> None:
    review.figures[phase] = dict(Counter(review.figures.get(phase, {})) + Counter(figures))


def _tell_reviewed(review: BulkReview) -> None:
    if review.kind:
        decisions.remember(review.requester, review.kind, review.reason)
    figures = review.figures["decided"]
    data = {"approved": figures.get("approve", 0), "rejected": figures.get("reject", 0)}
    if bonuses := figures.get("bonus", 0):
        data |= {"bonuses": bonuses, "bonus_cents": figures.get("cents", 0)}
    events.record(people_events.WorkReviewed(review.requester, by=review.by, data=data))
