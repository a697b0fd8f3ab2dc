"""What members fill in about one worker, or about many at once."""

from typing import Any

from django import forms

from kempelen.domain import money
from kempelen.domain.actions import notices, payments, worker_notes, workers_changes
from kempelen.domain.ids import new_id
from kempelen.domain.models import QualificationType, WorkerGroup


def _text(label: str, most: int, *, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class NoteForm(forms.Form):
    """A note."""

    prefix = "note"
    text = _text(
        "New note", worker_notes.LONGEST, help_text="Members of this requester see it; workers never do."
    )


class ReasonForm(forms.Form):
    """Why a worker is blocked."""

    prefix = "block"
    reason = _text("Reason", workers_changes.LONGEST_REASON, rows=2, help_text="The worker is not told.")


class MessageForm(forms.Form):
    """A message to workers."""

    prefix = "message"
    subject = forms.CharField(max_length=notices.LONGEST_SUBJECT)
    text = _text("Message", notices.LONGEST_TEXT, rows=5)


class BonusForm(forms.Form):
    """A bonus outside any HIT; the token makes a form that is sent twice pay once."""

    prefix = "bonus"
    amount = forms.CharField(
        label="Amount in dollars", max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    reason = _text("Reason", payments.LONGEST_REASON, rows=2, help_text="The worker reads it.")
    token = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_id)

    def clean_amount(self) -> int:
        """Give the amount in cents."""
        try:
            return money.cents_of(self.cleaned_data["amount"])
        except money.NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error


class GrantForm(forms.Form):
    """A qualification for a worker, or another value of it."""

    prefix = "grant"
    qualification = forms.ChoiceField(label="Qualification type")
    value = forms.IntegerField(initial=1, min_value=-(2**31), max_value=2**31 - 1)
    tells = forms.BooleanField(label="Tell the worker", required=False, initial=True)

    def __init__(self, *args: Any, types: list[QualificationType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualification"] = _choice("Qualification type", [(t.public_id, t.name) for t in types])


class IntoGroupForm(forms.Form):
    """A group to put a worker into."""

    prefix = "into"
    group = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, groups: list[WorkerGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = _choice("Worker group", [(g.pk, g.name) for g in groups])


class ChangeForm(forms.Form):
    """What a change to many workers needs; `kind` says which of the fields there are."""

    subject = forms.CharField(max_length=notices.LONGEST_SUBJECT)
    text = _text("Message", notices.LONGEST_TEXT, rows=6)
    reason = _text("Reason", workers_changes.LONGEST_REASON, rows=2)
    value = forms.IntegerField(initial=1, min_value=-(2**31), max_value=2**31 - 1)
    tells = forms.BooleanField(label="Tell the workers", required=False, initial=True)

    _NEEDED = {
        "message": ("subject", "text"),
        "block": ("reason",),
        "unblock": (),
        "grant": ("qualification", "value", "tells"),
        "revoke": ("qualification", "reason"),
        "add": ("group",),
    }

    def __init__(
        self, *args: Any, kind: str, types: list[QualificationType], groups: list[WorkerGroup], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualification"] = _choice("Qualification type", [(t.public_id, t.name) for t in types])
        self.fields["group"] = _choice("Worker group", [(g.pk, g.name) for g in groups])
        needed = self._NEEDED[kind]
        self.fields = {name: self.fields[name] for name in needed}
        if kind == "block":
            self.fields["reason"].help_text = "Members of this requester read it; the workers are not told."
        if kind == "revoke":
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "The workers read it."


def _choice(label: str, choices: list[tuple[Any, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Choose…"), *choices])
