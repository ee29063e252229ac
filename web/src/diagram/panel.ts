/** What stands behind a glyph: equation, numbers with unit, kind and source, and the way to what it names. */
import { escape } from "../format";
import { chain, groupName, short } from "./view";
import type { Effect, Entity, Model, Process } from "./types";

const words: Record<Effect, string> = { catalysis: "is needed", stimulation: "raises", inhibition: "lowers", modulation: "raises or lowers" };
const go = (id: string): string => `<button class="go" data-go="${escape(id)}">${escape(id)}</button>`;
const row = (name: string, value: string): string => (value ? `<div><dt>${name}</dt><dd>${value}</dd></div>` : "");
const goTo = (group: string): string => `<button class="go" data-module="${escape(group)}">${escape(groupName(group))}</button>`;
/** A formula may break after an operator. */
const formula = (text: string): string => `<code>${escape(text).replace(/([*/+,)] ?|- )/g, "$1<wbr>")}</code>`;

/** A source that is an address, or a DOI, is a link. */
function source(text: string): string {
  const escaped = escape(text);
  return escaped.replace(/https?:\/\/[^\s,;)]+|\bdoi:(10\.\S+?)(?=[\s,;)]|$)/g, (m, doi?: string) => `<a href="${doi ? `https://doi.org/${doi}` : m}" rel="noreferrer">${m}</a>`);
}

function numbers(model: Model, names: string[]): string {
  if (!names.length) return '<p class="sub">No numbers of its own.</p>';
  const rows = names.map((name) => {
    const p = model.parameters[name], amount = [p.value, p.unit === "dimensionless" ? "" : p.unit].filter(Boolean).join(" ");
    return `<li><span class="what"><b>${escape(name)}</b> = ${escape(amount)}</span><span class="kind ${escape(p.kind)}">${escape(p.kind || "no table")}</span>${
      p.source ? `<span class="from">${source(p.source)}</span>` : ""}${p.note ? `<span class="from">${escape(p.note)}</span>` : ""}</li>`;
  });
  return `<h3>Numbers</h3><ul class="numbers">${rows.join("")}</ul>`;
}

/** The rules that a formula reads, each with its own equation and numbers: what is assumed often stands there. */
function behind(model: Model, list: { id: string }[]): string {
  const rules = list.flatMap((i) => model.entities.filter((e) => e.id === i.id && e.equation));
  return rules.map((e) => `<details><summary>${escape(e.id)}</summary><p>${formula(`${e.id} ${e.kind === "rule" ? ":=" : "' ="} ${e.equation}`)}</p>${numbers(model, e.parameters)}</details>`).join("");
}

function influences(list: { id: string; effect: Effect }[]): string {
  return list.length ? row("Follows", list.map((i) => `<span class="effect ${i.effect}">${go(i.id)} ${words[i.effect]}</span>`).join("<br>")) : "";
}

const species = (list: { id: string; count: number }[]): string => list.map((s) => `${s.count === 1 ? "" : `${s.count} `}${go(s.id)}`).join(" + ") || "∅";

function processHtml(model: Model, p: Process): string {
  return `<p class="kicker">Reaction${p.group ? ` of ${escape(groupName(p.group))}` : ""}</p><h2 tabindex="-1">${escape(p.title || short(p.id))}</h2><dl class="prov">
${p.title || short(p.id) !== p.id ? row("Name", escape(p.id)) : ""}${row("Change", `${species(p.inputs)} → ${species(p.outputs)}`)}${row(`Rate${p.unit ? `, ${escape(p.unit)}` : ""}`, formula(p.rate))}${influences(p.influences)}${row("Written in", escape(p.where))}
</dl>${numbers(model, p.parameters)}${behind(model, p.influences)}`;
}

function entityHtml(model: Model, e: Entity): string {
  const made = model.processes.filter((p) => p.outputs.some((s) => s.id === e.id)), used = model.processes.filter((p) => p.inputs.some((s) => s.id === e.id));
  const drives = [...model.processes, ...model.entities].filter((x) => x.influences.some((i) => i.id === e.id));
  const list = (all: { id: string }[]): string => all.slice(0, 40).map((x) => go(x.id)).join(", ") + (all.length > 40 ? ` and ${all.length - 40} more` : "");
  const kind = { species: "Species", rule: "Quantity given by a rule", rate: "Quantity given by its rate" }[e.kind];
  return `<p class="kicker">${kind}${e.group ? ` of ${escape(groupName(e.group))}` : ""}</p><h2 tabindex="-1">${escape(e.title || short(e.id))}</h2><dl class="prov">
${e.title || short(e.id) !== e.id ? row("Name", escape(e.id)) : ""}${row("Unit", escape(e.unit))}${row("Starts at", e.start ? formula(e.start) : "")}${row(e.kind === "rate" ? "Rate" : "Is", e.equation ? formula(e.equation) : "")}${influences(e.influences)}
${row("Made by", list(made))}${row("Used up by", list(used))}${row("Drives", list(drives))}${row("Written in", escape(e.where))}
</dl>${numbers(model, e.parameters)}${behind(model, e.influences)}<p><button class="do" data-around="${escape(e.id)}">Show only what is around it</button></p>`;
}

/** Between which containers something runs, in the words of the panel: all of it, also what the picture leaves out. */
function traffic(model: Model, group: string): { from: [string, number][]; to: [string, number][] } {
  const own = (g: string): boolean => chain(model, g).includes(group), from = new Map<string, number>(), to = new Map<string, number>();
  const home = new Map(model.entities.map((e) => [e.id, e.group]));
  const run = (a: string, b: string): void => {
    if (own(a) === own(b)) return;
    const [map, other] = own(a) ? [to, b] : [from, a];
    map.set(other, (map.get(other) ?? 0) + 1);
  };
  for (const p of model.processes) {
    for (const s of [...p.inputs, ...p.influences]) run(home.get(s.id) ?? "", p.group);
    for (const s of p.outputs) run(p.group, home.get(s.id) ?? "");
  }
  for (const e of model.entities) for (const i of e.influences) run(home.get(i.id) ?? "", e.group);
  const sorted = (map: Map<string, number>): [string, number][] => [...map].filter(([g]) => g).sort((a, b) => b[1] - a[1]);
  return { from: sorted(from), to: sorted(to) };
}

function moduleHtml(model: Model, group: string): string {
  const inside = (g: string): boolean => chain(model, g).includes(group), parts = model.groups.filter((g) => g.parent === group);
  const entities = model.entities.filter((e) => inside(e.group)), processes = model.processes.filter((p) => inside(p.group)), { from, to } = traffic(model, group);
  const most = 60, list = (all: { id: string }[]): string => all.slice(0, most).map((x) => go(x.id)).join(", ") + (all.length > most ? ` and ${all.length - most} more` : "");
  const groups = (all: [string, number][]): string => all.map(([g, count]) => `${goTo(g)} (${count})`).join(", ");
  return `<p class="kicker">${model.groups.find((g) => g.id === group)?.kind ?? "module"}</p><h2 tabindex="-1">${escape(groupName(group))}</h2><p><button class="do" data-open="${escape(group)}">Open it in the diagram</button></p><dl class="prov">
${row("Parts", parts.map((g) => goTo(g.id)).join(", "))}${row("Follows", groups(from))}${row("Drives", groups(to))}${row("Species", list(entities.filter((e) => e.kind !== "rule")))}${row("Reactions", list(processes))}${row("Rules", list(entities.filter((e) => e.kind === "rule")))}</dl>`;
}

/** The panel of a glyph (`p:name`, `e:name` or `m:name`). */
export function panelHtml(model: Model, id: string): string {
  const name = id.slice(2);
  if (id.startsWith("p:")) return processHtml(model, model.processes.find((p) => p.id === name)!);
  if (id.startsWith("e:")) return entityHtml(model, model.entities.find((e) => e.id === name)!);
  return moduleHtml(model, name);
}

export function introHtml(model: Model): string {
  const kinds = Object.values(model.parameters).reduce<Record<string, number>>((k, p) => ({ ...k, [p.kind]: (k[p.kind] ?? 0) + 1 }), {});
  const told = ["measured", "fitted", "assumed", "switch"].filter((k) => kinds[k]).map((k) => `${kinds[k]} ${k === "switch" ? "switches" : k}`).join(", ");
  return `<p class="kicker">Choose a box or a square of the diagram</p><h2 tabindex="-1">What is behind each arrow</h2>
<p class="lead">Each square is a reaction; its panel shows its equation, its numbers and where they come from.</p><dl class="prov">
${row("Model", escape(model.name))}${row("Species", String(model.entities.filter((e) => e.kind === "species").length))}${row("Reactions", String(model.processes.length))}${row("Rules", String(model.entities.filter((e) => e.kind === "rule").length))}${row("Numbers", `${Object.keys(model.parameters).length}${told ? `: ${told}` : ""}`)}</dl>`;
}
