import { clock } from "../clock";
import { amount, percent, range } from "../format";
import type { CytokineSeries, CytokineTimes } from "../types";
import { base, logAxis, rowAt, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import { band, line, notes, rule, shapes, type Note } from "./marks";

const TICKS = [0, 7, 14, 21, 28], HEIGHT = 230, PRINT = 150;

/** Colour of a group by its lowest grade: the worst stands out most. */
export const gradeColor = ({ look }: Frame, grade: number): string => (grade >= 3 ? look.grade[4] : grade >= 1 ? look.grade[3] : look.muted);

/** A cytokine by the worst grade: medians with the middle half of each group. */
export function cytokine(d: CytokineSeries, frame: Frame): Chart {
  const { look } = frame, values = d.groups.flatMap((g) => g.rows.flatMap((r) => [r[1], r[3]])).filter((v) => v > 0);
  const max = 10 ** Math.ceil(Math.log10(Math.max(...values, 1e-6)) - 1e-9), least = 10 ** Math.floor(Math.log10(Math.min(...values, max / 10)) + 1e-9), min = Math.max(least, max / 1e6);
  const inside = (v: number) => Math.max(min, Math.min(max, v));
  return {
    height: frame.print ? PRINT : HEIGHT,
    option: {
      ...base(frame), grid: { left: 40, right: 14, top: 12, bottom: 42 },
      xAxis: xAxis(frame, TICKS, 28), yAxis: logAxis(frame, min, max),
      tooltip: tooltip(frame, (t) => ({
        head: `Day ${Math.round(t)}`,
        lines: d.groups.map((g): TipLine => { const r = rowAt(g.rows, t); return [g.name, `${amount(r[2])} (${range(r[1], r[3], amount)})`, gradeColor(frame, g.grade)]; }),
      })),
      series: [
        ...d.groups.map((g) => band(g.rows.map((r) => [r[0], inside(r[1]), inside(r[3])]), gradeColor(frame, g.grade), 0.16)),
        ...d.groups.map((g) => line(g.rows.map((r) => [r[0], inside(r[2])]), gradeColor(frame, g.grade))),
        shapes((at) => d.limit > min && d.limit < max ? [rule(at(0, 0.5)[0], at(0, d.limit)[1], at(28, 0.5)[0], at(0, d.limit)[1], look.muted, 1, [3, 3])] : []),
        notes(frame, [{ x: 14, y: min, dy: 34, text: `Days since ${clock.start}`, color: look.muted, align: "center" }], 0, false),
      ] as never,
    },
  };
}

const timeNames = ["first signs", "tocilizumab given", "free of signs again"];

/** Shares of those with cytokine release: begun, treated, over. */
export function releaseTimes(d: CytokineTimes, frame: Frame): Chart {
  const { look } = frame, colors = [look.ink, look.cell.il6, look.state.aplasia];
  return {
    height: frame.print ? PRINT : HEIGHT,
    option: {
      ...base(frame), grid: { left: 40, right: 14, top: 12, bottom: 42 },
      xAxis: xAxis(frame, TICKS, 28), yAxis: yAxis(frame, 1, 0.25, (v) => `${v * 100}`),
      tooltip: tooltip(frame, (t) => { const r = rowAt(d.rows, t); return { head: `By day ${Math.round(r[0])}`, lines: timeNames.map((name, k): TipLine => [name, percent(r[k + 1]), colors[k]]) }; }),
      series: [
        ...timeNames.map((_, k) => line(d.rows.map((r) => [r[0], r[k + 1]]), colors[k], 2, { step: "end" })),
        notes(frame, [
          ...d.rows.filter((r) => r[1] >= 0.9).slice(0, 1).map((r): Note => ({ x: r[0], y: 0.88, dx: 8, text: timeNames[0], color: colors[0] })),
          { x: 28, y: d.rows.at(-1)![2], dy: -10, text: timeNames[1], color: colors[1], align: "right" },
          ...d.rows.filter((r) => r[3] >= 0.5).slice(0, 1).map((r): Note => ({ x: Math.min(r[0], 14), y: 0.42, dx: 8, text: timeNames[2], color: colors[2] })),
        ]),
        notes(frame, [{ x: 14, y: 0, dy: 34, text: `Days since ${clock.start}`, color: look.muted, align: "center" }], 0, false),
      ] as never,
    },
  };
}
