import { clock } from "../clock";
import { amount, range } from "../format";
import type { CourseSeries, Readout, Row } from "../types";
import { base, logAxis, niceScale, rowAt, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import type { Window } from "./kinetics";
import { band, line, notes, rule, shapes } from "./marks";

/** A day in the patient's course that every panel marks. */
export interface Moment { day: number; kind: "remission" | "relapse" | "transplant" }

const DECADES = 8;

/** One readout of one patient, on the range of all: grey is where 90% of patients are, dashes are remission, relapse and transplant. */
export function patientPanel(d: CourseSeries, all: Readout | undefined, course: readonly Row[], column: number, moments: readonly Moment[], window: Window, frame: Frame): Chart {
  const { look } = frame, color = look.cell[d.id] ?? look.simulated, { end, perUnit } = window;
  const own = course.map((r) => [r[0] / perUnit, r[column]]).filter((r) => r[0] <= end + 1e-9);
  const others = (all?.quantiles ?? []).map((r) => [r[0] / perUnit, r[1], r[5]]).filter((r) => r[0] <= end + 1e-9);
  const values = [...own.map((r) => r[1]), ...others.flatMap((r) => [r[1], r[2]]), d.limit].filter((v) => v > 0);
  const highest = Math.max(...values, 1e-9), scale = niceScale(highest);
  const top = 10 ** Math.ceil(Math.log10(highest) - 1e-9), least = 10 ** Math.floor(Math.log10(Math.min(...values, top / 10)) + 1e-9);
  const [min, max] = d.logarithmic ? [Math.max(least, top / 10 ** DECADES), top] : [0, scale.max];
  const inside = (v: number) => Math.max(min, Math.min(max, v));
  const colors = { remission: look.state.aplasia, relapse: look.cause.relapse_cd19_positive, transplant: look.ink };
  return {
    height: frame.print ? 120 : 190,
    option: {
      ...base(frame), grid: { left: 40, right: 12, top: 10, bottom: 42 },
      xAxis: xAxis(frame, window.ticks, end), yAxis: d.logarithmic ? logAxis(frame, min, max) : yAxis(frame, scale.max, scale.step, amount),
      tooltip: tooltip(frame, (t) => {
        const r = own.length ? rowAt(own, t) : null, o = others.length ? rowAt(others, t) : null, lines: TipLine[] = [];
        if (r) lines.push(["Patient", t <= own.at(-1)![0] + 1 / perUnit ? amount(r[1]) : "not followed", color]);
        if (o) lines.push(["90% of patients", range(o[1], o[2], amount)]);
        return { head: window.unit === "Days" ? `Day ${Math.round(t)}` : `${t.toFixed(1)} months`, lines };
      }),
      series: [
        band(others.map((r) => [r[0], inside(r[1]), inside(r[2])]), look.axis, 0.2),
        line(own.map((r) => [r[0], inside(r[1])]), color, 2),
        shapes((at) => [
          ...(d.limit > min && d.limit < max ? [rule(at(0, d.limit)[0], at(0, d.limit)[1], at(end, d.limit)[0], at(0, d.limit)[1], look.muted, 1, [3, 3])] : []),
          ...moments.filter((m) => m.day >= 0 && m.day / perUnit <= end).map((m) => { const [x, y] = at(m.day / perUnit, min); return rule(x, y, x, at(0, max)[1], colors[m.kind], 1.25, [4, 3]); }),
        ], 0, 5),
        notes(frame, [{ x: end / 2, y: min, dy: 34, text: `${window.unit} since ${clock.start}`, color: look.muted, align: "center" }], 0, false),
      ] as never,
    },
  };
}
