import { amount, count, range } from "../format";
import type { ForestRow } from "../types";
import { base, SMALL, textWidth, type Chart, type Frame } from "./frame";
import { dot, key, label } from "./key";
import { rule, shapes } from "./marks";

const MOST = 8, LIMITS = [1.25, 1.5, 2, 3, 4, MOST];

/** Lines of the figure: a covariate names the levels below it. */
interface Line { text: string; row: ForestRow | null }

function linesOf(rows: readonly ForestRow[]): Line[] {
  const lines: Line[] = [];
  for (const row of rows) {
    if (!row.level) { lines.push({ text: row.covariate, row }); continue; }
    if (lines.findLast((l) => !l.row || !l.row.level)?.text !== row.covariate) lines.push({ text: row.covariate, row: null });
    lines.push({ text: row.level, row });
  }
  return lines;
}

const words = (row: ForestRow): string =>
  row.ratio ? `${amount(row.ratio.ratio)} (${range(row.ratio.lower, row.ratio.upper, amount)})` : row.reference ? "reference" : "–";

/** Hazard ratios on a logarithmic axis; `versus` says what lies on each side of 1. */
export function forest(rows: readonly ForestRow[], versus: [string, string], frame: Frame): Chart {
  const { look, narrow } = frame, lines = linesOf(rows), pitch = frame.print ? 20 : 26, adjusted = rows.some((r) => r.adjusted);
  const ratios = rows.flatMap((r) => [r.ratio, r.adjusted]).filter((r) => r !== null);
  const far = Math.max(1.25, ...ratios.flatMap((r) => [r.upper, 1 / r.lower]).filter(Number.isFinite)), end = LIMITS.find((m) => far <= m) ?? MOST;
  const inside = (v: number) => Math.log(Math.max(1 / end, Math.min(end, v)));
  const size = (r: ForestRow) => `${count(r.n)} / ${count(r.events)}`;
  const nameWidth = textWidth(frame, lines.map((l) => l.text)) + 12, sizeWidth = narrow ? 0 : textWidth(frame, [...rows.map(size), "n / events"]) + 16;
  const valueWidth = textWidth(frame, [...rows.map(words), "95% interval"]) + 14;
  const left = nameWidth + sizeWidth + (narrow ? 0 : 6), right = narrow ? 12 : valueWidth;
  const ticks = end > 2 ? [1 / end, 1 / 2, 1, 2, end] : [1 / end, 1, end];
  const heading = 24;
  const head = adjusted ? key(frame, [{ text: "alone", mark: dot(look.simulated, look.page, 4.5) }, { text: "adjusted for the others", mark: dot(look.muted, look.page, 3) }], left, (h) => h + heading, [-Math.log(end), -0.5]) : null;
  const top = (head?.height ?? 0) + heading, height = lines.length * pitch;
  return {
    height: top + height + 58,
    option: {
      ...base(frame), grid: { left, right, top, height },
      xAxis: { type: "value", min: -Math.log(end), max: Math.log(end), show: false }, yAxis: { type: "value", min: -0.5, max: lines.length - 0.5, inverse: true, show: false },
      series: [
        shapes((at) => ticks.map((t) => { const [x, y] = at(Math.log(t), -0.5); return rule(x, y, x, at(0, lines.length - 0.5)[1], t === 1 ? look.ink : look.rule, 1); }), 0, 0),
        shapes((at) => {
          const [x1, y] = at(-Math.log(end), lines.length - 0.5), x2 = at(Math.log(end), 0)[0], middle = at(0, 0)[0];
          const text = (t: number) => (t < 1 ? (t === 0.5 ? "½" : `1/${amount(1 / t)}`) : amount(t));
          return [
            rule(x1, y, x2, y, look.axis, 1),
            ...ticks.map((t) => label(frame, at(Math.log(t), 0)[0], y + 14, text(t), { textAlign: "center", fill: look.muted })),
            ...(narrow
              ? [label(frame, x1 - left, y + 36, `← ${versus[0]}`, { fill: look.muted }), label(frame, x2, y + 36, `${versus[1]} →`, { textAlign: "right", fill: look.muted })]
              : [label(frame, middle - 8, y + 36, `← ${versus[0]}`, { textAlign: "right", fill: look.muted }), label(frame, middle + 8, y + 36, `${versus[1]} →`, { fill: look.muted })]),
          ];
        }),
        shapes((at) => lines.flatMap(({ text, row }, i) => {
          const [x0, y] = at(-Math.log(end), i), x = x0 - left, far2 = at(Math.log(end), 0)[0];
          if (!row) return [label(frame, x, y, text, { font: `600 ${SMALL}px ${look.font}` })];
          const out = [label(frame, x + (row.level ? 10 : 0), y, text, row.level ? {} : { font: `600 ${SMALL}px ${look.font}` })];
          if (!narrow) out.push(label(frame, x0 - 12, y, size(row), { textAlign: "right", fill: look.muted }), label(frame, far2 + 12, y, words(row), row.ratio ? {} : { fill: look.muted }));
          for (const [ratio, color, dy, r, wide] of [[row.ratio, look.simulated, adjusted ? -4 : 0, 4.5, 2], [row.adjusted, look.muted, 6, 3, 1.25]] as const) {
            if (!ratio) continue;
            const [mid] = at(inside(ratio.ratio), i), [lo] = at(inside(ratio.lower), i), [hi] = at(inside(ratio.upper), i);
            out.push(rule(lo, y + dy, hi, y + dy, color, wide), { type: "circle", shape: { cx: mid, cy: y + dy, r }, style: { fill: color } });
          }
          return out;
        })),
        shapes((at) => {
          if (narrow) return [];
          const [x0, y] = at(-Math.log(end), -0.5), far2 = at(Math.log(end), 0)[0];
          return [label(frame, x0 - 12, y - 10, "n / events", { textAlign: "right", fill: look.muted }), label(frame, far2 + 12, y - 10, "95% interval", { fill: look.muted })];
        }),
        ...(head ? [head.series] : []),
      ] as never,
    },
  };
}
