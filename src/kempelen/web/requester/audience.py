"""Who may work: on a project's next batches, or on a batch that is given out already."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from kempelen.domain.actions import audiences, batches, projects, worker_groups
from kempelen.domain.errors import WrongState
from kempelen.domain.models import Audience, HITGroup, Membership, Project, Requester, WorkerGroup
from kempelen.domain.queries import requirements
from kempelen.web.requester.access import RequesterRequest, requester_required
from kempelen.web.requester.project_form import GroupsField
from kempelen.web.ui.forms import refusals_on
from kempelen.web.ui.respond import respond

EDITOR = Membership.Role.EDITOR
_CHOICES = [
    *[(value, label) for value, label in Audience.choices if value != Audience.GROUPS],
    (Audience.GROUPS.value, "Only members of chosen worker groups, and workers named here"),
]


class AudienceForm(forms.Form):
    """Everybody, chosen groups, named workers."""

    audience = forms.ChoiceField(label="Who may work on it", choices=_CHOICES, widget=forms.RadioSelect)
    groups = GroupsField(
        label="Worker groups",
        queryset=WorkerGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    workers = forms.CharField(
        label="Workers by name",
        required=False,
        max_length=300_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text="WorkerIds such as A2YUCJ28XANFOX, with blanks or line breaks between them.",
    )

    def __init__(self, *args: Any, requester: Requester, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields["groups"]
        assert isinstance(groups, forms.ModelMultipleChoiceField)
        groups.queryset = worker_groups.groups_of(requester)

    def chosen(self) -> dict[str, Any]:
        """Give what the actions take."""
        return {**self.cleaned_data, "workers": self.cleaned_data["workers"].replace(",", " ").split()}


@requester_required(EDITOR)
def of_project(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Choose who may work on the batches that the project publishes from now on."""
    project = projects.project_of(request.requester, number)
    form = _form(request, project)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            audiences.open_project(project, by=request.user, **form.chosen())
            messages.success(request, "Saved. It counts for batches that are published from now on.")
            return redirect("requester:project", request.requester.slug, project.number)
    back = reverse("requester:project", args=[request.requester.slug, project.number])
    edit_url = reverse("requester:project_edit", args=[request.requester.slug, project.number])
    return _page(request, form, name=project.name, back=back, is_live=False, edit_url=edit_url)


@requester_required(EDITOR)
def of_batch(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Choose who may work on a published batch from now on."""
    batch = batches.batch_of(request.requester, number)
    if batch.hit_group is None or batch.cancelled_at:
        raise WrongState(f"Batch “{batch.name}” is not given out.")
    form = _form(request, batch.hit_group)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            audiences.open_batch(batch, by=request.user, **form.chosen())
            messages.success(request, "Saved. It counts from now on; what has been begun may be finished.")
            return redirect("requester:batch", request.requester.slug, batch.number)
    back = reverse("requester:batch", args=[request.requester.slug, batch.number])
    required = requirements.in_words(batch.hit_group.hit_type.qualification_requirements)
    return _page(request, form, name=batch.name, back=back, is_live=True, required=required)


def _form(request: RequesterRequest, opened: Project | HITGroup) -> AudienceForm:
    initial = {
        "audience": opened.audience,
        "groups": audiences.chosen_groups(opened),
        "workers": "\n".join(audiences.named_workers(opened).values_list("public_id", flat=True)),
    }
    return AudienceForm(request.POST or None, initial=initial, requester=request.requester)


def _page(request: RequesterRequest, form: AudienceForm, **context: Any) -> HttpResponseBase:
    has_groups = worker_groups.groups_of(request.requester).exists()
    status = 422 if form.errors else 200
    return respond(
        request, "requester/audience.html", status=status, form=form, has_groups=has_groups, **context
    )
