"""Hostile QuestionForms: their markup is text, and no script but ours runs in their pages."""

from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from kempelen.domain.actions import claims
from kempelen.domain.models import Assignment, User
from kempelen.domain.questions.documents import FORM_NAMESPACES
from tests.contract.containment.attacks import _TASK_PAGE, log_in, task_frame
from tests.domain.api_hits import a_new_hit
from tests.servers import Server
from tests.web.content.tasks import answers_after_leaving, open_assignment

pytestmark = [pytest.mark.browser, pytest.mark.once]

EVIL = (
    "\"'></textarea></select></script></style></title><x-evil></x-evil><script>window.evil=1</script>"
    "<img src=x onerror=window.evil=1><!--"
)
TEXT = escape(EVIL)
SELECTION = f"<SelectionIdentifier>{TEXT}{{}}</SelectionIdentifier><Text>{TEXT}</Text>"
HOSTILE = f"""<QuestionForm xmlns="{FORM_NAMESPACES[0]}">
<Overview><Title>{TEXT}</Title><Text>{TEXT} http://e.example/{TEXT}</Text><List><ListItem>{TEXT}</ListItem></List>
<Binary><MimeType><Type>image</Type></MimeType><DataURL>http://e.example/x"onerror="evil()</DataURL>
<AltText>{TEXT}</AltText></Binary>
<EmbeddedBinary><EmbeddedMimeType><Type>{TEXT}</Type><SubType>{TEXT}</SubType></EmbeddedMimeType>
<DataURL>http://e.example/x'"&gt;{TEXT}</DataURL><AltText>{TEXT}</AltText><Width>{TEXT}</Width><Height>9</Height>
<ApplicationParameter><Name>{TEXT}</Name><Value>{TEXT}</Value></ApplicationParameter></EmbeddedBinary>
<FormattedContent><![CDATA[<q cite="javascript:evil()">q</q><a name="kempelen" href="http://e.example/">a</a>
<a name="parent" href="http://e.example/&quot; onclick=&quot;evil()">b</a><!-- <x-evil/> --><?x-evil x?>
<img name="forms" src="http://e.example/i" alt="&quot; onerror=&quot;evil()" usemap="#kempelen"/>
<map name="kempelen" id="submitButton"><area alt="x" href="http://e.example/"/></map>]]></FormattedContent>
</Overview>
<Question><QuestionIdentifier>{TEXT}</QuestionIdentifier><DisplayName>{TEXT}</DisplayName>
<QuestionContent><Text>{TEXT}</Text></QuestionContent><AnswerSpecification><FreeTextAnswer><Constraints>
<AnswerFormatRegex regex="^$|k" errorText="{TEXT.replace('"', "&quot;")}"/></Constraints>
<DefaultText>{TEXT}</DefaultText></FreeTextAnswer></AnswerSpecification></Question>
<Question><QuestionIdentifier>choice</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><StyleSuggestion>dropdown</StyleSuggestion><Selections>
<Selection>{SELECTION.format(1)}</Selection><Selection>{SELECTION.format(2)}</Selection></Selections>
</SelectionAnswer></AnswerSpecification></Question></QuestionForm>"""


def open_form(page: Page, site: Server, victim: User) -> Assignment:
    """Open the work page of a HIT that asks with the hostile form."""
    worker = log_in(page, site, victim)
    assignment = claims.accept(worker, a_new_hit(question=HOSTILE))
    open_assignment(page, site, assignment)
    return assignment


def loaded(page: Page) -> Frame:
    """The form's frame, when it has loaded all that it would."""
    frame = task_frame(page)
    frame.wait_for_load_state("load")
    expect(frame.locator("#submitButton")).to_be_visible()
    return frame


@pytest.fixture(autouse=True)
def nothing_outside(page: Page) -> None:
    page.context.route("http://e.example/**", lambda route: route.abort())


def test_a_hostile_form_is_text_and_can_be_answered(page: Page, site: Server, victim: User) -> None:
    assignment = open_form(page, site, victim)
    frame = loaded(page)
    assert frame.locator("x-evil, script:not([data-mode])").count() == 0
    assert frame.locator("[onerror], [onclick], [cite]").count() == 0
    expect(frame.locator("#question-1-name")).to_have_text(EVIL)
    field = frame.locator("[name=Answer_1_FreeText]")
    expect(field).to_have_value(EVIL)
    field.fill("pawn")
    frame.locator("#submitButton").click()
    expect(frame.locator("#question-1 .fault")).to_have_text(EVIL)
    field.fill("knight")
    frame.locator("select").select_option(index=1)
    frame.locator("#submitButton").click()
    assert answers_after_leaving(page, assignment) == {
        EVIL: "knight",
        "choice": {"selections": [f"{EVIL}1"]},
    }
    assert page.locator("x-evil").count() == 0


@pytest.mark.parametrize("has_policy", [True, False])
def test_a_script_that_got_into_a_form_would_not_run(
    page: Page, site: Server, victim: User, has_policy: bool
) -> None:
    def with_a_script(route: Route) -> None:
        response = route.fetch()
        evil = "<script>window.evil=1</script><img src=data:, onerror=window.evil=1><p id=last>"
        headers = dict(response.headers)
        if not has_policy:
            del headers["content-security-policy"]
        route.fulfill(response=response, headers=headers, body=response.text().replace("</body>", evil))

    page.context.route(_TASK_PAGE, with_a_script)
    open_form(page, site, victim)
    frame = loaded(page)
    expect(frame.locator("#last")).to_have_count(1)
    assert frame.evaluate("window.evil") == (None if has_policy else 1)
