import { percent } from "../format";
import type { Row } from "../types";
import { base, monthTicks, rowAt, spread, textWidth, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import { band, line, notes, rule, shapes, type Note } from "./marks";

export interface Stack {
  /** [months, share of each part], drawn from below. */
  rows: readonly Row[];
  months: number;
  names: string[];
  fills: string[];
  vertical: string;
  horizontal: string;
  steps: boolean;
  /** What the space above the stack is; empty where there is none. */
  rest: string;
}

/** Shares over time, stacked, with their names at the right end. */
export function stacked(d: Stack, frame: Frame): Chart {
  const { look, narrow } = frame, { rows, months, names } = d, last = rows.at(-1)!;
  const below = (r: Row, k: number) => r.slice(1, k + 1).reduce((s, v) => s + v, 0);
  const stack = names.map((_, k) => rows.map((r) => [r[0], below(r, k), below(r, k + 1)]));
  const total = below(last, names.length);
  const text = names.map((name, k) => {
    const broken = narrow && name.includes(", ") ? name.replace(", ", ",\n") : name;
    return narrow ? `${broken}\n${percent(last[k + 1])}` : `${name} ${percent(last[k + 1])}`;
  });
  const mids = stack.map((s) => (s.at(-1)![1] + s.at(-1)![2]) / 2), placed = spread(mids, narrow ? 0.17 : 0.08, 0.03, 1);
  const right = Math.min(frame.width * 0.55, textWidth(frame, text.flatMap((t) => t.split("\n"))) + 20);
  const rest: Note[] = d.rest ? [{ x: months * 0.5, y: Math.min(0.92, (1 + Math.max(total, 0.5)) / 2), text: `${d.rest}: ${percent(Math.max(0, 1 - total))}`, color: look.muted, align: "center" }] : [];
  return {
    height: frame.print ? 260 : 330,
    option: {
      ...base(frame), grid: { left: 34, right, top: 34, bottom: 42 },
      xAxis: xAxis(frame, monthTicks(months, narrow), months), yAxis: yAxis(frame, 1, 0.25, (v) => `${v * 100}`),
      tooltip: tooltip(frame, (t) => {
        const r = rowAt(rows, t);
        return { head: `${t.toFixed(1)} months`, lines: names.map((name, k): TipLine => [name, percent(r[k + 1])]).reverse() };
      }),
      series: [
        line(rows.map((r) => [r[0], 0]), "transparent"),
        ...stack.map((s, k) => band(s, d.fills[k], 0.82, d.steps)),
        ...stack.slice(0, -1).map((s) => line(s.map((r) => [r[0], r[2]]), look.page, 1, { z: 2, ...(d.steps ? { step: "end" } : {}) })),
        shapes((at) => mids.map((mid, k) => { const [x, y] = at(months, mid); return rule(x + 1, y, x + 8, at(months, placed[k])[1], look.axis, 1); }), 0, 4),
        notes(frame, [
          ...names.map((_, k): Note => ({ x: months, y: placed[k], dx: 11, text: text[k], color: look.ink })), ...rest,
          { x: 0, y: 1, dx: -26, dy: -20, text: d.vertical, color: look.muted },
          { x: months / 2, y: 0, dy: 34, text: d.horizontal, color: look.muted, align: "center" },
        ], 0, false),
      ] as never,
    },
  };
}
