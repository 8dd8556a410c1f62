"""Which sums of squares `n` whole numbers of a given total can have."""

from functools import lru_cache
from math import isqrt

_FEW = 5
"""From five numbers on, every sum of squares of the right parity above the least occurs."""
_LARGEST_SEARCH = 4000
_LARGEST_TABLE = 30_000


def of_whole(n: int, total: int, squares: range) -> bool:
    """Tell whether `n` whole numbers of either sign have this total and one of these sums."""
    first = _with_parity(max(squares.start, least(n, total)), total)
    wanted = range(first, squares.stop, 2)
    # Shifted by their mean the numbers are small, and their squares few.
    middle = total // n
    rest = total - n * middle
    shift = 2 * middle * rest + n * middle * middle
    if n >= _FEW or not wanted or wanted[-1] - shift > _LARGEST_SEARCH:
        return bool(wanted)
    return any(_found(n, rest, square - shift) for square in wanted)


def of_bounded(n: int, total: int, squares: range, top: int) -> bool:
    """Tell the same of whole numbers from 0 to `top`."""
    if total > n * top:
        return False
    first = _with_parity(max(squares.start, least(n, total)), total)
    wanted = range(first, min(squares.stop, most(n, total, top) + 1), 2)
    if not wanted or not table_is_small(n, top):
        return bool(wanted)
    return _table(n, top)[total] >> wanted.start & ((1 << (wanted[-1] - wanted.start + 1)) - 1) != 0


def least(n: int, total: int) -> int:
    """Return the sum of squares where the numbers are as equal as their total allows."""
    each, more = divmod(total, n)
    return (n - more) * each * each + more * (each + 1) ** 2


def most(n: int, total: int, top: int) -> int:
    """Return the sum of squares where as many as possible are 0 or `top`."""
    if top == 0 or total >= n * top:
        return n * top * top
    full, rest = divmod(total, top)
    return full * top * top + rest * rest


def table_is_small(n: int, top: int | None) -> bool:
    """Tell whether all that `n` numbers from 0 to `top` can give is quickly listed."""
    return top is not None and (n * (top + 1)) ** 2 <= _LARGEST_TABLE


@lru_cache(maxsize=256)
def _table(n: int, top: int) -> tuple[int, ...]:
    """Return for each total the sums of squares that occur, as the bits of a number."""
    if n == 0:
        return (1,)
    fewer = _table(n - 1, top)
    found = [0] * (n * top + 1)
    for total, bits in enumerate(fewer):
        for value in range(top + 1):
            found[total + value] |= bits << value * value
    return tuple(found)


def _found(n: int, total: int, square: int) -> bool:
    """Search `n` whole numbers, at most four, with this total and sum of squares."""
    if n == 1:
        return total * total == square
    if square * n < total * total:
        return False
    reach = isqrt(square)
    return any(
        _found(n - 1, total - value, square - value * value) for value in range(-reach, reach + 1)
    )


def _with_parity(number: int, of: int) -> int:
    """Return the number, or the next where one of them is odd and the other even."""
    return number + (number - of) % 2
