import { clock } from "../clock";
import { amount, count, range } from "../format";
import type { Readout, Row } from "../types";
import { base, logAxis, niceScale, rowAt, tooltip, xAxis, yAxis, type Chart, type Frame } from "./frame";
import { band, line, notes, published, rule, shapes, type Note } from "./marks";

/** Part of a readout's time axis; one panel each, never a broken axis. */
export interface Window { end: number; ticks: number[]; perUnit: number; unit: "Days" | "Months" }

/** Decades that hold bands and published values, but not what lies far below what an assay can see. */
function decades(d: Readout, rows: readonly Row[], shown: { value: number }[]): [number, number] {
  const top = Math.ceil(Math.log10(Math.max(...rows.map((r) => r[5]), ...shown.map((p) => p.value), d.limit, 1e-9)) - 1e-9);
  const seen = rows.map((r) => r[1]).filter((v) => v > 0), least = Math.floor(Math.log10(Math.min(...seen, ...shown.map((p) => p.value), 10 ** top)) + 1e-9);
  const floor = d.limit > 0 ? Math.floor(Math.log10(d.limit)) - 1 : top - 6;
  return [10 ** Math.min(top - 1, Math.max(least, floor)), 10 ** top];
}

/** Visual predictive check: median, 50 and 90% of patients; published values in ink. */
export function kinetics(d: Readout, window: Window, frame: Frame, named: boolean): Chart {
  const { look } = frame, color = look.cell[d.id] ?? look.simulated, { end, perUnit } = window;
  const rows = d.quantiles.map((r) => [r[0] / perUnit, ...r.slice(1)]).filter((r) => r[0] <= end + 1e-9);
  const shown = d.published.filter((p) => p.day === null || p.day / perUnit <= end);
  const scale = niceScale(Math.max(...rows.map((r) => r[5]), ...shown.map((p) => p.value), 1e-9));
  const [min, max] = d.logarithmic ? decades(d, rows, shown) : [0, scale.max];
  const inside = (v: number) => Math.max(min, Math.min(max, v));
  const points = shown.filter((p) => p.day !== null && p.value >= min), levels = shown.filter((p) => p.day === null && p.value >= min);
  const labels: Note[] = [];
  // Only the first panel of a figure names its parts; the others repeat them.
  if (named) {
    const late = rowAt(rows, end * 0.7);
    labels.push({ x: late[0], y: inside(late[5]), dy: -10, text: frame.width < 280 ? "90%" : "90% of patients", color, align: "center" });
    const height = d.logarithmic ? Math.log(inside(late[1]) / min) / Math.log(max / min) : late[1] / max;
    if (height > 0.18) labels.push({ x: late[0], y: inside(late[1]), dy: 11, text: "median and 50%", color, align: "center" });
    const first = points[0];
    if (first) labels.push({ x: first.day! / perUnit, y: first.value, dx: -3, dy: -14, text: "published", color: look.ink, bold: true });
  }
  const limit = d.limit > min && d.limit < max ? [
    shapes((at) => { const [x1, y] = at(0, d.limit); return [rule(x1, y, at(end, d.limit)[0], y, look.muted, 1, [3, 3])]; }, 0, 4),
    notes(frame, [{ x: end, y: d.limit, dx: 5, text: "limit", color: look.muted, size: 11 }], 0, false),
  ] : [];
  return {
    height: frame.print ? 134 : 230,
    option: {
      ...base(frame),
      grid: { left: 40, right: 34, top: 12, bottom: 42 },
      xAxis: xAxis(frame, window.ticks, end),
      yAxis: d.logarithmic ? logAxis(frame, min, max) : yAxis(frame, scale.max, scale.step, amount),
      tooltip: tooltip(frame, (t) => {
        const r = rowAt(rows, t);
        return {
          head: window.unit === "Days" ? `Day ${Math.round(r[0])}` : `${r[0].toFixed(1)} months`,
          lines: [["Median", amount(r[3]), color], ["50% of patients", range(r[2], r[4], amount)], ["90% of patients", range(r[1], r[5], amount)], ["Patients", count(r[6])]],
        };
      }),
      series: [
        band(rows.map((r) => [r[0], inside(r[1]), inside(r[5])]), color, 0.14),
        band(rows.map((r) => [r[0], inside(r[2]), inside(r[4])]), color, 0.26),
        line(rows.map((r) => [r[0], inside(r[3])]), color),
        shapes((at) => levels.map((p) => { const [x1, y] = at(0, p.value); return rule(x1, y, at(end, p.value)[0], y, look.ink, 1.25); }), 0, 7),
        published(frame, points.map((p) => [p.day! / perUnit, p.value, null, null])),
        ...limit, notes(frame, labels),
        notes(frame, [{ x: end / 2, y: min, dy: 34, text: `${window.unit} since ${clock.start}`, color: look.muted, align: "center" }], 0, false),
      ] as never,
    },
  };
}
