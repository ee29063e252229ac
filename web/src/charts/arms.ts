import { count, percent, range } from "../format";
import type { Survival } from "../types";
import { base, LABEL, monthTicks, rowAt, SMALL, spread, textWidth, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import { band, line, notes, type Note } from "./marks";

const ROW = 18, SHORT = 18;

export interface ArmCurve { name: string; curve: Survival }

/** Where between a quarter and three quarters of the axis the curves lie farthest apart: room for their names. */
function widest(all: readonly ArmCurve[], max: number): number {
  const gap = (t: number): number => {
    const at = all.map((a) => rowAt(a.curve.curve, t)[1]).sort((a, b) => a - b);
    return Math.min(...at.slice(1).map((v, i) => v - at[i]));
  };
  return [0.62, 0.55, 0.45, 0.35, 0.3].map((f) => f * max).reduce((best, t) => (gap(t) > gap(best) + 0.05 ? t : best));
}

/** Kaplan-Meier curves of the arms on one axis, with their 95% confidence and the numbers at risk. Blue is always the first arm. */
export function arms(all: readonly ArmCurve[], start: string, frame: Frame): Chart {
  const { look, narrow } = frame, max = Math.max(...all.map((a) => a.curve.months)), ticks = monthTicks(max, narrow), right = 16;
  const lettered = narrow || all.some((a) => a.name.length > SHORT), letter = (i: number) => `Arm ${"ABCD"[i] ?? i + 1}`;
  const short = (i: number) => (lettered ? letter(i) : all[i].name);
  const full = (i: number) => (lettered ? `${letter(i)}: ${all[i].name}` : all[i].name);
  const color = (i: number) => look.arm[i % look.arm.length];
  const atRisk = (i: number, t: number) => all[i].curve.atRisk.find((r) => Math.abs(r.months - t) < 1e-6)?.count;
  const left = textWidth(frame, all.map((_, i) => short(i)), SMALL, true) + textWidth(frame, [count(all[0].curve.n)]) / 2 + 10;
  const plot = frame.print ? 140 : narrow ? 220 : 250, top = 30, riskTop = top + plot + 76;
  // The highest curve is named above its band, the others below theirs, and names are pushed apart where curves meet.
  const place = widest(all, max), at = all.map((a) => rowAt(a.curve.curve, place)), best = at.findIndex((r) => r[1] === Math.max(...at.map((q) => q[1])));
  const heights = spread(at.map((r, i) => (i === best ? r[3] + 0.06 : r[2] - 0.06)), 0.1, 0.05, 0.97);
  return {
    height: riskTop + ROW * all.length + 6,
    option: {
      ...base(frame),
      grid: [{ left, right, top, height: plot }, { left, right, top: riskTop, height: ROW * all.length }],
      xAxis: [xAxis(frame, ticks, max), { type: "value", gridIndex: 1, min: 0, max, show: false }],
      yAxis: [yAxis(frame, 1, 0.25, (v) => `${Math.round(v * 100)}`), { type: "value", gridIndex: 1, min: -0.5, max: all.length - 0.5, inverse: true, show: false }],
      tooltip: tooltip(frame, (t) => ({
        head: `${t.toFixed(1)} months`,
        lines: all.map((a, i): TipLine => { const [, v, lo, hi] = rowAt(a.curve.curve, t); return [a.name, `${percent(v)} (${range(lo, hi, percent)})`, color(i)]; }),
      })),
      series: [
        ...all.map((a, i) => band(a.curve.curve.map(([t, , lo, hi]) => [t, lo, hi]), color(i), 0.18, true)),
        ...all.map((a, i) => line(a.curve.curve.map(([t, v]) => [t, v]), color(i), 2, { step: "end" })),
        ...all.filter((a) => a.curve.publishedCurve.length).map((a) => {
          const i = all.indexOf(a);
          return line(a.curve.publishedCurve, color(i), 1.25, { step: "end", lineStyle: { color: color(i), width: 1.25, type: "dashed" } });
        }),
        notes(frame, all.map((_, i): Note => ({ x: place, y: heights[i], text: full(i), color: color(i), bold: true, size: LABEL, align: "center" }))),
        notes(frame, [
          { x: 0, y: 1, dx: -26, dy: -20, text: "% of patients", color: look.muted },
          { x: max / 2, y: 0, dy: 36, text: `Months since ${start}`, color: look.muted, align: "center" },
        ], 0, false),
        notes(frame, [
          { x: 0, y: 0, dx: -left, dy: -ROW - 2, text: "At risk", color: look.muted },
          ...all.flatMap((_, i): Note[] => [
            { x: 0, y: i, dx: -left, text: short(i), color: color(i), bold: true },
            ...ticks.flatMap((t): Note[] => atRisk(i, t) === undefined ? [] : [{ x: t, y: i, text: count(atRisk(i, t)!), color: look.ink, align: "center" }]),
          ]),
        ], 1, false),
      ] as never,
    },
  };
}
