"""How often a call asks the database: each time is a way there and back."""

from typing import Any

from kempelen.domain.models import Requester
from tests.contract.api import in_process
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import a_hit


def test_get_hit_asks_for_the_key_and_for_the_hit(ada: Requester, django_assert_num_queries: Any) -> None:
    mturk, hit = in_process.mturk(ada), a_new_hit(a_hit_type(ada))
    mturk.get_hit(HITId=hit.public_id)
    with django_assert_num_queries(2):
        assert mturk.get_hit(HITId=hit.public_id)["HIT"]["Title"] == "Look at pictures"


def test_a_hit_of_a_template_takes_one_more(ada: Requester, django_assert_num_queries: Any) -> None:
    mturk, hit = in_process.mturk(ada), a_hit(ada)
    mturk.get_hit(HITId=hit.public_id)
    with django_assert_num_queries(3):
        assert mturk.get_hit(HITId=hit.public_id)["HIT"]["HITLayoutId"]
