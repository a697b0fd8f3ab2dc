"""The OpenAPI schema, and what it allows or forbids, sent to the API: no fault of ours, no breach of it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kempelen.domain.models import Batch, Project, Requester, User, WorkerGroup
from kempelen.turkle_api import root
from tests.factories import a_batch, a_project, a_user, owner_of
from tests.turkle_api.calling import Api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    (path, method)
    for path, item in root.document()["paths"].items()
    for method in item
    if method in ("get", "post", "put", "patch")
]
FEW, MANY = 5, 600
# Of each operation half is what the schema allows, half what it forbids.
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@cache
def loaded() -> Any:
    """The schema as it is served; reading it takes a while."""
    return schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())


@pytest.fixture
def schema(db: None) -> Iterator[Any]:
    """The schema, and the application that it is of; calls leave the test's connection open."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield loaded()
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def headers(ada: Requester, settings: Any, tmp_path: Any) -> dict[str, str]:
    """An administrator's token, on a server with something in it."""
    settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    a_batch(a_project(ada))
    WorkerGroup.objects.create(requester=ada, name="Pilots")
    return Api(a_user("Root"), is_admin=True).headers


def ids_of(path: str) -> list[int]:
    """The ids that there are for such an address."""
    kinds: dict[str, Any] = {"users": User, "groups": WorkerGroup, "projects": Project, "batches": Batch}
    kind = kinds.get(path.split("/")[1])
    return [] if kind is None else list(kind.objects.values_list("pk", flat=True))


def fuzz(schema: Any, path: str, method: str, headers: dict[str, str], *, examples: int) -> None:
    """Call the operation with many things; each call finds the tables as they were."""
    operation = schema[path][method.upper()]
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES))
    known, projects = ids_of(path), ids_of("/projects/")

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=examples == FEW,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, is_known=st.integers(0, 3))
    def call(case: Any, is_known: int) -> None:
        if is_known and known and "id" in case.path_parameters:
            case.path_parameters["id"] = known[0]
        if is_known and isinstance(case.body, dict) and "project" in case.body:
            case.body["project"] = projects[0]
        with transaction.atomic():
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)
            transaction.set_rollback(True)

    call()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_the_answer_is_one_of_the_schema(
    path: str, method: str, schema: Any, headers: dict[str, str]
) -> None:
    fuzz(schema, path, method, headers, examples=FEW)


@pytest.mark.proof
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_much_that_is_sent_is_answered_as_the_schema_says(
    path: str, method: str, schema: Any, headers: dict[str, str]
) -> None:
    fuzz(schema, path, method, headers, examples=MANY)


def test_the_schema_is_served_to_everybody_and_names_each_operation(ada: Requester) -> None:
    found = Api(None, slug=ada.slug).get("/schema/")
    assert found["openapi"].startswith("3.")
    assert found["servers"] == [{"url": f"/r/{ada.slug}/api"}]
    names = [item["operationId"] for path in found["paths"].values() for item in path.values()]
    assert len(names) == len(set(names)) == len(OPERATIONS)
    assert all(item.get("description") for path in found["paths"].values() for item in path.values())
    assert found["components"]["securitySchemes"]["Token"]["name"] == "Authorization"


def test_the_reference_page_has_every_address() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/turkle-api.md").read_text(encoding="utf-8")
    for path in root.document()["paths"]:
        assert f"| `/api{path}` |" in page


def test_making_the_schema_has_nothing_to_complain_of(capsys: pytest.CaptureFixture[str]) -> None:
    root.document.cache_clear()
    root.document()
    assert not re.findall(r"(?:Warning|Error).*", capsys.readouterr().err)


def test_what_an_owner_of_nothing_reads_is_in_the_schema_too(schema: Any, ada: Requester) -> None:
    headers = Api(owner_of(ada)).headers
    for path in ("/users/", "/groups/", "/projects/", "/batches/", "/"):
        case = schema[path]["GET"].Case()
        case.validate_response(case.call(headers=headers), checks=CHECKS)
