"""Check digits: the last character of an identifier tells whether the others were copied right.

Each scheme finds every single wrong digit. ISO 7064 and Verhoeff also find every two neighbours
that were swapped; Luhn misses the swap of 0 and 9.
"""


def orcid_holds(text: str) -> bool:
    """Check an ORCID iD, 0000-0002-1694-233X (ISO 7064 mod 11-2)."""
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == "0123456789X"[(12 - total % 11) % 11]


def snomed_ct_holds(text: str) -> bool:
    """Check a SNOMED CT id, 22298006 (Verhoeff)."""
    state = 0
    for position, digit in enumerate(reversed(text)):
        state = _VERHOEFF_PRODUCT[state][_VERHOEFF_TURN[position % 8][int(digit)]]
    return state == 0


def is_snomed_ct_concept(text: str) -> bool:
    """Tell a concept's id from that of a description or relationship: by the digits before last."""
    return text[-3:-1] in {"00", "10"}


def loinc_holds(text: str) -> bool:
    """Check a LOINC code, 2160-0 (Luhn); fourteen codes were published with a wrong digit."""
    return text in _LOINC_EXCEPTIONS or luhn_holds(text.replace("-", ""))


def luhn_holds(digits: str) -> bool:
    """Check digits of which the last is Luhn's (modulo 10, every second digit doubled)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digits of 10 to 18 add up
    return total % 10 == 0


# https://loinc.org/kb/users-guide/calculating-mod-10-check-digits/, read 2026-11-22
_LOINC_EXCEPTIONS = (
    *("11491-6", "11501-6", "5895-7", "5896-5", "5897-3", "5928-1", "6028-3"),
    *("6415-5", "6580-7", "6645-7", "6646-5", "6647-3", "6648-1", "6649-9"),
)

# The dihedral group of order 10, and the powers of Verhoeff's permutation (Verhoeff 1969).
_VERHOEFF_PRODUCT = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_VERHOEFF_TURN = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)
