/** What of a model is shown: which modules are open, which quantities were asked for, and the graph that follows. */
import type { Effect, Entity, Model, Process } from "./types";

export interface View { open: Set<string>; focus: string; rules: boolean; all: boolean }

export interface Glyph { id: string; kind: "species" | "rule" | "rate" | "process" | "source" | "sink" | "module"; label: string; group: string; of: string }
export interface Arc { id: string; from: string; to: string; kind: "flow" | "product" | Effect | "bundle"; label: string; of: string; count: number }
export interface Graph { glyphs: Glyph[]; arcs: Arc[]; groups: { id: string; parent: string }[]; hidden: number }

/** Up to this many reactions a model is shown whole. */
const SMALL = 40;
/** Of arcs at closed modules, the strongest are drawn: this many for each of them, on average. */
const ARCS_EACH = 1.6;

export const isSmall = (model: Model): boolean => model.processes.length <= SMALL;

export function firstView(model: Model): View {
  return { open: new Set(isSmall(model) ? model.groups.map((g) => g.id) : []), focus: "", rules: true, all: false };
}

/** A container and those it lies in, inside first. */
export function chain(model: Model, group: string): string[] {
  const up: string[] = [];
  for (let g = group; g; g = model.groups.find((x) => x.id === g)?.parent ?? "") up.push(g);
  return up;
}

/** What a container is called: a folder without its slash. */
export const groupName = (id: string): string => id.replace(/\/$/, "");

/** A name without the submodule it belongs to. */
export const short = (id: string): string => (id.includes("__") ? id.slice(id.indexOf("__") + 2) : id);

/** What stands around a quantity: the processes that take, make or follow it, and all that these touch. */
function around(model: Model, focus: string): { entities: Entity[]; processes: Process[] } {
  const touches = (p: Process): boolean => [...p.inputs, ...p.outputs].some((s) => s.id === focus) || p.influences.some((i) => i.id === focus) || p.id === focus;
  const processes = model.processes.filter(touches), names = new Set([focus]);
  for (const p of processes) {
    for (const s of [...p.inputs, ...p.outputs]) names.add(s.id);
    // What else drives a process counts where the quantity is made or used up, not where it is one driver of many.
    if ([...p.inputs, ...p.outputs].some((s) => s.id === focus) || p.id === focus) for (const i of p.influences) names.add(i.id);
  }
  for (const e of model.entities) {
    if (e.id === focus) for (const i of e.influences) names.add(i.id);
    else if (e.influences.some((i) => i.id === focus)) names.add(e.id);
  }
  return { entities: model.entities.filter((e) => names.has(e.id)), processes };
}

/** Glyphs and arcs of a view; what lies in a closed module is its module. */
export function graphOf(model: Model, view: View): Graph {
  const shown = view.focus ? around(model, view.focus) : model;
  const glyphs = new Map<string, Glyph>(), arcs = new Map<string, Arc>(), entity = new Map(shown.entities.map((e) => [e.id, e]));
  const parent = new Map(model.groups.map((g) => [g.id, g.parent])), chains = new Map(model.groups.map((g) => [g.id, chain(model, g.id)]));
  /** The outermost closed container of a group; empty if all are open. */
  const closed = (group: string): string => (view.focus ? "" : (chains.get(group) ?? []).findLast((g) => !view.open.has(g)) ?? "");
  const add = (g: Glyph): string => { if (!glyphs.has(g.id)) glyphs.set(g.id, g); return g.id; };
  const moduleOf = (group: string): string => add({ id: `m:${group}`, kind: "module", label: groupName(group), group: parent.get(group) ?? "", of: group });
  const place = (group: string, glyph: () => Glyph): string => { const at = closed(group); return at ? moduleOf(at) : add(glyph()); };
  const placeEntity = (e: Entity): string => place(e.group, () => ({ id: `e:${e.id}`, kind: e.kind, label: short(e.id), group: e.group, of: e.id }));
  const link = (from: string, to: string, kind: Arc["kind"], label: string, of: string): void => {
    if (from === to) return;
    const bundled = from.startsWith("m:") || to.startsWith("m:"), key = bundled ? `${from}>${to}` : `${from}>${to}:${kind}`, known = arcs.get(key);
    if (known) known.count++;
    else arcs.set(key, { id: key, from, to, kind: bundled ? "bundle" : kind, label, of: bundled ? "" : of, count: 1 });
  };
  const isHidden = (id: string): boolean => { const e = entity.get(id); return !e || (!view.rules && e.kind === "rule" && e.id !== view.focus); };
  const ends = (s: { count: number }): string => (s.count === 1 ? "" : String(Number(s.count.toPrecision(3))));
  for (const e of shown.entities) if (!isHidden(e.id)) placeEntity(e);
  for (const p of shown.processes) {
    const at = place(p.group, () => ({ id: `p:${p.id}`, kind: "process", label: short(p.id), group: p.group, of: p.id })), open = at.startsWith("p:");
    for (const s of p.inputs) if (!isHidden(s.id)) link(placeEntity(entity.get(s.id)!), at, "flow", ends(s), p.id);
    for (const s of p.outputs) if (!isHidden(s.id)) link(at, placeEntity(entity.get(s.id)!), "product", ends(s), p.id);
    if (open && !p.inputs.length) link(add({ id: `source:${p.id}`, kind: "source", label: "", group: p.group, of: p.id }), at, "flow", "", p.id);
    if (open && !p.outputs.length) link(at, add({ id: `sink:${p.id}`, kind: "sink", label: "", group: p.group, of: p.id }), "product", "", p.id);
    for (const i of p.influences) if (!isHidden(i.id)) link(placeEntity(entity.get(i.id)!), at, i.effect, "", p.id);
  }
  for (const e of shown.entities) {
    if (isHidden(e.id)) continue;
    for (const i of e.influences) if (!isHidden(i.id)) link(placeEntity(entity.get(i.id)!), placeEntity(e), i.effect, "", e.id);
  }
  const used = new Set([...glyphs.values()].flatMap((g) => chain(model, g.group)));
  const { kept, hidden } = strongest([...arcs.values()], glyphs, view.all);
  return { glyphs: [...glyphs.values()], arcs: kept, groups: model.groups.filter((g) => used.has(g.id)), hidden };
}

/** Every module keeps its strongest arc; beyond that the strongest of all. */
function strongest(arcs: Arc[], glyphs: Map<string, Glyph>, all: boolean): { kept: Arc[]; hidden: number } {
  const bundles = arcs.filter((a) => a.kind === "bundle").sort((a, b) => b.count - a.count), modules = [...glyphs.values()].filter((g) => g.kind === "module");
  const most = all ? Infinity : Math.max(12, Math.round(ARCS_EACH * modules.length)), kept = new Set<Arc>();
  for (const m of modules) { const best = bundles.find((a) => a.from === m.id || a.to === m.id); if (best) kept.add(best); }
  for (const b of bundles) if (kept.size < most) kept.add(b);
  return { kept: arcs.filter((a) => a.kind !== "bundle" || kept.has(a)), hidden: bundles.length - kept.size };
}
