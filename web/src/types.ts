/**
 * The results of a run as the page reads them. The report writer (src/Marrow.Reports/Model) writes the same shape;
 * the two change together. Shares are 0–1; a number that could not be formed is null.
 */
export type Row = readonly number[];

export interface Report {
  /** Made-up data for work on the page itself. */
  example: boolean;
  /** Version of Marrow. */
  version: string;
  study: Study;
  head: Head;
  arms: Arm[];
  /** Arms against each other; empty with one arm. */
  clock: Clock;
  comparisons: Comparison[];
  rejected: Count[];
  failures: Failure[];
  /** How far the failed patients could move the headline. */
  failureNote: string;
  parameters: Parameters;
  assumptions: Assumption[];
  provenance: Entry[];
  inputs: Entry[];
}

export interface Study { id: string; title: string; question: string; patients: number; months: number; seed: string }
export interface Head { kicker: string; headline: string; standfirst: string; outside: Entry[]; warning: string | null }
export interface Count { reason: string; count: number }
export interface Entry { label: string; value: string }
export interface Failure { patient: number; arm: string; phase: string; day: number; cause: string; remedy: string; draw: number; seed: string; parameters: string[] }
export interface Parameters { measured: number; fitted: number; assumed: number; unverified: number; /** Shares weighted by elasticities. */ weighted: Weighted | null }
export interface Weighted { measured: number; fitted: number; assumed: number; parameters: number }
export interface Assumption { name: string; value: number; unit: string; reason: string; file: string }

export interface Arm {
  name: string;
  treatment: string;
  /** Trial beside it; empty without. */
  trial: string;
  /** Size of the trials behind the prediction intervals. */
  predictionN: number;
  infused: number;
  flow: FlowStep[];
  lost: Count[];
  deaths: Count[];
  endpoints: Endpoint[];
  survival: Survival[];
  kinetics: Kinetics | null;
  incidence: Incidence | null;
  cytokineRelease: CytokineRelease | null;
  cytokines: Cytokines | null;
  states: States | null;
  patients: Patients | null;
  subgroups: Forest | null;
}

export interface FlowStep { label: string; count: number; loss: string }

export interface Endpoint {
  id: string; label: string; group: string; unit: string;
  kind: "share" | "ratio" | "continuous" | "months";
  simulated: number | null; lower: number | null; upper: number | null; simulatedN: number;
  published: number | null; publishedLower: number | null; publishedUpper: number | null;
  /** What the published interval is: "95 % CI", "range"; empty without. */
  publishedInterval: string; publishedN: number | null;
  /** The published value was recalled and not read. */
  unverified: boolean;
  source: string; note: string;
  /** Words of the table, formed where the summary of the command line forms its own. */
  simulatedText: string; simulatedInterval: string; publishedText: string; publishedIntervalText: string; verdict: string;
  inside: boolean | null;
  /** Interval of how well the simulated value is known; empty where typical values of parameters are taken as known. */
  uncertainty: string;
}

export interface Landmark { months: number; value: number; lower: number | null; upper: number | null; unverified: boolean }
export interface AtRisk { months: number; count: number }
export interface TrialView { view: string; curve: Row[] }
export interface Survival {
  id: string; label: string; finding: string; spoken: string; note: string; n: number; events: number; bandN: number; months: number;
  /** [months, survival, lower 95 %, upper 95 %]. */
  curve: Row[];
  /** [months, 5 %, 95 %] of trials of `bandN` patients, in the trial's own view. */
  band: Row[];
  atRisk: AtRisk[];
  published: Landmark[];
  /** The same endpoint censored as the trial was: [months, survival]. */
  trialViews: TrialView[];
  /** [months, survival] read off the published figure. */
  publishedCurve: Row[];
}
/** Words: "infusion" and "infused", or "start of treatment" and "treated". */
export interface Clock { start: string; treated: string }

export interface Kinetics { finding: string; note: string; persistence: string; counts: string; series: Readout[] }
export interface PublishedReadout { day: number | null; value: number; label: string }
export interface Readout {
  id: string; label: string; unit: string; logarithmic: boolean; limit: number;
  /** [days, 5 %, 25 %, 50 %, 75 %, 95 %, patients]. */
  quantiles: Row[];
  published: PublishedReadout[];
}

export interface Cause { id: string; label: string; events: number }
/** `curves`: [months from remission, cumulative incidence of each cause in the order of `causes`]. */
export interface Incidence { finding: string; note: string; n: number; months: number; causes: Cause[]; curves: Row[] }

export interface GradeScale { scale: string; shares: number[] }
/** Published shares at or above a grade. */
export interface PublishedGrade { fromGrade: number; share: number; lower: number | null; upper: number | null }
export interface CytokineRelease {
  finding: string; note: string; n: number;
  /** Scale of the published grades; empty without. */
  publishedScale: string;
  scales: GradeScale[];
  published: PublishedGrade[];
  /** [day, share of patients in an episode whose worst grade is 1, 2, 3, 4, 5], on `dayScale`. */
  byDay: Row[];
  dayScale: string;
}

/** The infused patients of an arm; see figures/patient-rows.ts for the columns. */
export interface Patients {
  finding: string; note: string; courseNote: string;
  /** Groups of response, worst first. */
  groups: string[];
  deathCauses: string[];
  /** Scale of the grades of cytokine release. */
  scale: string;
  columns: string[];
  rows: (number | null)[][];
  courses: Courses | null;
}
/** Readouts over time of single patients; courses.ts reads `texts`. */
export interface Courses { days: number[]; series: CourseSeries[]; patients: number[]; texts: string[] }
/** `lower` and `upper`: values of the lowest and the highest level of the text. */
export interface CourseSeries { id: string; label: string; unit: string; logarithmic: boolean; limit: number; lower: number; upper: number }

/** `shares`: [months, share of patients in each of `states`]. */
export interface States { finding: string; note: string; n: number; months: number; states: State[]; shares: Row[] }
export interface State { id: string; label: string }

export interface Cytokines { finding: string; note: string; scale: string; series: CytokineSeries[]; times: CytokineTimes }
export interface CytokineSeries { id: string; label: string; unit: string; limit: number; groups: GradeGroup[] }
/** `rows`: [day, 25 %, median, 75 %]. */
export interface GradeGroup { name: string; grade: number; n: number; rows: Row[] }
/** Of those with cytokine release: [day, first signs by then, tocilizumab by then, free of signs again by then]. */
export interface CytokineTimes { n: number; rows: Row[] }

export interface Forest { id: string; label: string; finding: string; what: string; note: string; rows: ForestRow[] }
export interface ForestRow {
  covariate: string; level: string; n: number; events: number;
  /** The level with which the other is compared. */
  reference: boolean;
  ratio: Ratio | null; adjusted: Ratio | null;
  /** Share event-free at one year. */
  eventFree: number | null;
}
/** A hazard ratio with 95 % limits. */
export interface Ratio { ratio: number; lower: number; upper: number; pValue: number }

/** `id` names the curves of the arms that are compared. */
export interface Comparison { id: string; label: string; finding: string; note: string; logRank: LogRank | null; ratios: ArmRatio[]; subgroups: Forest | null }
export interface LogRank { chiSquared: number; degreesOfFreedom: number; pValue: number }
export interface ArmRatio { arm: string; reference: string; hazard: Ratio | null; power: number | null; trialN: number; trials: [number, number] | null; published: PublishedRatio | null }
export interface PublishedRatio { value: number; lower: number | null; upper: number | null; interval: string; unverified: boolean }
