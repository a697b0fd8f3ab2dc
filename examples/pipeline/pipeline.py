"""Labels from a crowd: a HIT for each row of a CSV file, three workers each, and what most of them say.

python pipeline.py publish foods.csv
python pipeline.py review foods.csv
python pipeline.py export foods.csv labels.csv
"""

import argparse
import csv
import hashlib
import html
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import boto3

HERE = Path(__file__).parent
WORKERS_PER_ROW = 3
BONUS, BONUS_FOR = "0.10", 10
ANSWERS = (
    "{http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd}"
)
QUESTION = """\
<HTMLQuestion
  xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
  <HTMLContent><![CDATA[{page}]]></HTMLContent>
  <FrameHeight>0</FrameHeight>
</HTMLQuestion>
"""


def publish(mturk, rows):
    """Publish a HIT for each row, and give their ids; a second time, also after a failure, doubles none."""
    hit_type = mturk.create_hit_type(
        Title="Fruit or vegetable?",
        Description="Say what a food is to a botanist.",
        Keywords="food, categories",
        Reward="0.05",
        AssignmentDurationInSeconds=10 * 60,
        AutoApprovalDelayInSeconds=3 * 24 * 3600,
    )["HITTypeId"]
    template = (HERE / "question.html").read_text(encoding="utf-8")
    ids = {}
    for row in rows:
        page = template.replace("{food}", html.escape(row["food"]))
        token = hashlib.sha256(f"{hit_type} {row['id']} {page}".encode()).hexdigest()
        try:
            made = mturk.create_hit_with_hit_type(
                HITTypeId=hit_type,
                MaxAssignments=WORKERS_PER_ROW,
                LifetimeInSeconds=2 * 24 * 3600,
                Question=QUESTION.format(page=page),
                RequesterAnnotation=f"foods/{row['id']}",
                UniqueRequestToken=token,
            )
        except mturk.exceptions.RequestError as error:
            if error.response["TurkErrorCode"] != "AWS.MechanicalTurk.HitAlreadyExists":
                raise
            continue
        ids[row["id"]] = made["HIT"]["HITId"]
    return ids


def hits(mturk):
    """Give our HITs by the id of their row."""
    pages = mturk.get_paginator("list_hits").paginate(PaginationConfig={"PageSize": 100})
    found = (hit for page in pages for hit in page["HITs"])
    named = ((hit.get("RequesterAnnotation", "").partition("foods/"), hit) for hit in found)
    return {row_id: hit for (before, _, row_id), hit in named if row_id and not before}


def answers(mturk, hit_id):
    """Give the HIT's assignments that are not rejected, each with what the worker chose."""
    pages = mturk.get_paginator("list_assignments_for_hit").paginate(
        HITId=hit_id, AssignmentStatuses=["Submitted", "Approved"]
    )
    return [(one, kind_in(one["Answer"])) for page in pages for one in page["Assignments"]]


def kind_in(answer):
    """Give which kind was chosen; of a crowd-form, all fields are in one JSON text."""
    for field in ElementTree.fromstring(answer).iter(f"{ANSWERS}Answer"):
        if field.findtext(f"{ANSWERS}QuestionIdentifier") == "taskAnswers":
            chosen = json.loads(field.findtext(f"{ANSWERS}FreeText"))[0]["kind"]
            return next((kind for kind, is_chosen in chosen.items() if is_chosen), "")
    return ""


def majority(kinds):
    """Give what more than half say; nothing if no kind has that many."""
    kind, votes = Counter(kinds).most_common(1)[0] if kinds else ("", 0)
    return kind if votes * 2 > len(kinds) else ""


def wait(mturk, ids, pause=60):
    """Come back when nobody works on these HITs any more."""
    while any(mturk.get_hit(HITId=one)["HIT"]["HITStatus"] != "Reviewable" for one in ids):
        time.sleep(pause)


def review(mturk):
    """Approve what was submitted, but not of workers who mostly differ from the majority; pay bonuses.

    Gives how many answers were approved and rejected.
    """
    done = {row_id: answers(mturk, hit["HITId"]) for row_id, hit in hits(mturk).items()}
    agreed, differed = defaultdict(list), defaultdict(list)
    for of_row in done.values():
        said = majority([kind for _, kind in of_row])
        for assignment, kind in of_row:
            if said:
                (agreed if kind == said else differed)[assignment["WorkerId"]].append(assignment)
    careless = {who for who, theirs in differed.items() if len(theirs) > max(2, len(agreed[who]))}
    counts = Counter()
    for assignment, _ in (one for of_row in done.values() for one in of_row):
        if assignment["AssignmentStatus"] == "Submitted":
            counts[decide(mturk, assignment, is_good=assignment["WorkerId"] not in careless)] += 1
    for who, theirs in agreed.items():
        if len(theirs) >= BONUS_FOR and who not in careless:
            pay_bonus(mturk, theirs[0])
    return counts


def decide(mturk, assignment, *, is_good):
    """Approve or reject; gives which."""
    if is_good:
        mturk.approve_assignment(AssignmentId=assignment["AssignmentId"])
        return "approved"
    mturk.reject_assignment(
        AssignmentId=assignment["AssignmentId"],
        RequesterFeedback="Most of your answers differ from what the other two workers said.",
    )
    return "rejected"


def pay_bonus(mturk, assignment):
    """Pay the worker's bonus, once however often it is asked for."""
    worker_id = assignment["WorkerId"]
    paid = mturk.get_paginator("list_bonus_payments").paginate(HITId=assignment["HITId"])
    if any(bonus["WorkerId"] == worker_id for page in paid for bonus in page["BonusPayments"]):
        return
    mturk.send_bonus(
        WorkerId=worker_id,
        AssignmentId=assignment["AssignmentId"],
        BonusAmount=BONUS,
        Reason=f"You agreed with the others on {BONUS_FOR} foods or more.",
        UniqueRequestToken=f"bonus-{worker_id}",
    )


def labels(mturk, rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Give each row with the label that most of its workers agree on, and how many answered."""
    made = hits(mturk)
    for row in rows:
        kinds = [kind for _, kind in answers(mturk, made[row["id"]]["HITId"])] if row["id"] in made else []
        yield {**row, "label": majority(kinds), "answers": str(len(kinds))}


def read(path):
    """Read the rows of a CSV file."""
    with Path(path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main(arguments=None):
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("step", choices=["publish", "wait", "review", "export"])
    parser.add_argument("rows", help="the CSV file of foods")
    parser.add_argument("labels", nargs="?", default="labels.csv", help="the file that export writes")
    asked = parser.parse_args(arguments)
    mturk, rows = boto3.client("mturk"), read(asked.rows)
    if asked.step == "publish":
        print(f"{len(publish(mturk, rows))} HITs published")
    elif asked.step == "wait":
        wait(mturk, [hit["HITId"] for hit in hits(mturk).values()])
    elif asked.step == "review":
        counts = review(mturk)
        print(f"{counts['approved']} answers approved, {counts['rejected']} rejected")
    else:
        found = list(labels(mturk, rows))
        with Path(asked.labels).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, found[0])
            writer.writeheader()
            writer.writerows(found)
        print(f"{sum(1 for one in found if one['label'])} of {len(found)} rows have a label")


if __name__ == "__main__":
    main()
