"""The keys with which programs called Turkle's API: the same ones go on working here."""

from datetime import datetime

from kempelen.domain.actions import api_tokens
from kempelen.domain.ids import digest_of
from kempelen.domain.models import ApiToken
from kempelen.turkle_import.run import Run
from kempelen.turkle_import.tables import time

_TABLE = "authtoken_token"
_PAGE = 200


def bring_tokens(run: Run) -> None:
    """Keep each key for its user; one that was revoked here since stays so.  Turkle 2 had none."""
    if not run.source.has(_TABLE):
        return
    asked = f"SELECT key, user_id, created FROM {_TABLE} WHERE key > %s ORDER BY key LIMIT %s"
    last = ""
    while page := run.source.rows(asked, [last, _PAGE]):
        last = page[-1][0]
        known = set(
            ApiToken.objects.filter(digest__in=[digest_of(key) for key, *_ in page]).values_list(
                "digest", flat=True
            )
        )
        run.report.known["tokens"] += len(known)
        for key, user_pk, created in page:
            if digest_of(key) not in known:
                _bring(run, key, user_pk, time(created))


def _bring(run: Run, key: str, turkle_pk: int, created_at: datetime) -> None:
    is_new = run.is_trial and run.ledger.one("user", turkle_pk) is not None
    user = run.user(turkle_pk)
    if user is None and not is_new:
        run.report.leave_out("tokens", "token is of a user who is not here")
        return
    run.report.brought["tokens"] += 1
    if run.is_trial or user is None:
        return
    administers = run.source.rows("SELECT is_superuser FROM auth_user WHERE id = %s", [turkle_pk])[0][0]
    scope = ApiToken.Scope.ADMINISTRATOR if administers and user.is_superuser else ApiToken.Scope.USER
    with run.together():
        token = api_tokens.add(user, key, scope=scope, name="From Turkle")
        token.created_at = created_at
        token.save(update_fields=["created_at"])
