"""Two states of git's index are compared by their bytes, whatever these are."""

import random
import struct
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha1

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.index.git_index import MOST, Unusual, snapshot

SLOW = [HealthCheck.too_slow]
Listed = dict[bytes, tuple[int, bytes]]
_BLOBS = st.sampled_from([bytes([number]) * 20 for number in range(1, 5)])
_FILES = st.tuples(st.sampled_from([0o100644, 0o100755, 0o120000]), _BLOBS)


def _file(listed: Listed, times: bytes = bytes(24), version: int = 2) -> bytes:
    """Write what git would."""
    data = struct.pack(">4sII", b"DIRC", version, len(listed))
    for name, (mode, blob) in sorted(listed.items()):
        more = b"\x40\0" if version == 3 and name.endswith(b"4.yaml") else b""
        flags = len(name) | (0x4000 if more else 0)
        entry = times + struct.pack(">I12x20sH", mode, blob, flags) + more + name
        data += entry + bytes(8 - len(entry) % 8)
    data += struct.pack(">4sI5s", b"TREE", 5, b"\0-1 0")
    return data + sha1(data, usedforsecurity=False).digest()


def _text(file: tuple[int, bytes] | None) -> str | None:
    return None if file is None else f"{file[0]:06o} {file[1].hex()}"


def _changes(old: Listed, new: Listed) -> dict[bytes, tuple[str | None, str | None]]:
    return {
        name: (_text(old.get(name)), _text(new.get(name)))
        for name in old.keys() | new.keys()
        if old.get(name) != new.get(name)
    }


_NAMES = st.integers(0, 24_009).map(lambda number: b"records/n-%05d.yaml" % number)
_ANY = _NAMES | st.binary(min_size=1, max_size=9).filter(lambda name: b"\0" not in name)
_SOME = st.dictionaries(_ANY, _FILES, max_size=9)


@settings(max_examples=60, suppress_health_check=SLOW)
@given(
    st.sampled_from([0, 3, 40, 3000]),
    _SOME,
    _SOME,
    st.lists(st.integers(0, 3008), max_size=9),
    st.sampled_from([2, 3]),
)
def test_what_differs_between_two_states_is_found(
    many: int, some: Listed, others: Listed, gone: list[int], version: int
) -> None:
    old = {b"records/n-%05d.yaml" % (8 * number): (0o100644, b"\1" * 20) for number in range(many)}
    old |= some
    new = old | others
    for number in gone:
        new.pop(sorted(old)[number % len(old)] if old else b"", None)
    now = _file(new, version=version)
    compared = snapshot(_file(old)).compared(now)
    assert compared.changes == _changes(old, new)
    assert compared.snapshot().starts == snapshot(now).starts
    assert compared.snapshot().compared(_file(old)).changes == _changes(new, old)


def test_from_many_differences_on_git_is_asked() -> None:
    old = {b"n-%05d" % number: (0o100644, b"\1" * 20) for number in range(2 * MOST)}
    known = snapshot(_file(old))
    for count in (MOST, MOST + 1):
        new = {name: (mode, b"\2" * 20) for name, (mode, _) in [*old.items()][:count]}
        if count == MOST:
            assert len(known.compared(_file(old | new)).changes) == MOST
        else:
            with pytest.raises(Unusual):
                known.compared(_file(old | new))
    with pytest.raises(Unusual):  # git has looked at every file
        known.compared(_file(old, times=b"\1" * 24))


def _spoilt(data: bytes, rng: random.Random) -> bytes:
    spoilt, at = bytearray(data), rng.randrange(len(data))
    how = rng.randrange(4)
    if how == 0:
        spoilt[at] ^= 1 << rng.randrange(8)
    elif how == 1:
        spoilt[at : at + 30] = rng.randbytes(30)
    elif how == 2:
        del spoilt[at:]
    else:
        del spoilt[at : at + rng.randrange(200)]
    return bytes(spoilt)


def test_a_damaged_file_is_unusual_or_read_as_it_is() -> None:
    rng = random.Random(3)  # noqa: S311 - damage, no secret
    old = {b"n-%03d" % number: (0o100644, b"\1" * 20) for number in range(50)}
    whole = _file(old, version=3)
    known = snapshot(whole)
    answered = 0
    for _ in range(3000):
        spoilt = _spoilt(whole, rng)
        if spoilt != whole:
            with pytest.raises(Unusual):
                snapshot(spoilt)
        try:
            known.compared(spoilt)
        except Unusual:
            continue
        answered += 1
    assert 0 < answered < 2000


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_the_file_is_unusual_at_most(data: bytes) -> None:
    known = snapshot(_file({b"a": (0o100644, b"\1" * 20)}))
    ways: tuple[Callable[[bytes], object], ...] = snapshot, known.compared
    for read in ways:
        for head in (b"", known.data[:8], known.data[:12], known.data[:84], known.data[:-20]):
            with suppress(Unusual):
                read(head + data)
