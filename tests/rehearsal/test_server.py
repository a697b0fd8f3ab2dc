"""Throw-away servers: quick, apart from each other, and gone with whoever started them."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kempelen.rehearsal import server
from kempelen.rehearsal.crowd.crowds import connection_to
from kempelen.rehearsal.sandbox_calls import SandboxRefused
from kempelen.rehearsal.server import NotStarted, Server
from tests.cli.browsing import Browser
from tests.cli.test_serve import eventually

pytestmark = pytest.mark.once
STARTS_ONE = """
import gc, os, sys, time
from kempelen.rehearsal import server
started = server.start()
print(started.process_id, started.data_dir, flush=True)
sys.stdin.read()
"""
QUESTION = """
<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
  <HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight>
</HTMLQuestion>
"""


@pytest.fixture(scope="module")
def mturk() -> Iterator[Server]:
    with server.start() as started:
        yield started


def create_hit(of: Server) -> str:
    made = of.client().create_hit(
        Title="Say",
        Description="Say it",
        Reward="0.05",
        LifetimeInSeconds=600,
        AssignmentDurationInSeconds=600,
        Question=QUESTION,
    )
    return str(made["HIT"]["HITId"])


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has waited for yet does not."""
    try:
        os.kill(pid, 0)
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def start_elsewhere(program: str = STARTS_ONE) -> tuple[subprocess.Popen[str], int, Path]:
    """Have another program start a server; gives it, the server's process and its folder."""
    command = [sys.executable, "-c", program]
    parent = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert parent.stdout
    pid, data_dir = parent.stdout.readline().split(maxsplit=1)
    return parent, int(pid), Path(data_dir.strip())


def start_and_stop() -> None:
    with server.start() as started:
        assert started.client().get_account_balance()


def test_a_server_is_a_sandbox_with_its_owners_key_and_nothing_in_it() -> None:
    with server.start() as mturk:
        client = mturk.client()

        assert client.get_account_balance()["AvailableBalance"] == "10000.00"
        assert client.list_hits()["HITs"] == []
        assert urlsplit(mturk.url).hostname == "127.0.0.1"


def test_its_client_is_its_own_whatever_the_shell_says(
    mturk: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_ENDPOINT_URL_MTURK", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOMEBODYELSES000")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert mturk.client().get_account_balance()["AvailableBalance"] == "10000.00"
    assert connection_to(mturk).call("GetAccountBalance")["AvailableBalance"] == "10000.00"


def test_programs_call_it_past_the_networks_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    called = Server("http://127.0.0.1:8000", "A", "B")
    monkeypatch.setenv("NO_PROXY", "lab.example, db.example")
    monkeypatch.setenv("no_proxy", "lab.example")

    assert called.environment()["no_proxy"] == "lab.example,db.example,127.0.0.1"
    monkeypatch.setenv("NO_PROXY", "*")
    assert called.environment()["NO_PROXY"] == "*"


def test_secrets_are_not_shown(mturk: Server) -> None:
    shown = repr([mturk, mturk.workers(1, prefix="shown")])

    assert mturk.secret_access_key not in shown
    assert mturk.admin_token not in shown
    assert "/account/link/" not in shown


def test_servers_know_nothing_of_each_other(mturk: Server) -> None:
    create_hit(mturk)
    with server.start() as other:
        assert other.client().list_hits()["HITs"] == []
        assert other.secret_access_key != mturk.secret_access_key
        with pytest.raises(NotStarted, match="does not know this access key"):
            server.join(
                other.url, access_key_id=mturk.access_key_id, secret_access_key=mturk.secret_access_key
            )


def test_a_stopped_server_leaves_nothing() -> None:
    started = server.start()
    assert started.data_dir
    folder, pid = started.data_dir.parent, started.process_id

    started.stop()
    started.stop()

    assert not folder.exists()
    assert eventually(lambda: not is_alive(pid))


def test_a_folder_that_was_given_is_kept_and_gone_on_with(tmp_path: Path) -> None:
    with server.start(tmp_path / "data") as first:
        hit_id = create_hit(first)
    with server.start(tmp_path / "data") as second:
        hits = second.client().list_hits()["HITs"]

    assert [hit["HITId"] for hit in hits] == [hit_id]


def test_a_folder_that_is_in_use_is_named(tmp_path: Path) -> None:
    with (
        server.start(tmp_path / "data"),
        pytest.raises(NotStarted, match=r"Another Kempelen server .* using"),
    ):
        server.start(tmp_path / "data")


def test_two_hundred_workers_have_links_that_log_in(mturk: Server) -> None:
    workers = mturk.workers(200)
    more = mturk.workers(1)

    assert [workers[0].name, workers[199].name, more[0].name] == ["worker-1", "worker-200", "worker-201"]
    assert len({worker.worker_id for worker in workers}) == 200
    status, page = Browser().log_in(workers[7].login_link)
    assert status == 200
    assert "worker-8" in page


def test_a_running_server_is_joined_and_outlives_that(mturk: Server) -> None:
    joined = server.join(
        mturk.url + "/",
        access_key_id=mturk.access_key_id,
        secret_access_key=mturk.secret_access_key,
        admin_token=mturk.admin_token,
    )
    with joined:
        assert joined.workers(1, prefix="joined")[0].login_link.startswith(mturk.url)

    assert mturk.client().get_account_balance()


def test_what_needs_an_administrator_says_how_to_get_a_token(mturk: Server) -> None:
    joined = server.join(
        mturk.url, access_key_id=mturk.access_key_id, secret_access_key=mturk.secret_access_key
    )

    with pytest.raises(SandboxRefused, match="kempelen token create --admin"):
        joined.workers(1)


def test_a_server_that_is_not_there_cannot_be_joined() -> None:
    with pytest.raises(NotStarted, match=r"http://127\.0\.0\.1:1 .*Is the server running"):
        server.join("http://127.0.0.1:1", access_key_id="A", secret_access_key="B")


def test_one_that_does_not_start_shows_its_log() -> None:
    with pytest.raises(NotStarted, match="KEMPELEN_MODE is 'x': Write sandbox or production"):
        server.start(settings={"KEMPELEN_MODE": "x"})


def test_settings_may_name_the_port() -> None:
    with server.start(settings={"KEMPELEN_CONTENT_ORIGIN": "http://*.tasks.localhost:{port}"}) as started:
        assert started.client().get_account_balance()


def test_what_the_shell_says_of_other_servers_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMPELEN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setenv("KEMPELEN_MODE", "production")

    with server.start() as started:
        assert started.workers(1)


def test_servers_may_be_started_after_whatever_forks_them_was_killed() -> None:
    survives = STARTS_ONE.replace(
        "sys.stdin.read()",
        """
with open(f"/proc/{started.process_id}/stat") as facts:
    nursery = int(facts.read().split()[3])
os.kill(nursery, 9)
os.waitid(os.P_PID, nursery, os.WEXITED | os.WNOWAIT)
started.stop()
client = server.start().client()
gc.collect()
print(client.get_account_balance()["AvailableBalance"])
""",
    )
    parent, _, _ = start_elsewhere(survives)

    assert parent.communicate()[0].strip() == "10000.00"


def test_a_process_that_was_forked_starts_servers_of_its_own(mturk: Server) -> None:
    forked = multiprocessing.get_context("fork").Process(target=start_and_stop)
    forked.start()
    forked.join()

    assert forked.exitcode == 0
    assert mturk.client().get_account_balance()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_and_its_folder_go_with_whoever_started_it(how: signal.Signals) -> None:
    parent, pid, data_dir = start_elsewhere()
    assert is_alive(pid)

    parent.send_signal(how)
    parent.communicate()

    assert eventually(lambda: not is_alive(pid))
    assert not data_dir.parent.exists()


def test_a_process_that_the_parent_forked_keeps_no_server_alive() -> None:
    forks = "if os.fork() == 0: time.sleep(600)\nos._exit(0)"
    parent, pid, data_dir = start_elsewhere(STARTS_ONE.replace("sys.stdin.read()", forks))
    try:
        parent.wait()
        assert eventually(lambda: not is_alive(pid))
        assert not data_dir.parent.exists()
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        parent.communicate()


def test_a_server_goes_with_who_was_killed_before_reading_its_answer() -> None:
    asks_and_reads_nothing = """
import select, sys, tempfile
from pathlib import Path
from kempelen.rehearsal.process import Process

folder = Path(tempfile.mkdtemp(prefix="kempelen-rehearsal-"))
order = {"data_dir": str(folder / "data"), "settings": {}, "remove": str(folder)}
process = Process(order, folder / "log")
select.select([process._talk], [], [])
answer = process._talk.recv(1 << 16, 2)  # MSG_PEEK: it stays unread
print(answer.split(b'"process_id": ')[1].split(b",")[0].decode(), folder / "data", flush=True)
sys.stdin.read()
"""
    parent, pid, data_dir = start_elsewhere(asks_and_reads_nothing)
    assert is_alive(pid)

    parent.kill()
    parent.communicate()

    assert eventually(lambda: not is_alive(pid))
    assert not data_dir.parent.exists()


def test_a_server_starts_where_the_current_folder_has_been_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    with server.start() as started:
        assert started.client().get_account_balance()
