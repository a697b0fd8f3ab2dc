"""A field for a date and a time, which people give in the time of their own clock."""

import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html


class MomentWidget(forms.MultiWidget):
    """A date and a time in the browser's own field, and its time zone, which a script fills in."""

    template_name = "requester/widgets/moment.html"
    use_fieldset = False

    def __init__(self) -> None:
        when = forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M"
        )
        super().__init__({"": when, "zone": forms.HiddenInput()})

    def id_for_label(self, id_: str) -> str:
        """Give the id of the field that people see."""
        return f"{id_}_0"

    def decompress(self, value: datetime | None) -> list[Any]:
        """Give what the two show; pages of ours begin with empty ones."""
        return [value, ""]


class MomentField(forms.MultiValueField):
    """Gives a moment; without a script, times are in the server's time zone, which the field's help names."""

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        zone = settings.TIME_ZONE.replace("_", " ")
        kwargs.setdefault("help_text", format_html("In the time of <span data-zone>{}</span>.", zone))
        fields = (
            forms.DateTimeField(
                required=False,
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
                error_messages={"invalid": "Give a date and a time, such as 2026-11-30T18:00."},
            ),
            forms.CharField(required=False, max_length=100),
        )
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        """Give the moment, or None where nothing was given."""
        if not data_list or data_list[0] is None:
            if self.required:  # the zone alone is no time
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        moment: datetime = data_list[0]
        zone: str = data_list[1]
        try:
            there = zoneinfo.ZoneInfo(zone) if zone else None
        except (ValueError, OSError, LookupError):  # no such place, or no name at all
            there = None
        if there is None:
            return moment  # Django took it as the server's
        return moment.replace(tzinfo=there)
