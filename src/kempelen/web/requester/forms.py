"""How forms and actions share the work: forms check shape, actions check rules.

A refusal that names a property is shown at its field, any other above the form.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kempelen.domain import money
from kempelen.domain.actions.project_conflicts import ChangedMeanwhile
from kempelen.domain.errors import FileRefused, InvalidValue, NotFound, Refusal
from kempelen.web.ui import words

UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
_UNIT_CHOICES = [(seconds, name) for name, seconds in UNITS.items()]


@contextmanager
def actions_may_refuse(form: forms.Form, names: Mapping[str, str] | None = None) -> Iterator[None]:
    """Put what an action refuses inside the block into the form's errors, and go on after the block.

    `names` gives the form's field for a property that the domain calls otherwise.
    """
    try:
        yield
    except InvalidValue as refused:
        field = (names or {}).get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, str(refused))
    except (FileRefused, NotFound, ChangedMeanwhile):
        raise
    except Refusal as refused:
        form.add_error(None, str(refused))


class AmountField(forms.CharField):
    """An amount of dollars, as whole cents within `limits`."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, limits: tuple[int, int], **options: Any) -> None:
        super().__init__(**options)
        self.limits = limits

    def prepare_value(self, value: Any) -> Any:
        """Show cents as dollars; what somebody typed stays as typed."""
        return str(money.dollars_of(value)) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Give the cents."""
        text = super().clean(value)
        if not text:
            return 0
        try:
            cents = money.cents_of(text)
        except money.NotAnAmount as error:
            raise ValidationError(str(error)) from error
        lowest, highest = self.limits
        if not lowest <= cents <= highest:
            raise ValidationError(f"From {words.money(lowest)} to {words.money(highest)}.")
        return cents


class DurationWidget(forms.MultiWidget):
    """A number and its unit."""

    template_name = "requester/widgets/duration.html"
    use_fieldset = False

    def __init__(self) -> None:
        number = forms.NumberInput(attrs={"min": 0, "step": "any"})
        unit = forms.Select(choices=_UNIT_CHOICES)
        super().__init__([number, unit])

    def decompress(self, value: int | None) -> list[Any]:
        """Give the span in the largest unit that makes a whole number of it."""
        if value is None:
            return [None, 60]
        unit = next(unit for unit in sorted(UNITS.values(), reverse=True) if value % unit == 0)
        return [0, 60] if value == 0 else [value // unit, unit]

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Let the label name the number; the unit says itself what it is."""
        return f"{id_}_0"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the unit for those who hear the page."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        number, unit = context["widget"]["subwidgets"]
        unit["attrs"] = {k: v for k, v in unit["attrs"].items() if not k.startswith("aria-")}
        unit["attrs"]["aria-label"] = "Unit of time"
        number["attrs"].pop("autofocus", None)
        return context


class DurationField(forms.MultiValueField):
    """A span of time, as whole seconds within `limits`."""

    widget = DurationWidget

    def __init__(self, *, limits: tuple[int, int], **options: Any) -> None:
        self.limits = limits
        number = forms.DecimalField(min_value=0, max_digits=12, decimal_places=4)
        unit = forms.TypedChoiceField(
            choices=[(seconds, name) for name, seconds in UNITS.items()], coerce=int
        )
        super().__init__([number, unit], require_all_fields=True, **options)

    def compress(self, data_list: list[Any]) -> int | None:
        """Give the seconds."""
        if not data_list:
            return None
        number, unit = data_list
        seconds = int(Decimal(number) * unit)
        lowest, highest = self.limits
        if not lowest <= seconds <= highest:
            raise ValidationError(f"From {words.duration(lowest)} to {words.duration(highest)}.")
        return seconds
