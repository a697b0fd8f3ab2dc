"""The table of `aws mturk` beside `kempelen`: every operation is in it, and every command can be said so."""

import re
import shlex
from pathlib import Path

import botocore.session
import pytest
import typer
from botocore import xform_name

from kempelen.cli import main

pytestmark = pytest.mark.once
PAGE = Path(__file__).parents[2] / "docs/reference/aws-mturk.md"
ROWS = re.findall(r"^\| `(aws mturk [^`]+)` \| `(kempelen [^`]+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
MODEL = botocore.session.get_session().get_service_model("mturk")
OPERATIONS = {xform_name(name, "-"): MODEL.operation_model(name) for name in MODEL.operation_names}


def test_every_operation_has_its_row():
    assert {shlex.split(aws)[2] for aws, _ in ROWS} == set(OPERATIONS)
    assert PAGE.read_text("utf-8").count("| `") == len(ROWS) * 2


@pytest.mark.parametrize(
    "said",
    sorted({aws for aws, _ in ROWS} | {ours.partition(" -- ")[2] for _, ours in ROWS if " -- " in ours}),
)
def test_aws_has_these_options_and_misses_none(said: str):
    _, _, operation, *words = shlex.split(said)
    shape = OPERATIONS[operation].input_shape
    given = {word.removeprefix("--no-").removeprefix("--") for word in words if word.startswith("--")}
    assert given <= {xform_name(name, "-") for name in shape.members}
    booleans = {name for name, member in shape.members.items() if member.type_name == "boolean"}
    needed = {xform_name(name, "-") for name in shape.required_members if name not in booleans}
    assert needed <= given


@pytest.mark.parametrize("said", sorted({ours for _, ours in ROWS}))
def test_kempelen_understands_its_line(said: str):
    _, name, *words = shlex.split(said)
    app = typer.Typer(add_completion=False)
    context = {"allow_interspersed_args": False} if name in main.WRAPPING else None
    app.command(name, context_settings=context)(main.function_of(name))
    assert typer.main.get_command(app).make_context(name, words).params
