import { clock } from "../clock";
import { cytokineRelease as draw } from "../charts/cytokine-release";
import type { FigureSpec } from "../figure";
import type { Arm } from "../types";

/** Cytokine release: worst grades beside the published ones, and its course. */
export function cytokineReleaseFigure(arm: Arm, prefix: string): FigureSpec[] {
  const d = arm.cytokineRelease;
  if (!d) return [];
  return [{
    id: `${prefix}crs`, columns: "c6", finding: d.finding,
    what: `Worst grade per patient, by scale (above); share of patients in an episode by day, coloured by its worst ${d.dayScale} grade (below).`,
    note: d.note, spoken: d.finding,
    empty: d.n === 0 ? `No patient was ${clock.treated}.` : undefined,
    panels: [{ draw: (f) => draw(d, f) }],
    table: { head: ["day", "grade_1", "grade_2", "grade_3", "grade_4", "grade_5"], rows: d.byDay.map((r) => [...r]) },
  }];
}
