import { clock } from "../clock";
import type { Patient } from "../figures/patient-rows";
import { base, monthTicks, xAxis, type Chart, type Frame } from "./frame";
import { dot, key, swatch, type KeyItem, type Mark } from "./key";
import { notes, rule, shapes } from "./marks";

const DAYS_PER_MONTH = 30.4375;

const triangle = (fill: string, stroke: string): Mark => (x, y) =>
  ({ type: "polygon", shape: { points: [[x, y - 5], [x + 4.5, y + 3.5], [x - 4.5, y + 3.5]] }, style: { fill, stroke, lineWidth: 1.25 } });
const cross = (stroke: string): Mark => (x, y) =>
  ({ type: "path", shape: { pathData: `M${x - 3.5} ${y - 3.5}L${x + 3.5} ${y + 3.5}M${x + 3.5} ${y - 3.5}L${x - 3.5} ${y + 3.5}` }, style: { stroke, lineWidth: 1.6, fill: "none" } });
const arrow = (fill: string): Mark => (x, y) =>
  ({ type: "polygon", shape: { points: [[x + 2, y - 3.5], [x + 8, y], [x + 2, y + 3.5]] }, style: { fill } });

/** A lane a patient: the colour is the state, a mark is an event. */
export function swimmer(rows: readonly Patient[], months: number, chosen: number, frame: Frame): Chart {
  const { look } = frame, pitch = frame.print ? 8 : 10, left = 12, { state, cause } = look;
  const marks = { negative: dot(cause.relapse_cd19_negative, look.page), positive: dot(cause.relapse_cd19_positive, look.page), transplant: triangle(look.page, look.ink), death: cross(look.ink), alive: arrow(look.ink) };
  const items: (KeyItem & { on: boolean })[] = [
    { text: "Remission, CAR-T cells seen", mark: swatch(state.aplasia), on: true }, { text: "Remission, none seen", mark: swatch(state.transplant), on: true }, { text: "Leukaemia", mark: swatch(look.disease), on: true },
    { text: "CD19− relapse", mark: marks.negative, on: rows.some((r) => r.relapse !== null && r.negative) }, { text: "CD19+ relapse", mark: marks.positive, on: rows.some((r) => r.relapse !== null && !r.negative) },
    { text: "Transplant", mark: marks.transplant, on: rows.some((r) => r.transplant !== null) }, { text: "Death", mark: marks.death, on: rows.some((r) => r.death !== null) },
    { text: "Alive at the end", mark: (x, y) => marks.alive(x - 5, y), on: rows.some((r) => r.death === null) },
  ];
  const ticks = monthTicks(months, frame.narrow);
  const draw = (px: (x: number, y: number) => number[]): object[] => rows.flatMap((r, i) => {
    const y = px(0, i)[1], x = (day: number) => px(Math.min(months, Math.max(0, day) / DAYS_PER_MONTH), i)[0];
    const bar = (from: number, to: number, fill: string): object[] => to > from ? [{ type: "rect", shape: { x: x(from), y: y - 3.5, width: Math.max(0.5, x(to) - x(from)), height: 7 }, style: { fill } }] : [];
    const well = r.remission ?? r.last, ill = r.relapse ?? r.last, gone = Math.min(ill, Math.max(well, r.cellsLast ?? well));
    return [
      ...bar(0, well, look.disease), ...bar(well, gone, state.aplasia), ...bar(gone, ill, state.transplant), ...bar(ill, r.last, look.disease),
      ...(r.transplant !== null ? [marks.transplant(x(r.transplant), y)] : []),
      ...(r.relapse !== null ? [(r.negative ? marks.negative : marks.positive)(x(r.relapse), y)] : []),
      r.death !== null ? marks.death(x(r.death), y) : marks.alive(x(r.last), y),
      ...(r.patient === chosen ? [{ type: "polygon", shape: { points: [[x(0) - 3, y], [x(0) - 9, y - 4], [x(0) - 9, y + 4]] }, style: { fill: look.ink } }] : []),
    ];
  });
  const head = key(frame, items.filter((k) => k.on), left, (height) => height, [0, -0.5]);
  return {
    height: head.height + rows.length * pitch + 42,
    option: {
      ...base(frame),
      grid: { left, right: 16, top: head.height, height: rows.length * pitch },
      xAxis: xAxis(frame, ticks, months),
      yAxis: { type: "value", min: -0.5, max: rows.length - 0.5, inverse: true, show: false },
      series: [
        shapes((px) => ticks.slice(1).map((t) => { const [x, y1] = px(t, -0.5); return rule(x, y1, x, px(t, rows.length - 0.5)[1], look.rule, 1); }), 0, 0),
        shapes(draw), head.series,
        notes(frame, [{ x: months / 2, y: rows.length - 0.5, dy: 34, text: `Months since ${clock.start}`, color: look.muted, align: "center" }], 0, false),
      ] as never,
    },
  };
}
