/** What every chart shares: the place it is drawn in, axes, tooltip, and the search for a row by time. */
import type { EChartsOption } from "echarts";
import { power10 } from "../format";
import type { Look } from "../look";
import type { Row } from "../types";

/** The place a chart is drawn in: a chart asks its figure, never the window. */
export interface Frame { width: number; narrow: boolean; print: boolean; look: Look }
export interface Chart { height: number; option: EChartsOption }
/* Series are plain objects; the union types of ECharts would treble the code and check little. */
export type Series = Record<string, unknown>;

export const SMALL = 12, LABEL = 13;

export const base = ({ look }: Frame): EChartsOption =>
  ({ animation: false, backgroundColor: "transparent", textStyle: { fontFamily: look.font, fontSize: SMALL, color: look.muted } });

export type TipLine = [name: string, value: string, color?: string];

/** A tooltip at one place of the horizontal axis; `at` says what stands there. */
export function tooltip({ look }: Frame, at: (x: number) => { head: string; lines: TipLine[] }) {
  return {
    trigger: "axis" as const, confine: true, backgroundColor: look.page, borderColor: look.axis, borderWidth: 1, padding: [8, 10],
    textStyle: { color: look.ink, fontSize: LABEL, fontFamily: look.font }, extraCssText: "box-shadow:none;border-radius:2px",
    axisPointer: { type: "line" as const, lineStyle: { color: look.axis, width: 1, type: "solid" as const }, label: { show: false } },
    formatter: (found: unknown) => {
      const first = (Array.isArray(found) ? found[0] : found) as { axisValue: number };
      const { head, lines } = at(Number(first.axisValue));
      const row = ([name, value, color]: TipLine) =>
        `<tr><td style="padding-right:12px;color:${color ?? look.muted}">${name}</td><td style="text-align:right">${value}</td></tr>`;
      return `<b>${head}</b><table>${lines.map(row).join("")}</table>`;
    },
  };
}

/** Horizontal axis: a line, short ticks, labels at the given values only. */
export function xAxis({ look }: Frame, ticks: number[], max: number, extra: Series = {}) {
  return {
    type: "value" as const, min: ticks[0], max,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: true, length: 4, lineStyle: { color: look.axis }, customValues: ticks },
    axisLabel: { color: look.muted, fontSize: SMALL, margin: 8, customValues: ticks, hideOverlap: true, formatter: (v: number) => String(v) },
    splitLine: { show: false }, ...extra,
  };
}

const vertical = ({ look }: Frame, form: (v: number) => string) => ({
  axisLine: { show: false }, axisTick: { show: false },
  axisLabel: { color: look.muted, fontSize: SMALL, margin: 8, formatter: form },
  splitLine: { show: true, lineStyle: { color: look.rule, width: 1 } },
});

/** Vertical axis: hairlines only; the unit stands above it. */
export const yAxis = (frame: Frame, max: number, step: number, form: (v: number) => string, extra: Series = {}) =>
  ({ type: "value" as const, min: 0, max, interval: step, ...vertical(frame, form), ...extra });

/** Whole decades, at most five labels, 10ⁿ outside 0.01 to 1,000. */
export function logAxis(frame: Frame, min: number, max: number) {
  const every = Math.max(1, Math.ceil(Math.round(Math.log10(max / min)) / 4));
  const form = (v: number) => {
    const n = Math.round(Math.log10(v));
    if (n % every) return "";
    return n >= -2 && n <= 3 ? (10 ** n).toLocaleString("en-GB") : power10(n);
  };
  return { type: "log" as const, min, max, ...vertical(frame, form) };
}

/** Round upper end and step of a linear axis with four or five labels. */
export function niceScale(max: number): { max: number; step: number } {
  const raw = max / 4, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.999)! * power;
  return { max: Math.ceil(max / step - 1e-9) * step, step };
}

/** Times for an axis in months: every 6, or every 12 where that would be too many for the width. */
export function monthTicks(months: number, narrow: boolean): number[] {
  const step = [1, 3, 6, 12, 24, 60].find((s) => months / s <= (narrow ? 4.01 : 6.01)) ?? 120;
  return Array.from({ length: Math.floor(months / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** The last row whose first column is not above x. Rows are sorted by it. */
export const rowAt = (rows: readonly Row[], x: number): Row => rows.findLast((r) => r[0] <= x + 1e-9) ?? rows[0];

const pen = document.createElement("canvas").getContext("2d")!;
/** Width of the widest text in pixels: margins follow labels, so that none is cut. */
export function textWidth({ look }: Frame, texts: string[], size = SMALL, bold = false): number {
  pen.font = `${bold ? 600 : 400} ${size}px ${look.font}`;
  return Math.ceil(Math.max(0, ...texts.map((t) => pen.measureText(t).width)));
}

/** Moves labels apart until no two are nearer than `gap`; their order stays. */
export function spread(places: number[], gap: number, min: number, max: number): number[] {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let round = 0; round < 80; round++) {
    for (let i = 1; i < order.length; i++) {
      const short = gap - (order[i].y - order[i - 1].y);
      if (short > 1e-9) { order[i].y += short / 2; order[i - 1].y -= short / 2; }
    }
    if (order.length) {
      order[0].y = Math.max(min, order[0].y);
      order.at(-1)!.y = Math.min(max, order.at(-1)!.y);
    }
  }
  const out: number[] = [];
  for (const { y, i } of order) out[i] = y;
  return out;
}
