"""Calls of the API, made in this process."""

from typing import Any

from django.test import Client

from kempelen.domain.actions import accounts, api_tokens
from kempelen.domain.models import User

TEMPLATE = '<p>${text}</p><p><label>Your answer <input name="answer" required></label></p>'
CSV = "text\none\ntwo\n"


class Api:
    """A program with a token; `slug` narrows its address to a requester."""

    def __init__(self, user: User | None, *, is_admin: bool = False, slug: str = "") -> None:
        self._client = Client()
        self._before = f"/r/{slug}/api" if slug else "/api"
        self.headers: dict[str, str] = {}
        if user is not None:
            if is_admin:
                accounts.set_administrator(user, is_administrator=True)
                user = User.objects.get(pk=user.pk)
            _, key = api_tokens.create(user, scope="administrator" if is_admin else "user")
            self.headers = {"Authorization": f"Token {key}"}

    def call(self, method: str, path: str, data: Any = None, *, status: int = 200) -> Any:
        """What the API answered, which must have this status."""
        options: dict[str, Any] = {"headers": self.headers}
        if data is not None:
            options |= {"data": data, "content_type": "application/json"}
        response = getattr(self._client, method)(f"{self._before}{path}", **options)
        assert response.status_code == status, response.content
        if response["Content-Type"].startswith("application/json"):
            return response.json()
        return b"".join(response.streaming_content).decode()

    def get(self, path: str, *, status: int = 200) -> Any:
        """What stands there."""
        return self.call("get", path, status=status)

    def post(self, path: str, data: Any, *, status: int = 201) -> Any:
        """What came of it."""
        return self.call("post", path, data, status=status)

    def put(self, path: str, data: Any, *, status: int = 200) -> Any:
        """What came of it."""
        return self.call("put", path, data, status=status)

    def patch(self, path: str, data: Any, *, status: int = 200) -> Any:
        """What came of it."""
        return self.call("patch", path, data, status=status)

    def a_project(self, **given: Any) -> Any:
        """A project as the API shows it."""
        project = {"name": "Birds", "filename": "birds.html", "html_template": TEMPLATE}
        return self.post("/projects/", project | given)

    def a_batch(self, project: int, **given: Any) -> Any:
        """A batch as the API shows it."""
        batch = {"name": "May", "project": project, "filename": "may.csv", "csv_text": CSV}
        return self.post("/batches/", batch | given)
