"""The form of a project: its template and the properties of its HITs."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import QueryDict

from kempelen.domain.models import (
    Audience,
    Permission,
    Project,
    QueueOrder,
    Requester,
    TemplateLanguage,
    WorkerGroup,
)
from kempelen.domain.models.projects import (
    DEFAULT_ASSIGNMENT_DURATION_SECONDS,
    DEFAULT_AUTO_APPROVAL_DELAY_SECONDS,
    DEFAULT_LIFETIME_SECONDS,
)
from kempelen.domain.properties import RANGES
from kempelen.web.requester import editor
from kempelen.web.requester.forms import AmountField, DurationField
from kempelen.web.requester.requirements_form import RequirementsPart
from kempelen.web.requester.template_text import text_of

# What the domain calls the properties whose fields show friendlier units.
FIELD_NAMES = {
    "reward_cents": "reward",
    "lifetime_seconds": "lifetime",
    "assignment_duration_seconds": "assignment_duration",
    "auto_approval_delay_seconds": "auto_approval_delay",
}
# How MTurk's API and its old result files call them.
MTURK_NAMES = {
    "title": "Title",
    "description": "Description",
    "keywords": "Keywords",
    "reward": "Reward",
    "max_assignments": "MaxAssignments",
    "assignment_duration": "AssignmentDurationInSeconds",
    "lifetime": "LifetimeInSeconds",
    "auto_approval_delay": "AutoApprovalDelayInSeconds",
    "requester_annotation": "RequesterAnnotation",
}
SECTIONS = {
    "What workers see": ("title", "description", "keywords"),
    "Pay and time": (
        "reward",
        "max_assignments",
        "assignment_duration",
        "lifetime",
        "auto_approval_delay",
    ),
    "Who works on it, and in which order": ("audience", "groups", "queue_order"),
    "While they work": ("allows_corrections", "permissions", "substitutes_known_urls"),
    "For your own programs": ("requester_annotation",),
}
_MORE = {
    "Pay and time": "requester/editor/_row_cost.html",
    "Who works on it, and in which order": "requester/editor/_requirements.html",
}
_LONGEST_KEY = 18


class Property(NamedTuple):
    """A field, MTurk's name for it, and the sign that stands before its value."""

    field: BoundField
    mturk_name: str
    before: str


class Section(NamedTuple):
    """Properties that belong together."""

    title: str
    properties: list[Property]
    # The template of what follows them, if anything does.
    more: str = ""


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # only stubs take any
    """Worker groups by their keys; one that no key can be is no choice, however long it is."""

    def clean(self, value: Any) -> Any:
        """Give the groups."""
        for key in value or ():
            if len(str(key)) > _LONGEST_KEY:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


class ProjectForm(forms.Form):
    """A project as people edit it: dollars, minutes and days in place of cents and seconds."""

    name = forms.CharField(
        label="Project name", max_length=200, help_text="Only members of this requester see it."
    )
    html = forms.CharField(
        label="Template",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "source", "spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}
        ),
    )
    language = forms.ChoiceField(
        label="Language",
        choices=TemplateLanguage.choices,
        initial=TemplateLanguage.MTURK,
        required=False,
        widget=forms.Select(attrs={"class": "input select-fit"}),
    )
    html_file = forms.FileField(
        label="Template file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.txt,text/html"}),
    )
    title = forms.CharField(
        max_length=128,
        help_text="The line by which workers choose: what is to be done, in a few words.",
    )
    description = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What the work is like and what it needs (sound, a language), in a sentence or two.",
    )
    keywords = forms.CharField(
        required=False, max_length=1000, help_text="With commas between them; workers search for these too."
    )
    reward = AmountField(
        limits=RANGES["reward_cents"],
        initial=0,
        help_text="For each assignment that you approve. Nothing is paid out by this server: "
        "it keeps account of what you owe.",
    )
    max_assignments = forms.IntegerField(
        label="Assignments per HIT",
        min_value=1,
        initial=1,
        help_text="How many different workers do each row. Three answers allow a majority.",
    )
    assignment_duration = DurationField(
        limits=RANGES["assignment_duration_seconds"],
        label="Time for each assignment",
        initial=DEFAULT_ASSIGNMENT_DURATION_SECONDS,
        help_text="From accepting to submitting; after it the HIT goes to somebody else. Be generous: "
        "people are interrupted.",
    )
    lifetime = DurationField(
        limits=RANGES["lifetime_seconds"],
        label="HITs expire after",
        initial=DEFAULT_LIFETIME_SECONDS,
        help_text="Counted from publishing. What has been accepted by then can still be finished.",
    )
    auto_approval_delay = DurationField(
        limits=RANGES["auto_approval_delay_seconds"],
        label="Work is approved by itself after",
        initial=DEFAULT_AUTO_APPROVAL_DELAY_SECONDS,
        help_text="Counted from submitting, unless you approve or reject sooner. 30 days at most.",
    )
    requester_annotation = forms.CharField(
        label="Annotation",
        required=False,
        max_length=255,
        help_text="Comes back with every HIT and in the results; workers do not see it. Left empty, it names "
        "the batch and the project, as Amazon’s site did.",
    )
    audience = forms.ChoiceField(
        label="Who may work on it",
        choices=Audience.choices,
        initial=Audience.WORKERS,
        widget=forms.RadioSelect,
        help_text="Without an account a worker is one browser: who clears it counts as somebody new.",
    )
    groups = GroupsField(
        label="Worker groups",
        queryset=WorkerGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Counts where only members of chosen groups may work.",
    )
    queue_order = forms.ChoiceField(
        label="HITs are given out",
        choices=QueueOrder.choices,
        initial=QueueOrder.OLDEST,
        widget=forms.RadioSelect,
        help_text="What somebody gave back or let expire goes to others first; what a worker skipped comes "
        "last for that worker.",
    )
    allows_corrections = forms.BooleanField(
        label="Workers may correct their answers",
        required=False,
        help_text="Until you review an answer or cancel the rest of its batch. The answer as it was before "
        "is kept beside the new one, and your results say “corrected”.",
    )
    permissions = forms.MultipleChoiceField(
        label="What the task may ask the browser for",
        choices=Permission.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Give only what the template uses. The browser still asks the worker before it opens a "
        "camera or a microphone. Batches keep what was chosen when they were published.",
    )
    substitutes_known_urls = forms.BooleanField(
        label="Known files come from this server",
        required=False,
        initial=True,
        help_text="Bootstrap, jQuery, Font Awesome and other files that templates load from public networks: "
        "the task gets this server’s copies, works without the internet, and tells nobody else who works. "
        "Holds at once, for published batches too. Your template stays as it is.",
    )

    def __init__(
        self, *args: Any, requester: Requester, project: Project | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        sent = self.data if isinstance(self.data, QueryDict) else None
        self.requirements = RequirementsPart(sent, requester=requester, project=project)
        groups = self.fields["groups"]
        assert isinstance(groups, forms.ModelMultipleChoiceField)
        groups.queryset = WorkerGroup.objects.filter(requester=requester, is_named=False).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Take the template from the file if one came, and ask for groups where they decide."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("html_file"):
            cleaned["html"] = text_of(cleaned["html_file"])
        # Browsers send \r\n; a template that came by another way has \n, and is no other version.
        cleaned["html"] = cleaned.get("html", "").replace("\r\n", "\n")
        cleaned["language"] = cleaned.get("language") or TemplateLanguage.MTURK
        if not cleaned["html"].strip():
            self.add_error("html", "Paste the template's HTML, or choose its file.")
        names_workers = self.project is not None and self.project.groups.filter(is_named=True).exists()
        if cleaned.get("audience") == Audience.GROUPS and not cleaned.get("groups") and not names_workers:
            self.add_error("groups", "Choose at least one group, or let every worker in.")
        if self.requirements.is_sent:
            cleaned["qualification_requirements"] = self.requirements.chosen()
            if self.requirements.has_errors:
                self.add_error(None, "Look at the qualifications that workers need.")
        return cleaned

    def sections(self) -> list[Section]:
        """Give the fields in the order and grouping of the page, the template's apart."""
        return [
            Section(
                title,
                [Property(self[n], MTURK_NAMES.get(n, ""), "$" if n == "reward" else "") for n in names],
                _MORE.get(title, ""),
            )
            for title, names in SECTIONS.items()
        ]

    def properties(self) -> dict[str, Any]:
        """Give what the actions take, in the domain's names and units."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "html_file"}
        for name, field in FIELD_NAMES.items():
            given[name] = given.pop(field)
        return given


def initial_of_new() -> dict[str, Any]:
    """Give what the form shows of a project that is still to be made."""
    is_random = settings.KEMPELEN_NEXT_HIT_RANDOM
    return {"html": editor.starter(), "queue_order": QueueOrder.RANDOM if is_random else QueueOrder.OLDEST}


def initial_of(project: Project) -> dict[str, Any]:
    """Give what the form shows of a project that there is already."""
    same = (
        "name",
        "title",
        "description",
        "keywords",
        "max_assignments",
        "audience",
        "queue_order",
        "requester_annotation",
        "allows_corrections",
        "permissions",
        "substitutes_known_urls",
    )
    initial: dict[str, Any] = {name: getattr(project, name) for name in same}
    initial |= {field: getattr(project, name) for name, field in FIELD_NAMES.items()}
    version = project.template.current_version
    return initial | {"html": version.html, "language": version.language, "groups": project.groups.all()}
