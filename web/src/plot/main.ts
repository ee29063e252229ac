import "../style.css";
import "./plot.css";
import { csvOf, save } from "../export";
import { amount, escape } from "../format";
import { tableHtml, type Table } from "../table";
import { followTheme } from "../theme";

type Values = (number | null)[];
interface Curve { name: string; unit: string; values: Values; spread: Values | null; across: Values | null; upper: Values | null }

/** A picture: without style for wide and for narrow windows, and a whole one to take away. */
interface Figure { title: string; note: string; across: string; timeUnit: string; isLogAcross: boolean; wide: string; narrow: string; picture: string; times: Values; curves: Curve[] }

/** What `marrow simulate` puts into the page. */
interface Curves { title: string; note: string; version: string; style: string; figures: Figure[] }

const data = JSON.parse(document.getElementById("results")!.textContent!) as Curves;
const only = data.figures.length === 1;

/** Curves of one grid are columns beside it; others bring a column of their own. */
function tableOf(figure: Figure): Table {
  const isShared = figure.curves.every((c) => c.across === null);
  const first = figure.across === "time" ? "time" : figure.across;
  const columns: [string, Values][] = isShared ? [[first, figure.times]] : [];
  for (const c of figure.curves) {
    if (!isShared) columns.push([`${first}, ${c.name}`, c.across ?? figure.times]);
    if (c.upper) columns.push([`${c.name}, from`, c.values], [`${c.name}, to`, c.upper]);
    else if (c.spread) columns.push([`${c.name}-mean`, c.values], [`${c.name}-sd`, c.spread]);
    else columns.push([c.name, c.values]);
  }
  const rows = Math.max(0, ...columns.map(([, values]) => values.length));
  return { head: columns.map(([name]) => name), rows: Array.from({ length: rows }, (_, i) => columns.map(([, values]) => values[i] ?? null)) };
}

const isRead = (figure: Figure): boolean => figure.curves.length > 0 && figure.times.length > 1 && figure.curves.every((c) => c.across === null);
const figureHtml = (figure: Figure): string => `<figure class="whole">
<h2${only ? ' class="unseen"' : ""}>${escape(only ? "Curves" : figure.title)}</h2>
${only || !figure.note ? "" : `<p class="note">${escape(figure.note)}</p>`}
<div class="plot wide" tabindex="0">${figure.wide}</div><div class="plot narrow" tabindex="0">${figure.narrow}</div>
<p class="reading" aria-live="polite"></p>
${isRead(figure) ? '<p class="note">Point at a curve, or focus the picture and use the arrow keys, to read values.</p>' : ""}
<div class="acts"><button data-act="table" aria-expanded="false">Data table</button><button data-act="csv">CSV</button><button data-act="svg">SVG</button></div>
<div class="data" tabindex="0" hidden></div></figure>`;

document.title = `${data.title} · Marrow`;
document.getElementById("page")!.innerHTML = `
<header class="bar"><div class="wrap"><span class="brand">Marrow</span><nav aria-label="Page"></nav><button id="theme" title="Switch between light and dark">Dark</button></div></header>
<main class="wrap" id="curves">
<div class="head"><h1>${escape(data.title)}</h1><p class="standfirst">${escape(data.note)}</p></div>
${data.figures.map(figureHtml).join("\n")}
<footer>Marrow ${escape(data.version)} · research use only, not for treatment decisions.</footer></main>`;
document.head.append(Object.assign(document.createElement("style"), { textContent: data.style }));
followTheme(document.getElementById("theme")!, () => {});

const finite = (v: number | null): number => (v === null ? NaN : v);

/** The reading line of a picture: stands at the nearest place and says what the curves are there. */
function follow(plot: HTMLElement, figure: Figure, reading: HTMLElement): void {
  const svg = plot.querySelector("svg")!, panels = [...svg.querySelectorAll<SVGGElement>(".panel")];
  const scale = (v: number | null): number => (figure.isLogAcross ? Math.log(finite(v)) : finite(v));
  const times = figure.times, at = { place: -1 };
  const [low, high] = figure.isLogAcross ? logEnds(times) : [finite(times[0]), finite(times[times.length - 1])];
  const lines = panels.map((panel) => {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "l-axis cursor");
    panel.prepend(line);
    return line;
  });
  const show = (index: number): void => {
    at.place = Math.max(-1, Math.min(times.length - 1, index));
    panels.forEach((panel, k) => {
      const { left, right, top, bottom } = panel.dataset as Record<string, string>;
      const x = Number(left) + ((Number(right) - Number(left)) * (scale(times[at.place]) - low)) / (high - low || 1);
      lines[k].setAttribute("d", at.place < 0 || !Number.isFinite(x) ? "" : `M${x.toFixed(1)} ${top}V${bottom}`);
    });
    const place = figure.timeUnit ? `${amount(finite(times[at.place] ?? null))} ${figure.timeUnit}` : `${figure.across} ${amount(finite(times[at.place] ?? null))}`;
    reading.textContent = at.place < 0 ? "" : `At ${place}: ${figure.curves.map((c) => `${c.name} ${amount(finite(c.values[at.place]))}${c.upper ? ` to ${amount(finite(c.upper[at.place]))}` : ""}${c.unit ? ` ${c.unit}` : ""}`).join(", ")}.`;
  };
  plot.addEventListener("pointermove", (event) => {
    const { left, right } = panels[0].dataset as Record<string, string>, box = svg.getBoundingClientRect();
    const share = ((event.clientX - box.left) * (svg.viewBox.baseVal.width / box.width) - Number(left)) / (Number(right) - Number(left));
    const wanted = low + share * (high - low), far = (i: number): number => Math.abs(scale(times[i]) - wanted);
    let nearest = 0;
    times.forEach((_, i) => { if (far(i) < far(nearest) || !Number.isFinite(far(nearest))) nearest = i; });
    show(nearest);
  });
  plot.addEventListener("pointerleave", () => show(-1));
  plot.addEventListener("keydown", (event) => {
    const by: Record<string, number> = { ArrowRight: at.place + 1, ArrowLeft: Math.max(0, at.place - 1), Home: 0, End: times.length - 1, Escape: -1 };
    if (!(event.key in by)) return;
    event.preventDefault();
    show(by[event.key]);
  });
}

/** A logarithmic axis ends at whole decades. */
function logEnds(values: Values): [number, number] {
  const known = values.map(finite).filter((v) => v > 0);
  return [Math.LN10 * Math.floor(Math.log10(Math.min(...known)) + 1e-9), Math.LN10 * Math.ceil(Math.log10(Math.max(...known)) - 1e-9)];
}

document.querySelectorAll<HTMLElement>("figure.whole").forEach((box, k) => {
  const figure = data.figures[k], name = only ? "curves" : figure.title.replace(/[^\w.-]+/g, "_") || `curves${k + 1}`;
  const reading = box.querySelector<HTMLElement>(".reading")!;
  if (isRead(figure)) box.querySelectorAll<HTMLElement>(".plot").forEach((plot) => follow(plot, figure, reading));
  const on = (act: string, run: (button: HTMLElement) => void): void => {
    const button = box.querySelector<HTMLElement>(`[data-act=${act}]`)!;
    button.addEventListener("click", () => run(button));
  };
  on("csv", () => save(`${name}.csv`, "text/csv", csvOf(tableOf(figure))));
  on("svg", () => save(`${name}.svg`, "image/svg+xml", figure.picture));
  on("table", (button) => {
    const place = box.querySelector<HTMLElement>(".data")!;
    if (!place.firstChild) place.innerHTML = tableHtml(tableOf(figure));
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
  });
});
document.documentElement.dataset.drawn = "";
