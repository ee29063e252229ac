import { forest as draw } from "../charts/forest";
import type { FigureSpec } from "../figure";
import { amount, percent } from "../format";
import type { Forest } from "../types";

/** Hazard ratios by subgroup; `versus` says what lies on each side of 1. */
export function forestFigure(d: Forest | null, id: string, versus: [string, string]): FigureSpec[] {
  if (!d) return [];
  const numbers = (r: { ratio: number; lower: number; upper: number; pValue: number } | null) => (r ? [r.ratio, r.lower, r.upper, r.pValue] : [null, null, null, null]);
  return [{
    id, columns: "c12", finding: d.finding, what: d.what, note: d.note,
    spoken: d.rows.filter((r) => r.ratio).map((r) => `${r.covariate} ${r.level}: hazard ratio ${amount(r.ratio!.ratio)}, 95 per cent interval ${amount(r.ratio!.lower)} to ${amount(r.ratio!.upper)}`).join("; ") || `${d.finding}.`,
    panels: [{ draw: (f) => draw(d.rows, versus, f) }],
    table: {
      head: ["covariate", "level", "patients", "events", "event_free_12", "hazard_ratio", "lower_95", "upper_95", "p", "adjusted_ratio", "adjusted_lower_95", "adjusted_upper_95", "adjusted_p"],
      rows: d.rows.map((r) => [r.covariate, r.reference ? `${r.level} (reference)` : r.level, r.n, r.events, r.eventFree === null ? null : percent(r.eventFree), ...numbers(r.ratio), ...numbers(r.adjusted)]),
    },
  }];
}
