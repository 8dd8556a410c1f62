"""Draw records as people write them: every layout that YAML allows, comments everywhere."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]

_WORDS = st.sampled_from(
    [
        *("Relief", "lasted", "12 mo", "n = 8", "a: b", "a #b", "#", "- x", "p <.001", "50-100 %"),
        *(
            "no",
            "Yes",
            "null",
            "~",
            "true",
            "1e3",
            "E10",
            "0171",
            "2:51",
            "4.30",
            "-7",
            "2026-11-21",
        ),
        *(
            '"so-called"',
            "writer's",
            "back\\slash",
            "é",
            "e\u0301",
            "±",
            "[a]",
            "{b}",
            "*",
            "&",
            "!",
        ),
        *(
            "---",
            "...",
            "?",
            ":",
            "x:",
            "%",
            "@",
            "`",
            ",",
            "|",
            ">",
            "='",
            "<<",
            "µg",
            "\u00a0",
            "'",
        ),
        *("\U0001d6fc", "-", "-5 mm", ".5", "0:30.5", "", " "),
    ]
)
_LINE = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_TEXT = st.one_of(
    _LINE,
    st.lists(_LINE, min_size=1, max_size=4).map("\n".join),
    st.text(max_size=12),
    st.text(alphabet="ab \n\t#:-'\"\\", max_size=12),
)
_KEY = st.sampled_from(["id", "title", "pmids", "at", "key two", "on it", "x-y", "12", "no", "a#b"])
_BARE = st.sampled_from(
    ["4.30", "12", "-0.5", "true", "false", "null", "", "plain text", "x y z w"]
)
_COMMENT = st.sampled_from(["# why", "#", "#! odd", "# a: b", "# 'quote", "#< rule", "# x  # y"])


@st.composite
def records(draw: Draw) -> str:
    """Draw the text of a file that is a record in layout, and mostly readable."""
    lines = _mapping(draw, 0, 3)
    marker = draw(st.sampled_from([[], [], [], ["---"], ["# top", "--- # mark"]]))
    end = draw(st.sampled_from(["\n", "\n", "\n\n\n", "", "\n...\n", "\n# end\n", "\n\n  # end\n"]))
    text = "\n".join([*_apart(draw, 0), *marker, *_apart(draw, 0), *lines]) + end
    return draw(st.sampled_from([text, text, text, text.replace("\n", "\r\n")]))


def _mapping(draw: Draw, indent: int, depth: int) -> list[str]:
    lines: list[str] = []
    for key in draw(st.lists(_KEY, min_size=1, max_size=3, unique=True)):
        lines += _apart(draw, indent)
        bare = key.isidentifier() and key != "no"
        lines += _behind(draw, f"{' ' * indent}{key if bare else json.dumps(key)}:", indent, depth)
    return lines


def _list(draw: Draw, indent: int, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        lines += _apart(draw, indent)
        dash = " " * indent + "-"
        shape = draw(st.sampled_from(["scalar", "compact", "compact", "below"]))
        if shape == "scalar" or depth == 0:
            lines += _behind(draw, dash, indent, 0)
            continue
        width = draw(st.integers(2, 4))
        nested = draw(st.sampled_from([_mapping, _list]))(draw, indent + width, depth - 1)
        # A compact item starts behind its dash, if no comment stands before it.
        if shape == "compact" and nested[0].strip() and not nested[0].lstrip().startswith("#"):
            lines += [dash + nested[0][indent + 1 :], *nested[1:]]
        else:
            lines += [dash + _trailing(draw), *nested]
    return lines


def _behind(draw: Draw, head: str, indent: int, depth: int) -> list[str]:
    """Put a value behind a key or a dash."""
    shape = draw(st.sampled_from(["scalar", "scalar", "flow", "nested", "block"]))
    if shape == "nested" and depth:
        is_list = draw(st.booleans())
        deeper = indent + draw(st.integers(0 if is_list and head.endswith(":") else 1, 4))
        nested = (_list if is_list else _mapping)(draw, deeper, depth - 1)
        return [head + _trailing(draw), *nested]
    if shape == "flow":
        return [f"{head} {_flow(draw, 2, indent)}{_trailing(draw)}"]
    if shape == "block":
        return _block(draw, head, indent)
    first, *more = _scalar(draw, indent).split("\n")
    below = draw(st.sampled_from([False, False, False, True]))
    lead = [head + _trailing(draw), " " * (indent + 2) + first] if below else [f"{head} {first}"]
    lines = [*lead, *more]
    return [*lines[:-1], lines[-1] + _trailing(draw)]


def _scalar(draw: Draw, indent: int) -> str:
    shape = draw(st.sampled_from(["bare", "double", "single", "plain", "folded"]))
    if shape == "bare":
        return draw(_BARE)  # type: ignore[no-any-return]
    text = draw(_TEXT)
    if shape == "single":
        return "'" + text.replace("\n", " ").replace("\t", " ").replace("'", "''") + "'"
    if shape == "plain":
        return draw(st.sampled_from(["some text", "see it", f"a{text!r}"])).replace("\\", "")  # type: ignore[no-any-return]
    if shape == "folded":
        return f"one two\n{' ' * (indent + 1)}three\n\n{' ' * (indent + 3)}four"
    return json.dumps(text, ensure_ascii=draw(st.booleans()))


def _flow(draw: Draw, depth: int, indent: int) -> str:
    gap = draw(
        st.sampled_from(["", " ", " ", f"\n{' ' * (indent + 1)}", f" # c\n{' ' * (indent + 2)}"])
    )
    if depth == 0 or draw(st.booleans()):
        return json.dumps(draw(_TEXT), ensure_ascii=False)
    parts = [_flow(draw, depth - 1, indent) for _ in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        return f"[{gap}{f',{gap} '.join(parts)}{gap}]"
    keyed = [f"k{number}: {part}" for number, part in enumerate(parts)]
    return f"{{{gap}{f',{gap} '.join(keyed)}{gap}}}"


def _block(draw: Draw, head: str, indent: int) -> list[str]:
    step = draw(st.integers(1, 4))
    style = draw(st.sampled_from("|>")) + draw(st.sampled_from(["", "", str(step)]))
    header = f"{head} {style}{draw(st.sampled_from(['', '-', '+']))}{_trailing(draw)}"
    lines = draw(st.lists(_LINE | st.sampled_from(["", "", "  deeper"]), min_size=1, max_size=5))
    return [header, *(" " * (indent + step) + line if line else "" for line in lines)]


def _apart(draw: Draw, indent: int) -> list[str]:
    """Draw the empty lines and comments between two values."""
    rows = draw(st.lists(st.sampled_from(["", "", "c", "d"]), max_size=3)) if draw(_SELDOM) else []
    return [_own_line(draw, indent) if row else "" for row in rows]


def _own_line(draw: Draw, indent: int) -> str:
    return " " * draw(st.sampled_from([indent, indent, 0, indent + 2, 1])) + str(draw(_COMMENT))


def _trailing(draw: Draw) -> str:
    return draw(st.sampled_from([" ", "  "])) + draw(_COMMENT) if draw(_SELDOM) else ""


_SELDOM = st.sampled_from([False, False, True])
