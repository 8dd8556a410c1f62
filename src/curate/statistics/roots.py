"""Square roots for messages: exact to the decimals shown."""

from decimal import Decimal
from fractions import Fraction
from math import isqrt


def root_text(square: Fraction, decimals: int) -> str:
    """Show the square root of a fraction, rounded down to so many decimals."""
    scale = 10 ** (2 * decimals)
    return str(Decimal(isqrt(int(square * scale))).scaleb(-decimals))


def share_text(value: Fraction, decimals: int) -> str:
    """Show a fraction rounded half up to so many decimals."""
    sign = -1 if value < 0 else 1
    whole = int(abs(value) * 10**decimals + Fraction(1, 2))
    return str(Decimal(sign * whole).scaleb(-decimals))
