"""Regular expressions of JavaScript's, which forms check answers with (question-schemas.md §2.3, §7.3).

They are the requester's and could take for ever on an answer made for it, so that they run with a limit.
"""

import regex

_SECONDS = 0.5


def finds(pattern: str, text: str, *, ignores_case: bool = False) -> bool:
    """Tell whether the pattern is found somewhere in the text.

    A pattern that is none, or does not come to an end in time, lets everything pass: it has been checked
    in the browser, and is no fault of who answers.
    """
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE if ignores_case else 0)
        return compiled.search(text, timeout=_SECONDS) is not None
    except (regex.error, TimeoutError):
        return True
