/**
 * A figure: finding, description, picture, note, and what a reader may take away (table, CSV, SVG, PNG).
 * A new kind of figure is one file under figures/ and one line in sections.ts.
 */
import type { Chart, Frame } from "./charts/frame";
import { init, type Instance } from "./echarts";
import { csvOf, pngOf, save, svgOf, type Plate } from "./export";
import { escape } from "./format";
import { readLook, type Look } from "./look";
import { tableHtml, type Table } from "./table";

export interface Panel {
  heading?: string; unit?: string; draw: (frame: Frame) => Chart;
  /** What a click on a place of the chart chooses, and Enter on its reading line. */
  pick?: (x: number, y: number) => void;
}
export interface FigureSpec {
  id: string;
  /** Class of the grid: c12, c7, c6, c5. */
  columns: string;
  finding: string;
  what: string;
  note: string;
  /** The result in words, for a reader who cannot see the picture. */
  spoken: string;
  /** Why there is nothing to draw: the figure keeps its place and says so. */
  empty?: string;
  panels: Panel[];
  table: Table | (() => Table);
  /** Fields and buttons above the picture, as HTML. */
  controls?: string;
  /** Whose change the figure follows: words, picture and open table are made anew. */
  changes?: { onChange(listener: () => void): void };
  /** Called once the figure stands in the page. */
  mount?(figure: HTMLElement, refresh: () => void): void;
}

interface Drawn { host: HTMLElement; chart?: Instance; panel: Panel; width: number }
const drawn: Drawn[] = [];
const root = document.documentElement;

const spokenOf = (f: FigureSpec, p: Panel): string => (p.heading ? `${p.heading}. ` : "") + f.spoken;
const tableOf = (f: FigureSpec): Table => (typeof f.table === "function" ? f.table() : f.table);

export function figureHtml(f: FigureSpec, number: number): string {
  const caption = `<figcaption><h3>${escape(f.finding)}</h3><p class="what"><b>Figure ${number}.</b> ${escape(f.what)}</p></figcaption>`;
  if (f.empty) return `<figure id="${f.id}" class="${f.columns}">${caption}<div class="plot empty">${escape(f.empty)}</div></figure>`;
  const plots = f.panels.map((p, i) => {
    const heading = p.heading ? `<h4>${escape(p.heading)}<small>${escape(p.unit ?? "")}</small></h4>` : "";
    const label = escape(spokenOf(f, p));
    return `<div>${heading}<div class="plot${p.pick ? " picks" : ""}" id="${f.id}-${i}" role="img" tabindex="0" aria-label="${label}"></div></div>`;
  }).join("");
  return `<figure id="${f.id}" class="${f.columns}">${caption}${f.controls ?? ""}
<div class="${f.panels.length > 1 ? `panels ${f.panels.length > 4 ? "many" : `of${f.panels.length}`}` : ""}">${plots}</div>
<p class="note">${escape(f.note)}</p>
<div class="acts"><button data-act="table" aria-expanded="false" aria-controls="${f.id}-data">Data table</button><button data-act="csv">CSV</button><button data-act="svg">SVG</button><button data-act="png">PNG</button></div>
<div class="data" id="${f.id}-data" tabindex="0" hidden></div></figure>`;
}

export function mountFigure(f: FigureSpec, source: string): void {
  if (f.empty) return;
  const figure = document.getElementById(f.id)!;
  const own = f.panels.map((panel, i): Drawn => ({ host: document.getElementById(`${f.id}-${i}`)!, panel, width: 0 }));
  for (const d of own) { drawn.push(d); reserve(d); walkWithArrows(d); }
  figure.querySelector(".acts")!.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest("button");
    switch (button?.dataset.act) {
      case "table": toggleTable(figure, button, f); break;
      case "csv": save(`${f.id}.csv`, "text/csv", csvOf(tableOf(f))); break;
      case "svg": save(`${f.id}.svg`, "image/svg+xml", inLight(own, () => svgOf(f, plates(own), source))); break;
      case "png": void pngOf(inLight(own, () => svgOf(f, plates(own), source))).then((blob) => save(`${f.id}.png`, "image/png", blob)); break;
    }
  });
  const again = (): void => refresh(f, figure, own);
  f.mount?.(figure, again);
  f.changes?.onChange(again);
}

function refresh(f: FigureSpec, figure: HTMLElement, own: Drawn[]): void {
  figure.querySelector("h3")!.textContent = f.finding;
  for (const d of own) {
    d.host.setAttribute("aria-label", spokenOf(f, d.panel));
    draw(d);
  }
  const box = figure.querySelector<HTMLElement>(".data")!;
  if (box.hidden) box.replaceChildren();
  else box.innerHTML = tableHtml(tableOf(f));
}

const plates = (own: Drawn[]): Plate[] =>
  own.map((d) => ({ heading: d.panel.heading, unit: d.panel.unit, width: d.width, height: d.host.clientHeight, svg: d.chart!.renderToSVGString() }));

/** Colours are read from the style sheet once a theme, not once a chart. */
let look: Look | null = null;
const frameOf = (width: number): Frame => ({ width, narrow: width < 430, print: root.classList.contains("printing"), look: (look ??= readLook()) });

function draw(d: Drawn): void {
  const width = d.host.clientWidth;
  const { height, option } = d.panel.draw(frameOf(width));
  d.host.style.height = `${height}px`;
  d.width = width;
  if (d.chart) d.chart.resize({ width, height });
  else {
    d.chart = init(d.host);
    if (d.panel.pick) d.chart.getZr().on("click", (event) => pickAt(d, event.offsetX, event.offsetY));
  }
  d.chart.setOption(option, { notMerge: true });
}

/* A long page shows its text and its first charts at once: the others have their place, and are drawn in slices. */
const waiting: Drawn[] = [];
const SLICE_MS = 30;

function reserve(d: Drawn): void {
  d.host.style.height = `${d.panel.draw(frameOf(d.host.clientWidth)).height}px`;
  waiting.push(d);
}

/** Draws what waits; `data-drawn` on the root says that nothing does. */
export function drawWaiting(): void {
  const end = performance.now() + SLICE_MS;
  while (waiting.length && performance.now() < end) draw(waiting.shift()!);
  if (waiting.length) setTimeout(drawWaiting);
  else root.dataset.drawn = "";
}

/** Draws everything anew, for another theme or for paper. */
export function redrawAll(): void {
  look = null;
  waiting.length = 0;
  drawn.forEach(draw);
}

/** A chart whose width changes is laid out anew, not stretched. */
export function followWidth(): void {
  const changed = (): void => drawn.filter((d) => d.chart && d.host.clientWidth && d.host.clientWidth !== d.width).forEach(draw);
  // In the next frame: a chart sets its own height, which the observer must not see as a change of its own making.
  const observer = new ResizeObserver(() => requestAnimationFrame(changed));
  addEventListener("resize", changed);
  for (const d of drawn) observer.observe(d.host);
}

/** Pictures that leave the page are light, whatever the reader's theme. */
function inLight<T>(own: Drawn[], work: () => T): T {
  const before = root.dataset.theme;
  const redraw = (): void => { look = null; own.forEach(draw); };
  root.dataset.theme = "light";
  redraw();
  const result = work();
  if (before) root.dataset.theme = before; else delete root.dataset.theme;
  redraw();
  return result;
}

interface Axis { show?: boolean; min: number; max: number }

/** The ends of the reading line in pixels, and its middle: in the grid whose horizontal axis is drawn. */
function readingLine(chart: Instance): { from: number; to: number; y: number } {
  const { xAxis, yAxis } = chart.getOption() as unknown as { xAxis: Axis[]; yAxis: Axis[] };
  const grid = Math.max(0, xAxis.findIndex((a) => a.show !== false));
  const at = (x: number, y: number): number[] => chart.convertToPixel({ gridIndex: grid }, [x, y]) as number[];
  const [from, bottom] = at(xAxis[grid].min, yAxis[grid].min), [to, top] = at(xAxis[grid].max, yAxis[grid].max);
  return { from: from + 1, to: to - 1, y: (top + bottom) / 2 };
}

/** Left and right move the reading line, Home and End jump, Enter chooses what stands there, Escape hides the line. */
function walkWithArrows(d: Drawn): void {
  let place = 0;
  d.host.addEventListener("keydown", (event) => {
    if (!d.chart) return;
    if (event.key === "Escape") d.chart.dispatchAction({ type: "hideTip" });
    const move = { ArrowLeft: -0.03, ArrowRight: 0.03, Home: -1, End: 1, Enter: 0 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    place = Math.min(1, Math.max(0, place + move));
    const { from, to, y } = readingLine(d.chart), x = from + place * (to - from);
    if (event.key === "Enter") pickAt(d, x, y);
    else d.chart.dispatchAction({ type: "showTip", x, y });
  });
}

function pickAt(d: Drawn, x: number, y: number): void {
  const place = d.chart!.convertFromPixel({ gridIndex: 0 }, [x, y]);
  if (d.panel.pick && Array.isArray(place)) d.panel.pick(place[0], place[1]);
}

function toggleTable(figure: Element, button: HTMLElement, f: FigureSpec): void {
  const box = figure.querySelector<HTMLElement>(".data")!;
  if (!box.firstChild) box.innerHTML = tableHtml(tableOf(f));
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
}
