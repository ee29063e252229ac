/** The rows of patients by name of column, and which patient the reader has chosen. */
import type { Patients } from "../types";

export interface Patient {
  patient: number; group: number; depth: number | null;
  remission: number | null; relapse: number | null; negative: boolean; newTherapy: number | null; salvage: number | null; transplant: number | null;
  death: number | null; deathCause: number | null; last: number;
  eventFreeMonths: number; event: boolean; cellsLast: number | null; aplasiaFrom: number | null; aplasiaTo: number | null;
  grade: number | null; signsFrom: number | null; signsDays: number | null; tocilizumab: number | null;
  age: number | null; female: boolean; weight: number | null; priorLines: number | null; priorTransplant: boolean; blasts: number | null;
}

const read = new WeakMap<Patients, Patient[]>();

export function patientsOf(p: Patients): Patient[] {
  const known = read.get(p);
  if (known) return known;
  const at = new Map(p.columns.map((name, i) => [name, i]));
  const all = p.rows.map((row): Patient => {
    const v = (name: string): number | null => row[at.get(name) ?? -1] ?? null;
    return {
      patient: v("patient")!, group: v("group")!, depth: v("depth_log10"),
      remission: v("remission"), relapse: v("relapse"), negative: v("relapse_cd19_negative") === 1, newTherapy: v("new_therapy"), salvage: v("salvage"), transplant: v("transplant"),
      death: v("death"), deathCause: v("death_cause"), last: v("last") ?? 0,
      eventFreeMonths: v("event_free_months") ?? 0, event: v("event") === 1, cellsLast: v("cells_last"), aplasiaFrom: v("aplasia_from"), aplasiaTo: v("aplasia_to"),
      grade: v("crs_grade"), signsFrom: v("crs_from"), signsDays: v("crs_days"), tocilizumab: v("tocilizumab"),
      age: v("age"), female: v("female") === 1, weight: v("weight"), priorLines: v("prior_lines"), priorTransplant: v("prior_transplant") === 1, blasts: v("blasts_at_enrolment"),
    };
  });
  read.set(p, all);
  return all;
}

/** At most `most` of the items, evenly spaced, the first always among them. */
export const spaced = <T>(items: readonly T[], most: number): T[] => {
  const every = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => i % every === 0);
};

/** The chosen patient of an arm, and who wants to know when it changes. */
export class Choice {
  private listeners: (() => void)[] = [];
  constructor(private chosen: number) {}
  get patient(): number { return this.chosen; }
  choose(patient: number): void {
    this.chosen = patient;
    for (const listener of this.listeners) listener();
  }
  onChange(listener: () => void): void { this.listeners.push(listener); }
}

/** The first patient with a course and the most to tell: a relapse after cytokine release, if there is one. */
export function firstChoice(p: Patients): Choice | null {
  const all = patientsOf(p), kept = new Set(p.courses?.patients), told = all.filter((r) => kept.has(r.patient));
  const first = told.find((r) => r.relapse !== null && (r.grade ?? 0) > 0) ?? told[0] ?? all[0];
  return first ? new Choice(first.patient) : null;
}
