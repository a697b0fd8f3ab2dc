"""What a QuestionForm shows, as HTML (question-schemas.md §7.1)."""

import re
from html import escape

from kempelen.domain.questions import external, form_formatted
from kempelen.domain.questions.form_parts import (
    Application,
    Binary,
    Content,
    Embedded,
    Formatted,
    Items,
    Text,
    Title,
)

_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\"'.,;:!?)\]}]")
_SIZE = re.compile(r"[0-9]{1,4}%?")
_AWAY = 'target="_blank" rel="noopener noreferrer nofollow"'
_RUNS_NOWHERE = {
    "Flash": "This form has a Flash film here, which browsers no longer show.",
    "JavaApplet": "This form has a Java applet here, which browsers no longer run.",
}


def block(content: Content, *, query: str) -> str:
    """Give a part of an overview or a question; `query` goes to embedded media, as MTurk sent it."""
    match content:
        case Title(text):
            return f'<h2 class="title">{lines(text)}</h2>'
        case Items(texts):
            return f"<ul>{''.join(f'<li>{lines(text)}</li>' for text in texts)}</ul>"
        case Formatted(tree):
            kind = "formatted paper" if form_formatted.has_colours(tree) else "formatted"
            return f'<div class="{kind}">{form_formatted.html(tree)}</div>'
        case Binary("audio" | "video"):
            return f'<div class="media">{_player(content)}{_address(content.url, content.alt)}</div>'
        case Binary():
            return f'<p class="media">{_image(content)}</p>'
        case Embedded():
            return f'<div class="media">{_object(content, query)}</div>'
        case Application(kind):
            return f'<p class="notice">{_RUNS_NOWHERE[kind]}</p>'
        case Text(text):
            return f"<p>{lines(text)}</p>"


def label(content: Text | Binary | Formatted) -> str:
    """Give what stands beside a choice."""
    match content:
        case Text(text):
            return f"<span>{lines(text)}</span>"
        case Binary("image"):
            return _image(content)
        case Binary(_, url, alt):
            return _address(url, alt)
        case Formatted(tree):
            kind = "formatted paper" if form_formatted.has_colours(tree) else "formatted"
            return f'<div class="{kind}">{form_formatted.html(tree)}</div>'


def says_something(content: Content) -> bool:
    """Tell whether the part can name a field for who does not see it."""
    match content:
        case Title(text) | Text(text):
            return bool(text.strip())
        case Items(texts):
            return any(map(str.strip, texts))
        case Formatted(tree):
            alternatives = (str(image.get("alt", "")) for image in tree.iter("{*}img"))
            return bool("".join([*map(str, tree.itertext()), *alternatives]).strip())
        case Binary() | Embedded():
            return bool(content.alt.strip())
        case Application():
            return True


def lines(text: str) -> str:
    """Give plain text with its line ends, and links for what looks like an address."""
    pieces, done = [], 0
    for address in _ADDRESS.finditer(text):
        pieces += [escape(text[done : address.start()]), _address(address[0], address[0])]
        done = address.end()
    whole = "".join([*pieces, escape(text[done:])])
    return whole.strip("\r\n").replace("\r\n", "\n").replace("\n", "<br>")


def _image(content: Binary) -> str:
    source = escape(form_formatted.media(content.url))
    return f'<img src="{source}" alt="{escape(content.alt)}" referrerpolicy="no-referrer">'


def _player(content: Binary) -> str:
    source = escape(form_formatted.media(content.url))
    attributes = f'src="{source}" controls preload="none" aria-label="{_name(content.alt)}"'
    return f"<{content.kind} {attributes}></{content.kind}>"


def _address(url: str, text: str) -> str:
    target = form_formatted.link(url)
    words = escape(text.strip() or url)
    return f'<a href="{escape(target)}" {_AWAY}>{words}</a>' if target else words


def _object(content: Embedded, query: str) -> str:
    """Show it in an `object`, and a link where the browser cannot."""
    source = form_formatted.media(content.url)
    if not source:
        return escape(content.alt)
    sizes = "".join(
        f' {side}="{value}"'
        for side, value in (("width", content.width), ("height", content.height))
        if _SIZE.fullmatch(value)
    )
    parameters = "".join(
        f'<param name="{escape(name)}" value="{escape(value)}">' for name, value in content.parameters
    )
    address = external.with_parameters(source, query) if query else source
    return (
        f'<object data="{escape(address)}" type="{escape(content.mime_type)}"{sizes} '
        f'aria-label="{_name(content.alt)}">{parameters}{_address(source, content.alt)}</object>'
    )


def _name(alt: str) -> str:
    return escape(alt.strip() or "Media without a description")
