"""The properties of a qualification type, as people edit them."""

from typing import Any

from django import forms

from kempelen.domain.actions.qualification_types import INTEGERS, LONGEST, TypeProperties
from kempelen.domain.models import QualificationType
from kempelen.web.requester.forms import DurationField

ASKED, AT_ONCE, BY_TEST = "asked", "at_once", "test"
ONCE, AGAIN = "once", "again"
_HUNDRED_YEARS = 3_153_600_000
_USUAL_TEST_SECONDS = 1_800
_WAYS = [
    (ASKED, "They ask, and you decide; or you give it to whom you choose"),
    (AT_ONCE, "Whoever asks gets it at once"),
    (BY_TEST, "They take a test"),
]
_RETRIES = [(ONCE, "Once, ever"), (AGAIN, "Again, after a while")]
# How the domain's refusals name the fields.
FIELD_NAMES = {
    "Name": "name",
    "Description": "description",
    "Keywords": "keywords",
    "TestDurationInSeconds": "test_duration",
    "RetryDelayInSeconds": "retry_delay",
    "AutoGranted": "way",
    "AutoGrantedValue": "auto_granted_value",
}


class TypeForm(forms.Form):
    """A qualification type but for its test; name and keywords stay as they were first given."""

    name = forms.CharField(
        max_length=LONGEST["name"],
        help_text="Workers see it. It is yours alone, and stays as you give it now.",
    )
    description = forms.CharField(
        max_length=LONGEST["description"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What holding it means, and how it is got.",
    )
    keywords = forms.CharField(
        required=False,
        max_length=LONGEST["keywords"],
        help_text="With commas between them; workers search for these too. They stay as you give them now.",
    )
    status = forms.ChoiceField(
        choices=[("Active", "Active"), ("Inactive", "Inactive: nobody can ask for it or newly require it")],
        initial="Active",
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(
        label="How workers get it", choices=_WAYS, initial=ASKED, widget=forms.RadioSelect
    )
    auto_granted_value = forms.IntegerField(
        label="Value that they get",
        initial=1,
        min_value=INTEGERS[0],
        max_value=INTEGERS[1],
    )
    test_duration = DurationField(
        limits=(1, _HUNDRED_YEARS),
        label="Time for the test",
        initial=_USUAL_TEST_SECONDS,
        help_text="From its beginning to its answers; later ones do not count.",
    )
    retry = forms.ChoiceField(
        label="How often a worker may ask", choices=_RETRIES, initial=ONCE, widget=forms.RadioSelect
    )
    retry_delay = DurationField(limits=(0, _HUNDRED_YEARS), label="After", initial=86_400)

    def __init__(self, *args: Any, kind: QualificationType | None = None, **kwargs: Any) -> None:
        if kind is not None:
            kwargs.setdefault("initial", _initial_of(kind))
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind is not None:
            for name in ("name", "keywords"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "It stays as it was given; MTurk never let it be changed."
            self.fields["description"].required = bool(kind.description)

    def clean(self) -> dict[str, Any]:
        """Pass over what the chosen way has no use for; refuse what MTurk's rules never take back."""
        cleaned: dict[str, Any] = super().clean() or {}
        way, retry = cleaned.get("way"), cleaned.get("retry")
        for name, is_used in {
            "test_duration": way == BY_TEST,
            "auto_granted_value": way == AT_ONCE,
            "retry_delay": retry == AGAIN,
        }.items():
            if not is_used:
                self.errors.pop(name, None)
        if self.kind is not None and self.kind.test and way != BY_TEST:
            self.add_error("way", "A test cannot be taken away from a type, only replaced.")
        if self.kind is not None and self.kind.retry_delay_seconds is not None and retry == ONCE:
            self.add_error(
                "retry", "A delay can be changed, not taken away: workers were told that they may."
            )
        return cleaned

    @property
    def has_test(self) -> bool:
        """Whether the type has a test, by what is chosen."""
        return str(self["way"].value()) == BY_TEST

    def properties(self) -> TypeProperties:
        """Give what the actions take, less the test's documents."""
        given = self.cleaned_data
        properties = TypeProperties(
            description=given["description"],
            status=given["status"],
            is_auto_granted=given["way"] == AT_ONCE,
        )
        if self.kind is None:
            properties |= TypeProperties(name=given["name"].strip(), keywords=given["keywords"])
        if given["way"] == AT_ONCE:
            properties["auto_granted_value"] = given["auto_granted_value"]
        if given["way"] == BY_TEST:
            properties["test_duration_seconds"] = given["test_duration"]
        if given["retry"] == AGAIN:
            properties["retry_delay_seconds"] = given["retry_delay"]
        return properties


def _initial_of(kind: QualificationType) -> dict[str, Any]:
    has_value = kind.auto_granted_value is not None
    return {
        "name": kind.name,
        "description": kind.description,
        "keywords": kind.keywords,
        "status": kind.status,
        "way": BY_TEST if kind.test else AT_ONCE if kind.is_auto_granted else ASKED,
        "auto_granted_value": kind.auto_granted_value if has_value else 1,
        "test_duration": kind.test_duration_seconds or _USUAL_TEST_SECONDS,
        "retry": ONCE if kind.retry_delay_seconds is None else AGAIN,
        "retry_delay": 86_400 if kind.retry_delay_seconds is None else kind.retry_delay_seconds,
    }
