"""Files of citations are read as PubMed and reference managers write them, or refused whole."""

import io
import json
from pathlib import Path

import pytest
from Bio import Medline

from curate.citation_files import Entry, read
from curate.cli import main
from curate.refusal import Refusal

NBIB = """\

PMID- 99999001
OWN - NLM
LR  - 20200203
IS  - 1526-632X (Electronic)
VI  - 92
IP  - 4
DP  - 2019 Jan 22
TI  - Thalamotomy in an invented series of people with an
      invented disease.
PG  - e371-e377
LID - 10.99999/invented.99999001 [doi]
AB  - The score improved in 7 of 9 people.
FAU - Fictus, Anna
AU  - Fictus A
AU  - Nemo BC
CN  - Invented Tremor Study Group
LA  - eng
SI  - ClinicalTrials.gov/NCT00000001
SI  - GENBANK/AF321191
PT  - Journal Article
PT  - Retracted Publication
TA  - J Invent Neurol
JT  - Journal of invented neurology
PMC - PMC99999001
RIN - J Invent Neurol. 2021;4(2):99. doi: 10.99999/r.1. PMID: 99999005
EIN - J Invent Neurol. 2020;3(1):12

PMID- 99999005
DP  - 2021 Feb
TI  - [Retraction: Thalamotomy in an invented series].
TT  - Widerruf.
PT  - Retraction of Publication
ROF - J Invent Neurol. 2019;92(4):e371. PMID: 99999001
"""
RIS = """\
TY  - JOUR
TI  - Thalamotomy in an invented series.
AU  - Fictus, Anna
AU  - van der Nemo, Bert C.
AU  - Invented Tremor Study Group
AN  - 99999001
DB  - PubMed
PY  - 2019
DA  - 2019/01/22
JO  - Journal of invented neurology
J2  - J Invent Neurol
SP  - e371
EP  - e377
VL  - 92
IS  - 4
C2  - PMC99999001
DO  - 10.99999/invented.99999001
ER  -
"""
CSL = {
    "id": "pubmed:99999001",
    "type": "article-journal",
    "title": "Thalamotomy in an invented series.",
    "author": [
        {"family": "Fictus", "given": "Anna"},
        {"family": "Nemo", "given": "Bert C.", "non-dropping-particle": "van der"},
        {"literal": "Invented Tremor Study Group"},
    ],
    "container-title": "Journal of invented neurology",
    "container-title-short": "J Invent Neurol",
    "volume": "92",
    "issue": "4",
    "page": "e371-e377",
    "issued": {"date-parts": [[2019, 1, 22]]},
    "DOI": "10.99999/invented.99999001",
    "PMCID": "PMC99999001",
}
COMMON = {
    "title": "Thalamotomy in an invented series",
    "pmid": 99999001,
    "doi": "10.99999/invented.99999001",
    "pmcid": "PMC99999001",
    "authors": ["Fictus A", "van der Nemo BC", "Invented Tremor Study Group"],
    "journal": "J Invent Neurol",
    "year": 2019,
    "published": "2019-01-22",
    "volume": "92",
    "issue": "4",
    "pages": "e371-e377",
}


def entries(folder: Path, name: str, text: str) -> list[Entry]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return list(read(file))


def test_nbib_says_what_became_of_the_paper(tmp_path: Path) -> None:
    paper, notice = entries(tmp_path, "a.nbib", NBIB)
    assert paper.facts == {
        "title": "Thalamotomy in an invented series of people with an invented disease",
        "pmid": 99999001,
        "doi": "10.99999/invented.99999001",
        "pmcid": "PMC99999001",
        "authors": ["Fictus A", "Nemo BC", "Invented Tremor Study Group"],
        "journal": "J Invent Neurol",
        "year": 2019,
        "published": "2019-01-22",
        "volume": "92",
        "issue": "4",
        "pages": "e371-e377",
        "publication_types": ["Journal Article", "Retracted Publication"],
        "publication_status": "retracted",
        "notices": [
            {
                "type": "retraction",
                "pmid": 99999005,
                "doi": "10.99999/r.1",
                "citation": "J Invent Neurol. 2021;4(2):99",
            },
            {"type": "erratum", "citation": "J Invent Neurol. 2020;3(1):12"},
        ],
        "registrations": ["NCT00000001"],
        "revised": "2020-02-03",
    }
    assert paper.text.endswith("The score improved in 7 of 9 people.")
    assert notice.facts["title"] == "[Retraction: Thalamotomy in an invented series]"
    assert notice.facts["title_in_original"] == "Widerruf"
    assert notice.facts["notice_of"] == [
        {"type": "retraction", "pmid": 99999001, "citation": "J Invent Neurol. 2019;92(4):e371"}
    ]


def test_biopython_reads_the_same_nbib(tmp_path: Path) -> None:
    ours = entries(tmp_path, "a.nbib", NBIB)
    for mine, theirs in zip(ours, Medline.parse(io.StringIO(NBIB)), strict=True):
        facts = mine.facts
        assert str(facts["pmid"]) == theirs["PMID"]
        assert theirs["TI"].replace("].", "]").removesuffix(".") == facts["title"]
        names = [*theirs.get("AU", []), *theirs.get("CN", [])]
        assert names == facts.get("authors", [])
        assert theirs["PT"] == facts["publication_types"]
        assert theirs.get("TA") == facts.get("journal")
        assert theirs.get("PG") == facts.get("pages")
        assert bool(theirs.get("RIN")) == (facts["publication_status"] == "retracted")


def test_ris_is_read(tmp_path: Path) -> None:
    (found,) = entries(tmp_path, "a.ris", RIS)
    assert found.facts == COMMON


def test_csl_json_is_read(tmp_path: Path) -> None:
    for text in (json.dumps(CSL), json.dumps([CSL])):
        (found,) = entries(tmp_path, "a.json", text)
        assert found.facts == COMMON


@pytest.mark.parametrize(
    ("line", "pmid"),
    [
        ("DB  - Embase", None),
        ("UR  - https://pubmed.ncbi.nlm.nih.gov/99999002/", 99999002),
        ("UR  - https://www.ncbi.nlm.nih.gov/pubmed/99999002", 99999002),
        ("N1  - PMID: 99999002", 99999002),
    ],
)
def test_the_number_of_another_data_bank_is_no_pmid(
    tmp_path: Path, line: str, pmid: int | None
) -> None:
    (found,) = entries(tmp_path, "a.ris", RIS.replace("DB  - PubMed", line))
    assert found.pmid == pmid


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "x", "of no format that can be imported"),
        ("a.nbib", "nothing here", "holds no entry"),
        ("a.ris", "nothing here", "holds no entry"),
        ("a.ris", RIS.replace("ER  -\n", ""), "is it whole"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "[" * 100_000, "is no JSON"),
        ("a.json", "[]", "no list of CSL-JSON items"),
        ("a.json", "[1]", "no list of CSL-JSON items"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        entries(tmp_path, name, text)


def test_a_file_that_is_missing_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        list(read(tmp_path / "none.nbib"))
    (tmp_path / "a.nbib").write_bytes(b"PMID- 1\nTI  - caf\xe9\n")
    with pytest.raises(Refusal, match="not UTF-8"):
        list(read(tmp_path / "a.nbib"))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "records/conditions").mkdir(parents=True)
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    (tmp_path / "records/conditions/tremor.yaml").write_text(
        "id: tremor\ntitle: Tremor\nstatus: in_review\nclaims:\n  - id: one\n"
        "    about: comparison\n    text: Some were better.\n    pmids:\n      - 99999001\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_import_takes_what_is_cited(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "a.nbib").write_text(NBIB, encoding="utf-8")
    assert main(["refs", "import", "a.nbib"]) == 0
    assert capsys.readouterr().out.endswith(
        "1 reference written, 0 not, 1 cited by no record and left out (--all takes them)\n"
    )
    text = (corpus / "records/references/pmid-99999001.yaml").read_text(encoding="utf-8")
    assert 'origin: imported\nretrieved: "2026-11-22"\ndigest: ' in text
    assert "7 of 9" not in text
    assert main(["validate"]) == 1
    found = capsys.readouterr().out
    assert "retracted-source" in found
    assert "erratum-not-acknowledged" in found
    assert "edited-by-hand" not in found
    assert main(["refs", "import", "a.nbib", "--all"]) == 0
    assert (corpus / "records/references/pmid-99999005.yaml").is_file()


def test_a_file_that_knows_less_replaces_nothing(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "a.nbib").write_text(NBIB, encoding="utf-8")
    (corpus / "a.ris").write_text(RIS, encoding="utf-8")
    assert main(["refs", "import", "a.ris"]) == 0
    assert main(["refs", "import", "a.nbib"]) == 0
    path = corpus / "records/references/pmid-99999001.yaml"
    before = path.read_bytes()
    capsys.readouterr()
    assert main(["refs", "import", "a.ris"]) == 1
    assert "does not say whether the paper still stands; kept." in capsys.readouterr().out
    assert path.read_bytes() == before


def test_an_entry_without_a_pmid_is_told(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "a.ris").write_text(RIS.replace("DB  - PubMed\n", ""), encoding="utf-8")
    assert main(["refs", "import", "a.ris"]) == 1
    out = capsys.readouterr().out
    assert "“Thalamotomy in an invented series”: the entry gives no PMID" in out
    assert not (corpus / "records/references").exists()
