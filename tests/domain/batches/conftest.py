"""Files for the readers of batches."""

from collections.abc import Callable
from pathlib import Path

import pytest

WriteCsv = Callable[..., Path]


@pytest.fixture
def a_csv(tmp_path: Path) -> WriteCsv:
    """Writes text (in an encoding) or bytes to rows.csv."""

    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "rows.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
