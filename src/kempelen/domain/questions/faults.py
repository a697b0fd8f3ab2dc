"""What lxml says of a document that does not fit its schema, in the words of MTurk's parser.

MTurk validated with Xerces and passed its messages on (question-schemas.md §1.2); programs know them.
"""

import re
from collections.abc import Callable

from lxml import etree

_SHOWN = 100
# Where more than these are expected, libxml2 leaves the others out.
_LISTED = 10
_SCHEMA = {"xs": "http://www.w3.org/2001/XMLSchema"}
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
_WHERE = re.compile(
    r"Element '(?:\{[^}]*\})?(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<what>.*)",
    re.DOTALL,
)
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (?P<names>.*) \)\.", re.DOTALL)
_NAME = re.compile(r"\{([^}]*)\}([^,\s]+)")
_INTEGER = re.compile(r"\s*[+-]?\d+\s*")
_INTEGERS = frozenset({"integer", "int", "nonNegativeInteger", "positiveInteger"})
_LOWEST = {"int": -(2**31), "nonNegativeInteger": 0, "positiveInteger": 1}

_Say = Callable[[re.Match[str], str, str, etree._Element], str]


def in_words(message: str, schema: etree._Element) -> str:
    """Give Xerces's message for one of libxml2's; one that is not known stays as it is.

    `schema` is the XML of the schema, whose names of types Xerces shows.
    """
    where = _WHERE.fullmatch(message.strip())
    if where is None:
        return message
    element, attribute = where["element"], (where["attribute"] or "").replace(_XML_NAMESPACE, "xml:")
    for pattern, say in _WORDS:
        if what := pattern.fullmatch(where["what"]):
            return say(what, element, attribute, schema)
    return message


def _unexpected(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    found = f"Invalid content was found starting with element '{element}'."
    if expected := _expected(what["rest"]):
        return f"cvc-complex-type.2.4.a: {found} {expected}"
    return f"cvc-complex-type.2.4.d: {found} No child element is expected at this point."


def _incomplete(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return f"cvc-complex-type.2.4.b: The content of element '{element}' is not complete. " + _expected(
        what["rest"]
    )


def _expected(rest: str) -> str:
    names = _EXPECTED.search(rest)
    if names is None:
        return ""
    listed = _NAME.sub(_clark, names["names"])
    more = ", …" if listed.count(", ") + 1 == _LISTED else ""
    return f"One of '{{{listed}{more}}}' is expected."


def _clark(name: re.Match[str]) -> str:
    return f'"{name[1]}":{name[2]}'


def _stray_text(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return (
        f"cvc-complex-type.2.3: Element '{element}' cannot have character [children], because the type's "
        "content type is element-only."
    )


def _not_empty(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return (
        f"cvc-complex-type.2.1: Element '{element}' must have no character or element information item "
        "[children], because the type's content type is empty."
    )


def _not_simple(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return (
        f"cvc-type.3.1.2: Element '{element}' is a simple type, so it must have no element information item "
        "[children]."
    )


def _undeclared_attribute(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return f"cvc-complex-type.3.2.2: Attribute '{attribute}' is not allowed to appear in element '{element}'."


def _missing_attribute(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return f"cvc-complex-type.4: Attribute '{what['name']}' must appear on element '{element}'."


def _wrong_value(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    value, kind = what["value"], what["kind"]
    if kind not in _INTEGERS:
        return f"cvc-datatype-valid.1.2.1: '{_cut(value)}' is not a valid value for '{kind}'."
    if not _INTEGER.fullmatch(value) or kind not in _LOWEST:
        return f"cvc-datatype-valid.1.2.1: '{_cut(value)}' is not a valid value for 'integer'."
    # Signs decide; the digits may be too many to be made a number.
    is_low = "-" in value or kind != "int"
    facet, limit = ("minInclusive", _LOWEST[kind]) if is_low else ("maxInclusive", 2**31 - 1)
    return _beyond(value.strip(), facet, str(limit), kind)


def _wrong_choice(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    return (
        f"cvc-enumeration-valid: Value '{_cut(what['value'])}' is not facet-valid with respect to "
        f"enumeration '[{what['values'].replace(chr(39), '')}]'. It must be a value from the enumeration."
    )


def _wrong_pattern(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    kind = _type_with("pattern", what["pattern"], schema)
    return _beyond(what["value"], "pattern", what["pattern"], kind)


def _too_much(what: re.Match[str], element: str, attribute: str, schema: etree._Element) -> str:
    limit = what["limit"]
    return _beyond(what["value"], what["facet"], limit, _type_with(what["facet"], limit, schema))


def _beyond(value: str, facet: str, limit: str, kind: str) -> str:
    return (
        f"cvc-{facet}-valid: Value '{_cut(value)}' is not facet-valid with respect to {facet} '{limit}' "
        f"for type '{kind}'."
    )


def _type_with(facet: str, value: str, schema: etree._Element) -> str:
    path = f"string((//xs:simpleType[.//xs:{facet}[@value = $value]]/@name)[1])"
    return str(schema.xpath(path, namespaces=_SCHEMA, value=value)) or "#AnonType"


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"


_WORDS: tuple[tuple[re.Pattern[str], _Say], ...] = tuple(
    (re.compile(pattern, re.DOTALL), say)
    for pattern, say in (
        (r"This element is not expected\.(?P<rest>.*)", _unexpected),
        (r"Missing child element\(s\)\.(?P<rest>.*)", _incomplete),
        (r"Character content other than whitespace is not allowed .*", _stray_text),
        (r"(?:Element|Character) content is not allowed, because the content type is empty\.", _not_empty),
        (r"Element content is not allowed, because the type definition is simple\.", _not_simple),
        (r"The attribute '.*' is not allowed\.", _undeclared_attribute),
        (r"The attribute '(?P<name>.*)' is required but missing\.", _missing_attribute),
        (r"'(?P<value>.*)' is not a valid value of the \w+ type 'xs:(?P<kind>\w+)'\.", _wrong_value),
        (
            r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set "
            r"\{(?P<values>.*)\}\.",
            _wrong_choice,
        ),
        (
            r"\[facet 'pattern'\] The value '(?P<value>.*)' is not accepted by the pattern "
            r"'(?P<pattern>.*)'\.",
            _wrong_pattern,
        ),
        (
            r"\[facet '(?P<facet>\w+)'\] The value '(?P<value>.*)' is (?:greater|less) than the \w+ value "
            r"allowed \('(?P<limit>.*)'\)\.",
            _too_much,
        ),
    )
)
