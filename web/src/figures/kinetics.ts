import { kinetics as draw, type Window } from "../charts/kinetics";
import { monthTicks } from "../charts/frame";
import type { FigureSpec } from "../figure";
import { unit } from "../format";
import type { Arm, Readout } from "../types";

const days = (end: number, step: number): Window =>
  ({ end, ticks: Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step), perUnit: 1, unit: "Days" });
/** Curves are kept at whole weeks: 13 of them are three months. */
const early = days(28, 7), expansion: Window = { ...days(91, 7), ticks: [0, 14, 28, 60, 90] };
const DAYS_PER_MONTH = 30.4375;

function spec(id: string, finding: string, what: string, note: string, series: Readout[], window: (d: Readout) => Window): FigureSpec {
  return {
    id, columns: series.length > 2 ? "c12" : "c6", finding, what, note,
    spoken: "Simulated median with bands for 50 and 90 per cent of patients over time.",
    panels: series.map((d, i) => ({ heading: d.label, unit: unit(d.unit), draw: (f) => draw(d, window(d), f, i === 0) })),
    table: {
      head: ["readout", "unit", "days", "q05", "q25", "median", "q75", "q95", "patients", "published", "published_what"],
      rows: series.flatMap((d) => [
        ...d.quantiles.map((r) => [d.label, d.unit, ...r, null, null]),
        ...d.published.map((p) => [d.label, d.unit, p.day, null, null, null, null, null, null, p.value, p.label]),
      ]),
    },
  };
}

/** Visual predictive checks: the first three months, what lasts, and the blood counts. */
export function kineticsFigures(arm: Arm, prefix: string, wanted: ("course" | "persistence" | "counts")[]): FigureSpec[] {
  const k = arm.kinetics;
  if (!k) return [];
  const of = (...ids: string[]) => ids.flatMap((id) => k.series.filter((d) => d.id === id && d.quantiles.length > 0));
  const last = Math.max(0, ...k.series.flatMap((d) => d.quantiles.map((r) => r[0]))), months = 6 * Math.ceil(last / DAYS_PER_MONTH / 6 - 1e-6);
  const persistence: Window = { end: months, ticks: monthTicks(months, true), perUnit: DAYS_PER_MONTH, unit: "Months" };
  const course = of("car", "blasts", "b_cells", "il6"), lasting = of("car", "blasts", "b_cells"), counts = of("anc", "platelets");
  const out: FigureSpec[] = [];
  if (course.length) {
    out.push(spec(`${prefix}course`, k.finding, "Visual predictive check: simulated median (line), 50% and 90% of patients (bands); published values in ink. Logarithmic scales.",
      k.note, course, (d) => (d.id === "il6" ? early : expansion)));
  }
  if (lasting.length && months > 3) {
    out.push(spec(`${prefix}persistence`, k.persistence, "The same readouts over the whole follow-up, in patients still observed.", k.note, lasting, () => persistence));
  }
  if (counts.length) {
    out.push(spec(`${prefix}counts`, k.counts, "Neutrophils and platelets after lymphodepletion: median, 50% and 90% of patients.", "Platelets include transfused ones.", counts, () => expansion));
  }
  return out.filter((f) => wanted.some((id) => f.id === prefix + id));
}
