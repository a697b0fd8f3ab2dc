"""What a QuestionForm tells workers of the answer it takes, before they answer."""

from html import escape

from kempelen.domain.questions.form_parts import FreeText, Question, Selection, Upload

_HOW_TO_CHOOSE = '<span class="for-keys">Hold Ctrl (⌘ on a Mac) to choose several.</span>'
_UNITS = ("bytes", "kB", "MB", "GB")


def hint(question: Question) -> str:
    """Give the hint below a question as HTML; empty where there is nothing to know."""
    mark = '<span class="mark">Required</span>' if question.needs_answer else ""
    words = escape(" ".join(filter(None, _words(question))))
    return " ".join(filter(None, (mark, words, _HOW_TO_CHOOSE if _is_list_box(question) else "")))


def _is_list_box(question: Question) -> bool:
    asked = question.answer
    return isinstance(asked, Selection) and asked.highest > 1 and asked.is_list


def _words(question: Question) -> list[str]:
    match question.answer:
        case FreeText() as asked:
            return _of_text(asked)
        case Selection() as asked:
            return [_of_selection(asked)]
        case asked:
            return [_of_upload(asked)]


def _of_text(asked: FreeText) -> list[str]:
    number = length = ""
    if asked.is_numeric:
        number = f"A number{_range(asked.lowest, asked.highest)}."
    longest = asked.longest if (asked.longest or 0) < 10**6 else None
    if asked.shortest or longest is not None:
        shortest = asked.shortest or None
        length = f"{_amount(shortest, longest)} characters."
    return [number, length]


def _of_selection(asked: Selection) -> str:
    offered = len(asked.choices) + (asked.other is not None)
    highest = min(asked.highest, offered)
    if highest <= 1:
        return "Choose one." if asked.style in ("checkbox", "multichooser") and offered > 1 else ""
    if asked.lowest <= 1:
        return f"Choose up to {highest}." if highest < offered else "Choose one or more."
    return f"Choose {asked.lowest}." if asked.lowest == highest else f"Choose {asked.lowest} to {highest}."


def _of_upload(asked: Upload) -> str:
    least = f"at least {_size(asked.smallest)} and " if asked.smallest > 1 else ""
    return f"A file of {least}at most {_size(asked.largest)}."


def _range(lowest: int | None, highest: int | None) -> str:
    if lowest is None:
        return "" if highest is None else f" up to {highest}"
    return f", {lowest} or more" if highest is None else f" from {lowest} to {highest}"


def _amount(lowest: int | None, highest: int | None) -> str:
    if lowest is None:
        return f"At most {highest}"
    if highest is None:
        return f"At least {lowest}"
    return f"{lowest}" if lowest == highest else f"{lowest} to {highest}"


def _size(count: int) -> str:
    """Give a number of bytes in the largest unit that it fills, as people name sizes."""
    unit, size = 0, float(count)
    while size >= 1000 and unit + 1 < len(_UNITS):
        unit, size = unit + 1, size / 1000
    return f"{size:.3g} {_UNITS[unit]}"
