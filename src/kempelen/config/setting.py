"""What a setting is: a KEMPELEN_… variable with how its text is read, its default and its help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kempelen.config.readers import Unfit

T = TypeVar("T")


class BadSettings(Exception):
    """Some variables have values that nothing can be made of; `str()` names each with its remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A variable: its name, how its text is read, what it is if unset, and what it is for."""

    name: str
    kind: str
    read: Callable[[str], T]
    default: T
    help: str
    secret: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    def value_in(self, environment: Mapping[str, str]) -> T:
        """The value that the environment gives, or the default; `Unfit` if it makes no sense."""
        given = self._text_in(environment)
        return self.default if given is None else self.read(given)

    def is_set_in(self, environment: Mapping[str, str]) -> bool:
        """Whether the environment says anything about it."""
        return self._text_in(environment) is not None

    def _text_in(self, environment: Mapping[str, str]) -> str | None:
        given = environment.get(self.name, "").strip()
        if not given.isascii() and given != given.encode(errors="replace").decode():
            raise Unfit("Write it in UTF-8.")
        file = environment.get(f"{self.name}_FILE", "").strip() if self.secret else ""
        if given and file:
            raise Unfit(f"Set either {self.name} or {self.name}_FILE, not both.")
        if not file:
            return given or None
        try:
            return Path(file).read_text(encoding="utf-8").strip() or None
        except OSError as error:
            raise Unfit(f"{self.name}_FILE names {file}, which cannot be read: {error.strerror}.") from error
