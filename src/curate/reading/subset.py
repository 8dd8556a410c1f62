"""What YAML has and a record has not, and what to say where somebody used it.

Each function returns a rule's name, the message and the help, ready for `Faults.add`.
"""

from curate.printable import short

Said = tuple[str, str, str]


def alias(name: str) -> Said:
    """Speak of `*name`."""
    return (
        "alias-or-anchor",
        f"`*{short(name)}` repeats a part of the file by reference (a YAML alias).",
        "Write the part out; if the text itself starts with *, put it in double quotes.",
    )


def anchor(name: str) -> Said:
    """Speak of `&name`."""
    return (
        "alias-or-anchor",
        f"`&{short(name)}` names a part of the file to repeat it (a YAML anchor).",
        "Delete it and write the part out; if the text starts with &, put it in double quotes.",
    )


def merge_key() -> Said:
    """Speak of `<<:`."""
    return (
        "alias-or-anchor",
        "`<<` merges another part of the file into this one (a YAML merge key).",
        "Write the fields out.",
    )


def tag(written: str) -> Said:
    """Speak of `!tag`."""
    return (
        "tag-or-directive",
        f"`{short(written)}` is a YAML tag, which a record cannot hold.",
        "Delete it; if the text itself starts with !, put it in double quotes.",
    )


def directive() -> Said:
    """Speak of `%YAML 1.1`."""
    return (
        "tag-or-directive",
        "A line that starts with % is a YAML directive, which a record cannot hold.",
        "Delete the line; if it is a text, put it in double quotes.",
    )


def second_document() -> Said:
    """Speak of a second `---`."""
    return (
        "several-documents",
        "A second document starts here; a file holds one record.",
        "Move what follows to a file of its own, or delete the line `---`.",
    )


def too_deep(limit: int) -> Said:
    """Speak of a bracket or an indentation too many."""
    return (
        "too-deep",
        f"Values are nested more than {limit} deep; no record is.",
        "Check the brackets and the indentation here.",
    )


def too_many(limit: int) -> Said:
    """Speak of more values than a record has."""
    return (
        "too-large",
        f"The file has more than {limit} values; no record has.",
        "Check that it is a record, and split what belongs to several.",
    )


def key_of_parts() -> Said:
    """Speak of a list or mapping where a field's name should be."""
    return (
        "key-is-not-text",
        "A list or a set of fields stands where a field's name should.",
        "Check for a stray `?`, `[` or `{`; a text that starts so is put in double quotes.",
    )


def odd_key(key: str) -> Said:
    """Speak of a field's name that some programs read as no text, or that is too long."""
    said = f"The field name `{short(key)}`" if key else "A field without a name"
    return (
        "key-is-not-text",
        f"{said} is read by some programs as something other than a word.",
        "Field names are plain lower-case words; `curate new` shows which there are.",
    )


def foreign_key(key: str) -> Said:
    """Speak of a field's name that is not of a-z."""
    if any(character.isspace() and character != " " for character in key):
        return (
            "key-is-not-text",
            "A no-break space or another unusual space stands before or in this field's name.",
            "Type plain spaces in its place.",
        )
    return (
        "key-is-not-text",
        f"The field name `{short(key)}` holds other letters than a-z.",
        "Type it again in plain Latin letters; some others look the same.",
    )


def duplicate_key(key: str, line: int) -> Said:
    """Speak of a field that is written twice."""
    return (
        "duplicate-key",
        f"The field `{short(key)}` is written twice; it stands on line {line} already.",
        "Keep one of them; a list takes several values under one field name.",
    )


def not_a_record(what: str) -> Said:
    """Speak of a file that holds something else than fields."""
    return (
        "not-a-record",
        f"The file holds {what}; a record is a set of fields, such as `id: horisawa-2019`.",
        "Start from `curate new`.",
    )


def hidden_character() -> Said:
    """Speak of a backslash that writes a forbidden character into a text."""
    return (
        "forbidden-character",
        "A backslash writes a character into this text that may not stand in a record.",
        "Delete what starts with the backslash; a backslash that is meant is written twice.",
    )
