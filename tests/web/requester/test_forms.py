import pytest
from django import forms

from kempelen.domain.errors import InvalidValue, WrongState
from kempelen.web.requester.forms import AmountField, DurationField, actions_may_refuse


class Pay(forms.Form):
    reward = AmountField(limits=(0, 1000))
    time = DurationField(limits=(0, 86_400))


def pay(**given: str) -> Pay:
    form = Pay({"reward": "0.05", "time_0": "5", "time_1": "60"} | given)
    form.is_valid()
    return form


@pytest.mark.parametrize(("typed", "cents"), [("0.05", 5), ("$1", 100), ("0", 0), (" 2.50 ", 250)])
def test_an_amount_is_dollars_and_becomes_cents(typed, cents):
    assert pay(reward=typed).cleaned_data["reward"] == cents


@pytest.mark.parametrize("typed", ["0.005", "five", "-1", "1e3"])
def test_an_amount_that_is_none_is_told_at_its_field(typed):
    assert "is not an amount" in pay(reward=typed).errors["reward"][0]


@pytest.mark.parametrize(
    ("number", "unit", "seconds"), [("5", "60", 300), ("1.5", "3600", 5400), ("0", "1", 0)]
)
def test_a_span_is_a_number_and_a_unit_and_becomes_seconds(number, unit, seconds):
    assert pay(time_0=number, time_1=unit).cleaned_data["time"] == seconds


@pytest.mark.parametrize(
    ("seconds", "shown"), [(5400, [90, 60]), (86_400, [1, 86_400]), (61, [61, 1]), (0, [0, 60])]
)
def test_a_span_is_shown_in_the_largest_unit_that_fits(seconds, shown):
    assert Pay().fields["time"].widget.decompress(seconds) == shown


def test_what_is_beyond_the_limits_is_told_in_friendly_units():
    errors = pay(reward="10.01", time_0="2", time_1="86400").errors
    assert errors == {"reward": ["From $0.00 to $10.00."], "time": ["From 0 seconds to 1 day."]}


def test_the_unit_has_a_name_of_its_own_for_those_who_hear_the_page():
    html = str(Pay()["time"])
    assert html.count('aria-label="Unit of time"') == 1
    assert Pay()["time"].id_for_label == "id_time_0"


def test_a_refusal_is_shown_at_the_field_that_it_names():
    form = pay()
    with actions_may_refuse(form, {"reward_cents": "reward"}):
        raise InvalidValue("reward_cents", "Too much.")
    assert form.errors == {"reward": ["Too much."]}


def test_a_refusal_of_the_whole_is_shown_above_the_form():
    form = pay()
    with actions_may_refuse(form):
        raise WrongState("Not now.")
    assert form.non_field_errors() == ["Not now."]
