"""The client keeps to PubMed's terms, trusts no answer, and reads what is there."""

import io
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from Bio import Entrez
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from curate.pubmed import Client, Paper, Unanswered, ask
from curate.pubmed.answer import Unreadable, papers
from curate.refusal import Refusal
from eutils import DOCTYPE, FIRST, answer, chapter, correction, paper, papers_for

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PATH = "/efetch.fcgi"
HELD_BACK = "eutils.example.org"


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def pauses(self) -> list[float]:
        """What was slept beyond the distance between two requests."""
        return [seconds for seconds in self.slept if seconds >= 1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Client:
    monkeypatch.setenv("CURATE_TEST_EUTILS", httpserver.url_for("/"))
    return Client("editor@example.org", sleep=clock.sleep, clock=clock)


def asked(client: Client, *pmids: int) -> list[Paper]:
    return [one for found in ask(client, pmids) for one in found.papers]


def serve(server: HTTPServer, *replies: str | Response | Callable[[Request], Response]) -> None:
    """Answer one request after the other; the last reply is for all that follow."""
    left = list(replies)

    def handler(request: Request) -> Response:
        reply = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(reply, str):
            return Response(reply, content_type="text/xml")
        return reply if isinstance(reply, Response) else reply(request)

    server.expect_request(PATH, method="POST").respond_with_handler(handler)


def requests(server: HTTPServer) -> list[Request]:
    return [request for request, _ in server.log]


def one(xml: str) -> Paper:
    (found,) = papers(xml.encode())
    return found


def test_a_good_answer_is_read_and_who_asks_is_said(httpserver: HTTPServer, client: Client) -> None:
    serve(httpserver, answer(paper(FIRST)))
    (found,) = asked(client, FIRST)
    assert found.facts == {
        "title": "Thalamotomy in an invented series",
        "pmid": FIRST,
        "doi": f"10.99999/invented.{FIRST}",
        "pmcid": f"PMC{FIRST}",
        "authors": ["Fictus A", "Nemo BC"],
        "authors_complete": True,
        "journal": "J Invent Neurol",
        "year": 2019,
        "published": "2019-01-22",
        "volume": "92",
        "issue": "4",
        "pages": "e371-e377",
        "publication_types": ["Journal Article"],
        "publication_status": "published",
        "registrations": ["NCT00000001"],
        "revised": "2020-02-03",
    }
    (request,) = requests(httpserver)
    assert request.form["tool"] == "curate"
    assert request.form["email"] == "editor@example.org"
    assert request.form["id"] == str(FIRST)
    assert "api_key" not in request.form


def test_300_papers_are_asked_for_in_two_batches(
    httpserver: HTTPServer, client: Client, clock: Clock
) -> None:
    reply = papers_for()
    serve(httpserver, lambda request: Response(reply(request.form["id"]), content_type="text/xml"))
    pmids = range(FIRST, FIRST + 300)
    assert [found.pmid for found in asked(client, *pmids)] == list(pmids)
    sizes = [len(request.form["id"].split(",")) for request in requests(httpserver)]
    assert sizes == [200, 100]
    assert clock.slept == [pytest.approx(0.34)]


def test_with_a_key_ten_requests_a_second_are_made(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setenv("CURATE_TEST_EUTILS", httpserver.url_for("/"))
    client = Client("editor@example.org", key="secret", sleep=clock.sleep, clock=clock)
    serve(httpserver, answer(paper(FIRST)))
    for _ in range(3):
        client.post("efetch.fcgi", {"db": "pubmed"})
    assert clock.slept == [pytest.approx(0.1)] * 2
    assert {request.form["api_key"] for request in requests(httpserver)} == {"secret"}


def test_without_an_address_nothing_is_asked() -> None:
    with pytest.raises(Refusal, match="email"):
        Client("")


@pytest.mark.parametrize(
    ("headers", "pauses"),
    [
        ({"Retry-After": "7"}, [7]),
        ({}, [1]),
        ({"Retry-After": "soon"}, [1]),
    ],
)
def test_429_is_asked_again_after_the_pause_that_is_asked_for(
    httpserver: HTTPServer,
    client: Client,
    clock: Clock,
    headers: dict[str, str],
    pauses: list[float],
) -> None:
    serve(httpserver, Response(status=429, headers=headers), answer(paper(FIRST)))
    assert [found.pmid for found in asked(client, FIRST)] == [FIRST]
    assert clock.pauses == pauses


def test_a_pause_until_a_time_is_measured_by_the_servers_own_clock(
    raw: Any, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    until = "Retry-After: Sun, 22 Nov 2026 10:00:30 GMT\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT"
    xml = answer(paper(FIRST)).encode()
    replies = [
        f"HTTP/1.1 429 Slow down\r\n{until}\r\nConnection: close\r\n\r\n".encode(),
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + xml,
    ]
    address = raw(lambda connection: connection.sendall(replies.pop(0)))
    monkeypatch.setenv("CURATE_TEST_EUTILS", address)
    client = Client("editor@example.org", sleep=clock.sleep, clock=clock)
    assert [found.pmid for found in asked(client, FIRST)] == [FIRST]
    assert clock.pauses == [30]


def test_a_pause_of_an_hour_is_not_waited_for(
    httpserver: HTTPServer, client: Client, clock: Clock
) -> None:
    serve(httpserver, Response(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(Unanswered, match="3600 seconds"):
        asked(client, FIRST)
    assert clock.pauses == []


def test_500_is_asked_again_with_longer_pauses_and_then_given_up(
    httpserver: HTTPServer, client: Client, clock: Clock
) -> None:
    serve(httpserver, Response(status=500))
    with pytest.raises(Unanswered, match="5 attempts: it says 500"):
        asked(client, FIRST)
    assert clock.pauses == [1, 2, 4, 8]


def test_400_is_not_asked_again(httpserver: HTTPServer, client: Client, clock: Clock) -> None:
    serve(httpserver, Response(status=400))
    with pytest.raises(Unanswered, match="refuses to answer: it says 400"):
        asked(client, FIRST)
    assert clock.pauses == []


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """Return a function that serves connections by hand, and gives the address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.settimeout(0.2)
        over = threading.Event()
        threads: list[threading.Thread] = []

        def start(reply: Callable[[socket.socket], None]) -> str:
            def loop() -> None:
                while not over.is_set():
                    try:
                        connection, _ = listening.accept()
                    except TimeoutError:
                        continue
                    with closing(connection):
                        connection.settimeout(5)
                        _read_request(connection)
                        reply(connection)

            threads.append(threading.Thread(target=loop))
            threads[0].start()
            return f"http://127.0.0.1:{listening.getsockname()[1]}/"

        yield start
        over.set()
        for thread in threads:
            thread.join()


def _read_request(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(1 << 16)
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", head, re.IGNORECASE)
    while length is not None and len(body) < int(length[1]):
        body += connection.recv(1 << 16)


@pytest.mark.parametrize("length", ["Content-Length: 5000\r\n", ""])
def test_an_answer_that_breaks_off_is_asked_for_again_and_never_kept(
    raw: Any, monkeypatch: pytest.MonkeyPatch, clock: Clock, length: str
) -> None:
    whole = answer(paper(FIRST)).encode()

    def cut_off(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\n{length}Connection: close\r\n\r\n".encode())
        connection.sendall(whole[:1500])

    monkeypatch.setenv("CURATE_TEST_EUTILS", raw(cut_off))
    client = Client("editor@example.org", sleep=clock.sleep, clock=clock)
    with pytest.raises(Unanswered, match=r"broke off|no whole XML"):
        asked(client, FIRST)
    assert len(clock.pauses) >= 2


def test_a_slow_answer_is_given_up(raw: Any, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setenv("CURATE_TEST_EUTILS", raw(lambda _: time.sleep(0.3)))
    client = Client("editor@example.org", sleep=clock.sleep, clock=clock, timeout=0.05)
    with pytest.raises(Unanswered, match="it took too long"):
        asked(client, FIRST)


def test_an_answer_that_drips_is_given_up(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setenv("CURATE_TEST_EUTILS", httpserver.url_for("/"))
    serve(httpserver, answer(*(paper(FIRST + n) for n in range(200))))

    def hurried() -> float:
        clock.now += 100
        return clock.now

    client = Client("editor@example.org", sleep=clock.sleep, clock=hurried)
    with pytest.raises(Unanswered, match="it took too long"):
        asked(client, FIRST)


@pytest.mark.parametrize("said", [True, False])
def test_an_answer_of_50_mb_is_thrown_away(
    httpserver: HTTPServer, client: Client, clock: Clock, *, said: bool
) -> None:
    def flood(_: Request) -> Response:
        blocks = (b" " * 1_000_000 for _ in range(50))
        response = Response(blocks, content_type="text/xml")
        if said:
            response.headers["Content-Length"] = "50000000"
        return response

    serve(httpserver, flood)
    with pytest.raises(Unanswered, match="larger than 40 MB"):
        asked(client, FIRST)
    assert clock.pauses == []


def test_a_paper_that_nobody_asked_for_is_thrown_away(
    httpserver: HTTPServer, client: Client
) -> None:
    serve(httpserver, answer(paper(FIRST + 1)))
    (found,) = ask(client, [FIRST])
    assert found.papers == ()
    assert found.missing == (FIRST,)
    assert found.unasked == (FIRST + 1,)


def test_a_pmid_that_pubmed_does_not_know_is_missing(
    httpserver: HTTPServer, client: Client
) -> None:
    serve(httpserver, answer(paper(FIRST)))
    (found,) = ask(client, [FIRST, FIRST + 1])
    assert [each.pmid for each in found.papers] == [FIRST]
    assert found.missing == (FIRST + 1,)


def test_a_web_page_is_no_answer(httpserver: HTTPServer, client: Client) -> None:
    page = "<!DOCTYPE html><html><body>Please log in<br></body></html>"
    serve(httpserver, Response(page, content_type="text/html"))
    with pytest.raises(Unanswered, match="it is a web page, not XML"):
        asked(client, FIRST)


def test_xml_of_another_kind_is_no_answer(httpserver: HTTPServer, client: Client) -> None:
    serve(httpserver, "<eFetchResult><ERROR>Unable to obtain query</ERROR></eFetchResult>")
    with pytest.raises(Unanswered, match="it is <eFetchResult>"):
        asked(client, FIRST)


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"https://{HELD_BACK}/efetch.fcgi",
        "http://127.0.0.1:9/efetch.fcgi",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
    ],
)
def test_a_redirection_to_another_host_is_not_followed(
    httpserver: HTTPServer, client: Client, elsewhere: str
) -> None:
    serve(httpserver, Response(status=302, headers={"Location": elsewhere}))
    with pytest.raises(Unanswered):
        asked(client, FIRST)
    assert {request.path for request in requests(httpserver)} == {PATH}


def test_a_redirection_on_the_same_host_gets_the_same_question(
    httpserver: HTTPServer, client: Client
) -> None:
    target = httpserver.url_for("/new/efetch.fcgi")
    serve(httpserver, Response(status=307, headers={"Location": target}))
    httpserver.expect_request("/new/efetch.fcgi", method="POST").respond_with_data(
        answer(paper(FIRST)), content_type="text/xml"
    )
    assert [found.pmid for found in asked(client, FIRST)] == [FIRST]
    assert requests(httpserver)[-1].form["id"] == str(FIRST)


def test_the_address_for_tests_is_taken_on_this_machine_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for address in (f"https://{HELD_BACK}/", "http://192.0.2.1/", "file:///etc/"):
        monkeypatch.setenv("CURATE_TEST_EUTILS", address)
        with pytest.raises(Refusal, match="for tests on this machine only"):
            Client("editor@example.org")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE PubmedArticleSet [{LAUGHS}]>",
        '<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE PubmedArticleSet [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>',
    ],
    ids=["bomb", "external entity", "parameter entity"],
)
def test_an_answer_with_entities_is_refused_at_once(
    httpserver: HTTPServer, client: Client, clock: Clock, doctype: str
) -> None:
    title = "&l9;" if "l9" in doctype else "&x;" if "ENTITY x" in doctype else "x"
    serve(httpserver, answer(paper(FIRST, title=title), doctype=doctype))
    with pytest.raises(Unanswered, match="entities"):
        asked(client, FIRST)
    assert clock.pauses == []


def test_pubmeds_own_doctype_passes_and_is_not_fetched() -> None:
    assert "DOCTYPE" in answer(paper(FIRST))
    assert one(answer(paper(FIRST))).pmid == FIRST


def test_elements_100000_deep_are_refused() -> None:
    deep = "<i>" * 100_000 + "</i>" * 100_000
    with pytest.raises(Unreadable, match="too deep"):
        list(papers(answer(paper(FIRST, title=deep)).encode()))


def test_a_chapter_of_a_book_is_read() -> None:
    assert one(answer(chapter(FIRST))).facts == {
        "title": "Tremor of people who do not exist",
        "pmid": FIRST,
        "authors": ["Fictus A"],
        "authors_complete": True,
        "journal": "Invented Reviews",
        "year": 2021,
        "published": "2021",
        "publication_types": ["Review"],
        "publication_status": "published",
    }


def test_a_retracted_paper_says_so_with_its_notice() -> None:
    notice = correction("RetractionIn", "J Invent Neurol. 2021;4(2):99. doi: 10.99999/r.1", 99)
    facts = one(
        answer(paper(types=["Journal Article", "Retracted Publication"], corrections=notice))
    ).facts
    assert facts["publication_status"] == "retracted"
    assert facts["notices"] == [
        {
            "type": "retraction",
            "pmid": 99,
            "doi": "10.99999/r.1",
            "citation": "J Invent Neurol. 2021;4(2):99",
        }
    ]
    assert "notice_of" not in facts


def test_a_paper_that_is_only_typed_as_retracted_is_retracted() -> None:
    facts = one(answer(paper(types=["Retracted Publication"]))).facts
    assert facts["publication_status"] == "retracted"


@pytest.mark.parametrize(
    ("type_", "status", "notice"),
    [
        ("ExpressionOfConcernIn", "concern", "expression-of-concern"),
        ("ErratumIn", "corrected", "erratum"),
        ("RetractedandRepublishedIn", "retracted", "retracted-and-republished"),
        ("CorrectedandRepublishedIn", "corrected", "corrected-and-republished"),
        ("UpdateIn", "published", "update"),
    ],
)
def test_a_notice_makes_the_status(type_: str, status: str, notice: str) -> None:
    facts = one(answer(paper(corrections=correction(type_, "J Invent. 2020;1:1", 7)))).facts
    assert facts["publication_status"] == status
    assert facts["notices"] == [{"type": notice, "pmid": 7, "citation": "J Invent. 2020;1:1"}]


def test_a_comment_is_no_notice() -> None:
    facts = one(answer(paper(corrections=correction("CommentIn", "J Invent. 2020;1:1", 7)))).facts
    assert facts["publication_status"] == "published"
    assert "notices" not in facts


def test_the_gravest_of_several_notices_decides() -> None:
    notices = correction("ErratumIn", "a", 1) + correction("RetractionIn", "b", 2)
    notices += correction("ExpressionOfConcernIn", "c", 3)
    assert one(answer(paper(corrections=notices))).facts["publication_status"] == "retracted"


def test_a_retraction_notice_is_known_for_one() -> None:
    notice = correction("RetractionOf", "J Invent Neurol. 2019;92(4):e371", FIRST)
    facts = one(
        answer(paper(FIRST + 5, types=["Retraction of Publication"], corrections=notice))
    ).facts
    assert facts["notice_of"] == [
        {"type": "retraction", "pmid": FIRST, "citation": "J Invent Neurol. 2019;92(4):e371"}
    ]
    assert facts["publication_status"] == "published"


def test_a_notice_that_names_no_paper_is_known_by_its_type() -> None:
    facts = one(answer(paper(types=["Published Erratum"]))).facts
    assert facts["notice_of"] == [{"type": "erratum"}]


def test_an_erratum_without_a_pmid_is_kept() -> None:
    notice = correction("ErratumIn", "J Invent Neurol. 2020;3(1):12")
    assert one(answer(paper(corrections=notice))).facts["notices"] == [
        {"type": "erratum", "citation": "J Invent Neurol. 2020;3(1):12"}
    ]


def test_a_translated_title_keeps_its_brackets_and_its_original() -> None:
    facts = one(
        answer(paper(title="[Invented pain and its surgery].", vernacular="Erfundener Schmerz."))
    ).facts
    assert facts["title"] == "[Invented pain and its surgery]"
    assert facts["title_in_original"] == "Erfundener Schmerz"


def test_a_group_is_an_author() -> None:
    facts = one(answer(paper(collective="Invented Tremor Study Group"))).facts
    assert facts["authors"] == ["Fictus A", "Nemo BC", "Invented Tremor Study Group"]
    facts = one(answer(paper(authors=[], collective="Invented Tremor Study Group"))).facts
    assert facts["authors"] == ["Invented Tremor Study Group"]


@pytest.mark.parametrize(
    ("date", "year", "published"),
    [
        ("<Year>2019</Year><Month>Mar</Month><Day>3</Day>", 2019, "2019-03-03"),
        ("<Year>2019</Year><Month>03</Month>", 2019, "2019-03"),
        ("<Year>2019</Year><Season>Spring</Season>", 2019, "2019"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, "1998"),
        ("<MedlineDate>Winter</MedlineDate>", None, None),
        ("", None, None),
    ],
)
def test_a_date_is_as_exact_as_pubmed_has_it(
    date: str, year: int | None, published: str | None
) -> None:
    facts = one(answer(paper(pub_date=date))).facts
    assert (facts.get("year"), facts.get("published")) == (year, published)


def test_markup_in_a_title_is_read_as_its_text() -> None:
    title = "<sup>18</sup>F-DOPA in <i>invented</i>\u2009people\u200b &amp; others: p &lt; .05."
    facts = one(answer(paper(title=title))).facts
    assert facts["title"] == "18F-DOPA in invented people & others: p < .05"


def test_the_abstract_is_no_fact() -> None:
    text = '<AbstractText Label="RESULTS">Nothing was found.</AbstractText>'
    found = one(answer(paper(abstract=text)))
    assert found.text.endswith("RESULTS: Nothing was found.")
    assert "Nothing was found" not in str(found.facts)


@pytest.mark.parametrize(
    "node",
    [
        paper(FIRST, collective="Invented Tremor Study Group"),
        paper(FIRST, title="[Invented pain]."),
        paper(FIRST, corrections=correction("RetractionIn", "J Invent. 2020;1:1", 7)),
    ],
)
def test_biopython_reads_the_same(node: str) -> None:
    xml = answer(node)
    facts = one(xml).facts
    (theirs,) = Entrez.read(io.BytesIO(xml.encode()))["PubmedArticle"]
    citation = theirs["MedlineCitation"]
    article = citation["Article"]
    assert int(citation["PMID"]) == facts["pmid"]
    assert article["ArticleTitle"].rstrip(".").rstrip("]").rstrip(".") == facts["title"].rstrip("]")
    assert [
        str(author.get("CollectiveName", f"{author.get('LastName')} {author.get('Initials')}"))
        for author in article["AuthorList"]
    ] == facts["authors"]
    assert citation["MedlineJournalInfo"]["MedlineTA"] == facts["journal"]
    assert [str(kind) for kind in article["PublicationTypeList"]] == facts["publication_types"]
    ids = {str(one.attributes["IdType"]): str(one) for one in theirs["PubmedData"]["ArticleIdList"]}
    assert (ids["doi"], ids["pmc"]) == (facts["doi"], facts["pmcid"])
    types = [str(one.attributes["RefType"]) for one in citation.get("CommentsCorrectionsList", [])]
    assert len(types) == len(facts.get("notices", []))


def test_pubmeds_doctype_is_the_one_that_biopython_knows() -> None:
    assert "pubmed_250101.dtd" in DOCTYPE
