// The types of json/corpus.json, generated from export.schema.json; do not edit.
// JSON.parse reads 4.30 as 4.3: where digits matter, read numbers as text with a parser that can.

/** A corpus as curate exports it to json/corpus.json. */
export interface Export {
  /** The version of this layout: the first number rises when a reader of the old layout could break, the second when something is added. The example is the version that this schema describes; earlier ones of the same first number fit it too. */
  readonly schema_version: string;
  /** What the corpus says of itself. */
  readonly corpus: {
    /** A short name of the corpus. */
    readonly name: string;
    /** Its title. */
    readonly title: string;
    /** The version of its content. */
    readonly version: string;
    /** Who publishes it. */
    readonly publisher?: string;
    /** The licence of the records, as an SPDX identifier. */
    readonly license?: string;
  };
  /** The published records by kind, sorted by id. */
  readonly records: {
    readonly conditions: readonly ConditionRecord[];
    readonly measures: readonly MeasureRecord[];
    readonly procedures: readonly ProcedureRecord[];
    readonly references: readonly ReferenceRecord[];
    readonly studies: readonly StudyRecord[];
  };
}

/** One kind of harm in one group over one period. */
export interface AdverseEvent {
  /** The id, unique in this study; claims link to it as `study#id`. */
  readonly id: string;
  /** What was observed, on one line, in your own words. */
  readonly title: string;
  /** The id of the group it was observed in. */
  readonly group: string;
  /** When: a time such as `12 mo`, `baseline`, or `study` for the study's own follow-up. */
  readonly follow_up?: string;
  /** Where the source reports a window such as 4 to 8 weeks: its start, `4 wk`; follow_up is then its end, `8 wk`. */
  readonly follow_up_from?: string;
  /** When, in words, where the source names an event and no length of time, such as after test stimulation; it does not take the place of follow_up. */
  readonly time_frame?: string;
  /** The denominator: how many were analysed, as printed; never copied from those enrolled. */
  readonly analysed?: number;
  /** How many could be assessed at this time, where that differs from those analysed. */
  readonly available?: number;
  /** What count and denominator are numbers of, where they are not participants. */
  readonly counted?: "participants" | "procedures" | "pairs" | "sides" | "levels" | "events";
  /** How many had it, such as 7 of 9. */
  readonly count?: number;
  /** The percentage as printed, such as 16.4; leave it out where the source prints none. */
  readonly percent?: number;
  /** What counts as having it, such as at least 50 % less pain. */
  readonly threshold?: string;
  /** Where the source hedges its figure: up-to, at-least or about. */
  readonly hedge?: "up-to" | "at-least" | "about";
  /** The p-value as printed: a number, or "<0.001" in quotes. */
  readonly p?: number | string;
  /** The test that this p-value is from, where the source names it. */
  readonly test?: SignificanceTest;
  /** Which of the figures here the source does not print, but follow from those it prints. */
  readonly derived?: readonly ("analysed" | "available" | "count" | "percent" | "value" | "mean" | "sd" | "se" | "median" | "q1" | "q3" | "min" | "max" | "ci" | "effect")[];
  /** What a reader of these figures must know, in your own words. */
  readonly note?: string;
  /** Whether the source calls it serious: true or false. */
  readonly serious?: boolean;
  /** transient (it went away), permanent, or persisting (still there when last seen). */
  readonly course?: "transient" | "permanent" | "persisting";
}

/** How sure the evidence makes us, by GRADE. */
export interface Certainty {
  /** high, moderate, low or very-low, by GRADE. */
  readonly rating: "high" | "moderate" | "low" | "very-low";
  /** Why the rating is what it is, domain by domain. */
  readonly reasons?: readonly CertaintyReason[];
}

/** One reason that lowers or raises the certainty. */
export interface CertaintyReason {
  /** The GRADE domain: five that lower the certainty, three that raise it. */
  readonly domain: "risk-of-bias" | "inconsistency" | "indirectness" | "imprecision" | "publication-bias" | "large-effect" | "dose-response" | "plausible-confounding";
  /** What in the studies gives this reason. */
  readonly note: string;
}

/** What the paper itself prints; it must be that of the reference with the study's PMID. */
export interface Citation {
  /** The first author's family name, with or without initials, such as Horisawa S. */
  readonly first_author?: string;
  /** The journal, by its name or its abbreviation. */
  readonly journal?: string;
  /** The year of publication: four digits. */
  readonly year?: number;
  /** The paper's title. */
  readonly title?: string;
}

/** One statement in our own words, with its citations and the outcomes that carry it. */
export interface Claim {
  /** The claim's id, unique in this record; links to it never break while it stays. */
  readonly id: string;
  /** What it speaks of, in one of these words. */
  readonly about: "benefit" | "harm" | "indication" | "contraindication" | "technique" | "mechanism" | "comparison";
  /** The statement, one or two sentences in your own words; no sentence of a source is copied. */
  readonly text: string;
  /** The PubMed ids (PMIDs) of the papers that it rests on. */
  readonly pmids?: readonly number[];
  /** The outcomes and adverse events that carry it, each as `study#outcome`. */
  readonly evidence?: readonly string[];
  /** The conditions that it holds for, where it does not hold for all that the record names. */
  readonly conditions?: readonly string[];
  /** Words of one of its papers that carry it, where a few words are worth keeping. */
  readonly quote?: Quote;
  /** How sure the evidence makes us (GRADE), with reasons. */
  readonly certainty?: Certainty;
}

/** When the study was carried out. */
export interface Conduct {
  /** The first month or day, such as 2003-10. */
  readonly start?: string;
  /** The last month or day, such as 2017-02. */
  readonly end?: string;
}

/** A comparison of two groups, or of two times, as one number. */
export interface Effect {
  /** Which measure of effect it is. */
  readonly type: "mean-difference" | "median-difference" | "standardized-mean-difference" | "risk-difference" | "risk-ratio" | "odds-ratio" | "hazard-ratio";
  /** The estimate, as printed, in the unit of the outcome. */
  readonly value: number;
  /** The group it is compared with (its id), or `baseline` for a change over time. */
  readonly against: string;
  /** The confidence interval of the estimate. */
  readonly ci?: Interval;
  /** The p-value of the comparison: a number, or "<0.001" in quotes. */
  readonly p?: number | string;
  /** The test that this p-value is from, where the source names it. */
  readonly test?: SignificanceTest;
}

/** The study's own follow-up: a distribution, a planned time, or both; in one unit. */
export interface FollowUp {
  /** The mean, as printed, in `unit`. */
  readonly mean?: number;
  /** The standard deviation, as printed, in `unit`. */
  readonly sd?: number;
  /** The median, as printed, in `unit`. */
  readonly median?: number;
  /** The lower quartile, as printed, in `unit`. */
  readonly q1?: number;
  /** The upper quartile, as printed, in `unit`. */
  readonly q3?: number;
  /** The shortest follow-up, as printed, in `unit`. */
  readonly min?: number;
  /** The longest follow-up, as printed, in `unit`. */
  readonly max?: number;
  /** The unit of all figures here, in UCUM: d, wk, mo or a (years). */
  readonly unit?: "d" | "wk" | "mo" | "a";
  /** How long everybody was to be followed, or in a retrospective study was looked back on, where one time holds for all, such as `12 mo`. */
  readonly planned?: string;
  /** How many people these figures are of, as printed. */
  readonly followed?: number;
  /** What the source says of it that has no field, in your own words. */
  readonly note?: string;
}

/** People who are reported together. */
export interface Group {
  /** The id, unique among the groups and parts of this study, such as all or sham. */
  readonly id: string;
  /** Who they are, such as all treated patients. */
  readonly label: string;
  /** The arm's role in the trial (ClinicalTrials.gov arm types), or cohort or subgroup. */
  readonly role?: "experimental" | "active-comparator" | "sham-comparator" | "placebo-comparator" | "no-intervention" | "cohort" | "subgroup";
  /** For a subgroup, or for people followed further: the group that they come from. */
  readonly within?: string;
  /** What was done to them, by procedure id, where it is not what the study names. */
  readonly procedures?: readonly string[];
  /** Treatments that are no procedures, named and coded in place. */
  readonly treatments?: readonly Treatment[];
  /** What `enrolled` is a number of, where it is not participants. */
  readonly counted?: "participants" | "procedures" | "pairs" | "sides" | "levels" | "events";
  /** How many entered the group, as printed. */
  readonly enrolled?: number;
  /** Write `- enrolled` where that number is not printed but follows from printed ones. */
  readonly derived?: readonly "enrolled"[];
  /** The shares it is made of, such as diagnoses, each with its number. */
  readonly parts?: readonly GroupPart[];
  /** exhaustive: the parts add up to the group; overlapping or incomplete: they do not. */
  readonly parts_are?: "exhaustive" | "overlapping" | "incomplete";
  /** What a reader of these numbers must know. */
  readonly note?: string;
}

/** A share of a group, such as one of its diagnoses. Outcomes may name it as their group. */
export interface GroupPart {
  /** The id, unique among the groups and parts of this study. */
  readonly id: string;
  /** What these people have in common, where the id does not say it. */
  readonly label?: string;
  /** How many they are, as printed. */
  readonly enrolled?: number;
  /** The conditions of this share, by id. */
  readonly conditions?: readonly string[];
}

/** An ICD-10-CM code. */
export interface Icd10Cm {
  /** The classification: ICD-10-CM. */
  readonly system: "icd-10-cm";
  /** The code with its dot, such as G50.0. */
  readonly code: string;
  /** The code's title. */
  readonly display?: string;
}

/** An ICD-11 code for mortality and morbidity statistics. */
export interface Icd11 {
  /** The classification: ICD-11 MMS. */
  readonly system: "icd-11";
  /** The stem code, such as 8A00.0. */
  readonly code: string;
  /** The code's title. */
  readonly display?: string;
}

/** A confidence interval with its level. */
export interface Interval {
  /** The confidence level in per cent, such as 95. */
  readonly level: number;
  /** The lower bound, as printed, in the unit of the estimate. */
  readonly low: number;
  /** The upper bound, as printed, in the unit of the estimate. */
  readonly high: number;
  /** How it was computed, where the source says so, such as Wald, Wilson or bootstrap. */
  readonly method?: string;
}

/** A LOINC term. */
export interface Loinc {
  /** The vocabulary: LOINC. */
  readonly system: "loinc";
  /** The code with its check digit, such as 2160-0. */
  readonly code: string;
  /** The term's long common name. */
  readonly display?: string;
}

/** A Medical Subject Heading. */
export interface Mesh {
  /** The vocabulary: MeSH. */
  readonly system: "mesh";
  /** The unique id of the heading, such as D013812. */
  readonly code: string;
  /** The heading's own words. */
  readonly display?: string;
}

/** A later notice about the paper: a correction, a concern, a retraction. */
export interface Notice {
  /** What kind of notice it is. */
  readonly type: "erratum" | "expression-of-concern" | "retraction" | "retracted-and-republished" | "corrected-and-republished" | "update";
  /** The PubMed id of the notice, where it has one. */
  readonly pmid?: number;
  /** The DOI of the notice. */
  readonly doi?: string;
  /** Where it was published, such as JAMA 2017;318(12):1188. */
  readonly citation?: string;
  /** What it corrects or says, in your own words; this acknowledges an erratum. It stays when the reference is fetched again. */
  readonly note?: string;
}

/** A paper that this entry is a notice of, being no evidence itself. */
export interface Noticed {
  /** What kind of notice this entry is. */
  readonly type: "erratum" | "expression-of-concern" | "retraction";
  /** The PubMed id of the paper that it speaks of. */
  readonly pmid?: number;
  /** Where that paper was published. */
  readonly citation?: string;
}

/** One result for one group at one time. */
export interface Outcome {
  /** The id, unique in this study; claims link to it as `study#id`. */
  readonly id: string;
  /** What was observed, on one line, in your own words. */
  readonly title: string;
  /** The id of the group it was observed in. */
  readonly group: string;
  /** When: a time such as `12 mo`, `baseline`, or `study` for the study's own follow-up. */
  readonly follow_up?: string;
  /** Where the source reports a window such as 4 to 8 weeks: its start, `4 wk`; follow_up is then its end, `8 wk`. */
  readonly follow_up_from?: string;
  /** When, in words, where the source names an event and no length of time, such as after test stimulation; it does not take the place of follow_up. */
  readonly time_frame?: string;
  /** The denominator: how many were analysed, as printed; never copied from those enrolled. */
  readonly analysed?: number;
  /** How many could be assessed at this time, where that differs from those analysed. */
  readonly available?: number;
  /** What count and denominator are numbers of, where they are not participants. */
  readonly counted?: "participants" | "procedures" | "pairs" | "sides" | "levels" | "events";
  /** How many had it, such as 7 of 9. */
  readonly count?: number;
  /** The percentage as printed, such as 16.4; leave it out where the source prints none. */
  readonly percent?: number;
  /** What counts as having it, such as at least 50 % less pain. */
  readonly threshold?: string;
  /** Where the source hedges its figure: up-to, at-least or about. */
  readonly hedge?: "up-to" | "at-least" | "about";
  /** The p-value as printed: a number, or "<0.001" in quotes. */
  readonly p?: number | string;
  /** The test that this p-value is from, where the source names it. */
  readonly test?: SignificanceTest;
  /** Which of the figures here the source does not print, but follow from those it prints. */
  readonly derived?: readonly ("analysed" | "available" | "count" | "percent" | "value" | "mean" | "sd" | "se" | "median" | "q1" | "q3" | "min" | "max" | "ci" | "effect")[];
  /** What a reader of these figures must know, in your own words. */
  readonly note?: string;
  /** The id of the instrument or scale, for a score. */
  readonly measure?: string;
  /** What the figures are: values, changes from baseline (minus where the value fell), or changes in per cent of it; improvement and percent-improvement where positive figures mean better. */
  readonly quantity?: "value" | "change" | "percent-change" | "improvement" | "percent-improvement";
  /** What one person's value is, where no measure says it; means of counts are checked by it. */
  readonly values?: "whole-numbers" | "yes-no" | "continuous";
  /** The unit of mean, median and their spread, in UCUM, where the measure does not give it. */
  readonly unit?: string;
  /** A single value, as printed, in the unit of the measure or in `unit`: of one patient, or where the source names no statistic. */
  readonly value?: number;
  /** The mean, as printed, in the unit of the measure or in `unit`. */
  readonly mean?: number;
  /** true where the source adjusted the mean (least squares, a model, imputed values): it is then no plain average, and is not held against one. */
  readonly adjusted?: boolean;
  /** The standard deviation, as printed, in the unit of the measure or in `unit`. */
  readonly sd?: number;
  /** The standard error, as printed, in the unit of the measure or in `unit`. */
  readonly se?: number;
  /** The median, as printed, in the unit of the measure or in `unit`. */
  readonly median?: number;
  /** The lower quartile (the lower bound of the IQR), as printed, in the unit of the measure or in `unit`. */
  readonly q1?: number;
  /** The upper quartile (the upper bound of the IQR), as printed, in the unit of the measure or in `unit`. */
  readonly q3?: number;
  /** The smallest value, as printed, in the unit of the measure or in `unit`. */
  readonly min?: number;
  /** The largest value, as printed, in the unit of the measure or in `unit`. */
  readonly max?: number;
  /** The confidence interval of the mean, median or percentage. */
  readonly ci?: Interval;
  /** The comparison with another group or with baseline. */
  readonly effect?: Effect;
}

/** A few words of a source, exactly as it prints them. */
export interface Quote {
  /** The words, exactly as the abstract has them; as few as carry the claim. */
  readonly text: string;
  /** The PubMed id of the paper that they stand in; one of the claim's `pmids`. */
  readonly pmid: number;
  /** What came of looking for the words; written by machine, never by hand. */
  readonly checked?: QuoteCheck;
}

/** What came of looking for a quotation; written by `curate refs check --quotes --write`. */
export interface QuoteCheck {
  /** Whether the words stand in the text that was looked at. */
  readonly result: "found" | "not-found";
  /** The day of the check, in quotes. */
  readonly date: string;
  /** The digest of the text that was looked at: PubMed's title and abstract. */
  readonly text_digest: string;
  /** The digest of the claim and the quotation; editing either asks for a new check. */
  readonly claim_digest: string;
}

/** Name who reviewed the record, and when. */
export interface Review {
  /** The reviewer's name. */
  readonly by: string;
  /** The day of the review, in quotes. */
  readonly date: string;
  /** The reviewer's ORCID iD. */
  readonly orcid?: string;
  /** The day by which the record is to be looked at again, in quotes. */
  readonly next?: string;
}

/** The test that a p-value is from, as the source describes it. */
export interface SignificanceTest {
  /** Which test it is. */
  readonly name: "t" | "paired-t" | "z" | "chi-square" | "f" | "correlation" | "other";
  /** The value of t, z, F, chi-square or r, as printed; it has no unit. */
  readonly statistic?: number;
  /** The degrees of freedom, such as 28 in t(28), which have no unit; for F the first of two. */
  readonly df?: number;
  /** For F: the second of its degrees of freedom, such as 56 in F(2, 56); without a unit. */
  readonly df2?: number;
  /** Whether the test is one-sided or two-sided, where the source says so. */
  readonly sides?: "one" | "two";
  /** true where the p-value was corrected for several comparisons; it is then not recomputed. */
  readonly corrected?: boolean;
}

/** The smallest change that matters to a patient. */
export interface SmallestImportantChange {
  /** The change, in the measure's unit, as printed. */
  readonly value: number;
  /** The papers that it is taken from. */
  readonly pmids?: readonly number[];
  /** For whom and how it was set, such as the threshold that a trial fixed beforehand. */
  readonly note?: string;
}

/** A SNOMED CT concept. */
export interface SnomedCt {
  /** The vocabulary: SNOMED CT. */
  readonly system: "snomed-ct";
  /** The concept id, in quotes; its last digit is a check digit. */
  readonly code: string;
  /** The concept's preferred term. */
  readonly display?: string;
}

/** A treatment that is no procedure of this corpus: a drug, physiotherapy, sham. */
export interface Treatment {
  /** What was given, such as gabapentin 300 mg twice daily. */
  readonly name: string;
  /** Its terms in published vocabularies. */
  readonly codes?: readonly (Mesh | SnomedCt | Icd10Cm | Icd11 | Loinc)[];
}

/** One finding that is accepted. */
export interface Waived {
  /** The rule that objects. */
  readonly rule: string;
  /** What it objects to, below data. */
  readonly at: string;
  /** The waiver with reason, person and date. */
  readonly waiver: string;
}

/** Accept what a rule finds and nobody can mend, as the source does not print the figure. */
export interface Waiver {
  /** The name of the rule whose finding is accepted, as printed in the finding. */
  readonly rule: string;
  /** The place it is accepted at, or a list of places: field names and ids joined by dots. Each covers all below it. */
  readonly at: string | readonly string[];
  /** Why the finding stands: what the source does not print, and what was read of it. */
  readonly reason: string;
  /** Who decided this: a name, or the group that did. */
  readonly by: string;
  /** The day it was decided, in quotes. */
  readonly date: string;
  /** The last day it holds, in quotes; from the next day on it is an error. Set it where somebody is to look again, such as once the full text has come. */
  readonly until?: string;
}

/** A condition and the claims about its treatment. */
export interface Condition {
  /** The record's id, the same as its file name without `.yaml`; it never changes. */
  readonly id: string;
  /** What the record is about, on one line, in your own words unless it is a paper's title. */
  readonly title: string;
  /** How far the record is: draft (never exported), in_review, approved or retired. */
  readonly status: "draft" | "in_review" | "approved" | "retired";
  /** Who approved the record, and when; needed once the status is approved. */
  readonly review?: Review;
  /** For a retired record: the id of the record of the same kind that takes its place. */
  readonly replaced_by?: string;
  /** For a retired record that nothing replaces: why it was retired. */
  readonly retired_because?: string;
  /** Anything a later editor or reader should know, in your own words. */
  readonly note?: string;
  /** Findings that are accepted, each with its place, reason, person and date. */
  readonly waivers?: readonly Waiver[];
  /** Other names of the same condition, abbreviations included. */
  readonly synonyms?: readonly string[];
  /** What it is, in one or two sentences of your own. */
  readonly description?: string;
  /** The id of the broader condition that this one is a form of. */
  readonly parent?: string;
  /** Its terms in published vocabularies. */
  readonly codes?: readonly (Mesh | SnomedCt | Icd10Cm | Icd11 | Loinc)[];
  /** What is claimed of its treatment, drugs and physiotherapy included, each with its PMIDs. */
  readonly claims?: readonly Claim[];
}

export interface ConditionRecord {
  readonly kind: "condition";
  /** The record's id, unique among its kind. */
  readonly id: string;
  /** How far the record is. */
  readonly status: "in_review" | "approved" | "retired";
  /** Where the record is written: a file of the corpus, a line, and the git commit; without a commit the records were others than those of any. */
  readonly source: {
    readonly path: string;
    readonly line: number;
    readonly commit?: string;
  };
  /** The record as its editors wrote it; what is not known is absent. */
  readonly data: Condition;
  /** The papers that the record rests on, under the empty JSON Pointer, and those of each part of data that names its own; any other part rests on those of the part around it. */
  readonly pmids: Readonly<Record<string, readonly number[]>>;
  /** What is accepted although a rule objects, each with its reason. */
  readonly waived?: readonly Waived[];
  /** The line of source.path on which each value of data stands, by its JSON Pointer. */
  readonly lines: Readonly<Record<string, number>>;
}

/** An instrument or scale: its bounds, step and direction. */
export interface Measure {
  /** The record's id, the same as its file name without `.yaml`; it never changes. */
  readonly id: string;
  /** What the record is about, on one line, in your own words unless it is a paper's title. */
  readonly title: string;
  /** How far the record is: draft (never exported), in_review, approved or retired. */
  readonly status: "draft" | "in_review" | "approved" | "retired";
  /** Who approved the record, and when; needed once the status is approved. */
  readonly review?: Review;
  /** For a retired record: the id of the record of the same kind that takes its place. */
  readonly replaced_by?: string;
  /** For a retired record that nothing replaces: why it was retired. */
  readonly retired_because?: string;
  /** Anything a later editor or reader should know, in your own words. */
  readonly note?: string;
  /** Findings that are accepted, each with its place, reason, person and date. */
  readonly waivers?: readonly Waiver[];
  /** The short name, such as PDQ-39. */
  readonly abbreviation?: string;
  /** Other names of the same instrument. */
  readonly synonyms?: readonly string[];
  /** What it measures and how, in your own words. */
  readonly description?: string;
  /** What a single value is: an integer score, a score with fractions, a category, continuous. */
  readonly data?: "integer-score" | "score" | "categories" | "continuous";
  /** The lowest possible value, in `unit`, where the evidence gives it. */
  readonly minimum?: number;
  /** The highest possible value, in `unit`, where the evidence gives it. */
  readonly maximum?: number;
  /** The smallest difference between two possible values, in `unit`, such as 1. */
  readonly step?: number;
  /** Whether a higher value is better or worse for the patient. */
  readonly direction?: "higher-is-better" | "higher-is-worse";
  /** The unit, in UCUM: {score} for a scale's points, % for a percentage. */
  readonly unit?: string;
  /** The smallest change that matters, with its source. */
  readonly smallest_important_change?: SmallestImportantChange;
  /** For a measure of categories: their names, best first. */
  readonly categories?: readonly string[];
  /** Its terms in published vocabularies. */
  readonly codes?: readonly (Mesh | SnomedCt | Icd10Cm | Icd11 | Loinc)[];
}

export interface MeasureRecord {
  readonly kind: "measure";
  /** The record's id, unique among its kind. */
  readonly id: string;
  /** How far the record is. */
  readonly status: "in_review" | "approved" | "retired";
  /** Where the record is written: a file of the corpus, a line, and the git commit; without a commit the records were others than those of any. */
  readonly source: {
    readonly path: string;
    readonly line: number;
    readonly commit?: string;
  };
  /** The record as its editors wrote it; what is not known is absent. */
  readonly data: Measure;
  /** The papers that the record rests on, under the empty JSON Pointer, and those of each part of data that names its own; any other part rests on those of the part around it. */
  readonly pmids: Readonly<Record<string, readonly number[]>>;
  /** What is accepted although a rule objects, each with its reason. */
  readonly waived?: readonly Waived[];
  /** The line of source.path on which each value of data stands, by its JSON Pointer. */
  readonly lines: Readonly<Record<string, number>>;
}

/** A procedure and the claims about it. */
export interface Procedure {
  /** The record's id, the same as its file name without `.yaml`; it never changes. */
  readonly id: string;
  /** What the record is about, on one line, in your own words unless it is a paper's title. */
  readonly title: string;
  /** How far the record is: draft (never exported), in_review, approved or retired. */
  readonly status: "draft" | "in_review" | "approved" | "retired";
  /** Who approved the record, and when; needed once the status is approved. */
  readonly review?: Review;
  /** For a retired record: the id of the record of the same kind that takes its place. */
  readonly replaced_by?: string;
  /** For a retired record that nothing replaces: why it was retired. */
  readonly retired_because?: string;
  /** Anything a later editor or reader should know, in your own words. */
  readonly note?: string;
  /** Findings that are accepted, each with its place, reason, person and date. */
  readonly waivers?: readonly Waiver[];
  /** Other names of the same procedure, abbreviations included. */
  readonly synonyms?: readonly string[];
  /** What it is, in one or two sentences of your own; no figures, those belong into claims. */
  readonly description?: string;
  /** The id of the broader procedure that this one is a form of. */
  readonly parent?: string;
  /** The structure it acts on, such as the ventro-oral nucleus of the thalamus. */
  readonly target?: string;
  /** How it acts, such as radiofrequency thermocoagulation. */
  readonly technique?: string;
  /** The conditions that it is used for, by id. */
  readonly conditions?: readonly string[];
  /** Its terms in published vocabularies. */
  readonly codes?: readonly (Mesh | SnomedCt | Icd10Cm | Icd11 | Loinc)[];
  /** What is claimed of it, each with its PMIDs and the outcomes that carry it. */
  readonly claims?: readonly Claim[];
}

export interface ProcedureRecord {
  readonly kind: "procedure";
  /** The record's id, unique among its kind. */
  readonly id: string;
  /** How far the record is. */
  readonly status: "in_review" | "approved" | "retired";
  /** Where the record is written: a file of the corpus, a line, and the git commit; without a commit the records were others than those of any. */
  readonly source: {
    readonly path: string;
    readonly line: number;
    readonly commit?: string;
  };
  /** The record as its editors wrote it; what is not known is absent. */
  readonly data: Procedure;
  /** The papers that the record rests on, under the empty JSON Pointer, and those of each part of data that names its own; any other part rests on those of the part around it. */
  readonly pmids: Readonly<Record<string, readonly number[]>>;
  /** What is accepted although a rule objects, each with its reason. */
  readonly waived?: readonly Waived[];
  /** The line of source.path on which each value of data stands, by its JSON Pointer. */
  readonly lines: Readonly<Record<string, number>>;
}

/** One paper's bibliographic data. */
export interface Reference {
  /** The record's id, the same as its file name without `.yaml`; it never changes. */
  readonly id: string;
  /** The paper's title as PubMed has it, on one line, without a full stop at its end; in square brackets where it is a translation. */
  readonly title: string;
  /** How far the record is: draft (never exported), in_review, approved or retired. */
  readonly status: "draft" | "in_review" | "approved" | "retired";
  /** Who approved the record, and when; needed once the status is approved. */
  readonly review?: Review;
  /** For a retired record: the id of the record of the same kind that takes its place. */
  readonly replaced_by?: string;
  /** For a retired record that nothing replaces: why it was retired. */
  readonly retired_because?: string;
  /** Anything a later editor or reader should know, in your own words. */
  readonly note?: string;
  /** Findings that are accepted, each with its place, reason, person and date. */
  readonly waivers?: readonly Waiver[];
  /** The title in the paper's own language, where PubMed gives it. */
  readonly title_in_original?: string;
  /** The PubMed id: digits only. The record's id is `pmid-` and this number. */
  readonly pmid: number;
  /** The DOI, without https://doi.org/. */
  readonly doi?: string;
  /** The PubMed Central id, such as PMC6345121. */
  readonly pmcid?: string;
  /** Family name and initials of each author, in order, such as Horisawa S. */
  readonly authors?: readonly string[];
  /** true where the list above is the whole list, false where authors are missing from it. */
  readonly authors_complete?: boolean;
  /** The journal's abbreviation in PubMed or its name; for a chapter, the book's title. */
  readonly journal?: string;
  /** The year of publication: four digits. */
  readonly year?: number;
  /** The date of publication as far as it is known, in quotes, such as "2019-01-22". */
  readonly published?: string;
  /** The volume, in quotes, such as "92". */
  readonly volume?: string;
  /** The issue, in quotes, such as "4". */
  readonly issue?: string;
  /** The pages or the article number, in quotes, such as "e371-e377". */
  readonly pages?: string;
  /** PubMed's words for what the paper is, such as Randomized Controlled Trial. */
  readonly publication_types?: readonly string[];
  /** What became of the paper: published, corrected, under an expression of concern, retracted. Left out where nothing is known of it. */
  readonly publication_status?: "published" | "retracted" | "concern" | "corrected";
  /** Notices about the paper, each with its type and PMID. */
  readonly notices?: readonly Notice[];
  /** Where this entry is itself a notice, such as a retraction: the papers that it speaks of. */
  readonly notice_of?: readonly Noticed[];
  /** The trial registrations that PubMed lists, such as NCT00196911. */
  readonly registrations?: readonly string[];
  /** The day on which PubMed last revised its entry, in quotes. */
  readonly revised?: string;
  /** How this record came to be: fetched, imported, or by-hand. */
  readonly origin: "fetched" | "imported" | "by-hand";
  /** The day on which the data were taken, in quotes. */
  readonly retrieved?: string;
  /** The digest of the data as they were fetched or imported; it betrays an edit by hand. */
  readonly digest?: string;
}

export interface ReferenceRecord {
  readonly kind: "reference";
  /** The record's id, unique among its kind. */
  readonly id: string;
  /** How far the record is. */
  readonly status: "in_review" | "approved" | "retired";
  /** Where the record is written: a file of the corpus, a line, and the git commit; without a commit the records were others than those of any. */
  readonly source: {
    readonly path: string;
    readonly line: number;
    readonly commit?: string;
  };
  /** The record as its editors wrote it; what is not known is absent. */
  readonly data: Reference;
  /** The papers that the record rests on, under the empty JSON Pointer, and those of each part of data that names its own; any other part rests on those of the part around it. */
  readonly pmids: Readonly<Record<string, readonly number[]>>;
  /** What is accepted although a rule objects, each with its reason. */
  readonly waived?: readonly Waived[];
  /** The line of source.path on which each value of data stands, by its JSON Pointer. */
  readonly lines: Readonly<Record<string, number>>;
}

/** One study as one paper reports it. */
export interface Study {
  /** The record's id, the same as its file name without `.yaml`; it never changes. */
  readonly id: string;
  /** What the record is about, on one line, in your own words unless it is a paper's title. */
  readonly title: string;
  /** How far the record is: draft (never exported), in_review, approved or retired. */
  readonly status: "draft" | "in_review" | "approved" | "retired";
  /** Who approved the record, and when; needed once the status is approved. */
  readonly review?: Review;
  /** For a retired record: the id of the record of the same kind that takes its place. */
  readonly replaced_by?: string;
  /** For a retired record that nothing replaces: why it was retired. */
  readonly retired_because?: string;
  /** Anything a later editor or reader should know, in your own words. */
  readonly note?: string;
  /** Findings that are accepted, each with its place, reason, person and date. */
  readonly waivers?: readonly Waiver[];
  /** The PubMed id of the paper: digits only, such as 30587520. */
  readonly pmid?: number;
  /** The DOI, without https://doi.org/. */
  readonly doi?: string;
  /** The PubMed Central id, such as PMC6345121. */
  readonly pmcid?: string;
  /** First author, journal, year and title as the paper prints them: a PMID of another paper is then found out. */
  readonly citation?: Citation;
  /** Trial registrations: NCT or ISRCTN numbers. */
  readonly registrations?: readonly string[];
  /** How much of the paper was read for this record. */
  readonly read?: "full-text" | "abstract" | "title";
  /** The design, in the nearest of these words. */
  readonly design: "randomized-trial" | "randomized-crossover" | "non-randomized-trial" | "cohort" | "prospective-cohort" | "retrospective-cohort" | "case-control" | "case-series" | "case-report" | "registry" | "survey" | "not-stated";
  /** What else the source says of the design: its control, masking, centres. */
  readonly features?: readonly ("sham-controlled" | "placebo-controlled" | "active-controlled" | "uncontrolled" | "open-label" | "single-blind" | "double-blind" | "assessor-blind" | "single-centre" | "multicentre" | "consecutive" | "prospective" | "retrospective" | "pilot" | "pragmatic")[];
  /** Where the source's own words for its design matter. */
  readonly design_note?: string;
  /** The conditions that were treated, by id. */
  readonly conditions?: readonly string[];
  /** The procedures that were studied, by id. */
  readonly procedures?: readonly string[];
  /** Who was treated, in your own words. */
  readonly population?: string;
  /** How many were screened, as printed. */
  readonly screened?: number;
  /** When the study was carried out. */
  readonly conduct?: Conduct;
  /** How long people were followed: mean, SD, median, range, unit. */
  readonly follow_up?: FollowUp;
  /** The arms, cohorts and subgroups, each with its own number enrolled. */
  readonly groups?: readonly Group[];
  /** The results: one entry for one group at one time. */
  readonly outcomes?: readonly Outcome[];
  /** The harms, each with its denominator; zero counts too. */
  readonly adverse_events?: readonly AdverseEvent[];
  /** Whether the source reports harms: with-counts, named-only (no counts), none-observed (it says there were none), or not-reported (what was read does not speak of them). */
  readonly adverse_events_reported: "with-counts" | "named-only" | "none-observed" | "not-reported";
  /** Ids of studies that report some of the same people. */
  readonly overlaps?: readonly string[];
}

export interface StudyRecord {
  readonly kind: "study";
  /** The record's id, unique among its kind. */
  readonly id: string;
  /** How far the record is. */
  readonly status: "in_review" | "approved" | "retired";
  /** Where the record is written: a file of the corpus, a line, and the git commit; without a commit the records were others than those of any. */
  readonly source: {
    readonly path: string;
    readonly line: number;
    readonly commit?: string;
  };
  /** The record as its editors wrote it; what is not known is absent. */
  readonly data: Study;
  /** The papers that the record rests on, under the empty JSON Pointer, and those of each part of data that names its own; any other part rests on those of the part around it. */
  readonly pmids: Readonly<Record<string, readonly number[]>>;
  /** What is accepted although a rule objects, each with its reason. */
  readonly waived?: readonly Waived[];
  /** The line of source.path on which each value of data stands, by its JSON Pointer. */
  readonly lines: Readonly<Record<string, number>>;
}
