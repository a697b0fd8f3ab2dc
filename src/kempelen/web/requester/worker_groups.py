"""Worker groups: the list, one group's members, invitations to it, and a file of its members."""

import csv
from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from kempelen.domain.actions import members, people, worker_groups
from kempelen.domain.models import Membership, WorkerGroup
from kempelen.web.account import invitations
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR
PAGE = 50


class GroupForm(forms.Form):
    """What a group is called."""

    name = forms.CharField(max_length=100, help_text="Only members of this requester see it.")


class AddForm(forms.Form):
    """Whom to put into a group."""

    workers = forms.CharField(
        label="WorkerIds",
        max_length=300_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text="With blanks or line breaks between them. Workers find theirs on their account page.",
    )


class InviteForm(forms.Form):
    """How many may join by one link."""

    uses = forms.IntegerField(label="How many people", min_value=1, max_value=10_000, initial=20)


@requester_required()
def index(request: RequesterRequest) -> HttpResponseBase:
    """List the groups."""
    return _list(request, GroupForm())


@require_POST
@requester_required(EDITOR)
def create(request: RequesterRequest) -> HttpResponseBase:
    """Make a group."""
    form = GroupForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            made = worker_groups.create(request.requester, form.cleaned_data["name"], by=request.user)
            return redirect("requester:worker_group", request.requester.slug, made.pk)
    return _list(request, form)


def _list(request: RequesterRequest, form: GroupForm) -> HttpResponseBase:
    page = Paginator(worker_groups.counted(worker_groups.groups_of(request.requester)), PAGE)
    return respond(
        request,
        "requester/worker_groups.html",
        status=422 if form.errors else 200,
        page=page.get_page(request.GET.get("page")),
        form=form,
        may_edit=request.membership.includes(EDITOR),
    )


@requester_required()
def show(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Show who is in a group."""
    group = worker_groups.group_of(request.requester, pk)
    return _page(request, group)


@require_POST
@requester_required(EDITOR)
def add(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Put workers in, by their WorkerIds."""
    group = worker_groups.group_of(request.requester, pk)
    form = AddForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            wanted = worker_groups.workers_with(form.cleaned_data["workers"].replace(",", " ").split())
            added, _ = worker_groups.change_members(group, add=wanted, by=request.user)
            messages.success(request, f"{added} put in; {len(wanted) - added} were in already.")
            return redirect("requester:worker_group", request.requester.slug, group.pk)
    return _page(request, group, add_form=form)


@require_POST
@requester_required(EDITOR)
def remove(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Take workers out; what they have begun they may finish."""
    group = worker_groups.group_of(request.requester, pk)
    gone = group.members.filter(public_id__in=request.POST.getlist("worker"))
    _, removed = worker_groups.change_members(group, remove=gone, by=request.user)
    messages.success(request, f"{removed} taken out." if removed else "Nobody was chosen.")
    return redirect("requester:worker_group", request.requester.slug, group.pk)


@require_POST
@requester_required(EDITOR)
def rename(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Call a group otherwise."""
    group = worker_groups.group_of(request.requester, pk)
    form = GroupForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            worker_groups.rename(group, form.cleaned_data["name"], by=request.user)
            messages.success(request, f"It is called “{group.name}” now.")
            return redirect("requester:worker_group", request.requester.slug, group.pk)
    return _page(request, group, name_form=form)


@require_POST
@requester_required(EDITOR)
def delete(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Delete a group; its workers stay."""
    group = worker_groups.group_of(request.requester, pk)
    worker_groups.delete(group, by=request.user)
    messages.success(request, f"The group “{group.name}” is deleted; its workers and their work stay.")
    return redirect("requester:worker_groups", request.requester.slug)


@require_POST
@requester_required(EDITOR)
def invite(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Make a link by which people sign up and join the group."""
    group = worker_groups.group_of(request.requester, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, group, invite_form=form)
    secret = people.invite(worker_group=group, uses=form.cleaned_data["uses"], by=request.user)
    invitations.hand_out(request, secret, email="", to_what="")
    return redirect("requester:worker_group", request.requester.slug, group.pk)


@require_POST
@requester_required(EDITOR)
def revoke_invitation(request: RequesterRequest, pk: int, digest: str) -> HttpResponseBase:
    """Let an invitation to the group never work again."""
    group = worker_groups.group_of(request.requester, pk)
    mine = members.open_group_invitations(request.requester).filter(worker_group=group)
    members.revoke(mine, digest, by=request.user)
    messages.success(request, "The invitation works no more.")
    return redirect("requester:worker_group", request.requester.slug, group.pk)


@requester_required()
def export(request: RequesterRequest, pk: int) -> HttpResponseBase:
    """Send the group's members as a CSV that the import understands."""
    group = worker_groups.group_of(request.requester, pk)
    name = slugify(group.name) or "group"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}_workers.csv"',
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(_lines(group), content_type="text/csv; charset=utf-8", headers=headers)


class _Echo:
    def write(self, text: str) -> str:
        return text


def _lines(group: WorkerGroup) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["worker_id", "groups"])
    # No spreadsheet runs a name as a formula; the import knows of the sign.
    name = f"'{group.name}" if group.name.startswith(("=", "+", "-", "@")) else group.name
    for worker_id in group.members.order_by("public_id").values_list("public_id", flat=True).iterator():
        yield writer.writerow([worker_id, name])


def _page(
    request: RequesterRequest,
    group: WorkerGroup,
    *,
    add_form: AddForm | None = None,
    name_form: GroupForm | None = None,
    invite_form: InviteForm | None = None,
) -> HttpResponseBase:
    is_editor = request.membership.includes(EDITOR)
    is_wrong = any(form is not None for form in (add_form, name_form, invite_form))
    invited = members.open_group_invitations(request.requester).filter(worker_group=group)
    response: HttpResponse = respond(
        request,
        "requester/worker_group.html",
        status=422 if is_wrong else 200,
        group=group,
        page=Paginator(group.members.order_by("public_id"), PAGE).get_page(request.GET.get("page")),
        projects=group.projects.filter(audience="groups", is_archived=False).order_by("name"),
        invitations=invited if is_editor else (),
        made=invitations.just_made(request) if is_editor and not is_wrong else None,
        add_form=add_form or AddForm(),
        name_form=name_form or GroupForm(initial={"name": group.name}),
        invite_form=invite_form or InviteForm(),
        may_edit=is_editor,
    )
    response["Cache-Control"] = "no-store"
    return response
