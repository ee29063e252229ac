/** Places of glyphs and ways of arcs, by ELK's layered layout (Schulze, Spönemann, von Hanxleden 2014). */
import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import type { Arc, Glyph, Graph } from "./view";

export interface Box { x: number; y: number; width: number; height: number }
export interface Placed { width: number; height: number; glyphs: { glyph: Glyph; box: Box; label?: [number, number] }[]; groups: { id: string; box: Box }[]; arcs: { arc: Arc; points: [number, number][] }[] }

const CHAR = 7.2;
const PROCESS = 16, EMPTY = 18, SMALL_CHAR = 6;
/** Up to this many processes carry their names. */
const NAMED = 60;

function sizeOf(g: Glyph, contents: (group: string) => string): { width: number; height: number } {
  if (g.kind === "process") return { width: PROCESS, height: PROCESS };
  if (g.kind === "source" || g.kind === "sink") return { width: EMPTY, height: EMPTY };
  if (g.kind === "module") return { width: Math.max(110, g.label.length * 8.2 + 32, contents(g.of).length * SMALL_CHAR + 26), height: 48 };
  return { width: Math.max(56, g.label.length * CHAR + 22), height: g.kind === "rule" ? 26 : 34 };
}

/** Where arcs meet a process: what flows along the way of the picture, what drives or brakes it from the sides. */
const port = (arc: Arc, atProcess: "from" | "to"): string => (atProcess === "from" ? "out" : arc.kind === "flow" ? "in" : arc.kind);

export async function layout(graph: Graph, down: boolean, contents: (group: string) => string): Promise<Placed> {
  const elk = new ELK(), options = { "elk.padding": "[top=36,left=18,bottom=18,right=18]" };
  const [first, last, left, right] = down ? ["NORTH", "SOUTH", "WEST", "EAST"] : ["WEST", "EAST", "NORTH", "SOUTH"];
  const sides: Record<string, string> = { in: first, out: last, catalysis: left, stimulation: left, inhibition: right, modulation: right, bundle: left, product: first };
  const ports = new Map<string, Set<string>>();
  const end = (id: string, arc: Arc, which: "from" | "to"): string => {
    if (!id.startsWith("p:")) return id;
    const name = port(arc, which);
    ports.set(id, (ports.get(id) ?? new Set()).add(name));
    return `${id}#${name}`;
  };
  const edges = graph.arcs.map((a) => ({ id: a.id, sources: [end(a.from, a, "from")], targets: [end(a.to, a, "to")] }));
  const isNamed = graph.glyphs.filter((g) => g.kind === "process").length <= NAMED;
  const node = (g: Glyph): ElkNode => g.kind !== "process" ? { id: g.id, ...sizeOf(g, contents) } : {
    id: g.id, ...sizeOf(g, contents), layoutOptions: { "elk.portConstraints": "FIXED_SIDE", "elk.nodeLabels.placement": down ? "OUTSIDE H_RIGHT V_CENTER" : "OUTSIDE V_BOTTOM H_CENTER", "elk.portAlignment.default": "CENTER", "elk.spacing.portPort": "11" },
    ports: [...(ports.get(g.id) ?? [])].map((name) => ({ id: `${g.id}#${name}`, layoutOptions: { "elk.port.side": sides[name] } })),
    labels: isNamed ? [{ text: g.label, width: g.label.length * SMALL_CHAR, height: 13 }] : [],
  };
  const inside = (group: string): ElkNode[] => [
    ...graph.groups.filter((g) => g.parent === group).map((g) => ({ id: `g:${g.id}`, layoutOptions: options, children: inside(g.id) })),
    ...graph.glyphs.filter((g) => g.group === group).map(node),
  ];
  const asked: ElkNode = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered", "elk.direction": down ? "DOWN" : "RIGHT", "elk.hierarchyHandling": "INCLUDE_CHILDREN", "elk.edgeRouting": "ORTHOGONAL",
      "elk.layered.spacing.nodeNodeBetweenLayers": "30", "elk.spacing.nodeNode": "22", "elk.spacing.edgeNode": "14", "elk.layered.spacing.edgeNodeBetweenLayers": "14", "elk.spacing.edgeEdge": "9",
      "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX", "elk.layered.nodePlacement.favorStraightEdges": "true", "elk.layered.thoroughness": "12", "elk.aspectRatio": down ? "0.7" : "1.6",
      "elk.json.shapeCoords": "ROOT", "elk.json.edgeCoords": "ROOT", "elk.padding": "[top=18,left=10,bottom=12,right=10]", "elk.separateConnectedComponents": "true",
    },
    children: inside(""),
    edges,
  };
  const root: ElkNode = await elk.layout(asked);
  const glyphs = new Map(graph.glyphs.map((g) => [g.id, g])), ways = new Map<string, ElkExtendedEdge>();
  const placed: Placed = { width: Math.ceil(root.width!), height: Math.ceil(root.height!), glyphs: [], groups: [], arcs: [] };
  const box = (n: ElkNode): Box => ({ x: n.x!, y: n.y!, width: n.width!, height: n.height! });
  const visit = (n: ElkNode): void => {
    for (const e of n.edges ?? []) ways.set(e.id, e as ElkExtendedEdge);
    for (const c of n.children ?? []) {
      const glyph = glyphs.get(c.id);
      const label = c.labels?.[0];
      if (glyph) placed.glyphs.push({ glyph, box: box(c), ...(label ? { label: [label.x! + label.width! / 2, label.y! + 10.5] as [number, number] } : {}) });
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
