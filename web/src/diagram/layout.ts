/** Places of glyphs and ways of arcs, by ELK's layered layout (Schulze, Spönemann, von Hanxleden 2014). */
import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import type { Arc, Glyph, Graph } from "./view";

export interface Box { x: number; y: number; width: number; height: number }
export interface Placed { width: number; height: number; glyphs: { glyph: Glyph; box: Box }[]; groups: { id: string; box: Box }[]; arcs: { arc: Arc; points: [number, number][] }[] }

export const CHAR = 7.2;
const PROCESS = 14, EMPTY = 18;

export function sizeOf(g: Glyph): { width: number; height: number } {
  if (g.kind === "process") return { width: PROCESS, height: PROCESS };
  if (g.kind === "source" || g.kind === "sink") return { width: EMPTY, height: EMPTY };
  if (g.kind === "module") return { width: Math.max(120, g.label.length * CHAR + 36), height: 48 };
  return { width: Math.max(56, g.label.length * CHAR + 22), height: g.kind === "rule" ? 26 : 34 };
}

export async function layout(graph: Graph, down: boolean): Promise<Placed> {
  const elk = new ELK(), options = { "elk.padding": "[top=34,left=16,bottom=16,right=16]" };
  const node = (g: Glyph): ElkNode => ({ id: g.id, ...sizeOf(g) });
  const inGroup = (group: string): ElkNode[] => graph.glyphs.filter((g) => g.group === group).map(node);
  const asked: ElkNode = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered", "elk.direction": down ? "DOWN" : "RIGHT", "elk.hierarchyHandling": "INCLUDE_CHILDREN", "elk.edgeRouting": "ORTHOGONAL",
      "elk.layered.spacing.nodeNodeBetweenLayers": "34", "elk.spacing.nodeNode": "20", "elk.spacing.edgeNode": "12", "elk.layered.spacing.edgeNodeBetweenLayers": "14", "elk.spacing.edgeEdge": "9",
      "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX", "elk.layered.crossingMinimization.strategy": "LAYER_SWEEP", "elk.layered.feedbackEdges": "false", "elk.aspectRatio": down ? "0.7" : "1.6",
      "elk.json.shapeCoords": "ROOT", "elk.json.edgeCoords": "ROOT", "elk.padding": "[top=8,left=8,bottom=8,right=8]", "elk.separateConnectedComponents": "true",
    },
    children: [...graph.groups.map((id) => ({ id: `g:${id}`, layoutOptions: options, children: inGroup(id) })), ...inGroup("")],
    edges: graph.arcs.map((a) => ({ id: a.id, sources: [a.from], targets: [a.to] })),
  };
  const root: ElkNode = await elk.layout(asked);
  const glyphs = new Map(graph.glyphs.map((g) => [g.id, g])), ways = new Map<string, ElkExtendedEdge>();
  const placed: Placed = { width: Math.ceil(root.width!), height: Math.ceil(root.height!), glyphs: [], groups: [], arcs: [] };
  const box = (n: ElkNode): Box => ({ x: n.x!, y: n.y!, width: n.width!, height: n.height! });
  const visit = (n: ElkNode): void => {
    for (const e of n.edges ?? []) ways.set(e.id, e as ElkExtendedEdge);
    for (const c of n.children ?? []) {
      const glyph = glyphs.get(c.id);
      if (glyph) placed.glyphs.push({ glyph, box: box(c) });
      else placed.groups.push({ id: c.id.slice(2), box: box(c) });
      visit(c);
    }
  };
  visit(root);
  for (const arc of graph.arcs) {
    const section = ways.get(arc.id)?.sections?.[0];
    if (section) placed.arcs.push({ arc, points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map((p) => [p.x, p.y]) });
  }
  return placed;
}
