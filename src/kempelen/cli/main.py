"""The command line: which commands there are, and the one door through which their failures leave."""

import contextlib
import importlib
import os
import sys
from collections.abc import Callable
from typing import NoReturn

import typer
from django.db import DatabaseError, OperationalError

from kempelen.cli import completing, interrupted
from kempelen.config import program
from kempelen.config.data_folder import Unusable
from kempelen.config.env import BadSettings
from kempelen.domain.errors import Refusal
from kempelen.toolkit.troubles import Trouble

SETTINGS = "kempelen.config.settings"
SERVING = "kempelen.config.serving"

# Each command is a function of its own name in its own module; the settings are those it starts Django with.
# Only the module of the command that was asked for is imported, so that help is quick.
COMMANDS = {
    "serve": ("Start the server.", SERVING),
    "demo": ("Start a server with example projects, ready to try.", SERVING),
    "publish-hits": ("Publish a HIT for each row of a CSV file.", SETTINGS),
    "dump-results": ("Write the answers to a template's HITs to a CSV file.", SETTINGS),
    "login-link": ("Print a link that logs a user in, once.", SETTINGS),
    "invite": ("Print a link with which people can sign up.", SETTINGS),
    "import-turkle": ("Bring what is in a Turkle database here.", SETTINGS),
    "worker-group": ("Make a worker group, and change who is in it.", SETTINGS),
    "masters": ("Give workers the Masters qualification, or take it away.", SETTINGS),
    "add-user": ("Make a user.", SETTINGS),
    "add-requester": ("Make a requester, an account that owns projects.", SETTINGS),
    "administrators": ("Name the users who administer the server, or dismiss them.", SETTINGS),
    "access-key": ("Make, list and revoke the keys with which programs call the API.", SETTINGS),
    "token": ("Make, list and revoke the tokens with which programs use Turkle's API.", SETTINGS),
    "clock": ("Look at the clock of a sandbox, and move it.", SETTINGS),
    "trouble": ("Let a sandbox fail on demand, to see what gets through.", SETTINGS),
    "env": ("Print what a shell needs for boto3 and aws to call this server.", SETTINGS),
    "aws-model": ("Give boto3 and the AWS CLI Kempelen's model of MTurk.", ""),
    "examples": ("List the example projects, or write one into a folder.", ""),
    "crowd-elements": ("Print the script of our Crowd HTML Elements, for use anywhere.", ""),
    "statistics": ("Count the figures of the statistics pages anew.", SETTINGS),
    "settings": ("List the settings, their values and what they are for.", ""),
    "backup": ("Write a backup of the data folder, also while the server runs.", ""),
    "restore": ("Make a data folder of a backup.", ""),
    "snapshot": ("Keep the state of a rehearsal, and go back to it.", ""),
    "completion": ("Print what a shell needs to complete commands.", ""),
    "check": ("Say what a public server still lacks.", SERVING),
    "migrate": ("Bring the database up to date.", SETTINGS),
}
# These speak MTurk's API to any server, and need neither settings nor data folder.
OVER_THE_API = {
    "publish": "Publish a HIT for each row of a file, over the API.",
    "status": "Say how far batches are.",
    "watch": "Watch a batch being worked on.",
    "results": "Fetch what workers submitted.",
    "review": "Go through what waits, by single keys.",
    "approve": "Approve assignments.",
    "reject": "Reject assignments.",
    "bonus": "Pay bonuses.",
    "extend": "Let HITs be given out for longer.",
    "expire": "Give HITs out no more.",
    "add-assignments": "Ask more workers for HITs.",
    "delete": "Delete HITs.",
    "hit": "Show a HIT.",
    "assignment": "Show an assignment.",
    "workers": "Say who worked.",
    "block": "Keep workers from your HITs.",
    "unblock": "Let blocked workers in again.",
    "notify": "Write to workers.",
    "notifications": "Have events told to your programs.",
    "qualification": "Make qualifications, and give them to workers.",
    "preview": "Show a template as workers would see it, while it is written.",
    "lint": "Say what will not work in a template.",
    "balance": "Say what the account has.",
    "profile": "Name a server with its access key.",
    "rehearse": "Try a batch out with simulated workers.",
    "run": "Run a program that calls Amazon’s MTurk against your own server.",
}
# What stands after the first word of these is somebody else's, also if it looks like an option.
WRAPPING = {"run"}
# These look at what there is; the others begin a data folder where there is none.
LOOKING = {"dump-results", "login-link", "check", "clock", "trouble"}

# May stand before the command too: `kempelen --profile lab status tweets`.
_BEFORE = {"--profile": "KEMPELEN_PROFILE", "--endpoint-url": "KEMPELEN_ENDPOINT_URL"}

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def kempelen(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    """Kempelen: your own Mechanical Turk.

    Start with `kempelen demo`, or with `kempelen serve` for a server of your own.
    """
    if version:
        typer.echo(program.VERSION)


def run() -> NoReturn:
    """Do what the command line says; exit with status 1 and a plain sentence if that fails."""
    arguments = sys.argv[1:]
    if completing.is_asked_for(os.environ):
        _complete()
    try:
        _refuse_other_bytes(arguments)
        arguments = _with_dashes(_without_options_before(arguments))
        _register(arguments)
        status = _status_of(arguments)
    except BadSettings as problems:
        _fail("\n".join(["Some settings make no sense:", *(f"  {line}" for line in problems.problems)]))
    except (Unusable, Refusal, Trouble) as problem:
        _fail(str(problem))
    except DatabaseError as problem:
        # Its kinds that name what we did wrong keep their tracebacks.
        if type(problem) not in {DatabaseError, OperationalError}:
            raise
        _fail(f"The database failed: {str(problem).strip()}.")
    except BrokenPipeError:
        _fail("The output was cut short: whoever read it has gone.")
    except OSError as problem:
        _fail(
            f"{problem.filename or 'Something could not be read or written'}: {problem.strerror or problem}."
        )
    sys.exit(status)


def _complete() -> NoReturn:
    """Tell a shell what could stand next; nothing is begun, and whatever fails just completes nothing."""
    completing.prepare()
    words = completing.words_so_far(os.environ)
    with contextlib.suppress(Exception):
        _register(_with_dashes(_without_options_before(words))[:1], is_help=True)
        app(prog_name="kempelen")
    sys.exit(0)


def _refuse_other_bytes(arguments: list[str]) -> None:
    """Refuse arguments that no page or file could show."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            shown = os.fsencode(argument).decode(errors="backslashreplace")
            raise Unusable(f"{shown} is not UTF-8. Write arguments and names of files in UTF-8.") from error


def _status_of(arguments: list[str]) -> str | int | None:
    """Do what the arguments say; gives the exit status when all that was said has been written."""
    status: str | int | None = 0
    try:
        app(arguments, prog_name="kempelen")
    except SystemExit as end:
        # Typer ends silently when nobody reads on.
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        status = end.code
    sys.stdout.flush()
    return status


def _with_dashes(arguments: list[str]) -> list[str]:
    """The arguments, with `publish_hits` understood as `publish-hits`."""
    if arguments and arguments[0].replace("_", "-") in COMMANDS.keys() | OVER_THE_API.keys():
        return [arguments[0].replace("_", "-"), *arguments[1:]]
    return arguments


def _without_options_before(arguments: list[str]) -> list[str]:
    """The arguments less the options before the command, which are put where commands look for them."""
    while arguments:
        name, equals, value = arguments[0].partition("=")
        if name not in _BEFORE or not (equals or arguments[1:]):
            return arguments
        os.environ[_BEFORE[name]] = value if equals else arguments[1]
        arguments = arguments[1 if equals else 2 :]
    return arguments


def _register(arguments: list[str], *, is_help: bool = False) -> None:
    """Tell Typer of the commands: of the one asked for by its function, of the others by their names."""
    asked = arguments[0] if arguments else ""
    for name, (summary, settings) in COMMANDS.items():
        if name != asked:
            app.command(name, short_help=summary)(_elsewhere)
            continue
        if settings:
            # Commands that speak the API start without Django's database, in a third less time.
            importlib.import_module("kempelen.cli.start").django(
                settings, [*arguments, *(["--help"] if is_help else [])], may_begin_folder=name not in LOOKING
            )
        app.command(name, short_help=summary)(function_of(name))
    for name, summary in OVER_THE_API.items():
        context = {"allow_interspersed_args": False} if name in WRAPPING else None
        function = function_of(name) if name == asked else _elsewhere
        if name not in WRAPPING:
            function = interrupted.heeding(function)
        app.command(name, short_help=summary, context_settings=context)(function)


def function_of(name: str) -> Callable[..., None]:
    """Give the function of a command; its module is imported."""
    package, module = "mturk" if name in OVER_THE_API else "server", name.replace("-", "_")
    found: Callable[..., None] = getattr(importlib.import_module(f"kempelen.cli.{package}.{module}"), module)
    return found


def _elsewhere() -> None:
    """Stand in for a command that was not asked for."""


def _fail(message: str) -> NoReturn:
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        # What cannot be written would be tried again, and complained of, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)
