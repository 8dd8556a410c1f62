"""A number with its noun: `1 record`, `2 records`."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun; `plural` is what is not the noun with an s."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
