"""JUnit XML, which most CI systems show as tests: one test case a file."""

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from curate.corpus import Corpus
from curate.counted import counted
from curate.finding import Finding, Severity
from curate.printable import printable
from curate.report import Report
from curate.report._shown import sentence


def render(report: Report, corpus: Corpus) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    """Yield a suite in which each file that was checked passes, or fails with what was found.

    An error fails the case; warnings and what is accepted are its output.
    """
    by_file: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_file[finding.path].append(finding)
    failed = {finding.path for finding in report.standing if finding.severity is Severity.ERROR}
    counts = {"tests": str(len(report.files)), "failures": str(len(failed)), "errors": "0"}
    root = Element("testsuites", {"name": "curate", **counts})
    suite = SubElement(root, "testsuite", {"name": "curate validate", **counts, "skipped": "0"})
    for path in report.files:
        _case(suite, path, by_file[path], report.below)
    indent(root)
    # In ASCII, with references for the rest, it is right whatever the terminal's encoding is.
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield tostring(root, encoding="us-ascii", xml_declaration=False).decode() + "\n"


def _case(suite: Element, path: str, findings: list[Finding], below: str) -> None:
    name = printable(path)
    where = {"classname": _class(name), "name": name, "file": f"{printable(below)}{name}"}
    case = SubElement(suite, "testcase", where)
    errors = [finding for finding in findings if _fails(finding)]
    others = [finding for finding in findings if not _fails(finding)]
    if errors:
        count = counted(len(errors), "error")
        failure = SubElement(case, "failure", {"type": errors[0].name, "message": count})
        failure.text = "\n".join(map(_line, errors))
    if others:
        SubElement(case, "system-out").text = "\n".join(map(_line, others))


def _fails(finding: Finding) -> bool:
    accepted = finding.waived is not None or finding.in_baseline
    return finding.severity is Severity.ERROR and not accepted


def _class(path: str) -> str:
    return path.rsplit("/", 1)[0].replace("/", ".")


def _line(finding: Finding) -> str:
    grade = f"{finding.severity} {finding.code} {finding.name}"
    waived = "" if finding.waived is None else f" Waived: {printable(finding.waived)}"
    waived += " In the baseline." if finding.in_baseline else ""
    return f"{finding.span.line}:{finding.span.column}: {grade}: {sentence(finding)}{waived}"
