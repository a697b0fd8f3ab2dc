"""The commands of README, tutorials and how-tos run as they stand there, page by page, in order.

Names of places and ids that only a reader has are put in (`PLACES`); what cannot run in a test stands in
`NOT_RUN` with the reason.  A command that is new on a page runs here by itself.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kempelen.rehearsal import server as rehearsal
from kempelen.rehearsal.server import Server
from tests.docs.shell_of_docs import ROOT, Shell, Shown, commands_of
from tests.programs import path_with_ours
from tests.servers import clean_environment
from tests.visitors import Visitor

pytestmark = pytest.mark.once

PAGES = [
    str(path.relative_to(ROOT))
    for path in (
        ROOT / "README.md",
        *sorted(ROOT.glob("docs/start/*.md")),
        *sorted(ROOT.glob("docs/how-to/*.md")),
    )
    if "```sh\n" in path.read_text(encoding="utf-8")
]
# By what a command begins with, on any page or on one, why it does not run here.
NOT_RUN = {
    "make ": "builds, serves or tests all; tests/docs/test_make.py looks at what it would run",
    "python3 -m venv": "installs from the internet; tests/test_wheel.py installs the wheel",
    "kempelen-env/bin": "as above",
    "/opt/kempelen/bin": "as above",
    ". .venv/bin/activate": "the environment of these tests is in use already",
    "docker ": "needs Docker; tests/deploy builds the image",
    "scripts/": "needs a container; tests/deploy looks at the scripts",
    "sudo ": "changes the machine",
    "pg_dump ": "needs a server of PostgreSQL with this very name",
    "export KEMPELEN_DATABASE_URL": "needs a server of PostgreSQL; tests/databases.py runs all on one",
    "kempelen serve": "serves until it is stopped; tests/cli/test_serve.py starts it",
    "KEMPELEN_CONTENT_ORIGIN='http://*.localhost:8000' kempelen demo": "serves until it is stopped",
    "python manage.py": "is Turkle’s, in Turkle’s folder; tests/turkle_import runs it",
    "kempelen preview ": "shows a page until it is stopped; tests/contract/toolkit has it",
    "kempelen import-turkle": "needs what those make; tests/cli/test_import_turkle.py runs it",
    "aws mturk list-assignments-for-hit --hit-id …": "names no HIT; test_first_api_hits.py does it",
    "aws mturk approve-assignment --assignment-id …": "as above",
    "export AWS_ENDPOINT_URL_MTURK=https://turk": "leads to somebody else’s server",
    "export AWS_ACCESS_KEY_ID=AKIA…": "as above",
    "export AWS_SECRET_ACCESS_KEY=…": "as above",
    "kempelen results tweets --new --to postgresql://": "needs a database; test_databases.py has one",
    "kempelen results tweets --to s3://": "needs S3; tests/contract/toolkit/test_results.py has one",
    "kempelen results photos --files": "needs files that workers sent; tests/contract/toolkit has them",
    "kempelen notifications set": "needs a queue; tests/contract/toolkit/test_notifications.py has one",
    "kempelen notifications test": "as above",
    "kempelen notifications off": "as above",
    "export KEMPELEN_ADMIN_TOKEN=…": "is of somebody else’s server; tests/rehearsal joins one",
    "kempelen --profile lab rehearse": "as above",
    "kempelen restore /backup": "needs the server stopped; tests/backups does it",
}
TEMPLATE = "<p>${text}</p><p><label>Label <input name=label required></label><input name=note></p>"
TWEETS = "text,right\none tweet,good\nanother tweet,\na third,bad\n"


@dataclass
class Reader:
    """Somebody who follows a page, in a fresh folder, beside a server of their own."""

    server: Server
    folder: Path
    places: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


def templates_and_rows(reader: Reader) -> None:
    reader.write("label.html", TEMPLATE)
    reader.write("tweets.csv", TWEETS)
    reader.write("template.html", TEMPLATE)
    reader.write("rows.csv", TWEETS)
    reader.write("question.xml", _first_block("docs/start/first-api-hits.md", "xml"))
    reader.write(
        "boxes.liquid.html",
        "<crowd-form><crowd-input name='label' label='{{ task.input.source }}'></crowd-input></crowd-form>",
    )
    reader.write("dataset.manifest", json.dumps({"source": "one"}) + "\n")


def _first_block(page: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def requesters_files(reader: Reader) -> None:
    """A worker whose work was approved, and the files that the page speaks of."""
    templates_and_rows(reader)
    mturk = reader.server.client()
    hit = mturk.create_hit(
        Title="Before", Description="Before", Reward="0.01", LifetimeInSeconds=3600, MaxAssignments=3,
        AssignmentDurationInSeconds=600, Question=_first_block("docs/start/first-api-hits.md", "xml"),
    )["HIT"]["HITId"]  # fmt: skip
    ann, ben, _ = workers = reader.server.workers(3, prefix="reader")
    done = [answer(reader.server.url, worker.login_link, [hit])[0] for worker in workers]
    mturk.approve_assignment(AssignmentId=done[0])
    reader.places |= {"A2EXAMPLE": ann.worker_id}
    reader.write(
        "reviewed.csv", f"AssignmentId,Approve,Reject\n{done[1]},x,\n{done[2]},,Not what was asked.\n"
    )
    bonuses = f"{done[1]},{ben.worker_id},0.05,Thanks."
    reader.write("bonuses.csv", f"AssignmentId,WorkerId,BonusAmount,Reason\n{bonuses}\n")
    page = (ROOT / "docs/how-to/build-a-qualification-test.md").read_text(encoding="utf-8")
    documents = re.findall(r"```xml\n(.*?)```", page, re.DOTALL)
    reader.write("test.xml", next((one for one in documents if "<QuestionForm" in one), _FORM))
    reader.write("key.xml", next((one for one in documents if "<AnswerKey" in one), _KEY))
    reader.write("my_hits.py", "import boto3\nprint(boto3.client('mturk').list_hits()['NumResults'])\n")


_FORM = (
    '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/'
    'QuestionForm.xsd"><Question><QuestionIdentifier>q</QuestionIdentifier><QuestionContent><Text>Oui?</Text>'
    "</QuestionContent><AnswerSpecification><SelectionAnswer><Selections><Selection><SelectionIdentifier>yes"
    "</SelectionIdentifier><Text>Yes</Text></Selection><Selection><SelectionIdentifier>no"
    "</SelectionIdentifier><Text>No</Text></Selection></Selections></SelectionAnswer></AnswerSpecification>"
    "</Question></QuestionForm>"
)
_KEY = (
    '<AnswerKey xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/'
    'AnswerKey.xsd"><Question><QuestionIdentifier>q</QuestionIdentifier><AnswerOption><SelectionIdentifier>yes'
    "</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption></Question></AnswerKey>"
)


def all_is_answered(reader: Reader) -> None:
    """A worker answers each HIT of the page's batch."""
    lines = (reader.folder / "tweets.hits.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    (worker,) = reader.server.workers(1, prefix="tweeter")
    answer(reader.server.url, worker.login_link, [json.loads(line)["hit_id"] for line in lines])


def answer(url: str, link: str, hit_ids: list[str]) -> list[str]:
    """Log in by the link and answer the HITs; gives the assignments."""
    visitor, done = Visitor(url), []
    path = "/" + link.split("/", 3)[3]
    visitor.get(path)
    visitor.post(path)
    for hit_id in hit_ids:
        visitor.get(f"/hits/{hit_id}/")
        location = visitor.post(f"/hits/{hit_id}/accept/").location
        done.append(location.split("/")[2])
        fields = {"assignmentId": done[-1], "label": "good", "note": "word " * 25}
        visitor.post("/mturk/externalSubmit", fields)
    visitor.close()
    return done


def a_crowd(reader: Reader) -> None:
    """The files of the page on rehearsals."""
    templates_and_rows(reader)
    reader.write("crowd.yaml", _first_block("docs/how-to/rehearse.md", "yaml"))


def my_lab(reader: Reader) -> None:
    """What the pages call my-lab, with its people."""
    templates_and_rows(reader)
    shell = Shell(reader.folder, environment_of(reader))
    (worker,) = reader.server.workers(1, prefix="cleo")
    reader.places |= {"A2YUCJ28XANFOX": worker.worker_id}
    for command in (
        'kempelen add-requester "My lab" --owner owner',
        "kempelen add-user cleo",
        "kempelen worker-group pilots --requester my-lab",
    ):
        status, said = shell.run(command)
        assert status == 0 or "already" in said or "taken" in said, said
    shell.close()


# What has to be there before a page is followed, and before one of its commands.
PREPARED: dict[str, Callable[[Reader], None]] = {
    "docs/how-to/requesters-command-line.md": requesters_files,
    "docs/how-to/rehearse.md": a_crowd,
    "docs/how-to/invite-workers.md": my_lab,
    "docs/how-to/work-together.md": my_lab,
    "docs/how-to/publish-from-the-command-line.md": my_lab,
}
BEFORE: dict[str, Callable[[Reader], None]] = {"kempelen watch tweets": all_is_answered}
# What is typed at questions.
TYPED = {
    "kempelen profile add lab": [("Secret: ", "{secret}\n")],
    "kempelen review tweets": [("[q]uit", "q")],
    "kempelen delete --batch tweets": [("[y/N]: ", "y\n")],
}
# These may end with 1, as the page says: something is left to be put right, or some cannot be reached.
STATUSES = {"kempelen check": {0, 1}, "kempelen delete --batch tweets": {0, 1}, "kempelen notify": {0, 1}}


def environment_of(reader: Reader) -> dict[str, str]:
    ours = {name: value for name, value in clean_environment().items() if not name.startswith("AWS_")}
    return ours | {
        "HOME": str(reader.folder),
        "PATH": path_with_ours(),
        "KEMPELEN_DATA_DIR": str(reader.server.data_dir),
        "AWS_PAGER": "",
        "PYTHONWARNINGS": "ignore",
        **reader.server.environment(),
    }


@pytest.fixture(scope="module")
def throw_away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with rehearsal.start() as server:
        yield server


def _reason(shown: Shown) -> str:
    return next((reason for begins, reason in NOT_RUN.items() if shown.text.startswith(begins)), "")


def test_what_is_not_run_still_stands_on_a_page() -> None:
    commands = [shown.text for page in PAGES for shown in commands_of(page)]
    stale = [begins for begins in NOT_RUN if not any(text.startswith(begins) for text in commands)]
    assert not stale, f"No page shows these any more: {stale}"


@pytest.mark.parametrize("page", [page for page in PAGES if not all(map(_reason, commands_of(page)))])
def test_the_commands_of_a_page_run(page: str, throw_away: Server, tmp_path: Path) -> None:
    reader = Reader(throw_away, tmp_path)
    PREPARED.get(page, templates_and_rows)(reader)
    reader.places |= {
        "https://turk.example.org": throw_away.url,
        "AKIA2EXAMPLE": throw_away.access_key_id,
        "/srv/kempelen": str(throw_away.data_dir),
        "/backup/": f"{tmp_path}/",
    }
    shell = Shell(tmp_path, environment_of(reader))
    try:
        for shown in commands_of(page):
            if not _reason(shown):
                _follow(reader, shell, shown)
    finally:
        shell.close()


def _follow(reader: Reader, shell: Shell, shown: Shown) -> None:
    for begins, prepare in BEFORE.items():
        if shown.text.startswith(begins):
            prepare(reader)
    command = shown.text
    for name, place in sorted(reader.places.items(), key=lambda item: -len(item[0])):
        command = command.replace(name, place)
    typed = next((its for begins, its in TYPED.items() if shown.text.startswith(begins)), [])
    answers = [(asked, said.format(secret=reader.server.secret_access_key)) for asked, said in typed]
    status, said = shell.run(command, typed=answers)
    allowed = next((its for begins, its in STATUSES.items() if shown.text.startswith(begins)), {0})
    assert status in allowed, f"{shown.page}:{shown.line}: {command}\n{said}"
    assert "Traceback" not in said, f"{shown.page}:{shown.line}: {command}\n{said}"
