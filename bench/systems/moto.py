"""moto, the AWS that programs are tested with: `moto_server` from the environment of the tests."""

import json
from pathlib import Path

from bench.calling import SQS, Client
from bench.systems import programs

MESSAGE = "What is in the picture? " * 20
# Few, since moto looks at all of them for each that is received.
_READY = 20


class Moto:
    """A server of moto's, all in memory, with a queue to send to and another to receive from."""

    def __init__(self, folder: str) -> None:
        url = f"http://127.0.0.1:{programs.free_port()}"
        self.program = programs.Program(
            [programs.own_python().with_name("moto_server"), "-H", "127.0.0.1", "-p", url.rpartition(":")[2]],
            url=f"{url}/moto-api/",
            folder=Path(folder),
            environment=programs.clean_environment(),
        )
        self.url, self.pids = url, (self.program.pid,)
        client = self.client()
        self.to_send_to, self.to_receive_from = (_queue(client, name) for name in ("sent", "received"))
        for _ in range(_READY):
            client.call("SendMessage", {"QueueUrl": self.to_receive_from, "MessageBody": MESSAGE})

    def client(self) -> Client:
        """Give a program that calls it."""
        return Client(self.url, SQS, "AKIAIOSFODNN7EXAMPLE", "a secret that moto does not look at")

    def empty(self) -> None:
        """Forget what was sent: each message costs moto more, the more there are."""
        self.client().call("PurgeQueue", {"QueueUrl": self.to_send_to})

    def stop(self) -> None:
        """End it."""
        self.program.stop()


def _queue(client: Client, name: str) -> str:
    """Make a queue whose messages are never hidden, so that there is always something to receive."""
    made = client.call("CreateQueue", {"QueueName": name, "Attributes": {"VisibilityTimeout": "0"}})
    return str(json.loads(made.body)["QueueUrl"])
