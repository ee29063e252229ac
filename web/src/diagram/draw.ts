/** A laid out graph as SVG, with the glyphs of SBGN process description (Rougny 2019, doi:10.1515/jib-2019-0022). */
import { escape } from "../format";
import type { Box, Placed } from "./layout";
import { groupName, type Arc, type Glyph } from "./view";

/** Style of the picture; tokens are those of style.css, and an exported picture gets their values. */
export const STYLE = `
.d text { font: 12.5px var(--font); fill: var(--ink); text-anchor: middle; }
.d .group rect { fill: var(--tint); stroke: var(--axis); stroke-width: 1.5; }
.d .group > text { font-weight: 650; text-anchor: start; fill: var(--muted); }
.d .species rect { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; }
.d .rate rect { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 2; }
.d .rule rect { fill: var(--page); stroke: var(--axis); stroke-dasharray: 3 2; } .d .rule text { fill: var(--muted); font-size: 12px; }
.d .module rect { fill: var(--page); stroke: var(--link); stroke-width: 2; } .d .module text { font-weight: 650; } .d .module .more { font-weight: 400; font-size: 11px; fill: var(--muted); }
.d .process rect { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; }
.d .empty circle { fill: var(--page); stroke: var(--muted); stroke-width: 1.25; } .d .empty path { stroke: var(--muted); stroke-width: 1.25; }
.d .arc path { fill: none; stroke: var(--ink); stroke-width: 1.25; }
.d .arc.catalysis path { stroke: var(--link); } .d .arc.stimulation path { stroke: var(--arm-c); } .d .arc.inhibition path { stroke: var(--cell-pos); } .d .arc.modulation path { stroke: var(--arm-d); }
.d .arc.bundle path { stroke: var(--axis); }
.d .arc .end { fill: var(--page); } .d .arc .end.full { fill: var(--ink); } .d .arc.bundle .end.full { fill: var(--axis); }
.d .arc text { font-size: 11px; fill: var(--muted); paint-order: stroke; stroke: var(--page); stroke-width: 3px; }
.d .pick { cursor: pointer; } .d .pick:hover rect:not(.halo, .hit) { stroke-width: 2.5; } .d .pick:focus { outline: none; } 
.d .pick rect.halo { fill: none; stroke: transparent; } .d .pick rect.hit { fill: transparent; stroke: none; }
.d .process text { font-size: 11px; fill: var(--muted); paint-order: stroke; stroke: var(--page); stroke-width: 3px; stroke-linejoin: round; }
.d .pick:focus-visible rect.halo, .d .chosen rect.halo { stroke: var(--link); stroke-width: 3; }
.d.chosen-one .arc:not(.near) { opacity: .22; }
`;

const n = (v: number): string => v.toFixed(1);

/** Ends of arcs, pointing to the right at the origin: product, catalysis, stimulation, inhibition, modulation. */
const ends: Record<string, [back: number, path: string, full: boolean]> = {
  product: [9, "M0 0L-9 -4.5L-9 4.5Z", true], bundle: [8, "M0 0L-8 -4L-8 4Z", true], catalysis: [9, "M-9 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z", false],
  stimulation: [10, "M0 0L-10 -5L-10 5Z", false], inhibition: [2, "M-2 -6V6", false], modulation: [12, "M0 0L-6 -4.5L-12 0L-6 4.5Z", false], flow: [0, "", false],
};

function arcSvg(arc: Arc, points: [number, number][]): string {
  const weight = arc.kind === "bundle" ? Math.min(3.5, 1 + Math.log10(arc.count)) : 1, size = arc.kind === "bundle" ? 0.7 + weight / 3 : 1;
  const [head0, head, full] = ends[arc.kind], back = head0 * size, way = points.map((p) => [...p] as [number, number]);
  const [x, y] = way[way.length - 1], [px, py] = way[way.length - 2], length = Math.hypot(x - px, y - py) || 1, ux = (x - px) / length, uy = (y - py) / length;
  way[way.length - 1] = [x - ux * Math.min(back, length - 0.1), y - uy * Math.min(back, length - 0.1)];
  // Corners are rounded, so that a crossing is told from a bend.
  let d = `M${n(way[0][0])} ${n(way[0][1])}`;
  for (let i = 1; i < way.length - 1; i++) {
    const [a, b, c] = [way[i - 1], way[i], way[i + 1]], r = Math.min(6, Math.hypot(b[0] - a[0], b[1] - a[1]) / 2, Math.hypot(c[0] - b[0], c[1] - b[1]) / 2);
    const toward = (from: [number, number], to: [number, number]): [number, number] => { const l = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1; return [from[0] + ((to[0] - from[0]) * r) / l, from[1] + ((to[1] - from[1]) * r) / l]; };
    const [s, e] = [toward(b, a), toward(b, c)];
    d += `L${n(s[0])} ${n(s[1])}Q${n(b[0])} ${n(b[1])} ${n(e[0])} ${n(e[1])}`;
  }
  d += `L${n(way[way.length - 1][0])} ${n(way[way.length - 1][1])}`;
  const turn = (Math.atan2(uy, ux) * 180) / Math.PI, label = arc.kind === "bundle" ? (arc.count > 1 ? String(arc.count) : "") : arc.label;
  const middle = way[Math.floor((way.length - 1) / 2)], next = way[Math.floor((way.length - 1) / 2) + 1];
  const width = arc.kind === "bundle" ? ` style="stroke-width:${n(weight)}"` : "";
  return `<g class="arc ${arc.kind}" data-from="${escape(arc.from)}" data-to="${escape(arc.to)}"><path d="${d}"${width}/>${head ? `<path class="end${full ? " full" : ""}" transform="translate(${n(x)} ${n(y)}) rotate(${n(turn)})${size === 1 ? "" : ` scale(${n(size)})`}" d="${head}"/>` : ""}${
    label ? `<text x="${n((middle[0] + next[0]) / 2)}" y="${n((middle[1] + next[1]) / 2 - 4)}">${label}</text>` : ""}</g>`;
}

function glyphSvg(g: Glyph, b: Box, label: [number, number] | undefined, told: (g: Glyph) => string, contents: (group: string) => string): string {
  const cx = b.x + b.width / 2, cy = b.y + b.height / 2;
  if (g.kind === "source" || g.kind === "sink") {
    const r = b.width / 2 - 2;
    return `<g class="empty"><circle cx="${n(cx)}" cy="${n(cy)}" r="${r}"/><path d="M${n(cx - r)} ${n(cy + r)}L${n(cx + r)} ${n(cy - r)}"/></g>`;
  }
  const round = g.kind === "process" ? 0 : g.kind === "rule" ? b.height / 2 : g.kind === "module" ? 10 : 8;
  const rect = (cls: string, by: number, r: number): string => `<rect${cls} x="${n(b.x - by)}" y="${n(b.y - by)}" width="${n(b.width + 2 * by)}" height="${n(b.height + 2 * by)}" rx="${r}"/>`;
  const text = g.kind === "process" ? (label ? `<text x="${n(label[0])}" y="${n(label[1])}">${escape(g.label)}</text>` : "") : g.kind === "module"
    ? `<text x="${n(cx)}" y="${n(cy - 2)}">${escape(g.label)}</text><text class="more" x="${n(cx)}" y="${n(cy + 14)}">${escape(contents(g.of))}</text>`
    : `<text x="${n(cx)}" y="${n(cy + 4.5)}">${escape(g.label)}</text>`;
  // A process is small: what answers to a finger is larger.
  const hit = g.kind === "process" ? rect(' class="hit"', 8, 4) : "";
  return `<g class="${g.kind} pick" tabindex="0" role="button" aria-label="${escape(told(g))}" data-id="${escape(g.id)}">${hit}${rect("", 0, round)}${rect(' class="halo"', 3, round + 3)}${text}</g>`;
}

/** The picture. */
export function svgOf(placed: Placed, title: string, told: (g: Glyph) => string, contents: (group: string) => string): string {
  const groups = placed.groups.map(({ id, box: b }) =>
    `<g class="group" data-group="${escape(id)}"><rect x="${n(b.x)}" y="${n(b.y)}" width="${n(b.width)}" height="${n(b.height)}" rx="14"/><text x="${n(b.x + 14)}" y="${n(b.y + 21)}">${escape(groupName(id))}</text></g>`).join("");
  return `<svg class="d" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${placed.width} ${placed.height}" width="${placed.width}" height="${placed.height}" role="group" aria-label="${escape(title)}">${groups}${
    placed.arcs.map(({ arc, points }) => arcSvg(arc, points)).join("")}${placed.glyphs.map(({ glyph, box, label }) => glyphSvg(glyph, box, label, told, contents)).join("")}</svg>`;
}
