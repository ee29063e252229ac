/** A key to marks, drawn inside the chart so that it travels with a copied picture. */
import { SMALL, textWidth, type Frame, type Series } from "./frame";
import { shapes } from "./marks";

export type Mark = (x: number, y: number) => object;
export interface KeyItem { text: string; mark: Mark }

const LINE = 19, PAD = 8;

export const swatch = (fill: string): Mark => (x, y) => ({ type: "rect", shape: { x: x - 6, y: y - 3.5, width: 12, height: 7 }, style: { fill } });
export const dash = (stroke: string, lineWidth = 2): Mark => (x, y) => ({ type: "line", shape: { x1: x - 6, y1: y, x2: x + 6, y2: y }, style: { stroke, lineWidth } });
export const dot = (fill: string, stroke: string, r = 4): Mark => (x, y) => ({ type: "circle", shape: { cx: x, cy: y, r }, style: { fill, stroke, lineWidth: 1 } });

export const label = ({ look }: Frame, x: number, y: number, text: string, extra: Series = {}): object =>
  ({ type: "text", x, y, style: { text, fill: look.ink, font: `400 ${SMALL}px ${look.font}`, textVerticalAlign: "middle", ...extra } });

/** Lines of items at the top of the chart, and the height that they take; `left` and `top` are the chart's own margins. */
export function key(frame: Frame, items: KeyItem[], left: number, top: (height: number) => number, corner: [number, number]): { height: number; series: Series } {
  let x = PAD, y = PAD;
  const placed = items.map((item) => {
    const width = textWidth(frame, [item.text]) + 36;
    if (x + width > frame.width - PAD && x > PAD) { x = PAD; y += LINE; }
    const at = { ...item, x, y };
    x += width;
    return at;
  });
  const height = y + 22;
  const series = shapes((at) => {
    const [ox, oy] = at(...corner), dx = ox - left, dy = oy - top(height);
    return placed.flatMap((k) => [k.mark(dx + k.x + 6, dy + k.y), label(frame, dx + k.x + 18, dy + k.y, k.text)]);
  });
  return { height, series };
}
