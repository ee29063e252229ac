/** Marks in data coordinates: lines, bands, published points, text, and free shapes. They stay true at every width. */
import type { Row } from "../types";
import { SMALL, type Frame, type Series } from "./frame";

interface Api { coord(v: number[]): number[] }
interface Item { dataIndex: number }
type Draw = (item: Item, api: Api) => object | undefined;

const custom = (data: unknown[], renderItem: Draw, extra: Series): Series => ({ type: "custom", silent: true, clip: false, data, renderItem, ...extra });

export const line = (points: readonly Row[], color: string, width = 2, extra: Series = {}): Series =>
  ({ type: "line", data: points, showSymbol: false, symbol: "none", silent: true, lineStyle: { color, width, cap: "butt" }, ...extra });

/** Area between two curves, points [x, lower, upper]; `steps` for survival. */
export function band(points: readonly Row[], fill: string, opacity: number, steps = false): Series {
  return custom(points.length ? [[points[0][0], points[0][1]]] : [], (_, api) => {
    const upper: number[][] = [], lower: number[][] = [];
    for (const [x, lo, hi] of points) {
      const [px, top] = api.coord([x, hi]), bottom = api.coord([x, lo])[1];
      if (steps && upper.length) { upper.push([px, upper.at(-1)![1]]); lower.push([px, lower.at(-1)![1]]); }
      upper.push([px, top]);
      lower.push([px, bottom]);
    }
    return { type: "polygon", shape: { points: [...upper, ...lower.reverse()] }, style: { fill, opacity } };
  }, { z: 1, clip: true });
}

export interface Note {
  x: number; y: number; text: string; color: string; dx?: number; dy?: number;
  align?: "left" | "center" | "right"; bold?: boolean; size?: number;
}

/** Text at places in the data, with a halo of the page's colour where it may stand on lines. */
export function notes({ look }: Frame, items: Note[], axis = 0, halo = true): Series {
  return custom(items.map((n) => [n.x, n.y]), ({ dataIndex }, api) => {
    const n = items[dataIndex], [x, y] = api.coord([n.x, n.y]);
    return {
      type: "text", x: x + (n.dx ?? 0), y: y + (n.dy ?? 0),
      style: {
        text: n.text, fill: n.color, font: `${n.bold ? 600 : 400} ${n.size ?? SMALL}px ${look.font}`,
        textAlign: n.align ?? "left", textVerticalAlign: "middle", ...(halo ? { stroke: look.page, lineWidth: 3 } : {}),
      },
    };
  }, { z: 9, xAxisIndex: axis, yAxisIndex: axis });
}

/** Anything else, drawn with a function from data to pixels. */
export function shapes(draw: (at: (x: number, y: number) => number[]) => object[], axis = 0, z = 3): Series {
  // Without $mergeChildren: false, parts of an earlier layout would stay.
  return custom([[0, 0]], (_, api) => ({ type: "group", $mergeChildren: false, children: draw((x, y) => api.coord([x, y])) }), { z, xAxisIndex: axis, yAxisIndex: axis });
}

export const diamond = ({ look }: Frame, x: number, y: number): object =>
  ({ type: "polygon", shape: { points: [[x, y - 5], [x + 5, y], [x, y + 5], [x - 5, y]] }, style: { fill: look.page, stroke: look.ink, lineWidth: 1.5 } });

export const rule = (x1: number, y1: number, x2: number, y2: number, stroke: string, lineWidth: number, lineDash?: number[]): object =>
  ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth, ...(lineDash ? { lineDash } : {}) } });

/** Published values, points [x, value, lower or null, upper or null]: hollow marks in ink, with whiskers. */
export function published(frame: Frame, points: readonly (readonly (number | null)[])[]): Series {
  return shapes((at) => points.flatMap(([px, value, lower, upper]) => {
    const [x, y] = at(px!, value!);
    const whisker = lower != null && upper != null ? [rule(x, at(px!, lower)[1], x, at(px!, upper)[1], frame.look.ink, 1.25)] : [];
    return [...whisker, diamond(frame, x, y)];
  }), 0, 8);
}
