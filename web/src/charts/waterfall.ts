import { count, percent } from "../format";
import type { Patient } from "../figures/patient-rows";
import { base, textWidth, tooltip, xAxis, yAxis, type Chart, type Frame } from "./frame";
import { label } from "./key";
import { line, notes, rule, shapes, type Note } from "./marks";

const DEEPEST = -8, LANE = 17;

interface Span { group: number; from: number; to: number }

/** Patients as the waterfall orders them: by group, in it by depth. */
export const waterfallOrder = (patients: readonly Patient[]): Patient[] =>
  patients.filter((p) => p.depth !== null).sort((a, b) => a.group - b.group || b.depth! - a.depth!);

function spansOf(order: readonly Patient[]): Span[] {
  const spans: Span[] = [];
  order.forEach((p, i) => {
    if (spans.at(-1)?.group === p.group) spans.at(-1)!.to = i + 1;
    else spans.push({ group: p.group, from: i, to: i + 1 });
  });
  return spans;
}

/** Depth of response: one bar a patient as one outline a group, names of the groups above on lanes, so that no two meet. */
export function waterfall(order: readonly Patient[], groups: string[], chosen: number, frame: Frame): Chart {
  const { look, narrow } = frame, n = order.length, left = 34, right = 8, width = frame.width - left - right;
  const lowest = Math.min(-1, ...order.map((p) => p.depth!)), floor = Math.max(DEEPEST, Math.floor(lowest)), top = 0.5;
  const shown = (v: number) => Math.max(floor, Math.min(top, v));
  const spans = spansOf(order), lanes: number[] = [];
  const names = spans.map((s) => {
    const text = `${narrow ? groups[s.group].replace("Remission, ", "CR, ") : groups[s.group]}: ${percent((s.to - s.from) / n)}`, size = textWidth(frame, [text]);
    const start = Math.min(s.from / n * width, width - size);
    let lane = lanes.findIndex((end) => end + 14 < start);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = start + size;
    return { text, start, lane };
  });
  const head = 24 + lanes.length * LANE, at = order.findIndex((p) => p.patient === chosen);
  // More bars than pixels cannot be seen apart.
  const every = Math.max(1, Math.floor(n / Math.max(1, width)));
  return {
    height: (frame.print ? 208 : 270) + head,
    option: {
      ...base(frame), grid: { left, right, top: head, bottom: 34 },
      xAxis: xAxis(frame, [0, n], n, { axisTick: { show: false }, axisLine: { show: false }, axisLabel: { show: false } }),
      yAxis: yAxis(frame, top, 1, (v) => (v > 0 ? "" : v === 0 ? "0" : `−${-v}`), { min: floor }),
      tooltip: tooltip(frame, (x) => {
        const p = order[Math.max(0, Math.min(n - 1, Math.floor(x)))];
        return { head: `Patient ${p.patient}`, lines: [["Change, log₁₀", p.depth!.toFixed(1).replace("-", "−")], ["Response", groups[p.group]]] };
      }),
      series: [
        line([[0, 0], [n, 0]], "transparent"),
        shapes((px) => spans.flatMap(({ group, from, to }) => {
          const points = [px(from, 0)];
          for (let i = from; i < to; i += every) { const y = shown(order[i].depth!); points.push(px(i, y), px(Math.min(to, i + every), y)); }
          points.push(px(to, 0));
          const [x1, y] = px(from, top), [x2] = px(to, top);
          return [
            { type: "polygon", shape: { points }, style: { fill: look.response[group] } },
            { type: "rect", shape: { x: x1, y: y - 10, width: Math.max(1, x2 - x1 - 1), height: 4 }, style: { fill: look.response[group] } },
          ];
        })),
        shapes((px) => names.map((name) => { const [x, y] = px(0, top); return label(frame, x + name.start, y - 20 - name.lane * LANE, name.text); })),
        shapes((px) => {
          if (at < 0) return [];
          const [x, y] = px(at + 0.5, 0), bottom = px(at, shown(order[at].depth!))[1], end = Math.max(bottom, y + 2);
          return [rule(x, y - 5, x, end, look.ink, 1.5), { type: "polygon", shape: { points: [[x, y - 4], [x - 4, y - 10], [x + 4, y - 10]] }, style: { fill: look.ink } }];
        }, 0, 7),
        notes(frame, [{ x: n / 2, y: floor, dy: 20, text: `${narrow ? "log₁₀ change" : "log₁₀ change in marrow blasts"}; ${count(n)} patients, sorted`, color: look.muted, align: "center" } as Note], 0, false),
      ] as never,
    },
  };
}
