"""The part of a project's form that says which qualifications workers need: plain choices, and rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from kempelen.domain.errors import InvalidValue, Refusal
from kempelen.domain.models import Project, QualificationType, Requester
from kempelen.domain.qualifications import place_lists, quick_choices, system_types, wording
from kempelen.domain.qualifications.quick_choices import DEFAULT_GUARD, QuickChoices
from kempelen.domain.qualifications.requirements import MOST_REQUIREMENTS, Requirement, normalise
from kempelen.domain.queries import requirements as required
from kempelen.domain.queries.requirements import names_of

GUARDS = [
    ("Accept", "sees and previews it, cannot accept it"),
    ("PreviewAndAccept", "sees it, cannot preview it"),
    ("DiscoverPreviewAndAccept", "does not see it"),
]
COMPARATORS = [
    ("GreaterThanOrEqualTo", "is at least"),
    ("GreaterThan", "is more than"),
    ("LessThanOrEqualTo", "is at most"),
    ("LessThan", "is less than"),
    ("EqualTo", "is"),
    ("NotEqualTo", "is not"),
    ("In", "is one of"),
    ("NotIn", "is none of"),
    ("Exists", "is held"),
    ("DoesNotExist", "is not held"),
]
OTHER = "other"
_MARK = "asks_requirements"
_MOST_OWN = 200
_BLANK_ROWS = 2
_LARGEST = 2**31 - 1

# A group's label, and what can be chosen in it.
TypeChoices = list[tuple[str, list[tuple[str, str]]]]


class QuickForm(forms.Form):
    """What Amazon's site offered as plain choices."""

    prefix = "quick"
    masters = forms.BooleanField(
        label="Masters only", required=False, help_text="Workers whose work an administrator vouches for."
    )
    approval_rate = forms.IntegerField(
        label="Approved share of answers, at least",
        required=False,
        min_value=0,
        max_value=100,
        help_text="Everybody counts as 100 % until 100 of their answers were reviewed.",
    )
    approved_count = forms.IntegerField(
        label="Approved answers, at least", required=False, min_value=0, max_value=_LARGEST
    )
    places = forms.CharField(
        label="Only from these countries",
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs={"placeholder": "such as DE, Austria, US-CA"}),
        help_text="Names or codes, with commas between them; US-CA is California. Workers say themselves "
        "where they are.",
    )
    adult = forms.BooleanField(
        label="Content for adults",
        required=False,
        help_text="Given only to workers who agreed to see such. Say so in the title, too.",
    )
    guard = forms.ChoiceField(label="Who does not qualify", choices=GUARDS, initial=DEFAULT_GUARD)

    def clean_places(self) -> list[place_lists.Place]:
        """Read the places."""
        try:
            return place_lists.places_in(self.cleaned_data["places"])
        except InvalidValue as refused:
            raise forms.ValidationError(str(refused)) from refused


@dataclass
class Row:
    """One requirement as it is typed, and what is wrong with it."""

    type_id: str = ""
    other_id: str = ""
    comparator: str = "GreaterThanOrEqualTo"
    values: str = ""
    guard: str = DEFAULT_GUARD
    error: str = ""

    def requirement(self) -> Requirement:
        """Give it as a program would send it, or refuse with `InvalidValue`."""
        given: Requirement = {
            "QualificationTypeId": self.other_id.strip() if self.type_id == OTHER else self.type_id,
            "Comparator": self.comparator,
            "ActionsGuarded": self.guard,
        }
        if self.comparator in ("Exists", "DoesNotExist"):
            return given
        if given["QualificationTypeId"] == system_types.masters_of(settings.KEMPELEN_MODE):
            message = "Masters is held or not, and has no value: choose “is held” or “is not held”."
            raise InvalidValue("qualification_requirements", message)
        if given["QualificationTypeId"] == system_types.LOCALE:
            return {**given, "LocaleValues": place_lists.places_in(self.values)}
        return {**given, "IntegerValues": [_integer(said) for said in self.values.replace(",", " ").split()]}


class RequirementsPart:
    """The choices and rows that a page shows, from what was sent or from the project."""

    most = MOST_REQUIREMENTS
    comparators = COMPARATORS
    guards = GUARDS
    empty_row = Row()

    def __init__(self, sent: QueryDict | None, *, requester: Requester, project: Project | None) -> None:
        self._kept: list[Requirement] = project.qualification_requirements if project else []
        self._requester = requester
        # A form without this part leaves what there is.
        self.is_sent = sent is not None and _MARK in sent
        choices, rest = quick_choices.parted(self._kept, settings.KEMPELEN_MODE)
        if sent is not None and self.is_sent:
            self.quick = QuickForm(sent)
            self.rows = _rows_in(sent)
        else:
            self.quick = QuickForm(initial=_initial_of(choices))
            self.rows = [_row_of(one) for one in rest]

    def chosen(self) -> list[Requirement]:
        """Give what is required now; where something is wrong with it, `has_errors` and the rows say so."""
        wanted: list[Requirement] = []
        if self.quick.is_valid():
            said = QuickChoices(**self.quick.cleaned_data).requirements(settings.KEMPELEN_MODE)
            try:
                wanted += self._checked(said)
            except Refusal as refusal:
                self.quick.add_error(None, str(refusal))
        for row in self.rows:
            try:
                wanted += self._checked([row.requirement()])
            except Refusal as refusal:
                row.error = str(refusal)
        return self._kept if self._is_kept(wanted) else wanted

    @property
    def has_errors(self) -> bool:
        """Whether something that was typed cannot be."""
        return bool(self.quick.errors) or any(row.error for row in self.rows)

    def shown_rows(self) -> list[Row]:
        """Give the rows, and as many empty ones as people without scripts may fill in."""
        room = max(0, self.most - len(self.rows))
        return [*self.rows, *(Row() for _ in range(min(room, _BLANK_ROWS)))]

    @cached_property
    def types(self) -> TypeChoices:
        """Give the types that a row may name: one's own, the server's, and those that are named already."""
        own = QualificationType.objects.filter(
            requester=self._requester, status=QualificationType.Status.ACTIVE
        ).order_by("name")
        mine = list(own.values_list("public_id", "name")[:_MOST_OWN])
        system = [
            (known.public_id, f"{wording.label_of(known.public_id, {})} ({known.name})")
            for known in system_types.known_to(settings.KEMPELEN_MODE).values()
            if not known.is_retired
        ]
        offered = {public_id for public_id, _ in mine + system}
        named = {row.type_id for row in self.rows} - offered - {OTHER, ""}
        names = names_of({"QualificationTypeId": public_id} for public_id in named)
        others = [(public_id, wording.label_of(public_id, names).strip("“”")) for public_id in sorted(named)]
        groups = [("Your own", mine), ("Every server’s", system), ("Required already", others)]
        return [(label, choices) for label, choices in groups if choices]

    def _checked(self, wanted: list[Requirement]) -> list[Requirement]:
        normal = normalise(wanted)
        # A type that is gone meanwhile stops publishing, not who changes something else.
        return normal if all(one in self._kept for one in normal) else required.checked(normal)

    def _is_kept(self, wanted: list[Requirement]) -> bool:
        """Tell whether that is what the project requires already, in whatever order."""
        return len(wanted) == len(self._kept) and all(one in wanted for one in self._kept)


def _rows_in(sent: QueryDict) -> list[Row]:
    """Read the rows: each sends all of its fields, so that they are lists of the same length."""
    names = ("type", "type_id", "comparator", "values", "guard")
    columns = [sent.getlist(f"requirement_{name}")[: MOST_REQUIREMENTS * 2] for name in names]
    rows = [Row(*cells) for cells in zip(*columns, strict=False)]
    known = dict(GUARDS)
    for row in rows:
        row.guard = row.guard if row.guard in known else DEFAULT_GUARD
    return [row for row in rows if row.type_id]


def _row_of(one: Requirement) -> Row:
    values = ", ".join(map(str, one.get("IntegerValues", []))) or place_lists.text_of(
        one.get("LocaleValues", [])
    )
    return Row(one["QualificationTypeId"], "", one["Comparator"], values, one["ActionsGuarded"])


def _initial_of(choices: QuickChoices) -> dict[str, Any]:
    return vars(choices) | {"places": place_lists.text_of(choices.places)}


def _integer(said: str) -> int:
    try:
        number = int(said) if len(said) <= len(str(-_LARGEST)) else _LARGEST + 1
    except ValueError:
        number = _LARGEST + 1
    if abs(number) > _LARGEST:
        raise InvalidValue("qualification_requirements", f"“{said[:60]}” is no whole number.")
    return number
