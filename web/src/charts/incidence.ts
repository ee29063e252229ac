import { percent } from "../format";
import type { Incidence } from "../types";
import { base, monthTicks, rowAt, spread, textWidth, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import { band, line, notes, rule, shapes, type Note } from "./marks";

/** Competing causes, stacked; the space above them is the share still in remission. */
export function incidence(d: Incidence, frame: Frame): Chart {
  const { look, narrow } = frame, { months, causes, curves } = d, last = curves.at(-1)!;
  const below = (r: readonly number[], k: number) => r.slice(1, k + 1).reduce((s, v) => s + v, 0);
  const stack = causes.map((_, k) => curves.map((r) => [r[0], below(r, k), below(r, k + 1)]));
  const total = below(last, causes.length);
  const name = (k: number) => narrow ? `${causes[k].label}\n${percent(last[k + 1])}` : `${causes[k].label} ${percent(last[k + 1])}`;
  const mids = stack.map((s) => (s.at(-1)![1] + s.at(-1)![2]) / 2), placed = spread(mids, narrow ? 0.15 : 0.08, 0.02, 1);
  const right = Math.min(frame.width * 0.5, textWidth(frame, causes.flatMap((_, k) => name(k).split("\n"))) + 20);
  return {
    height: frame.print ? 260 : 330,
    option: {
      ...base(frame), grid: { left: 34, right, top: 34, bottom: 42 },
      xAxis: xAxis(frame, monthTicks(months, narrow), months), yAxis: yAxis(frame, 1, 0.25, (v) => `${v * 100}`),
      tooltip: tooltip(frame, (t) => {
        const r = rowAt(curves, t);
        return { head: `${t.toFixed(1)} months`, lines: causes.map((c, k): TipLine => [c.label, percent(r[k + 1])]).reverse() };
      }),
      series: [
        line(curves.map((r) => [r[0], 0]), "transparent"),
        ...stack.map((s, k) => band(s, look.cause[causes[k].id] ?? look.muted, 0.82, true)),
        ...stack.slice(0, -1).map((s) => line(s.map((r) => [r[0], r[2]]), look.page, 1, { z: 2, step: "end" })),
        shapes((at) => mids.map((mid, k) => { const [x, y] = at(months, mid); return rule(x + 1, y, x + 8, at(months, placed[k])[1], look.axis, 1); }), 0, 4),
        notes(frame, [
          ...causes.map((_, k): Note => ({ x: months, y: placed[k], dx: 11, text: name(k), color: look.ink })),
          { x: months * 0.5, y: Math.min(0.92, (1 + Math.max(total, 0.5)) / 2), text: `In remission: ${percent(Math.max(0, 1 - total))}`, color: look.muted, align: "center" },
          { x: 0, y: 1, dx: -26, dy: -20, text: "% of patients in remission, cumulative", color: look.muted },
          { x: months / 2, y: 0, dy: 34, text: "Months since remission", color: look.muted, align: "center" },
        ], 0, false),
      ] as never,
    },
  };
}
