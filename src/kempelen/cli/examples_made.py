"""The people and projects of `kempelen demo`."""

from django.db import transaction

from kempelen import examples
from kempelen.config.data_folder import Unusable
from kempelen.domain.actions import batches, people, publishing
from kempelen.domain.models import Batch, Project, Requester, User
from kempelen.examples import made

REQUESTER = "Demo"
REQUESTER_USER = "ada"
WORKER_USER = "cleo"


@transaction.atomic
def requester_and_worker() -> tuple[Requester, User]:
    """The demo's requester, owned by Ada, and the worker Cleo, made on the first start."""
    found = Requester.objects.filter(name=REQUESTER, members__username=REQUESTER_USER).first()
    if found is not None:
        return found, User.objects.get(username=WORKER_USER)
    if User.objects.exists():
        raise Unusable(
            "A server of your own keeps its data here. Give the demo another folder: kempelen "
            "demo --data-dir kempelen-demo"
        )
    owner = people.create_user(REQUESTER_USER, name="Ada")
    requester = people.create_requester(REQUESTER, owner)
    worker = people.create_user(WORKER_USER, name="Cleo")
    people.worker_of(worker)
    return requester, worker


def publish_all(requester: Requester) -> None:
    """Make and publish each of the demo's examples that has no project yet; finish one that was cut short."""
    for example in examples.of_the_demo():
        project = Project.objects.filter(requester=requester, name=example.name).first()
        project = project or made.project(requester, example)
        batch = Batch.objects.filter(project=project).first() or made.upload(project, example)
        if batch.state == Batch.State.UPLOADED:
            batches.publish(batch)
            publishing.publish_now(batch.pk)
