"""`curate refs` keeps what PubMed says, as of a day, and loses nothing that editors wrote."""

import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from curate.abstracts import Abstracts, folder
from curate.cli import main
from curate.document import Document
from eutils import FIRST, answer, correction, paper, papers_for

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PROCEDURE = f"""\
# records/procedures
id: thalamotomy
title: Thalamotomy
status: in_review
claims:
  # The first of two.
  - id: relief
    about: comparison
    text: Scores were better than before the operation.
    pmids:
      - {FIRST}
    quote:
      text: improved in 7 of 9 people
      pmid: {FIRST}
  - id: more
    about: technique
    text: It is done with a probe.
    pmids:
      - {FIRST + 1}
"""
ABSTRACT = "<AbstractText>The score improved in 7 of 9\npeople.</AbstractText>"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> Path:
    root = tmp_path / "corpus"
    (root / "records/procedures").mkdir(parents=True)
    (root / "curate.toml").write_text(
        '[corpus]\nname = "test"\nemail = "editor@example.org"\npublish = ["in_review"]\n',
        encoding="utf-8",
    )
    (root / "records/procedures/thalamotomy.yaml").write_text(PROCEDURE, encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("CURATE_TEST_EUTILS", httpserver.url_for("/"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.delenv("NCBI_API_KEY", raising=False)
    return root


def serve(server: HTTPServer, make: object = paper) -> None:
    server.clear_all_handlers()
    reply = papers_for(make)  # type: ignore[arg-type]
    server.expect_request("/efetch.fcgi", method="POST").respond_with_handler(
        lambda request: Response(reply(request.form["id"]), content_type="text/xml")
    )


def reference(corpus: Path, pmid: int = FIRST) -> Path:
    return corpus / f"records/references/pmid-{pmid}.yaml"


def retracted(pmid: int) -> str:
    notice = correction("RetractionIn", "J Invent Neurol. 2021;4(2):99", 99)
    return paper(pmid, corrections=notice) if pmid == FIRST else paper(pmid, title=f"Paper {pmid}.")


def two_papers(pmid: int) -> str:
    return paper(pmid, title=f"Paper {pmid}.", abstract=ABSTRACT)


def test_fetch_writes_what_is_cited_and_unknown(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(httpserver, two_papers)
    assert main(["refs", "fetch"]) == 0
    assert "2 references written, 0 not" in capsys.readouterr().out
    text = reference(corpus).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/reference.schema.json\n")
    assert f"title: Paper {FIRST}\n" in text
    assert 'origin: fetched\nretrieved: "2026-11-22"\ndigest: ' in text
    assert "7 of 9" not in text
    assert main(["validate"]) == 1
    out = capsys.readouterr().out
    assert "quote-not-checked" in out
    assert "checked 3 records, 1 error" in out


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_is_told_how_far_it_is_and_a_pipe_is_not(
    corpus: Path,
    httpserver: HTTPServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    terminal: bool,
) -> None:
    serve(httpserver, two_papers)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    assert main(["refs", "fetch"]) == 0
    assert ("\rasked PubMed about 2 of 2 papers\n" in capsys.readouterr().err) is terminal
    assert reference(corpus).is_file()


def test_a_second_fetch_asks_nothing(corpus: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, two_papers)
    assert main(["refs", "fetch"]) == 0
    asked = len(httpserver.log)
    assert main(["refs", "fetch"]) == 0
    assert len(httpserver.log) == asked
    assert main(["refs", "fetch", "--all"]) == 0
    assert len(httpserver.log) == asked + 1
    assert reference(corpus).is_file()


def test_what_editors_wrote_stays_and_what_pubmed_says_replaces_the_rest(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    reference(corpus).parent.mkdir()
    reference(corpus).write_text(
        f"# A comment of ours.\nid: pmid-{FIRST}\ntitle: Mistyped\nstatus: draft\npmid: {FIRST}\n"
        "notices:\n  - type: retraction\n    pmid: 99\n    note: The figures were made up.\n"
        "origin: by-hand  # from a printout\nnote: Read by all of us.\n",
        encoding="utf-8",
    )
    serve(httpserver, retracted)
    assert main(["refs", "fetch", str(FIRST)]) == 0
    assert "title: Mistyped → Thalamotomy in an invented series" in capsys.readouterr().out
    text = reference(corpus).read_text(encoding="utf-8")
    assert "# A comment of ours.\n" in text
    assert "# from a printout" in text
    value = Document("", text.encode()).value
    assert value is not None
    assert (value["status"], value["note"]) == ("draft", "Read by all of us.")
    assert value["notices"][0]["note"] == "The figures were made up."
    assert (value["title"], value["origin"]) == ("Thalamotomy in an invented series", "fetched")
    main(["validate", str(reference(corpus))])
    assert "edited-by-hand" not in capsys.readouterr().out


def test_a_broken_reference_is_not_overwritten(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    reference(corpus).parent.mkdir()
    reference(corpus).write_text("id: pmid-1\nmine: x\n", encoding="utf-8")
    serve(httpserver)
    assert main(["refs", "fetch", str(FIRST)]) == 1
    assert "has errors, so nothing was written to it" in capsys.readouterr().out
    assert reference(corpus).read_text(encoding="utf-8") == "id: pmid-1\nmine: x\n"


def test_a_paper_that_pubmed_does_not_have_is_told(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    httpserver.expect_request("/efetch.fcgi").respond_with_data(answer(paper(FIRST)))
    assert main(["refs", "fetch"]) == 1
    out = capsys.readouterr().out
    assert f"PMID {FIRST + 1}: PubMed has no such paper." in out
    assert "1 reference written, 1 not" in out
    assert not reference(corpus, FIRST + 1).exists()


def test_an_interrupted_fetch_keeps_what_it_has_and_goes_on_from_there(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    pmids = [str(pmid) for pmid in range(FIRST, FIRST + 300)]
    answers = papers_for(lambda pmid: paper(pmid, title=f"Paper {pmid}."))

    def once(request: Request) -> Response:
        if len(httpserver.log) > 0:
            return Response(status=400)
        return Response(answers(request.form["id"]), content_type="text/xml")

    httpserver.expect_request("/efetch.fcgi").respond_with_handler(once)
    assert main(["refs", "fetch", *pmids]) == 2
    assert "200 references written before that stay." in capsys.readouterr().err
    folder_ = reference(corpus).parent
    assert len(list(folder_.iterdir())) == 200
    assert all(path.read_text(encoding="utf-8").endswith("\n") for path in folder_.iterdir())


def test_check_says_what_changed_and_writes_nothing(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(httpserver, two_papers)
    assert main(["refs", "fetch"]) == 0
    before = reference(corpus).read_bytes()
    assert main(["refs", "check"]) == 0
    assert "asked PubMed about 2 references, 0 changed\n" in capsys.readouterr().out
    serve(httpserver, retracted)
    assert main(["refs", "check"]) == 1
    out = capsys.readouterr().out
    assert f"PMID {FIRST}: RETRACTED Thalamotomy in an invented series" in out
    assert "publication status: published → retracted" in out
    assert f"PMID {FIRST + 1}" not in out
    assert reference(corpus).read_bytes() == before
    assert main(["refs", "check", "--write"]) == 0
    assert "publication_status: retracted" in reference(corpus).read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["validate"]) == 1
    assert "retracted-source" in capsys.readouterr().out


def test_an_edit_by_hand_is_betrayed(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(httpserver, retracted)
    assert main(["refs", "fetch"]) == 0
    text = reference(corpus).read_text(encoding="utf-8")
    for old, new in (("status: retracted", "status: published"), ("2026-11-22", "2026-11-21")):
        assert old in text
        reference(corpus).write_text(text.replace(old, new), encoding="utf-8")
        capsys.readouterr()
        assert main(["validate"]) == 1
        assert "edited-by-hand" in capsys.readouterr().out


def test_a_quotation_is_looked_up_and_the_result_written_into_the_claim(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(httpserver, two_papers)
    assert main(["refs", "fetch"]) == 0
    assert main(["refs", "check", "--quotes"]) == 0
    procedure = corpus / "records/procedures/thalamotomy.yaml"
    assert procedure.read_text(encoding="utf-8") == PROCEDURE
    asked = len(httpserver.log)
    assert main(["refs", "check", "--quotes", "--write"]) == 0
    assert len(httpserver.log) == asked  # the abstract was kept outside the corpus
    written = procedure.read_text(encoding="utf-8")
    added = [line for line in written.splitlines() if line not in PROCEDURE.splitlines()]
    assert [line.split(":")[0] for line in added] == [
        "      checked",
        "        result",
        "        date",
        "        text_digest",
        "        claim_digest",
    ]
    assert [line for line in written.splitlines() if line not in added] == PROCEDURE.splitlines()
    assert main(["validate"]) == 0
    assert main(["refs", "check", "--quotes", "--write"]) == 0
    assert procedure.read_text(encoding="utf-8") == written

    procedure.write_text(written.replace("Scores were better", "Scores were worse"), "utf-8")
    capsys.readouterr()
    assert main(["validate"]) == 1
    assert "quote-changed" in capsys.readouterr().out
    assert main(["refs", "check", "--quotes", "--write"]) == 0
    assert main(["validate"]) == 0

    procedure.write_text(written.replace("7 of 9", "8 of 9"), "utf-8")
    capsys.readouterr()
    assert main(["refs", "check", "--quotes", "--write"]) == 1
    assert "It has `7` where the quotation has `8`." in capsys.readouterr().out
    assert "result: not-found" in procedure.read_text(encoding="utf-8")
    assert main(["validate"]) == 1
    assert "quote-not-found" in capsys.readouterr().out


def test_a_missing_or_damaged_abstract_is_fetched(corpus: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, two_papers)
    assert main(["refs", "check", "--quotes"]) == 0
    kept = folder() / f"{FIRST}.json"
    assert not kept.is_relative_to(corpus)
    for damage in ("", "[]", '{"pmid": 1}', kept.read_text(encoding="utf-8").replace("7", "8")):
        kept.write_text(damage, encoding="utf-8")
        assert Abstracts(folder()).get(FIRST) is None
        asked = len(httpserver.log)
        assert main(["refs", "check", "--quotes"]) == 0
        assert len(httpserver.log) == asked + 1


def test_status_shows_what_is_known(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(httpserver, retracted)
    assert main(["refs", "fetch", str(FIRST)]) == 0
    capsys.readouterr()
    assert main(["refs", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["PMID", "known", "by", "as", "of", "paper", "is", "cited", "title"]
    assert lines[1].split()[:5] == [str(FIRST), "fetched", "2026-11-22", "retracted", "yes"]
    assert lines[2].split() == [str(FIRST + 1), "nothing", "yes"]
    assert "1 verified, 0 entered by hand; 1 cited paper without a reference" in lines[3]
    assert str(corpus)


def test_without_an_address_or_references_nothing_is_asked(
    corpus: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["refs", "check"]) == 2
    assert "There is no reference to check" in capsys.readouterr().err
    (corpus / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    assert main(["refs", "fetch"]) == 2
    assert "set `email` in curate.toml" in capsys.readouterr().err
    assert httpserver.log == []


def test_the_manifest_counts_what_is_verified(corpus: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, two_papers)
    assert main(["refs", "fetch"]) == 0
    assert main(["refs", "check", "--quotes", "--write"]) == 0
    assert main(["export"]) == 0
    manifest = json.loads((corpus / "exports/manifest.json").read_bytes())
    assert manifest["references"] == {
        "total": 2,
        "verified": 2,
        "oldest": "2026-11-22",
        "newest": "2026-11-22",
        "by_publication_status": {"published": 2},
    }
    (one, _) = json.loads((corpus / "exports/json/references.csl.json").read_bytes())
    assert (one["status"], one["accessed"]) == ("published", {"date-parts": [[2026, 11, 22]]})


@pytest.mark.parametrize("command", ["", "fetch", "check", "import", "status"])
def test_help_needs_no_corpus(
    command: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["refs", *command.split(), "--help"]) == 0
    assert "Usage: curate refs" in capsys.readouterr().out
