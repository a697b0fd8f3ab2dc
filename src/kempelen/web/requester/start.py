"""Start from an example: all of them with what they ask, each with a preview, and a project made of one."""

import re
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kempelen import examples
from kempelen.domain.batches import csv_files, templates
from kempelen.domain.models import Membership
from kempelen.examples import Example, made
from kempelen.web.content.frames import draft_frame
from kempelen.web.received import whole_number
from kempelen.web.requester import editor
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.answers import named_texts
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR

# What a template has, in the order in which it decides how the example is drawn in the gallery.
_SKETCHES = (
    ("boxes", r"<crowd-bounding-box"),
    ("points", r"<crowd-keypoint"),
    ("outline", r"<crowd-polygon"),
    ("painted", r"<crowd-(?:semantic|instance)-segmentation"),
    ("marks", r"<crowd-entity-annotation|data-label="),
    ("video", r"<video"),
    ("sound", r"<audio"),
    ("two", r"<img[^>]*>\s*<img|<figure>[\s\S]*<figure>|\$\{second\}"),
    ("table", r"<table"),
    (
        "picture-choice",
        r"<crowd-image-classifier|<img[\s\S]*(?:type=\"(?:radio|checkbox)\"|</crowd-classifier>)",
    ),
    ("picture-fields", r"<img"),
    ("sliders", r"<crowd-slider"),
    ("link", r'target="_blank"'),
    ("choice", r"<crowd-classifier|type=\"radio\""),
)


@requester_required(EDITOR)
def index(request: RequesterRequest) -> HttpResponse:
    """Show all examples, group by group."""
    groups = [
        (group, about, [(example, sketch_of(example)) for example in members])
        for group, about, members in examples.by_group()
    ]
    return respond(request, "requester/examples.html", groups=groups, count=len(examples.SLUGS))


@requester_required(EDITOR)
def show(request: RequesterRequest, example: str) -> HttpResponse:
    """Show one example filled with a row of its own (`row`, from 1), and what its project would be like."""
    shown = _example(example)
    rows = _rows(shown)
    row_number = min(max(whole_number(request.GET.get("row", ""), default=1), 1), len(rows))
    row = rows[row_number - 1]
    return respond(
        request,
        "requester/example.html",
        fragment="requester/publish/_row.html",
        example=shown,
        row_number=row_number,
        source={"row_count": len(rows)},
        values=named_texts(row),
        checks=editor.checks(shown.html, row),
        columns=templates.compile_template(shown.html).names,
        frame=draft_frame(request, request.requester, []),
    )


@require_POST
@requester_required(EDITOR)
def use(request: RequesterRequest, example: str) -> HttpResponseBase:
    """Make a project of the example and upload its rows, which leads to their preview and cost."""
    used = _example(example)
    project = made.project(request.requester, used, by=request.user)
    batch = made.upload(project, used, by=request.user)
    messages.success(
        request, f"Project “{project.name}” is made. Change it as you like; nothing is published yet."
    )
    return redirect("requester:batch", request.requester.slug, batch.number)


def sketch_of(example: Example) -> str:
    """Give the name of the drawing that stands for tasks like this one."""
    html = example.html
    return next((name for name, sign in _SKETCHES if re.search(sign, html)), "fields")


def _example(slug: str) -> Example:
    if slug not in examples.SLUGS:
        raise Http404
    return examples.example(slug)


def _rows(example: Example) -> list[dict[str, str]]:
    checked = csv_files.check_csv(example.rows)
    found = csv_files.rows(example.rows, checked)
    return [dict(zip(checked.columns, row, strict=True)) for row in islice(found, editor.MOST_SAMPLES)]
