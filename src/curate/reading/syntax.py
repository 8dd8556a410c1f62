"""Say in plain words what is wrong with a text that is not YAML, and where to mend it.

libyaml notices a mistake where it can go on no longer, which is often a line or more after the
place that has to be changed. So each complaint is looked at together with the lines around it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from curate.fault import Fault
from curate.finding import Span
from curate.reading.complaint import Complaint, complaint_of
from curate.reading.slip import CURLY, NAME, bullet, curly_quotes, list_under_text, slip

QUOTE_IT = "Put the whole text in double quotes."
_FIELD = re.compile(r"\s*(?:- +)*[\"']?[A-Za-z_][\w-]*[\"']?:(?= |$)")
_FIELD_WITH_TEXT = re.compile(_FIELD.pattern + r" +(?=[^\s#])(?P<text>.+)")
_NAMED_TWICE = re.compile(
    r"\s*(?:- +)*(?P<field>(?P<name>pmid|pmcid|doi): +)(?i:(?P=name)): +(?P<rest>\S+)\s*"
)
"""A PMID, PMCID or DOI with its name, as it is copied from a page."""
_BARE_WORD = re.compile(r"\s*(?:- +)*(?P<at>[a-z][a-z_]*)\s*")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?= |\r?$).*", re.MULTILINE)


def conflict_markers(text: str) -> Iterator[Fault]:
    """Yield the first line that an unfinished merge left behind, if it left its opening one."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    found = _CONFLICT.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        yield Fault(
            NAME,
            Span(line, 1, line, 8),
            "This line was left behind by an unfinished merge.",
            "Keep the version that is right, and delete the lines with <<<<<<<, ======= and "
            ">>>>>>>.",
        )


def explain_syntax(error: yaml.YAMLError, text: str) -> Fault:
    """Turn libyaml's complaint into a place and a sentence for somebody who writes records."""
    complaint = complaint_of(error, text)
    for pattern, explainers in _EXPLAINERS:
        if re.search(pattern, complaint.said):
            for explainer in explainers:
                fault = explainer(complaint)
                if fault is not None:
                    return _within(fault, complaint.lines)
    fault = _at(
        complaint,
        f"The text cannot be read as YAML: {complaint.said}.",
        "Compare the line with those around it; a text with special characters goes in double "
        "quotes.",
    )
    return _within(fault, complaint.lines)


def _within(fault: Fault, lines: list[str]) -> Fault:
    """Keep a place inside the text: reading often stops behind its last line."""
    span = fault.where
    if isinstance(span, Span) and span.line > len(lines):
        last = len(lines[-1]) + 1
        return fault._replace(where=Span(len(lines), last, len(lines), last))
    return fault


def _fault(line: int, column: int, message: str, help_: str, width: int = 1) -> Fault:
    return Fault(NAME, Span(line, column, line, column + width), message, help_)


def _at(complaint: Complaint, message: str, help_: str) -> Fault:
    """Point at where reading stopped."""
    return _fault(complaint.line, complaint.column, message, help_)


def _from(complaint: Complaint, message: str, help_: str) -> Fault:
    """Point at where what was being read began."""
    return _fault(complaint.start_line, complaint.start_column, message, help_)


def _tab(complaint: Complaint) -> Fault | None:
    source = complaint.source
    indent = source[: len(source) - len(source.lstrip())]
    at = complaint.column - 1 if source[complaint.column - 1 :][:1] == "\t" else indent.find("\t")
    if at < 0:
        return None
    return _fault(
        complaint.line,
        at + 1,
        "A tab stands where only spaces may.",
        "Replace it by spaces: two for each level.",
    )


def _open_quote(complaint: Complaint) -> Fault:
    return _from(
        complaint,
        "The text that starts with this quote has no closing quote.",
        "Add the closing quote at its end, or delete this one.",
    )


def _after_quoted(complaint: Complaint) -> Fault | None:
    """Explain text behind a closing quote: a quote in the middle, or one left open further up."""
    quoted = _quoted_before(complaint)
    if quoted is None:
        return None
    first, last = quoted.start_mark.line + 1, quoted.end_mark.line + 1
    if any(_FIELD.match(complaint.text(line)) for line in range(first + 1, last + 1)):
        return _fault(
            first,
            quoted.start_mark.column + 1,
            "The text that starts with this quote has no closing quote before the next field.",
            "Add the closing quote at its end, or delete this one.",
        )
    where = (last, quoted.end_mark.column)
    if quoted.style == "'":
        return _fault(
            *where,
            "This apostrophe ends the text, which started with a single quote.",
            "Put the whole text in double quotes instead of single ones.",
        )
    return _fault(
        *where,
        "This quote ends the text, and more follows on the line.",
        'Put the whole text in double quotes; a quote inside it is written \\".',
    )


def _quoted_before(complaint: Complaint) -> Any:
    """Return the quoted text that ends right before the place where reading stopped, if any."""
    last = None
    for token in complaint.tokens():
        if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
            last = token
    if last is None or last.end_mark.line + 1 != complaint.line:
        return None
    between = complaint.source[last.end_mark.column : complaint.column - 1]
    return last if last.end_mark.column < complaint.column and not between.strip() else None


def _cut(complaint: Complaint) -> Fault | None:
    """Explain a text that a comment cut off, and whose next line therefore hangs in the air."""
    line = complaint.above(complaint.line)
    found = _FIELD_WITH_TEXT.match(complaint.text(line))
    if found is None or found["text"][0] in "\"'" or " #" not in found["text"]:
        return None
    return _fault(
        line,
        found.start("text") + found["text"].index(" #") + 2,
        "The text ends before this #, because what follows a # is a comment.",
        QUOTE_IT,
    )


def _second_colon(complaint: Complaint) -> Fault | None:
    """Explain `field: text: more`."""
    found = _FIELD_WITH_TEXT.match(complaint.source)
    if found is None or found.start("text") >= complaint.column:
        found = _FIELD_WITH_TEXT.match(complaint.text(complaint.above(complaint.line)))
        if found is None or not _continues(complaint):
            return None
    elif found["text"][0] in CURLY:
        return curly_quotes(complaint.line, found.start("text") + 1)
    if not complaint.source[complaint.column :].strip():
        return _at(complaint, "A colon ends this line, as after a field's name.", QUOTE_IT)
    named = _NAMED_TWICE.fullmatch(complaint.source)
    help_ = f"Write only what follows it: `{named['field']}{named['rest']}`." if named else QUOTE_IT
    return _at(complaint, "A second `: ` stands in this text, as after a field's name.", help_)


def _continues(complaint: Complaint) -> bool:
    """Tell whether a line is prose that goes on, rather than a field too far to the right."""
    before = complaint.source[: complaint.column - 1]
    return " " in before.strip()


def _too_deep_line(complaint: Complaint) -> Fault | None:
    """Explain a field that is indented as if it continued the text above."""
    source, above = complaint.source, complaint.above(complaint.line)
    if not above or not _FIELD.match(source):
        return None
    column = len(source) - len(source.lstrip()) + 1
    return _fault(
        complaint.line,
        column,
        "This line is indented deeper than the field above, so it is read as more of its text.",
        f"Align it with the field that it belongs beside, or delete the text in line {above} if "
        "the fields belong below that.",
    )


def _stray_colon(complaint: Complaint) -> Fault:
    return _at(
        complaint,
        "A colon with a space after it makes a field of this line, and no field can stand here.",
        f"{QUOTE_IT} If it is a field, align it with those that it belongs beside.",
    )


def _slip_above(complaint: Complaint) -> Fault | None:
    """Find the slip of the pen on the line above."""
    above = complaint.above(complaint.line)
    return slip(complaint.text(above), above)


def _slip_at_start(complaint: Complaint) -> Fault | None:
    """Find the slip of the pen on the line where the field's name began."""
    return slip(complaint.text(complaint.start_line), complaint.start_line)


def _no_colon(complaint: Complaint) -> Fault:
    """Explain a line that is neither a field nor the continuation of the text above."""
    line = complaint.start_line
    source = complaint.text(line)
    column = len(source) - len(source.lstrip()) + 1
    if _BARE_WORD.fullmatch(source):
        message = "A field's name stands here without a colon."
        help_ = f"Write `{source.strip()}: ` and the value after it."
    else:
        message = "This line is no field, and it is not indented as part of the text above."
        help_ = (
            "If it goes on with the text above, indent it by two spaces more than that field; if "
            "it is a field, write its name, a colon and a space first."
        )
    return _fault(line, column, message, help_, max(len(source.strip()), 1))


def _forbidden_start(complaint: Complaint) -> Fault:
    character = complaint.source[complaint.column - 1 :][:1]
    named = "a backtick" if character == "`" else f"`{character}`"
    return _at(complaint, f"A text cannot start with {named} without quotes.", QUOTE_IT)


def _open_bracket(complaint: Complaint) -> Fault | None:
    """Explain a bracket that is not closed."""
    opened: list[Any] = []
    for token in complaint.tokens():
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append(token.start_mark)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            opened = opened[:-1]
    if not opened:
        return None
    line, column = opened[0].line + 1, opened[0].column + 1
    bracket = complaint.text(line)[column - 1 :][:1]
    closing = {"[": "]", "{": "}"}.get(bracket)
    return _fault(
        line,
        column,
        f"A text that starts with `{bracket}` is taken for {_SPECIAL.get(bracket, 'a list')}.",
        f"{QUOTE_IT} If it is a list or a set of fields, add the closing `{closing}`.",
    )


def _special_start(complaint: Complaint) -> Fault:
    """Explain a text that starts with a character which means something to YAML."""
    source = complaint.text(complaint.start_line)
    at_start = not source[: complaint.start_column - 1].strip()
    if at_start and source[complaint.start_column - 1 :].startswith("* "):
        return bullet(complaint.start_line, complaint.start_column, "*")
    character = source[complaint.start_column - 1 :][:1]
    return _from(
        complaint,
        f"A text that starts with `{character}` is taken for {_SPECIAL.get(character, 'YAML')}.",
        QUOTE_IT,
    )


_SPECIAL = {
    "%": "a YAML directive",
    "&": "a YAML anchor",
    "*": "a YAML alias",
    "!": "a YAML tag",
    "[": "a list in brackets, which is not closed",
    "{": "a set of fields in braces, which is not closed",
    ">": "the head of a block of lines, and nothing may follow on the line",
    "|": "the head of a block of lines, and nothing may follow on the line",
}


def _after_bracket(complaint: Complaint) -> Fault | None:
    """Explain `field: [note] more text`."""
    found = _FIELD_WITH_TEXT.match(complaint.source)
    if found is None or found["text"][0] not in "[{":
        return None
    if complaint.source[: complaint.column - 1].rstrip()[-1:] not in ("]", "}"):
        return None
    return _fault(
        complaint.line,
        found.start("text") + 1,
        f"A text that starts with `{found['text'][0]}` is taken for a list or a set of fields, and "
        "more follows after its end.",
        QUOTE_IT,
    )


def _stray_entry(complaint: Complaint) -> Fault | None:
    """Explain a list below a field that has a text already."""
    if not re.match(r"- |-$", complaint.source[complaint.column - 1 :]):
        return None
    above = complaint.above(complaint.line)
    found = _FIELD_WITH_TEXT.match(complaint.text(above))
    if found is None or len(re.match(r" *", complaint.text(above))[0]) + 1 != complaint.column:  # type: ignore[index]
        return None
    return list_under_text(complaint.line, complaint.column)


def _entry_beside_field(complaint: Complaint) -> Fault:
    return _at(
        complaint,
        "A list entry cannot start on the line of its field.",
        "Start the list on the next line; if it is a text that starts with a dash, put it in "
        "double quotes.",
    )


def _misaligned(complaint: Complaint) -> Fault:
    source = complaint.source
    column = len(source) - len(source.lstrip()) + 1
    what = "list entry" if source.lstrip().startswith(("- ", "-\n")) else "line"
    return _fault(
        complaint.line,
        min(column, complaint.column),
        f"The indentation does not fit: this {what} is aligned with nothing above it.",
        "Align it with what it belongs beside: the fields of one part, or the dashes of one list, "
        "start in the same column.",
    )


def _indented_start(complaint: Complaint) -> Fault | None:
    """Explain a first field that is indented while the others are not."""
    line = complaint.line
    while above := complaint.above(line):
        line = above
    source = complaint.text(line)
    if not source.startswith(" "):
        return None
    width = len(source) - len(source.lstrip())
    return _fault(
        line,
        1,
        "The first field is indented, and those below are not.",
        "Delete the spaces before it.",
        width,
    )


def _after_end(complaint: Complaint) -> Fault:
    return _at(
        complaint,
        "The record has ended above, and something follows.",
        "Delete a line `...` above it; a record is one set of fields, all at the left edge.",
    )


def _escape(complaint: Complaint) -> Fault:
    at = complaint.source.rfind("\\", 0, complaint.column) + 1
    return _fault(
        complaint.line,
        at or complaint.column,
        "Inside double quotes a backslash starts a special character, and this one is unknown.",
        "Write two backslashes for one, or put the text in single quotes.",
    )


_Explainer = Callable[[Complaint], Fault | None]
_EXPLAINERS: tuple[tuple[str, tuple[_Explainer, ...]], ...] = (
    (r"cannot start any token|tab character", (_tab, _forbidden_start)),
    (r"while parsing a quoted scalar|escape", (_escape,)),
    (r"while scanning a quoted scalar", (_open_quote,)),
    (
        r"mapping values are not allowed",
        (_slip_above, _second_colon, _too_deep_line, _stray_colon),
    ),
    (r"could not find expected ':'", (_cut, _slip_at_start, _no_colon)),
    (r"while scanning (a directive|an alias|an anchor|a tag|a block scalar)", (_special_start,)),
    (r"while parsing a flow", (_open_bracket, _special_start)),
    (r"block sequence entries are not allowed", (_entry_beside_field,)),
    (r"mapping keys are not allowed|expected node content", (_forbidden_start,)),
    (r"expected <document start>", (_after_quoted, _indented_start, _after_end)),
    (
        r"did not find expected (key|'-' indicator)",
        (_tab, _after_quoted, _after_bracket, _cut, _slip_above, _stray_entry, _misaligned),
    ),
)
