import { clock } from "../clock";
import { fates, spider as drawSpider, type Leg } from "../charts/spider";
import { swimmer as drawSwimmer } from "../charts/swimmer";
import { waterfall as drawWaterfall, waterfallOrder } from "../charts/waterfall";
import { courseOf } from "../courses";
import type { FigureSpec } from "../figure";
import { count, percent } from "../format";
import type { Table } from "../table";
import type { Arm, Patients } from "../types";
import { patientsOf, spaced, type Choice, type Patient } from "./patient-rows";

const LANES = 40, LEGS = 60, DAYS_PER_MONTH = 30.4375, SPIDER_MONTHS = 12;

const rowsTable = (p: Patients): Table => ({ head: p.columns, rows: p.rows });

/** Depth of response, one bar a patient. */
function waterfall(p: Patients, prefix: string, choice: Choice): FigureSpec {
  const order = waterfallOrder(patientsOf(p));
  return {
    id: `${prefix}waterfall`, columns: "c6", finding: p.finding,
    what: "Waterfall of the best response: deepest change in marrow blasts within three months, one bar a patient. Click a bar, or press Enter on the reading line, to see that patient's course below.",
    note: p.note, spoken: `${p.finding}. ${p.groups.map((g, i) => `${g}: ${percent(order.filter((o) => o.group === i).length / Math.max(1, order.length))}`).join(", ")}.`,
    empty: order.length === 0 ? "No patient has marrow blasts on record." : undefined,
    panels: [{ draw: (f) => drawWaterfall(order, p.groups, choice.patient, f), pick: (x) => choice.choose(order[Math.max(0, Math.min(order.length - 1, Math.floor(x)))].patient) }],
    table: () => rowsTable(p), changes: choice,
  };
}

/** What happened when, one lane a patient. */
function swimmer(p: Patients, months: number, prefix: string, choice: Choice): FigureSpec {
  const ranked = [...patientsOf(p)].sort((a, b) => b.eventFreeMonths - a.eventFreeMonths || b.last - a.last || a.patient - b.patient), rows = spaced(ranked, LANES);
  const every = Math.ceil(ranked.length / LANES), relapsed = ranked.filter((r) => r.relapse !== null), without = relapsed.filter((r) => r.cellsLast === null || r.cellsLast < r.relapse!);
  return {
    id: `${prefix}swimmer`, columns: "c6",
    finding: relapsed.length ? `${percent(without.length / relapsed.length)} of relapses come after the last CAR-T cells were seen` : "No patient relapses",
    what: `Swimmer plot of ${rows.length} of ${count(ranked.length)} ${clock.treated} patients${every > 1 ? `: every ${every}th` : ""}, ranked by event-free time. Click a lane to see that patient's course.`,
    note: "CAR-T cells count as seen until the last visit at which the assay quantified them. Bars end at death or at the end of follow-up.",
    spoken: `Lanes of ${rows.length} patients, from the longest event-free time to the shortest.`,
    panels: [{ draw: (f) => drawSwimmer(rows, months, choice.patient, f), pick: (_, y) => { const r = rows[Math.round(y)]; if (r) choice.choose(r.patient); } }],
    table: () => rowsTable({ ...p, rows: rows.map((r) => p.rows.find((row) => row[p.columns.indexOf("patient")] === r.patient)!) }), changes: choice,
  };
}

const fateOf = (r: Patient): number => (r.remission === null ? 3 : r.relapse === null ? 0 : r.negative ? 1 : 2);

/** Marrow blasts over time, one line a patient. */
function spider(p: Patients, months: number, prefix: string, choice: Choice): FigureSpec[] {
  const courses = p.courses, column = courses ? courses.series.findIndex((s) => s.id === "blasts") : -1;
  if (!courses || column < 0) return [];
  const kept = new Set(courses.patients), rows = spaced(patientsOf(p).filter((r) => kept.has(r.patient) && (r.blasts ?? 0) > 0), LEGS), end = Math.min(SPIDER_MONTHS, months);
  const legOf = (r: Patient): Leg => ({
    patient: r.patient, fate: fateOf(r),
    points: courseOf(courses, r.patient).filter((c) => c[0] <= end * DAYS_PER_MONTH + 1).map((c) => [c[0] / DAYS_PER_MONTH, Math.log10(c[column + 1] / r.blasts!)]),
  });
  const legs = rows.map(legOf), cleared = legs.filter((l) => l.points.some((q) => q[1] <= -2)).length;
  return [{
    id: `${prefix}spider`, columns: "c6", finding: `Marrow blasts fall a hundredfold in ${cleared} of these ${legs.length} patients`,
    what: `Spider plot: marrow blasts of ${legs.length} patients against those at enrolment, coloured by what became of them. The chosen patient is drawn in ink.`,
    note: "The model's own values, also below what an assay sees. Lines end where observation in the trial ends: at relapse, other treatment or death.",
    spoken: `${fates.map((f, i) => `${f}: ${legs.filter((l) => l.fate === i).length}`).join(", ")}.`,
    empty: legs.length === 0 ? "This run kept no courses of single patients." : undefined,
    panels: [{
      draw: (f) => {
        const chosen = patientsOf(p).find((r) => r.patient === choice.patient);
        const own = chosen && !legs.some((l) => l.patient === chosen.patient) && kept.has(chosen.patient) && (chosen.blasts ?? 0) > 0 ? [legOf(chosen)] : [];
        return drawSpider(legs, own, end, choice.patient, f);
      },
    }],
    table: () => ({ head: ["patient", "fate", "months", "log10_change"], rows: legs.flatMap((l) => l.points.map((q) => [l.patient, fates[l.fate], q[0], q[1]])) }), changes: choice,
  }];
}

/** Waterfall, swimmer and spider of an arm. */
export function patientFigures(arm: Arm, months: number, prefix: string, choice: Choice | null, wanted: "waterfall" | "swimmer" | "spider"): FigureSpec[] {
  const p = arm.patients;
  if (!p || !choice) return [];
  return wanted === "waterfall" ? [waterfall(p, prefix, choice)] : wanted === "swimmer" ? [swimmer(p, months, prefix, choice)] : spider(p, months, prefix, choice);
}
