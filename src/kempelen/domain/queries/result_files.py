"""Files of results in each of their forms, piece by piece, of whatever answers were chosen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kempelen.domain.batches import results as mturk
from kempelen.domain.batches import turkle_results
from kempelen.domain.batches.results import ResultRow
from kempelen.domain.models import Batch, Export, HITGroup, Project, Requester, User
from kempelen.domain.queries import hit_groups, results, selected
from kempelen.domain.queries.selections import Selection

Form = Export.Form
# Spreadsheets take a file for one in the machine's own encoding unless it begins so.
_BYTE_ORDER_MARK = "\ufeff"
_ENDINGS = {
    Form.CSV: ".csv",
    Form.SHEET: "_for_spreadsheets.csv",
    Form.TURKLE: "_turkle.csv",
    Form.JSON_LINES: ".jsonl",
}
MEDIA_TYPES = dict.fromkeys(Form, "text/csv; charset=utf-8") | {Form.JSON_LINES: "application/x-ndjson"}


@dataclass(frozen=True)
class ResultFile:
    """A file of results that can be written: what it is of, whose, in which form."""

    requester: Requester
    of: selected.Of
    selection: Selection
    form: Form
    # Administrators of the server may know the accounts of workers; requesters know them by WorkerId.
    asked_by: User | None = None
    line_end: str = "\r\n"

    @property
    def name(self) -> str:
        """How it is called."""
        return f"{stem_of(self.of)}{_ENDINGS[self.form]}"

    def pieces(self, on_row: Callable[[ResultRow], ResultRow] = lambda row: row) -> Iterator[bytes]:
        """Give its bytes while the answers are read, in constant memory; `on_row` sees each of them."""
        rows = map(on_row, self._rows())
        if self.form == Form.JSON_LINES:
            yield from mturk.json_lines(rows)
            return
        if self.form == Form.SHEET:
            yield _BYTE_ORDER_MARK.encode()
        for text in self._lines(rows):
            yield text.encode("utf-8", "replace")

    def _lines(self, rows: Iterable[ResultRow]) -> Iterator[str]:
        columns = columns_of(self.of)
        # Those of all answers, so that files of different choices have the same columns.
        names = results.answer_names(selected.groups_of(self.of))
        if self.form == Form.TURKLE:
            return turkle_results.csv_lines(rows, columns, names, line_end=self.line_end)
        return mturk.csv_lines(rows, columns, names, spreadsheet_safe=self.form == Form.SHEET)

    def _rows(self) -> Iterator[ResultRow]:
        knows_names = self.asked_by is not None and self.asked_by.is_superuser and self.form == Form.TURKLE
        return results.chosen_rows(
            self.selection, self.of, requester=self.requester, with_usernames=knows_names
        )


def stem_of(of: selected.Of) -> str:
    """Give how files of results of something begin."""
    if isinstance(of, Batch):
        return f"Batch_{of.number}_batch_results"
    return f"Project_{of.number}_results" if isinstance(of, Project) else f"Group_{of.public_id}_results"


def columns_of(of: selected.Of) -> Sequence[str]:
    """Give the names of the values of its HITs: each once, in the order of their files."""
    if isinstance(of, HITGroup):
        return hit_groups.columns_of(of)
    if isinstance(of, Batch):
        return results.columns_of([of])
    published = Batch.objects.filter(project=of, state=Batch.State.PUBLISHED).only("columns").order_by("pk")
    return results.columns_of(list(published))
