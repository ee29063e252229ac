import { cytokine, releaseTimes } from "../charts/cytokines";
import type { FigureSpec } from "../figure";
import { unit } from "../format";
import type { Arm } from "../types";

/** Cytokines by the worst grade of cytokine release, and when it begins, is treated and is over. */
export function cytokinesFigure(arm: Arm, prefix: string): FigureSpec[] {
  const d = arm.cytokines;
  if (!d || (d.series.length === 0 && d.times.n === 0)) return [];
  const groups = d.series[0]?.groups ?? [];
  return [{
    id: `${prefix}cytokines`, columns: "c12", finding: d.finding,
    what: `Cytokines by the worst ${d.scale} grade${groups.length ? ` (${groups.map((g) => `${g.name}: n = ${g.n}`).join(", ")}; the darker the worse)` : ""}, and the times of the ${d.times.n} episodes.`,
    note: d.note, spoken: d.finding,
    panels: [
      ...d.series.map((s) => ({ heading: s.label, unit: unit(s.unit), draw: (f: Parameters<typeof cytokine>[1]) => cytokine(s, f) })),
      ...(d.times.n ? [{ heading: "Episodes", unit: "% of those with cytokine release", draw: (f: Parameters<typeof releaseTimes>[1]) => releaseTimes(d.times, f) }] : []),
    ],
    table: {
      head: ["readout", "unit", "group", "day", "q25", "median", "q75", "first_signs", "tocilizumab", "free_again"],
      rows: [
        ...d.series.flatMap((s) => s.groups.flatMap((g) => g.rows.map((r) => [s.label, s.unit, g.name, ...r, null, null, null]))),
        ...d.times.rows.map((r) => ["episodes", "share", "all", r[0], null, null, null, ...r.slice(1)]),
      ],
    },
  }];
}
