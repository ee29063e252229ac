import "../style.css";
import "./diagram.css";
import { save } from "../export";
import { escape } from "../format";
import { followTheme } from "../theme";
import { STYLE, svgOf } from "./draw";
import { layout, type Placed } from "./layout";
import { introHtml, panelHtml } from "./panel";
import type { Model } from "./types";
import { chain, firstView, graphOf, groupName, isSmall, type Glyph } from "./view";

const model = JSON.parse(document.getElementById("results")!.textContent!) as Model;
const view = firstView(model), byId = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;
document.title = `${model.title} · Marrow diagram`;
document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));

const key = ([["product", "is made"], ["catalysis", "needs"], ["stimulation", "raises"], ["inhibition", "lowers"], ["modulation", "raises or lowers"]] as const)
  .map(([kind, text]) => `<li><svg class="d" width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">${keyArc(kind)}</svg>${text}</li>`).join("");
function keyArc(kind: string): string {
  const ends: Record<string, string> = { product: "M42 8L33 3.5V12.5Z", catalysis: "M33 8a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z", stimulation: "M42 8L32 3V13Z", inhibition: "M41 2V14", modulation: "M42 8L36 3.5L30 8L36 12.5Z" };
  const stop: Record<string, number> = { product: 34, catalysis: 33, stimulation: 32, inhibition: 41, modulation: 30 };
  return `<g class="arc ${kind}"><path d="M2 8H${stop[kind]}"/><path class="end${kind === "product" ? " full" : ""}" d="${ends[kind]}"/></g>`;
}

byId("page").innerHTML = `
<header class="bar"><div class="wrap wide"><span class="brand">Marrow</span><nav aria-label="Page"></nav><button id="theme" title="Switch between light and dark">Dark</button></div></header>
<main class="wrap wide" id="diagram">
<div class="head"><h1>${escape(model.title)}</h1></div>
<div class="controls" role="group" aria-label="What is shown">
<label for="find">Show what is around</label><input id="find" list="names" placeholder="a species, rule or reaction" autocomplete="off"><datalist id="names">${[...model.entities, ...model.processes].map((e) => `<option value="${escape(e.id)}">${escape(e.title)}</option>`).join("")}</datalist>
<button id="all">Whole model</button>${model.groups.length && !isSmall(model) ? '<button id="close">Close all modules</button>' : ""}
${model.entities.some((e) => e.kind === "rule") ? '<label class="check"><input type="checkbox" id="rules" checked> Rules</label>' : ""}${isSmall(model) ? "" : '<label class="check"><input type="checkbox" id="arrows"> All arrows</label>'}
<span class="zoom"><button id="out" aria-label="Smaller">−</button><button id="fit">Fit</button><button id="in" aria-label="Larger">+</button></span><button id="svg">SVG</button></div>
<p id="told" class="sub" aria-live="polite"></p>
<div class="two"><section class="stage" aria-label="Diagram" tabindex="0"><div class="sheet"></div></section><aside aria-label="Behind the arrow" id="behind"></aside></div>
<ul class="key" aria-label="Arrows">${key}</ul>
<p class="note">After SBGN process description: boxes are species, squares reactions, crossed circles what lies outside the model; dashed pills are quantities given by rules. Whether something raises or lowers a rate was found by trying its equation at many points. Between closed modules an arrow stands for all of its kind; its number says how many.</p>
<footer>Marrow ${escape(model.version)} · layout by elkjs (EPL-2.0, https://github.com/kieler/elkjs) · research use only, not for treatment decisions.</footer></main>`;

const stage = document.querySelector<HTMLElement>(".stage")!, sheet = document.querySelector<HTMLElement>(".sheet")!, behind = byId("behind");
let placed: Placed, zoom = 1, chosen = "", opened = "", drawing = 0;

const titles = new Map<string, string>([...model.entities.map((e) => [`e:${e.id}`, e.title] as const), ...model.processes.map((p) => [`p:${p.id}`, p.title || p.change] as const)]);
const told = (g: Glyph): string => {
  const title = titles.get(g.id), kind = { species: "Species", rule: "Rule", rate: "Quantity", process: "Reaction", module: "Module", source: "", sink: "" }[g.kind];
  return `${kind} ${g.kind === "module" ? groupName(g.of) : g.of}${title ? `: ${title}` : ""}`;
};
const contents = (group: string): string => {
  const inside = (g: string): boolean => chain(model, g).includes(group), parts = model.groups.filter((g) => g.parent === group).length;
  if (parts > 1) return `${parts} modules`;
  const s = model.entities.filter((e) => inside(e.group) && e.kind !== "rule").length, r = model.processes.filter((p) => inside(p.group)).length, q = model.entities.filter((e) => inside(e.group) && e.kind === "rule").length;
  return [s && `${s} species`, r && `${r} reactions`, !s && !r && q && `${q} rules`].filter(Boolean).join(", ");
};

function scale(to: number): void {
  zoom = Math.max(0.08, Math.min(3, to));
  const svg = sheet.querySelector("svg");
  if (!svg) return;
  svg.setAttribute("width", String(Math.round(placed.width * zoom)));
  svg.setAttribute("height", String(Math.round(placed.height * zoom)));
}
const fit = (least: number): void => scale(Math.max(least, Math.min(1.25, (stage.clientWidth - 2) / placed.width, Math.max(0.75 * innerHeight, 420) / placed.height)));

async function draw(): Promise<void> {
  const turn = ++drawing, graph = graphOf(model, view);
  let result = await layout(graph, false, contents);
  // In a narrow window the way of the picture is the one that needs less width.
  if (stage.clientWidth < 640 && result.width > stage.clientWidth) {
    const down = await layout(graph, true, contents);
    if (down.width < result.width) result = down;
  }
  if (turn !== drawing) return;
  placed = result;
  sheet.innerHTML = svgOf(placed, `${model.title}: diagram`, told, contents);
  // Small letters help nobody: what does not fit is scrolled.
  fit(0.66);
  const count = (kind: string): number => graph.glyphs.filter((g) => g.kind === kind).length;
  byId("told").textContent = view.focus ? `Around ${view.focus}: ${count("process")} reactions.`
    : `${count("module") ? `${count("module")} closed modules` : ""}${count("module") && count("process") ? ", " : ""}${count("process") ? `${count("process")} reactions` : ""} shown${graph.hidden ? `; the strongest arrows between modules, ${graph.hidden} weaker ones left out` : ""}.`;
  mark();
  reveal();
  document.documentElement.dataset.drawn = String(turn);
}

/** Scrolls to what was chosen, or to the container that was opened last. */
function reveal(): void {
  const svg = sheet.querySelector("svg")!;
  const target = (chosen && svg.querySelector(`[data-id="${CSS.escape(chosen)}"]`)) || (opened && svg.querySelector(`[data-group="${CSS.escape(opened)}"]`));
  if (!target) return;
  const at = target.getBoundingClientRect(), frame = stage.getBoundingClientRect(), big = at.width > frame.width || at.height > frame.height;
  stage.scrollBy(at.left - frame.left - (big ? 8 : (frame.width - at.width) / 2), at.top - frame.top - (big ? 8 : (frame.height - at.height) / 2));
}

function mark(): void {
  const svg = sheet.querySelector("svg");
  if (!svg) return;
  svg.querySelectorAll(".chosen, .near").forEach((g) => g.classList.remove("chosen", "near"));
  const glyph = chosen ? svg.querySelector(`[data-id="${CSS.escape(chosen)}"]`) : null;
  svg.classList.toggle("chosen-one", glyph !== null);
  glyph?.classList.add("chosen");
  svg.querySelectorAll<SVGGElement>(".arc").forEach((a) => a.classList.toggle("near", a.dataset.from === chosen || a.dataset.to === chosen));
}

function choose(id: string, moveFocus: boolean): void {
  chosen = id;
  behind.innerHTML = id ? panelHtml(model, id) : introHtml(model);
  behind.scrollTop = 0;
  mark();
  if (moveFocus) behind.querySelector<HTMLElement>("h2")!.focus({ preventScroll: innerWidth > 900 });
}

const idOf = (name: string): string => (model.processes.some((p) => p.id === name) ? `p:${name}` : model.entities.some((e) => e.id === name) ? `e:${name}` : "");

sheet.addEventListener("click", (event) => {
  const glyph = (event.target as Element).closest<SVGGElement>(".pick");
  if (glyph) choose(glyph.dataset.id!, innerWidth <= 900);
});
sheet.addEventListener("dblclick", (event) => {
  const id = (event.target as Element).closest<SVGGElement>(".pick")?.dataset.id ?? "";
  if (id.startsWith("m:")) openModule(id.slice(2));
});
sheet.addEventListener("keydown", (event) => {
  const glyph = (event.target as Element).closest<SVGGElement>(".pick");
  if (!glyph || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  choose(glyph.dataset.id!, true);
});
behind.addEventListener("click", (event) => {
  const { go, open, around, module } = (event.target as HTMLElement).dataset;
  if (module) choose(`m:${module}`, true);
  if (go) {
    const id = idOf(go);
    if (id) choose(id, true);
  }
  if (open) openModule(open);
  if (around) focusOn(around);
});

/** A container opens with those it lies in; one that was opened to be looked at shows its parts closed. */
function openModule(group: string): void {
  for (const g of chain(model, group)) view.open.add(g);
  view.focus = "";
  opened = group;
  void draw();
}

function focusOn(name: string): void {
  view.focus = name;
  byId<HTMLInputElement>("find").value = name;
  choose(idOf(name), false);
  void draw();
}
byId("find").addEventListener("change", () => {
  const name = byId<HTMLInputElement>("find").value.trim();
  if (!name) { view.focus = ""; void draw(); }
  else if (idOf(name)) focusOn(name);
  else byId("told").textContent = `The model has no ${name}.`;
});
byId("all").addEventListener("click", () => { view.focus = ""; byId<HTMLInputElement>("find").value = ""; void draw(); });
document.getElementById("close")?.addEventListener("click", () => { view.open.clear(); view.focus = ""; byId<HTMLInputElement>("find").value = ""; void draw(); });
const ticked = (id: string, set: (on: boolean) => void): void => document.getElementById(id)?.addEventListener("change", (event) => { set((event.target as HTMLInputElement).checked); void draw(); });
ticked("rules", (on) => { view.rules = on; });
ticked("arrows", (on) => { view.all = on; });
byId("in").addEventListener("click", () => scale(zoom * 1.25));
byId("out").addEventListener("click", () => scale(zoom / 1.25));
byId("fit").addEventListener("click", () => fit(0));

/** An exported picture is light and carries its style with values in place of tokens. */
byId("svg").addEventListener("click", () => {
  const svg = sheet.querySelector("svg")!.cloneNode(true) as SVGSVGElement, root = document.documentElement, before = root.dataset.theme;
  root.dataset.theme = "light";
  const probe = document.body.appendChild(document.createElement("i"));
  const style = STYLE.replace(/var\(--(font|[\w-]+)\)/g, (_, name: string) => {
    if (name === "font") return getComputedStyle(document.body).fontFamily.replace(/"/g, "'");
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  });
  const page = getComputedStyle(document.body).backgroundColor;
  probe.remove();
  if (before) root.dataset.theme = before; else delete root.dataset.theme;
  svg.querySelectorAll(".chosen, .near").forEach((g) => g.classList.remove("chosen", "near"));
  svg.classList.remove("chosen-one");
  svg.setAttribute("width", String(placed.width));
  svg.setAttribute("height", String(placed.height));
  svg.insertAdjacentHTML("afterbegin", `<style>${escape(style)}</style><rect width="100%" height="100%" fill="${page}"/>`);
  save(`${model.name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(svg));
});

followTheme(byId("theme"), () => {});

// The address may say what is shown: ?open=t_cells,niche, ?around=CtlEff, ?pick=Prime.
const address = new URLSearchParams(location.search), asked = (name: string): string => address.get(name) ?? "";
for (const group of asked("open").split(",")) for (const g of chain(model, model.groups.some((x) => x.id === group) ? group : "")) view.open.add(g);
const pick = asked("pick") || asked("around");
if (idOf(asked("around"))) byId<HTMLInputElement>("find").value = view.focus = asked("around");
choose(idOf(pick), false);
void draw();
