"""How messages show what stands in people's files."""


def shown(text: str) -> str:
    """Text from a file, fit for one line of a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"
