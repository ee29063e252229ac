import { incidence as draw } from "../charts/incidence";
import type { FigureSpec } from "../figure";
import type { Arm } from "../types";

/** What ends remissions, as competing causes. */
export function relapseFigure(arm: Arm, prefix: string): FigureSpec[] {
  const d = arm.incidence;
  if (!d) return [];
  return [{
    id: `${prefix}relapse`, columns: "c6", finding: d.finding,
    what: "Cumulative incidence of what ends a remission; the causes compete, and the space above them is in remission.",
    note: d.note, spoken: d.finding,
    empty: d.n === 0 ? "No patient reached remission." : d.causes.every((c) => c.events === 0) ? "No patient relapsed, died or was transplanted in remission." : undefined,
    panels: [{ draw: (f) => draw(d, f) }],
    table: { head: ["months", ...d.causes.map((c) => c.id)], rows: d.curves.map((r) => [...r]) },
  }];
}
