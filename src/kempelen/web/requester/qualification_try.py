"""A test as a worker would take it: with its time and its score, and nothing recorded."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain import answers as answer_fields
from kempelen.domain import clock
from kempelen.domain.answers import Answers
from kempelen.domain.errors import NotFound
from kempelen.domain.models import QualificationType
from kempelen.domain.qualifications import taken_tests
from kempelen.domain.queries import qualifications
from kempelen.domain.questions import answer_keys, form_parts
from kempelen.web.content import fields
from kempelen.web.content.qualification_tests import frame_of_trial
from kempelen.web.received import body_of
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.form_answers import words_of

_SALT = "kempelen.trial"
_LATE = "The time for this test was over: a worker’s answers would not count."


@dataclass(frozen=True)
class Scored:
    """A question, what was earned, and the most that can be."""

    words: str
    points: int
    most: int


@require_safe
@never_cache
@requester_required()
def show(request: RequesterRequest, type_id: str) -> HttpResponse:
    """Show the test to begin with, or, after it, what it came to (`outcome`)."""
    kind = _tested(request, type_id)
    outcome = _outcome_in(request, kind)
    if outcome is not None:
        return render(request, "requester/qualification_tried.html", _told(kind, outcome))
    form_parts.read(kind.test)  # what cannot be shown is said, in place of a page without a test
    now = clock.now()
    began = signing.dumps([kind.public_id, now.timestamp()], salt=_SALT)
    context = {
        "kind": kind,
        "deadline": now + timedelta(seconds=kind.test_duration_seconds or 0),
        "score_query": urlencode({"began": began}),
        "frame": frame_of_trial(request, kind),
    }
    return render(request, "requester/qualification_try.html", context)


@require_POST
@requester_required()
def score(request: RequesterRequest, type_id: str) -> JsonResponse:
    """Say what the answers (`{"fields": [[name, value], …]}`) would earn, as the page of a test is answered.

    Answers that the test does not take are refused, with what is wrong with each.
    """
    kind, sent = _tested(request, type_id), fields.from_json(body_of(request))
    if sent is None:
        return JsonResponse({"status": "open", "message": "", "next": ""})
    here = reverse("requester:qualification_try", args=[request.requester.slug, kind.public_id])
    seconds = _seconds_since(request.GET.get("began", ""), kind)
    if seconds > (kind.test_duration_seconds or 0):
        return JsonResponse({"status": "late", "message": _LATE, "next": here})
    given = fields.answers_of(sent)
    answer_fields.check(given)
    read = taken_tests.read_answers(kind.test, given)
    outcome = {"type": kind.public_id, "seconds": seconds, **_scored(kind, read)}
    query = urlencode({"outcome": signing.dumps(outcome, salt=_SALT, compress=True)})
    return JsonResponse({"status": "submitted", "message": "Scored.", "next": f"{here}?{query}"})


def _tested(request: RequesterRequest, type_id: str) -> QualificationType:
    kind = qualifications.own_type(request.requester, type_id)
    if not kind.test:
        raise NotFound("test of qualification type", type_id)
    return kind


def _scored(kind: QualificationType, given: Answers) -> dict[str, Any]:
    """Give the points of each question of the key, in its order, and the value; nothing without a key."""
    if not kind.answer_key:
        return {"points": None}
    chosen, key = _chosen(given), answer_keys.parse(kind.answer_key)
    points = [question.score(chosen.get(question.identifier, [])) for question in key.questions]
    return {"points": points, "value": key.value(chosen)}


def _chosen(given: Answers) -> dict[str, list[str]]:
    return {
        name: answer["selections"]
        for name, answer in given.items()
        if isinstance(answer, dict) and "selections" in answer
    }


def _told(kind: QualificationType, outcome: dict[str, Any]) -> dict[str, Any]:
    context: dict[str, Any] = {"kind": kind, "seconds": outcome["seconds"], "is_scored": False}
    points = outcome["points"]
    if points is None or not kind.answer_key:
        return context
    key = answer_keys.parse(kind.answer_key)
    asked = {question.identifier: words_of(question) for question in form_parts.read(kind.test).questions}
    scored = [
        Scored(
            asked.get(question.identifier, question.identifier),
            earned,
            max([option.score for option in question.options] + [question.default_score]),
        )
        for question, earned in zip(key.questions, points, strict=False)
    ]
    return context | {
        "is_scored": True,
        "questions": scored,
        "summed": sum(points),
        "most": sum(one.most for one in scored),
        "value": outcome["value"],
        "mapping": _mapping_in_words(key.mapping),
    }


def _mapping_in_words(mapping: answer_keys.Percentage | answer_keys.Scale | answer_keys.Ranges | None) -> str:
    match mapping:
        case answer_keys.Percentage(maximum):
            return f"as a percentage of {maximum:,}"
        case answer_keys.Scale(multiplier):
            return f"times {float(multiplier):g}"
        case answer_keys.Ranges():
            return "by the ranges of the key"
    return "as it is"


def _seconds_since(began: str, kind: QualificationType) -> int:
    """Give how long the test has been open; a page that we did not give out has just been."""
    try:
        type_id, at = signing.loads(began, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    return max(int(clock.now().timestamp() - at), 0) if type_id == kind.public_id else 0


def _outcome_in(request: HttpRequest, kind: QualificationType) -> dict[str, Any] | None:
    """Give what a trial of this very type came to, as we signed it."""
    try:
        outcome = signing.loads(request.GET.get("outcome", ""), salt=_SALT)
    except signing.BadSignature:
        return None
    is_of_type = isinstance(outcome, dict) and outcome.get("type") == kind.public_id
    return outcome if is_of_type else None
