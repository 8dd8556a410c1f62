"""Read units of UCUM, the Unified Code for Units of Measure, in its case-sensitive form.

The grammar is the whole one: prefixes, exponents, `.`, `/`, brackets, annotations. The atoms are
those that a medical record can carry. Source: https://ucum.org/ucum, version 2.2.
"""

import re


def flaw(text: str) -> str | None:
    """Return the first piece of a text that is no UCUM, or None where the whole is a unit."""
    reader = _Reader(text)
    try:
        reader.unit()
    except _NotUcum as error:
        return error.piece
    return None


class _NotUcum(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, piece: str) -> None:
        super().__init__(piece)
        self.piece = piece


class _Reader:
    """Read one unit by UCUM's grammar, each method one of its rules."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def unit(self) -> None:
        self._skip("/")
        self._term()
        if self._at < len(self._text):
            raise _NotUcum(self._text[self._at :])

    def _term(self) -> None:
        self._component()
        while self._skip(".") or self._skip("/"):
            self._component()

    def _component(self) -> None:
        if self._skip("("):
            self._term()
            if not self._skip(")"):
                raise _NotUcum(self._text)
        elif not self._annotation() and not self._factor():
            self._symbol()
            self._annotation()

    def _symbol(self) -> None:
        found = _SYMBOL.match(self._text, self._at)
        if found is None:
            raise _NotUcum(self._text[self._at :] or self._text)
        if not _is_symbol(found[1]):
            raise _NotUcum(found[0])
        self._at = found.end()

    def _annotation(self) -> bool:
        return self._take(_ANNOTATION)

    def _factor(self) -> bool:
        return self._take(_FACTOR)

    def _take(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found is not None

    def _skip(self, character: str) -> bool:
        if not self._text.startswith(character, self._at):
            return False
        self._at += len(character)
        return True


def _is_symbol(symbol: str) -> bool:
    """Tell whether this is an atom, or a prefix and an atom that takes one."""
    return (
        symbol in _METRIC
        or symbol in _NOT_METRIC
        or (symbol[:1] in _PREFIXES and symbol[1:] in _METRIC)
        or (symbol[:2] in _PREFIXES and symbol[2:] in _METRIC)
    )


_SYMBOL = re.compile(r"(10[*^]|(?:[A-Za-z%'\"_]|\[[^][{}\s]+\])+)(?:[+-]?[0-9]+)?")
_ANNOTATION = re.compile(r"\{[!-z|~]*\}")
_FACTOR = re.compile(r"[0-9]+(?![0-9*^])")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_PREFIXES = _words("Y Z E P T G M k h da d c m u n p f a z y Ki Mi Gi Ti")
_METRIC = _words(
    # base, SI, and used with SI
    "m s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv",
    "l L ar t bar u eV pc B Np kat U",
    # centimetre-gram-second and older
    "dyn erg P St Mx G Gb Oe Ky ph sb Lmb Ci R RAD REM",
    # heat, information, pressure of columns
    "cal cal_[15] cal_[20] cal_m cal_IT cal_th bit By Bd m[H2O] m[Hg]",
    # chemistry and biology
    "eq osm g% [iU] [IU] B[SPL] B[V] B[mV] B[uV] B[10.nV] B[W] B[kW]",
)
_NOT_METRIC = _words(
    "10* 10^ [pi] % [ppth] [ppm] [ppb] [pptr] gon deg ' ''",
    "min h d wk mo a a_t a_j a_g mo_s mo_j mo_g",
    # everyday and imperial
    "[degF] [in_i] [ft_i] [yd_i] [mi_i] [lb_av] [oz_av] [gr] [pt_us] [qt_us] [gal_us]",
    "[foz_us] [tsp_us] [tbs_us] [cup_us] [in_i'Hg] [in_i'H2O] [Cal] [Btu]",
    # clinical
    "[diop] [p'diop] %[slope] [MET] [PRU] [wood'U] [Ch] [drp] [hnsf'U] [pH] [HPF] [LPF]",
    # arbitrary units
    "[arb'U] [USP'U] [GPL'U] [MPL'U] [APL'U] [beth'U] [anti'Xa'U] [todd'U] [dye'U] [smgy'U]",
    "[bdsk'U] [ka'U] [knk'U] [mclg'U] [tb'U] [AU] [BAU] [EU] [CCID_50] [TCID_50] [EID_50]",
    "[PFU] [FFU] [CFU] [IR] [PNU] [Lf] [D'ag'U] [S] [den]",
)
