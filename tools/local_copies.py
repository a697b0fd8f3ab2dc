"""The page of local copies, made from the table of known addresses."""

from itertools import groupby

from kempelen.stand_ins.libraries import BY_NAME
from kempelen.stand_ins.table import KNOWN_ADDRESSES, KnownAddress

INTRO = """\
# Local copies of what templates load

Templates of twenty years load Bootstrap, jQuery and their like from Amazon's buckets and public networks. A
task gets this server's copies in their place, so that it works where those are gone, blocked or slow, and
nobody else learns who works on what. The stored template, `GetHIT` and the results stay as they are.

- Addresses are exchanged in `<script src>`, `<link href>`, and `@import` and `url()` of `<style>`; and
  where scripts make them: `src` and `href` of elements, `innerHTML` and its like, `document.write`,
  jQuery's loading.
- `http:`, `https:` and addresses without either count alike, with any query. `integrity` and
  `crossorigin` go, since the copy may differ in its bytes.
- **Every version of a major line gets the newest copy of that line**: Bootstrap 3.0.3 is 3.4.1 here.
- Any other address stays. The checks beside the editor list each one, with its line.
- `KEMPELEN_LOCAL_COPIES=no` ([settings](settings.md)) turns this off for the server, the project's page
  for the batches of a project. Amazon's `externalHIT_v1.js` and [Crowd HTML Elements](crowd-elements.md)
  come from here in any case.

The hosts are Amazon's `mturk-public`, code.jquery.com, ajax.googleapis.com, ajax.aspnetcdn.com, cdnjs,
jsDelivr, unpkg, bootstrapcdn.com, getbootstrap.com, fontawesome.com, bootcdn and, for fonts,
fonts.googleapis.com. The copies are files of Python packages that are installed with Kempelen; what is
Kempelen's own was written for it.

| Copy | From the package | Addresses such as |
| --- | --- | --- |
"""


def page() -> str:
    """The page, without the note that it is made."""
    rows = [
        _row(library, list(kinds))
        for library, kinds in groupby(KNOWN_ADDRESSES, key=lambda known: known.library)
    ]
    return INTRO + "\n".join(rows) + "\n"


def _row(name: str, kinds: list[KnownAddress]) -> str:
    library = BY_NAME[name]
    title = f"{library.title} ({library.at_least} or newer)" if library.at_least else library.title
    package = f"`{library.package}`" if library.package else ""
    examples = "<br>".join(f"{known.what}: `{known.example}`" for known in kinds)
    return f"| {title} | {package} | {examples} |"
