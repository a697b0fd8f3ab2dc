import re

import boto3
import pytest

from kempelen import examples
from tests.cli.browsing import Browser, links_in
from tests.servers import new_server


@pytest.fixture(scope="module")
def demo():
    """The demo, running."""
    with new_server(verb="demo") as server:
        yield server.start()


def test_the_demo_logs_in_a_worker_who_finds_the_examples(demo):
    worker, _ = links_in(demo.log())

    status, page = Browser().log_in(worker)

    assert status == 200
    assert all(example.title in page for example in examples.of_the_demo())


def test_the_demo_logs_in_a_requester_who_owns_the_examples(demo):
    _, requester = links_in(demo.log())
    browser = Browser()
    browser.log_in(requester)

    status, page = browser.open(f"{demo.url}/r/demo/projects/")

    assert status == 200
    assert all(example.name in page for example in examples.of_the_demo())


def test_the_demo_says_how_to_get_further_links(demo):
    assert f"login-link cleo --data-dir {demo.folder}" in demo.log()
    assert demo.run("login-link", "ada").startswith(demo.url)


def test_a_second_start_keeps_the_data_and_prints_new_links(demo):
    batches = demo.rows("SELECT count(*) FROM kempelen_batch")
    demo.stop()

    demo.start()

    assert demo.rows("SELECT count(*) FROM kempelen_batch") == batches == [(len(examples.OF_THE_DEMO),)]
    assert Browser().log_in(links_in(demo.log())[-2])[0] == 200


def test_the_demo_keeps_out_of_a_server_of_your_own(shell_of_ben):
    done = shell_of_ben.run("demo", "--port", "0", status=1)

    assert "Give the demo another folder" in done.stderr


def test_the_demo_prints_a_pair_with_which_programs_work(demo):
    key, secret = re.findall(r"AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)=(\S+)", demo.log())[-2:]
    mturk = boto3.client(
        "mturk",
        endpoint_url=demo.url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )
    assert mturk.get_account_balance()["AvailableBalance"] == "10000.00"
    mturk.close()
    assert f'eval "$({demo.program} env --data-dir {demo.folder})"; aws mturk list-hits' in demo.log()
