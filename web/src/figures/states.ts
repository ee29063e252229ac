import { clock } from "../clock";
import { states as draw } from "../charts/incidence";
import type { FigureSpec } from "../figure";
import type { Arm } from "../types";

/** Where the patients are over time: how long remission and B-cell aplasia last. */
export function statesFigure(arm: Arm, prefix: string): FigureSpec[] {
  const d = arm.states;
  if (!d) return [];
  return [{
    id: `${prefix}states`, columns: "c6", finding: d.finding,
    what: `B-cell aplasia and what ends it: share of ${clock.treated} patients in each state.`,
    note: d.note, spoken: `${d.finding}. At the end: ${d.states.map((s, i) => `${s.label} ${Math.round(100 * d.shares.at(-1)![i + 1])} per cent`).join(", ")}.`,
    panels: [{ draw: (f) => draw(d, f) }],
    table: { head: ["months", ...d.states.map((s) => s.id)], rows: d.shares.map((r) => [...r]) },
  }];
}
