"""HITs are made, changed, deleted and looked at: the rest of the state machine of `life_of_work`."""

from datetime import UTC, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kempelen.domain.models import Payment
from tests.contract.api.every_operation import PROPERTIES
from tests.contract.api.life_of_work import REPEATED, LifeOfWork
from tests.contract.api.marketplace import DONE, Hit, Kind
from tests.contract.api.policies_foreseen import KnownAnswers, Limits, Plurality
from tests.contract.api.several_requesters import MISSING, REQUESTERS, picks, strangers
from tests.contract.api.walks import Walk
from tests.domain.api_hits import html_question

WRONG = "AWS.MechanicalTurk.Invalid{}State"
EXISTS = "AWS.MechanicalTurk.HitAlreadyExists"
YEAR = 31_536_000
OF_ONE_HIT = ("GetHIT", "ListAssignmentsForHIT", "ListBonusPayments", "ListReviewPolicyResultsForHIT")
rewards, delays = st.sampled_from([0, 5]), st.sampled_from([0, 400, 100_000])
places_of = st.integers(1, 3)
tokens = st.sampled_from(["", "", "once"])
limits = st.builds(
    Limits,
    approve_from=st.sampled_from([None, 50, 100]),
    reject_below=st.sampled_from([None, 50, 100]),
    extend_below=st.sampled_from([None, 50, 100]),
    most=st.integers(2, 4),
    seconds=st.sampled_from([600, 5000]),
)
known_answers = st.none() | st.builds(KnownAnswers, limits, asks_for_b=st.booleans())
pluralities = st.none() | st.builds(
    Plurality,
    limits,
    threshold=st.sampled_from([0, 50, 66, 100]),
    disregards_rejected=st.booleans(),
    disregards_below=st.sampled_from([None, 50]),
)


class LifeOfHITs(LifeOfWork):
    """HITs from their making to their end, and what requesters see of them."""

    @initialize(cents=rewards, delay=delays, places=places_of, known=known_answers, plurality=pluralities)
    def begin(
        self, cents: int, delay: int, places: int, known: KnownAnswers | None, plurality: Plurality | None
    ) -> None:
        """Two of the requesters have HITs, and workers are at them."""
        for who in (0, 1):
            self.create_hit_type(who, cents, delay)
            self.create_hit_with_hit_type(len(self.kinds) - 1, 0, places, "", None, None)
        self.create_hit(0, cents, delay, places, "", known, plurality)
        for worker in range(len(self.workers)):
            self.accept(worker, worker)
            self.accept(2, worker)
        for pick in range(3):
            self.submit(pick, {"a": "yes", "b": "left"})

    # What requesters do.

    @rule(who=picks, cents=rewards, delay=delays)
    def create_hit_type(self, who: int, cents: int, delay: int) -> None:
        made = self.ask(who, "CreateHITType", **properties_of(cents, delay))["HITTypeId"]
        self.is_of_kind(made, who % REQUESTERS, cents, delay)

    @rule(
        who=picks,
        cents=rewards,
        delay=delays,
        places=places_of,
        token=tokens,
        known=known_answers,
        plurality=pluralities,
    )
    def create_hit(
        self,
        who: int,
        cents: int,
        delay: int,
        places: int,
        token: str,
        known: KnownAnswers | None,
        plurality: Plurality | None,
    ) -> None:
        who = who % REQUESTERS
        refusal = self.repeats(who, "CreateHIT", token, EXISTS)
        given = properties_of(cents, delay) | new_hit(places, token, known, plurality)
        made = self.ask(who, "CreateHIT", refusal, **given)
        # The type is there, whether or not the HIT is made.
        if refusal:
            self.create_hit_type(who, cents, delay)
        else:
            kind = self.is_of_kind(made["HIT"]["HITTypeId"], who, cents, delay)
            self.is_made(made["HIT"], kind, places, known, plurality)

    @rule(
        pick=picks,
        stranger=strangers,
        places=places_of,
        token=tokens,
        known=known_answers,
        plurality=pluralities,
    )
    def create_hit_with_hit_type(
        self,
        pick: int,
        stranger: int,
        places: int,
        token: str,
        known: KnownAnswers | None,
        plurality: Plurality | None,
    ) -> None:
        if not self.kinds:
            return
        kind = self.kinds[pick % len(self.kinds)]
        who = (kind.owner + stranger) % REQUESTERS
        refusal = "ParameterValidationError" if stranger else ""
        refusal = refusal or self.repeats(who, "CreateHITWithHITType", token, EXISTS)
        given = {"HITTypeId": kind.id} | new_hit(places, token, known, plurality)
        made = self.ask(who, "CreateHITWithHITType", refusal, **given)
        if not refusal:
            self.is_made(made["HIT"], kind, places, known, plurality)

    @rule(pick=picks, stranger=strangers, more=st.sampled_from([1, 2, 8]))
    def create_additional_assignments(self, pick: int, stranger: int, more: int) -> None:
        if hit := self.a_hit(pick):
            refusal = self.missing_hit(stranger) or hit.refusal_of_more(more)
            given = {"HITId": hit.id, "NumberOfAdditionalAssignments": more}
            self.ask(hit.owner + stranger, "CreateAdditionalAssignmentsForHIT", refusal, **given)
            if not refusal:
                hit.extend(more=more)

    @rule(pick=picks, stranger=strangers, seconds=st.sampled_from([-100, 0, 59, 60, 61, 5000, YEAR + 2]))
    def update_expiration(self, pick: int, stranger: int, seconds: int) -> None:
        if not (hit := self.a_hit(pick)):
            return
        self.look_at_end(hit, self.ask(hit.owner, "GetHIT", HITId=hit.id)["HIT"])
        start = (self.now if hit.is_expired else hit.expires_at).replace(microsecond=0)
        at = start + timedelta(seconds=seconds)
        refusal = self.missing_hit(stranger) or (WRONG.format("HIT") if hit.is_disposed else "")
        key = (hit.owner, "UpdateExpirationForHIT", f"{hit.id}{at}")
        refusal = refusal or self.repeats(*key, REPEATED, keeps=False)
        if not refusal and at > self.now and not 60 <= seconds <= YEAR:
            refusal = "ParameterValidationError"
        self.ask(hit.owner + stranger, "UpdateExpirationForHIT", refusal, HITId=hit.id, ExpireAt=at)
        if refusal:
            return
        self.tokens[key] = self.now
        if at <= self.now:
            hit.expire(self.now)
        else:
            hit.extend(until=at)

    @rule(pick=picks, stranger=strangers, revert=st.booleans())
    def update_review_status(self, pick: int, stranger: int, revert: bool) -> None:
        if hit := self.a_hit(pick):
            wrong = hit.status != ("Reviewing" if revert else "Reviewable")
            refusal = self.missing_hit(stranger) or (WRONG.format("HIT") if wrong else "")
            self.ask(hit.owner + stranger, "UpdateHITReviewStatus", refusal, HITId=hit.id, Revert=revert)
            if not refusal:
                hit.is_reviewing = not revert

    @rule(pick=picks, kind=picks, stranger=strangers)
    def update_hit_type(self, pick: int, kind: int, stranger: int) -> None:
        hit = self.a_hit(pick)
        if not hit or not self.kinds:
            return
        to = self.kinds[kind % len(self.kinds)]
        who = (hit.owner + stranger) % REQUESTERS
        refusal = "ParameterValidationError" if to.owner != who else self.missing_hit(stranger)
        refusal = refusal or (WRONG.format("HIT") if hit.is_disposed else "")
        self.ask(who, "UpdateHITTypeOfHIT", refusal, HITId=hit.id, HITTypeId=to.id)
        if not refusal:
            hit.kind = to

    @rule(pick=picks, stranger=strangers)
    def delete_hit(self, pick: int, stranger: int) -> None:
        if hit := self.a_hit(pick):
            wrong = hit.status not in ("Reviewable", "Reviewing") or hit.count("Submitted")
            refusal = self.missing_hit(stranger) or (WRONG.format("HIT") if wrong else "")
            self.ask(hit.owner + stranger, "DeleteHIT", refusal, HITId=hit.id)
            hit.is_disposed = hit.is_disposed or not refusal

    # What is seen.

    @rule(who=picks, size=st.integers(1, 2), status=st.sampled_from([None, "Reviewable", "Reviewing"]))
    def begin_to_page(self, who: int, size: int, status: str | None) -> None:
        operation = "ListReviewableHITs" if status else "ListHITs"
        given = {"MaxResults": size} | ({"Status": status} if status else {})
        self.walks.append(
            Walk(who % REQUESTERS, operation, given, {hit.id for hit in self.listed(who, status)})
        )

    @rule(pick=picks)
    def turn_a_page(self, pick: int) -> None:
        if self.walks:
            walk = self.walks[pick % len(self.walks)]
            if walk.go_on(self.ask(walk.who, walk.operation, **walk.given)):
                self.walks.remove(walk)

    @invariant()
    def what_one_requester_sees_is_what_happened(self) -> None:
        self.turn += 1
        for walk in self.walks:
            walk.must &= {hit.id for hit in self.listed(walk.who, walk.given.get("Status"))}
        self.look_at(self.turn % REQUESTERS)
        if hit := self.a_hit(self.turn):
            self.look_at_one(hit)

    def look_at_everything(self) -> None:
        for who in range(REQUESTERS):
            self.look_at(who)
        for hit in self.hits:
            self.look_at_one(hit)

    def look_at(self, who: int) -> None:
        shown = self.all_of(who, "ListHITs", "HITs")
        mine = self.listed(who, None)
        assert [hit["HITId"] for hit in shown] == [hit.id for hit in reversed(mine)]
        assert [counts_of(hit) for hit in shown] == [hit.shown for hit in reversed(mine)]
        for status in ("Reviewable", "Reviewing"):
            found = self.all_of(who, "ListReviewableHITs", "HITs", Status=status)
            assert found == [{"HITId": hit.id} for hit in self.listed(who, status)]
        paid = Payment.objects.filter(requester=self.requesters[who])
        rewards = [cents for hit in self.hits if hit.owner == who for cents in hit.rewards]
        assert sorted(paid.filter(kind="reward").values_list("amount_cents", flat=True)) == sorted(rewards)

    def look_at_one(self, hit: Hit) -> None:
        stranger = hit.owner + 1
        shown = self.ask(hit.owner, "GetHIT", HITId=hit.id)["HIT"]
        assert counts_of(shown) == hit.shown
        self.look_at_end(hit, shown)
        assert shown["HITTypeId"] == hit.kind.id
        done = [work for work in hit.work if work.status in DONE]
        found = self.all_of(hit.owner, "ListAssignmentsForHIT", "Assignments", HITId=hit.id)
        seen = sorted((one["AssignmentId"], one["AssignmentStatus"]) for one in found)
        assert seen == sorted((work.id, work.status) for work in done)
        assert [one["SubmitTime"] for one in found] == sorted(one["SubmitTime"] for one in found)
        assert all(one["HITId"] == hit.id for one in found)
        feedback = {one["AssignmentId"]: one.get("RequesterFeedback", "") for one in found}
        assert feedback == {work.id: work.feedback for work in done}
        self.look_at_reviews(hit)
        paid = self.all_of(hit.owner, "ListBonusPayments", "BonusPayments", HITId=hit.id)
        assert [one["AssignmentId"] for one in paid] == [
            work for hit_id, work in self.bonuses if hit_id == hit.id
        ]
        for operation in (
            "GetHIT",
            "ListAssignmentsForHIT",
            "ListBonusPayments",
            "ListReviewPolicyResultsForHIT",
        ):
            self.ask(stranger, operation, MISSING.format("HIT"), HITId=hit.id)
        for one in found[:1]:
            whole = self.ask(hit.owner, "GetAssignment", AssignmentId=one["AssignmentId"])
            assert whole == {"Assignment": one, "HIT": shown}
            self.ask(
                stranger, "GetAssignment", MISSING.format("Assignment"), AssignmentId=one["AssignmentId"]
            )

    def look_at_end(self, hit: Hit, shown: dict[str, Any]) -> None:
        """When the HIT ends: to the second, if the clock is ours; else as the server's clock has it."""
        end = hit.expires_at.astimezone(UTC).replace(microsecond=0)
        assert abs(shown["Expiration"] - end) <= timedelta(minutes=0 if self.is_in_process else 5)
        if not self.is_in_process:
            hit.expires_at = shown["Expiration"]

    def look_at_reviews(self, hit: Hit) -> None:
        """What policies found; the pages of it have no number of results."""
        found: list[Any] = []
        asked: dict[str, Any] = {"HITId": hit.id, "MaxResults": 30}
        while True:
            page = self.ask(hit.owner, "ListReviewPolicyResultsForHIT", **asked)
            for report in ("AssignmentReviewReport", "HITReviewReport"):
                found += page.get(report, {}).get("ReviewResults", [])
            if "NextToken" not in page:
                break
            asked["NextToken"] = page["NextToken"]
        scores = {one["SubjectId"]: int(one["Value"]) for one in found if one["Key"] == "KnownAnswerScore"}
        assert scores == hit.scores
        agreements = [int(one["Value"]) for one in found if one["Key"] == "HitAgreementScore"]
        assert agreements == hit.agreements

    # What was made.

    def is_of_kind(self, hit_type_id: str, owner: int, cents: int, delay: int) -> Kind:
        """Give the kind of this type, which is new only if there was none with the same properties."""
        known = [kind for kind in self.kinds if kind.id == hit_type_id]
        alike = [kind for kind in self.kinds if (kind.owner, kind.cents, kind.delay) == (owner, cents, delay)]
        assert known == alike
        if not known:
            self.kinds.append(Kind(hit_type_id, owner, cents, 300, delay))
        return [*known, self.kinds[-1]][0]

    def is_made(
        self,
        shown: dict[str, Any],
        kind: Kind,
        places: int,
        known: KnownAnswers | None,
        plurality: Plurality | None,
    ) -> None:
        """Take down a new HIT."""
        assert shown["Expiration"] - shown["CreationTime"] == timedelta(seconds=3000)
        assert shown["HITTypeId"] == kind.id
        ends_at = self.now + timedelta(seconds=3000)
        self.hits.append(Hit(shown["HITId"], kind.owner, kind, places, ends_at, known, plurality))


def properties_of(cents: int, delay: int) -> dict[str, Any]:
    """The properties of a kind of HITs."""
    given = {"Reward": f"0.{cents:02}", "AutoApprovalDelayInSeconds": delay}
    return {**PROPERTIES, **given, "AssignmentDurationInSeconds": 300}


def new_hit(
    places: int, token: str, known: KnownAnswers | None, plurality: Plurality | None
) -> dict[str, Any]:
    """The members of a new HIT beside those of its type."""
    given = {"MaxAssignments": places, "LifetimeInSeconds": 3000, "Question": html_question()}
    given |= {"UniqueRequestToken": token} if token else {}
    given |= {"AssignmentReviewPolicy": known.given()} if known else {}
    return given | ({"HITReviewPolicy": plurality.given()} if plurality else {})


def counts_of(hit: dict[str, Any]) -> tuple[str, int, int, int, int]:
    """Status and counts as the API shows them, which add up to at most the maximum."""
    pending, available, completed = (
        hit[f"NumberOfAssignments{name}"] for name in ("Pending", "Available", "Completed")
    )
    assert min(pending, available, completed, hit["MaxAssignments"] - pending - available - completed) >= 0
    return hit["HITStatus"], hit["MaxAssignments"], pending, available, completed
