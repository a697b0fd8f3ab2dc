"""What views answer with: parts for htmx, refusals, error pages, and the headers of each."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.web.ui.faulty_pages"), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client() -> Client:
    """A browser that gets the page for a bug, not the bug."""
    return Client(raise_request_exception=False)


def test_htmx_gets_the_part_and_a_browser_the_page(client: Client) -> None:
    part, page = client.get("/parts/", headers=HTMX), client.get("/parts/")
    assert "<html" not in part.content.decode()
    assert "<html" in page.content.decode()
    assert "HX-Request" in part["Vary"]
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_gets_the_page_where_it_replaces_the_page(client: Client, header: str) -> None:
    assert "<html" in client.get("/parts/", headers=HTMX | {header: "true"}).content.decode()


def test_a_refusal_is_a_page_that_says_why_and_leads_back(client: Client) -> None:
    response = client.get("/refuses/", headers={"referer": "http://testserver/queue/"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "There is no more work for you in this group now." in page
    assert 'href="http://testserver/queue/"' in page


def test_a_refusal_never_leads_to_somebody_elses_page(client: Client) -> None:
    page = client.get("/refuses/", headers={"referer": "https://evil.example/"}).content.decode()
    assert "evil.example" not in page


def test_every_line_of_a_refusal_is_shown_as_text(client: Client) -> None:
    page = client.get("/refuses_a_file/").content.decode()
    assert "<p>line 3: &lt;b&gt;2&lt;/b&gt; values for 3 columns</p>" in page
    assert "<p>line 9: a quote is never closed</p>" in page


def test_htmx_gets_a_refusal_as_a_toast_and_keeps_its_page(client: Client) -> None:
    response = client.get("/refuses/", headers=HTMX)
    assert response.status_code == 409
    assert response["HX-Reswap"] == "none"
    assert "There is no more work" in response["HX-Trigger"]


def test_a_script_gets_a_refusal_as_json(client: Client) -> None:
    response = client.get("/refuses/", headers={"accept": "application/json"})
    assert response.status_code == 409
    assert response.json() == {
        "code": "NoWorkLeft",
        "message": "There is no more work for you in this group now.",
    }


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/lacks/", 404, "There is no HIT 3ABC."),
        ("/nowhere/", 404, "There is nothing here"),
        ("/forbids/", 403, "You may not see or do this"),
        ("/breaks/", 500, "Something broke on the server"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_each_failure_has_its_page(client: Client, path: str, status: int, said: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert said in response.content.decode()


def test_a_body_over_the_limit_is_413(client: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100  # type: ignore[attr-defined]
    response = client.post("/reads/", {"text": "x" * 200})
    assert response.status_code == 413
    assert "more than the server takes at once" in response.content.decode()


def test_a_host_that_is_not_ours_gets_400(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
