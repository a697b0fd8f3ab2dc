import hashlib
import json
import shutil

import pytest

from tests.cli.amazon_tools import endpoint_url, home, python_without_mturk

__all__ = ["endpoint_url", "home", "python_without_mturk"]

pytestmark = pytest.mark.once

BALANCE = """
import boto3
print(boto3.client("mturk", endpoint_url="{url}").get_account_balance()["AvailableBalance"])
"""
CREATE_WITHOUT_TITLE = """
import boto3
boto3.client("mturk").create_hit(LifetimeInSeconds=60)
"""
PAGES = """
import boto3
client = boto3.client("mturk", endpoint_url="{url}")
pages = client.get_paginator("list_hits").paginate()
print([{{"NumResults": page["NumResults"], "HITs": page["HITs"]}} for page in pages])
print(client.exceptions.RequestError)
"""
# Nothing is sent: the handler answers in place of the network.
WHERE_TO = """
import boto3
from botocore.awsrequest import AWSResponse

class Answer(AWSResponse):
    content = b"{}"

def answer(request, **_):
    print(request.url)
    return Answer(request.url, 200, {}, None)

client = boto3.client("mturk", region_name="sandbox")
client.meta.events.register("before-send", answer)
client.get_account_balance()
"""


def test_a_botocore_without_mturk_has_no_client_for_it(home):
    said = home.python(BALANCE.format(url="http://localhost:9"), status=1)
    assert "Unknown service: 'mturk'" in said.stderr


def test_boto3_makes_calls_with_our_model(home, endpoint_url):
    said = home.kempelen("aws-model", "install")
    assert said.stdout == (
        "Wrote service-2.json, paginators-1.json, endpoint-rule-set-1.json, examples-1.json "
        f"to {home.model}.\n"
    )
    assert home.python(BALANCE.format(url=endpoint_url)).stdout == "10000.00\n"


def test_boto3_checks_arguments_by_our_model(home):
    home.kempelen("aws-model", "install")
    said = home.python(CREATE_WITHOUT_TITLE, status=1).stderr
    assert 'Missing required parameter in input: "Title"' in said


def test_boto3_turns_pages_and_names_errors_by_our_model(home, endpoint_url):
    home.kempelen("aws-model", "install")
    assert home.python(PAGES.format(url=endpoint_url)).stdout == (
        "[{'NumResults': 0, 'HITs': []}]\n<class 'botocore.errorfactory.RequestError'>\n"
    )


def test_boto3_finds_amazons_sandbox_by_our_model(home):
    home.kempelen("aws-model", "install")
    del home.environment["AWS_ENDPOINT_URL"]
    assert home.python(WHERE_TO).stdout == "https://mturk-requester-sandbox.us-east-1.amazonaws.com/\n"


def test_the_aws_command_makes_calls_with_our_model(home, endpoint_url):
    call = ["mturk", "get-account-balance", "--endpoint-url", endpoint_url]
    assert "Invalid choice" in home.aws(*call, status=2).stderr
    home.kempelen("aws-model", "install")
    assert json.loads(home.aws(*call).stdout) == {"AvailableBalance": "10000.00"}


@pytest.mark.skipif(not shutil.which("groff"), reason="the AWS CLI shows help with groff")
def test_the_aws_commands_help_has_our_words(home):
    home.kempelen("aws-model", "install")
    assert "HITs that are not disposed of, newest first" in home.aws("mturk", "list-hits", "help").stdout


def test_a_folder_for_the_data_path_does_as_well(home, endpoint_url):
    home.environment["AWS_DATA_PATH"] = home.kempelen("aws-model", "path").stdout.strip()
    assert home.python(BALANCE.format(url=endpoint_url)).stdout == "10000.00\n"
    assert not home.model.exists()


def test_a_second_time_nothing_is_written(home):
    home.kempelen("aws-model", "install")
    times = {path: path.stat().st_mtime_ns for path in home.model.iterdir()}
    assert home.kempelen("aws-model", "install").stdout == f"{home.model} is up to date.\n"
    assert {path: path.stat().st_mtime_ns for path in home.model.iterdir()} == times


def test_a_file_of_somebody_else_is_overwritten_only_by_force(home):
    home.model.mkdir(parents=True)
    (home.model / "service-2.json").write_text('{"somebody": "else"}', encoding="utf-8")
    refused = home.kempelen("aws-model", "install", status=1)
    assert refused.stderr == (
        f"service-2.json in {home.model} was not written by Kempelen. "
        "Move it away, or overwrite it with --force.\n"
    )
    assert [path.name for path in home.model.iterdir()] == ["service-2.json"]
    home.kempelen("aws-model", "install", "--force")
    assert "Amazon Mechanical Turk" in (home.model / "service-2.json").read_text(encoding="utf-8")


def test_a_file_that_an_earlier_version_wrote_is_replaced(home):
    home.kempelen("aws-model", "install")
    _as_if_written_earlier(home.model, "service-2.json", b"{}")
    assert home.kempelen("aws-model", "install").stdout == f"Wrote service-2.json to {home.model}.\n"


def test_a_file_of_ours_that_somebody_changed_is_kept(home):
    home.kempelen("aws-model", "install")
    (home.model / "paginators-1.json").write_text("{}", encoding="utf-8")
    assert "paginators-1.json" in home.kempelen("aws-model", "install", status=1).stderr


def _as_if_written_earlier(model, name, text):
    listed = model / "written-by-kempelen.json"
    written = json.loads(listed.read_text(encoding="utf-8"))
    (model / name).write_bytes(text)
    listed.write_text(json.dumps(written | {name: hashlib.sha256(text).hexdigest()}), encoding="utf-8")
