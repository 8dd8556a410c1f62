"""A server that plays NCBI's E-utilities, and the answers that it gives.

The papers are invented; the elements are those of PubMed's DTD.
"""

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

DOCTYPE = (
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
FIRST = 99_999_001


def answer(*articles: str, doctype: str = DOCTYPE) -> str:
    """Return a whole answer of efetch."""
    head = f'<?xml version="1.0" ?>\n{doctype}'
    return f"{head}<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>"


def paper(  # noqa: PLR0913 - each is one thing that PubMed may say
    pmid: int = FIRST,
    *,
    title: str = "Thalamotomy in an invented series.",
    vernacular: str = "",
    authors: Iterable[tuple[str, str]] = (("Fictus", "A"), ("Nemo", "BC")),
    collective: str = "",
    pub_date: str = "<Year>2019</Year><Month>Jan</Month><Day>22</Day>",
    types: Iterable[str] = ("Journal Article",),
    corrections: str = "",
    abstract: str = "",
    doi: str = "",
) -> str:
    """Return a PubmedArticle."""
    names = "".join(
        f'<Author ValidYN="Y"><LastName>{last}</LastName><ForeName>{initials}</ForeName>'
        f"<Initials>{initials}</Initials></Author>"
        for last, initials in authors
    )
    if collective:
        names += f'<Author ValidYN="Y"><CollectiveName>{collective}</CollectiveName></Author>'
    kinds = "".join(f'<PublicationType UI="D016428">{kind}</PublicationType>' for kind in types)
    doi = doi or f"10.99999/invented.{pmid}"
    original = f"<VernacularTitle>{vernacular}</VernacularTitle>" if vernacular else ""
    notices = f"<CommentsCorrectionsList>{corrections}</CommentsCorrectionsList>"
    text = f"<Abstract>{abstract}</Abstract>" if abstract else ""
    return f"""
<PubmedArticle>
 <MedlineCitation Status="MEDLINE" Owner="NLM">
  <PMID Version="1">{pmid}</PMID>
  <DateRevised><Year>2020</Year><Month>02</Month><Day>03</Day></DateRevised>
  <Article PubModel="Print-Electronic">
   <Journal><ISSN IssnType="Electronic">1526-632X</ISSN>
    <JournalIssue CitedMedium="Internet"><Volume>92</Volume><Issue>4</Issue>
     <PubDate>{pub_date}</PubDate></JournalIssue>
    <Title>Journal of invented neurology</Title>
    <ISOAbbreviation>J Invent Neurol</ISOAbbreviation></Journal>
   <ArticleTitle>{title}</ArticleTitle>
   <Pagination><MedlinePgn>e371-e377</MedlinePgn></Pagination>
   <ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>{text}
   <AuthorList CompleteYN="Y">{names}</AuthorList>
   <Language>eng</Language>
   <DataBankList CompleteYN="Y">
    <DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
     <AccessionNumber>NCT00000001</AccessionNumber></AccessionNumberList></DataBank>
    <DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>
     <AccessionNumber>AF321191</AccessionNumber></AccessionNumberList></DataBank>
   </DataBankList>
   <PublicationTypeList>{kinds}</PublicationTypeList>{original}
  </Article>
  <MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Invent Neurol</MedlineTA>
  </MedlineJournalInfo>
  {notices if corrections else ""}
 </MedlineCitation>
 <PubmedData><PublicationStatus>ppublish</PublicationStatus>
  <ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
   <ArticleId IdType="doi">{doi}</ArticleId><ArticleId IdType="pmc">PMC{pmid}</ArticleId>
  </ArticleIdList>
  <ReferenceList><Reference><Citation>Another</Citation><ArticleIdList>
   <ArticleId IdType="pubmed">1</ArticleId><ArticleId IdType="doi">10.9999/other</ArticleId>
  </ArticleIdList></Reference></ReferenceList>
 </PubmedData>
</PubmedArticle>"""


def correction(type_: str, source: str, pmid: int | None = None) -> str:
    """Return one entry of a list of notices."""
    number = "" if pmid is None else f'<PMID Version="1">{pmid}</PMID>'
    return (
        f'<CommentsCorrections RefType="{type_}"><RefSource>{escape(source)}</RefSource>{number}'
        "</CommentsCorrections>"
    )


def chapter(pmid: int) -> str:
    """Return a PubmedBookArticle."""
    return f"""
<PubmedBookArticle><BookDocument>
 <PMID Version="1">{pmid}</PMID>
 <ArticleIdList><ArticleId IdType="bookaccession">NBK999999</ArticleId></ArticleIdList>
 <Book><Publisher><PublisherName>Nowhere Press</PublisherName>
   <PublisherLocation>Nowhere</PublisherLocation></Publisher>
  <BookTitle book="invented">Invented Reviews</BookTitle>
  <PubDate><Year>2021</Year></PubDate>
  <AuthorList Type="editors" CompleteYN="Y">
   <Author ValidYN="Y"><LastName>Redactor</LastName><Initials>E</Initials></Author></AuthorList>
 </Book>
 <ArticleTitle book="invented" part="tremor">Tremor of people who do not exist.</ArticleTitle>
 <Language>eng</Language>
 <AuthorList Type="authors" CompleteYN="Y">
  <Author ValidYN="Y"><LastName>Fictus</LastName><Initials>A</Initials></Author></AuthorList>
 <PublicationType UI="D016454">Review</PublicationType>
 <Abstract><AbstractText>Nothing is known.</AbstractText></Abstract>
</BookDocument></PubmedBookArticle>"""


def papers_for(make: Callable[[int], str] = paper) -> Callable[[str], str]:
    """Return what answers a list of PMIDs with a paper each."""

    def reply(ids: str) -> str:
        return answer(*(make(int(id_)) for id_ in ids.split(",")))

    return reply
