"""The plugin's fixtures, in real runs of pytest as a project has them."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from kempelen.rehearsal import prepared
from tests.cli.test_serve import eventually
from tests.rehearsal.test_server import is_alive

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.once
Run = Callable[..., pytest.RunResult]
# pytester moves the home folder away, and with it what is prepared there.
CACHE_HOME = prepared.cache_folder().parents[1]
# Plugins of this environment, and no part of a project that tests its pipeline.
OTHERS = [f"-pno:{name}" for name in ("django", "schemathesis", "hypothesispytest", "rerunfailures", "anyio")]
PROGRAM = """
import boto3

def balance():
    return boto3.client("mturk").get_account_balance()["AvailableBalance"]
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pytest on a file of tests, in a project of its own, in an environment that knows no server."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE_HOME))
    for name in [name for name in os.environ if name.startswith(("KEMPELEN_", "DJANGO_", "AWS_"))]:
        monkeypatch.delenv(name)

    def run(tests: str, *arguments: str, ini: str = "") -> pytest.RunResult:
        pytester.makepyfile(test_it=tests, program=PROGRAM)
        pytester.makeini(f"[pytest]\nfilterwarnings = error\n{ini}")
        return pytester.runpytest_subprocess(*OTHERS, *arguments)

    return run


def test_pytest_finds_the_plugin_wherever_kempelen_is_installed(run: Run) -> None:
    assert [entry.value for entry in entry_points(group="pytest11", name="kempelen")]

    shown = run("def test_it(): pass", "--fixtures")

    shown.stdout.fnmatch_lines(["mturk_server*", "*A fresh MTurk endpoint on this machine*"])


def test_a_project_that_does_not_use_it_pays_nothing(run: Run) -> None:
    tests = """
        import sys

        def test_it(request):
            assert request.config.pluginmanager.has_plugin("kempelen")
            heavy = {"django", "boto3", "botocore", "kempelen.rehearsal", "kempelen.config", "sqlite3"}
            assert not heavy & sys.modules.keys()
    """
    run(tests).assert_outcomes(passed=1)


def test_it_can_be_left_out(run: Run) -> None:
    run("def test_it(mturk): pass", "-pno:kempelen").stdout.fnmatch_lines(["*fixture 'mturk' not found*"])


def test_each_test_has_a_server_of_its_own(run: Run) -> None:
    tests = """
        import pytest

        @pytest.mark.parametrize("number", [1, 2])
        def test_it(number, mturk, mturk_server):
            mine = {"MustBeRequestable": False, "MustBeOwnedByCaller": True}
            assert mturk.list_qualification_types(**mine)["NumResults"] == 0
            mturk.create_qualification_type(Name="Mine", Description="d", QualificationTypeStatus="Active")
            assert mturk_server.url.startswith("http://127.0.0.1:")
    """
    run(tests).assert_outcomes(passed=2)


def test_it_works_in_the_processes_of_xdist(run: Run) -> None:
    tests = """
        import pytest

        @pytest.mark.parametrize("number", range(4))
        def test_it(number, mturk, mturk_environment):
            from program import balance
            assert balance() == mturk.get_account_balance()["AvailableBalance"]
    """
    run(tests, "-n", "2").assert_outcomes(passed=4)


def test_code_that_makes_its_own_client_calls_the_server_of_its_test(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of somebody else")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    tests = """
        import os, subprocess, sys
        import pytest
        from program import balance

        @pytest.mark.parametrize("number", [1, 2])
        def test_it(number, mturk_environment):
            assert balance() == "10000.00"
            subprocess.run([sys.executable, "-c", "import program; program.balance()"], check=True)

        def test_the_environment_is_as_it_was():
            assert os.environ["AWS_PROFILE"] == "nobody"
            assert "AWS_ENDPOINT_URL_MTURK" not in os.environ
    """
    run(tests).assert_outcomes(passed=3)


def test_a_crowd_a_clock_and_trouble_are_the_tests_own(run: Run) -> None:
    tests = """
        from datetime import datetime, timedelta, timezone

        def test_a_crowd_comes_from_the_seed(crowd):
            assert crowd(workers=3).seed == 7
            assert crowd(workers=3, seed=8).plan.workers == 3

        def test_the_clock_moves(clock):
            clock.advance("3d")
            assert clock.now() - datetime.now(timezone.utc) > timedelta(days=2)

        def test_trouble_is_made(mturk, trouble):
            trouble.set(throttling=1)
            try:
                mturk.get_account_balance()
            except mturk.exceptions.ClientError as error:
                assert error.response["Error"]["Code"] == "ThrottlingException"
            else:
                raise AssertionError("no trouble")

        def test_everything_is_as_it_was(mturk, clock):
            assert mturk.get_account_balance()
            assert abs(clock.now() - datetime.now(timezone.utc)) < timedelta(hours=1)
    """
    run(tests, "--mturk-seed", "7").assert_outcomes(passed=4)


def test_one_server_may_serve_the_whole_run(run: Run) -> None:
    tests = """
        import pytest
        urls = set()

        @pytest.mark.parametrize("number", [1, 2])
        def test_it(number, mturk_server):
            urls.add(mturk_server.url)
            assert len(urls) == 1
    """
    run(tests, ini="mturk_server_scope = session").assert_outcomes(passed=2)


def test_settings_of_the_server_stand_in_pytests(run: Run) -> None:
    tests = """
        import urllib.request

        def test_it(mturk_server):
            with urllib.request.urlopen(mturk_server.url) as page:
                assert "Our Lab" in page.read().decode()
    """
    run(tests, ini="mturk_settings =\n  KEMPELEN_SITE_NAME = Our Lab").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("ini", "said"),
    [
        ("mturk_server_scope = week", "*mturk_server_scope is 'week': write one of function, class*"),
        ("mturk_seed = x", "*mturk_seed is 'x': write a whole number*"),
        ("mturk_settings = SITE_NAME", "*mturk_settings has 'SITE_NAME': write KEMPELEN_NAME=value*"),
        ("mturk_settings = KEMPELEN_MODE=x", "*KEMPELEN_MODE is 'x': Write sandbox or production.*"),
    ],
)
def test_what_is_wrong_in_the_settings_is_named(run: Run, ini: str, said: str) -> None:
    done = run("def test_it(mturk_server, crowd): crowd()", ini=ini)

    assert done.ret
    assert re.search(said.replace("*", ".*"), done.stdout.str() + done.stderr.str())


def test_a_test_that_fails_shows_the_servers_log(run: Run) -> None:
    tests = """
        def test_it(mturk_server):
            with open(mturk_server.data_dir.parent / "server.log", "a") as log:
                log.write("what the server said")
            assert False
    """
    run(tests).stdout.fnmatch_lines(["*Log of mturk_server*", "*what the server said*"])


def test_a_run_that_is_killed_leaves_no_server(pytester: pytest.Pytester, run: Run) -> None:
    run("def test_it(): pass")
    pytester.makepyfile(
        test_it="""
        import sys

        def test_it(mturk_server, capfd):
            with capfd.disabled():
                print("started", mturk_server.process_id, mturk_server.data_dir, flush=True)
            sys.stdin.read()
    """
    )
    command = [sys.executable, "-m", "pytest", "-s", *OTHERS]
    pytests = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert pytests.stdout
    line = next(line for line in pytests.stdout if "started " in line)
    pid, data_dir = line.partition("started ")[2].split()
    assert is_alive(int(pid))

    pytests.send_signal(signal.SIGKILL)
    pytests.communicate()

    assert eventually(lambda: not is_alive(int(pid)))
    assert not Path(data_dir).parent.exists()
