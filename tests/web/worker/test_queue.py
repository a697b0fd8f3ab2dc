from tests.factories import a_batch, a_hit, a_project, an_assignment, hits_of
from tests.web.worker.conftest import queries_of


def test_the_queue_shows_what_is_in_hand_most_urgent_first(as_cleo, cleo, ada):
    slow = hits_of(a_batch(a_project(ada, title="Slow", assignment_duration_seconds=7200)))[0]
    quick = hits_of(a_batch(a_project(ada, title="Quick", assignment_duration_seconds=600)))[0]
    later, sooner = an_assignment(cleo, slow), an_assignment(cleo, quick)
    response = as_cleo.get("/queue/")
    assert response.context["in_hand"] == [sooner, later]
    assert f"/work/{sooner.public_id}/return/" in response.content.decode()


def test_what_others_have_in_hand_is_not_in_my_queue(as_cleo, dan):
    an_assignment(dan, a_hit())
    response = as_cleo.get("/queue/")
    assert response.context["in_hand"] == []
    assert "Nothing in your hands" in response.content.decode()


def test_what_ran_out_of_time_is_not_in_the_queue(as_cleo, cleo, moving_clock):
    an_assignment(cleo, a_hit(assignment_duration_seconds=60))
    moving_clock.forward(60)
    assert as_cleo.get("/queue/").context["in_hand"] == []


def test_a_long_queue_costs_as_many_queries_as_a_short_one(as_cleo, cleo):
    hits = hits_of(a_batch())
    an_assignment(cleo, hits[0])
    few = queries_of(as_cleo, "/queue/")
    for hit in hits[1:]:
        an_assignment(cleo, hit)
    assert queries_of(as_cleo, "/queue/") == few <= 6
