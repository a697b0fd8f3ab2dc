"""Fixtures for pipelines under test: a fresh MTurk endpoint, and who and what it needs to rehearse.

pytest loads this module in every environment that Kempelen is installed in, so that it imports nothing but
pytest: what a fixture needs comes when a test asks for that fixture.
"""

import contextlib
import importlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from kempelen.rehearsal.crowd.crowds import Crowd
    from kempelen.rehearsal.remote_clock import RemoteClock
    from kempelen.rehearsal.remote_trouble import RemoteTrouble
    from kempelen.rehearsal.server import Server

SCOPES = ("function", "class", "module", "package", "session")
_LOG_SHOWN = 10_000
Scope = Literal["session", "package", "module", "class", "function"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings of a project's pytest.ini or pyproject.toml."""
    parser.addini(
        "mturk_server_scope",
        "How long one throw-away server serves: function (the default), class, module, package or session.",
        default="function",
    )
    parser.addini(
        "mturk_settings",
        "Settings of throw-away servers, one KEMPELEN_NAME=value a line.",
        type="linelist",
        default=[],
    )
    parser.addini("mturk_seed", "The seed of simulated crowds; 0 unless it is set.", default="0")
    parser.getgroup("kempelen").addoption(
        "--mturk-seed", metavar="NUMBER", help="The seed of simulated crowds, in place of mturk_seed."
    )


def _scope_of_server(fixture_name: str, config: pytest.Config) -> Scope:
    scope: Scope = config.getini("mturk_server_scope")
    if scope not in SCOPES:
        raise pytest.UsageError(f"mturk_server_scope is {scope!r}: write one of {', '.join(SCOPES)}.")
    return scope


@pytest.fixture(scope=_scope_of_server)
def mturk_server(pytestconfig: pytest.Config) -> Iterator["Server"]:
    """A fresh MTurk endpoint on this machine, with nothing in it and nobody else on it.

    `.url`, `.access_key_id` and `.secret_access_key` are for programs, `.client()` makes boto3 clients,
    `.workers(20)` makes workers with log-in links, `.log()` is what it printed.
    """
    with _rehearsal("server").start(settings=_settings_of(pytestconfig)) as server:
        yield server


@pytest.fixture
def mturk(mturk_server: "Server") -> Any:
    """A boto3 client of `mturk_server`."""
    return mturk_server.client()


@pytest.fixture
def mturk_environment(mturk_server: "Server", monkeypatch: pytest.MonkeyPatch) -> "Server":
    """The environment in which code that makes its own boto3 client calls `mturk_server`, which it gives.

    Programs that the code starts call it too.  For all tests of a file:
    `pytestmark = pytest.mark.usefixtures("mturk_environment")`.
    """
    for name in mturk_server.elsewhere:
        monkeypatch.delenv(name, raising=False)
    for name, value in mturk_server.environment().items():
        monkeypatch.setenv(name, value)
    # boto3's own session would go on with the keys of an earlier test.
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
    return mturk_server


@pytest.fixture
def clock(mturk_server: "Server") -> "RemoteClock":
    """The clock of `mturk_server`: `clock.advance("3d")`, and what is due by then happens."""
    made: RemoteClock = _rehearsal("remote_clock").RemoteClock(mturk_server.url, mturk_server.admin_token)
    return made


@pytest.fixture
def crowd(
    mturk_server: "Server", clock: "RemoteClock", pytestconfig: pytest.Config
) -> Iterator[Callable[..., "Crowd"]]:
    """Makes a simulated crowd: `crowd(workers=20).work(truth=lambda hit: {"kind": "fruit"})` gives a report.

    It takes a plan, the number of workers and a seed, all of which have defaults.  The same seed makes the
    same workers, who answer alike: `mturk_seed` in pytest's settings, or --mturk-seed.  Nobody waits: the
    server's clock is moved on to what happens next.
    """
    make = _rehearsal("crowd.crowds").Crowd
    with contextlib.ExitStack() as crowds:

        def come(plan: Any = None, *, seed: int | None = None, **options: Any) -> "Crowd":
            chosen = _seed_of(pytestconfig) if seed is None else seed
            made: Crowd = make(mturk_server, plan, seed=chosen, **{"clock": clock, **options})
            return crowds.enter_context(made)

        yield come


@pytest.fixture
def trouble(mturk_server: "Server") -> Iterator["RemoteTrouble"]:
    """Trouble on demand at `mturk_server`: `trouble.set(throttling=0.2, dropped=0.1, seed=7)`."""
    made: RemoteTrouble = _rehearsal("remote_trouble").RemoteTrouble(
        mturk_server.url, mturk_server.admin_token
    )
    yield made
    made.stop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Show the server's log with a test that failed."""
    outcome = yield
    report = outcome.get_result()
    server = getattr(item, "funcargs", {}).get("mturk_server")
    if server is not None and report.failed and (log := server.log()):
        report.sections.append(("Log of mturk_server", log[-_LOG_SHOWN:]))


def _rehearsal(module: str) -> Any:
    """Give a module of `kempelen.rehearsal`, imported only now."""
    return importlib.import_module(f"kempelen.rehearsal.{module}")


def _seed_of(config: pytest.Config) -> int:
    seed = config.getoption("mturk_seed")
    if seed is None:
        seed = config.getini("mturk_seed")
    try:
        return int(seed)
    except ValueError as error:
        raise pytest.UsageError(f"mturk_seed is {seed!r}: write a whole number.") from error


def _settings_of(config: pytest.Config) -> dict[str, str]:
    settings = {}
    for line in config.getini("mturk_settings"):
        name, equals, value = line.partition("=")
        if not equals or not name.strip().startswith("KEMPELEN_"):
            raise pytest.UsageError(f"mturk_settings has {line!r}: write KEMPELEN_NAME=value, one a line.")
        settings[name.strip()] = value.strip()
    return settings
