"""Fixtures for pipelines under test: a fresh MTurk endpoint, and who and what it needs to rehearse.

pytest loads this module in every environment that Kempelen is installed in, so that it imports nothing but
pytest: what a fixture needs comes when a test asks for that fixture.
"""

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
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


def _settings_of(config: pytest.Config) -> dict[str, str]:
    settings = {}
    for line in config.getini("mturk_settings"):
        name, equals, value = line.partition("=")
        if not equals or not name.strip().startswith("KEMPELEN_"):
            raise pytest.UsageError(f"mturk_settings has {line!r}: write KEMPELEN_NAME=value, one a line.")
        settings[name.strip()] = value.strip()
    return settings
