"""A server whose clock is moved, as a developer has it: boto3, `kempelen clock`, workers over HTTP."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import boto3

from kempelen.rehearsal import sandbox_calls
from kempelen.rehearsal.remote_clock import RemoteClock
from tests.domain.api_hits import html_question
from tests.servers import Server
from tests.visitors import Visitor

PATIENCE_SECONDS = 60


class Rehearsed:
    """What is done with a running server from outside."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._visitors: list[Visitor] = []
        self.token = server.run("token", "create", "--admin").strip()
        self.clock = RemoteClock(server.url, self.token)
        key = self.key = json.loads(server.run("access-key", "create", "--json"))
        self.mturk: Any = boto3.client(
            "mturk",
            endpoint_url=server.url,
            region_name="us-east-1",
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
        )

    def command(self, *words: str, status: int = 0) -> str:
        """Run `kempelen clock …` as somebody elsewhere does; gives all that it says."""
        return self.program("clock", *words, status=status)

    def program(self, *words: str, status: int = 0) -> str:
        """Run `kempelen …` as somebody elsewhere does; gives all that it says."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KEMPELEN_")}
        environment |= {"KEMPELEN_ENDPOINT_URL": self.server.url, "KEMPELEN_ADMIN_TOKEN": self.token}
        environment |= {"AWS_ACCESS_KEY_ID": self.key["AccessKeyId"]}
        environment |= {"AWS_SECRET_ACCESS_KEY": self.key["SecretAccessKey"]}
        command = [self.server.program, *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def a_hit(self, **members: Any) -> str:
        """Make a HIT that is to be approved after three days; gives its id."""
        given = {
            "Title": "Look",
            "Description": "Say what you see.",
            "Reward": "0.05",
            "AssignmentDurationInSeconds": 600,
            "AutoApprovalDelayInSeconds": 3 * 24 * 3600,
            "LifetimeInSeconds": 24 * 3600,
            "Question": html_question(),
        }
        return str(self.mturk.create_hit(**{**given, **members})["HIT"]["HITId"])

    def a_worker(self, name: str = "Cleo") -> Visitor:
        """Let a worker come and log in."""
        told = sandbox_calls.ask(self.server.url, self.token, "workers", {"names": [name]})
        visitor = Visitor(self.server.url)
        self._visitors.append(visitor)
        link = urlsplit(told["workers"][0]["login_link"]).path
        visitor.get(link)
        assert visitor.post(link).status == 302
        return visitor

    def send_home(self) -> None:
        """Let all workers hang up."""
        while self._visitors:
            self._visitors.pop().close()

    def accepted(self, worker: Visitor, hit_id: str) -> str:
        """Let the worker accept the HIT; gives the AssignmentId."""
        worker.get(f"/hits/{hit_id}/")
        answer = worker.post(f"/hits/{hit_id}/accept/")
        assert answer.location.startswith("/work/"), answer
        return answer.location.split("/")[2]

    def submitted(self, worker: Visitor, hit_id: str) -> str:
        """Let the worker do the HIT; gives the AssignmentId."""
        assignment_id = self.accepted(worker, hit_id)
        answer = worker.post("/mturk/externalSubmit", {"assignmentId": assignment_id, "answer": "yes"})
        assert "Your answer has been sent" in answer.text, answer
        return assignment_id

    def status_of(self, assignment_id: str) -> str:
        """Give the status of a submitted assignment."""
        return str(self.mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]["AssignmentStatus"])


def eventually(is_so: Callable[[], object]) -> bool:
    """Whether it becomes so while one has patience."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if is_so():
            return True
        time.sleep(0.05)
    return False
