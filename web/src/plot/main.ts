import "../style.css";
import "./plot.css";
import { csvOf, save } from "../export";
import { amount, escape } from "../format";
import { tableHtml, type Table } from "../table";
import { followTheme } from "../theme";

/** What `marrow simulate --plot FILE.html` puts into the page. */
interface Curves {
  title: string; note: string; timeUnit: string; version: string;
  /** Pictures without style, for wide and for narrow windows; one whole picture to take away. */
  wide: string; narrow: string; picture: string; style: string;
  times: number[];
  curves: { name: string; unit: string; values: (number | null)[]; spread: (number | null)[] | null }[];
}

const data = JSON.parse(document.getElementById("results")!.textContent!) as Curves;
const table: Table = {
  head: ["time", ...data.curves.flatMap((c) => (c.spread ? [`${c.name}-mean`, `${c.name}-sd`] : [c.name]))],
  rows: data.times.map((t, i) => [t, ...data.curves.flatMap((c) => (c.spread ? [c.values[i], c.spread[i]] : [c.values[i]]))]),
};
document.title = `${data.title} · Marrow`;
document.getElementById("page")!.innerHTML = `
<header class="bar"><div class="wrap"><span class="brand">Marrow</span><nav aria-label="Page"></nav><button id="theme" title="Switch between light and dark">Dark</button></div></header>
<main class="wrap" id="curves">
<div class="head"><h1>${escape(data.title)}</h1><p class="standfirst">${escape(data.note)}</p></div>
<figure class="whole"><h2 class="unseen">Curves</h2>
<div class="plot wide" tabindex="0">${data.wide}</div><div class="plot narrow" tabindex="0">${data.narrow}</div>
<p class="reading" aria-live="polite"></p>
<p class="note">Point at a curve, or focus the picture and use the arrow keys, to read values.</p>
<div class="acts"><button data-act="table" aria-expanded="false">Data table</button><button data-act="csv">CSV</button><button data-act="svg">SVG</button></div>
<div class="data" tabindex="0" hidden></div></figure>
<footer>Marrow ${escape(data.version)} · research use only, not for treatment decisions.</footer></main>`;
document.head.append(Object.assign(document.createElement("style"), { textContent: data.style }));
followTheme(document.getElementById("theme")!, () => {});

const reading = document.querySelector<HTMLElement>(".reading")!;
const finite = (v: number | null): number => (v === null ? NaN : v);

/** The reading line of a picture: stands at the nearest time and says what the curves are there. */
function follow(plot: HTMLElement): void {
  const svg = plot.querySelector("svg")!, panels = [...svg.querySelectorAll<SVGGElement>(".panel")];
  const first = data.times[0], last = data.times[data.times.length - 1];
  let at = -1;
  const lines = panels.map((panel) => {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "l-axis cursor");
    panel.prepend(line);
    return line;
  });
  const show = (index: number): void => {
    at = Math.max(-1, Math.min(data.times.length - 1, index));
    panels.forEach((panel, k) => {
      const { left, right, top, bottom } = panel.dataset as Record<string, string>;
      const x = Number(left) + ((Number(right) - Number(left)) * (data.times[at] - first)) / (last - first || 1);
      lines[k].setAttribute("d", at < 0 ? "" : `M${x.toFixed(1)} ${top}V${bottom}`);
    });
    reading.textContent = at < 0 ? "" : `At ${amount(data.times[at])} ${data.timeUnit}: ${data.curves.map((c) => `${c.name} ${amount(finite(c.values[at]))}${c.unit ? ` ${c.unit}` : ""}`).join(", ")}.`;
  };
  plot.addEventListener("pointermove", (event) => {
    const { left, right } = panels[0].dataset as Record<string, string>, box = svg.getBoundingClientRect();
    const share = ((event.clientX - box.left) * (svg.viewBox.baseVal.width / box.width) - Number(left)) / (Number(right) - Number(left));
    const time = first + share * (last - first);
    let nearest = 0;
    data.times.forEach((t, i) => { if (Math.abs(t - time) < Math.abs(data.times[nearest] - time)) nearest = i; });
    show(nearest);
  });
  plot.addEventListener("pointerleave", () => show(-1));
  plot.addEventListener("keydown", (event) => {
    const by: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: Math.max(0, at - 1), Home: 0, End: data.times.length - 1, Escape: -1 };
    if (!(event.key in by)) return;
    event.preventDefault();
    show(by[event.key]);
  });
}
document.querySelectorAll<HTMLElement>(".plot").forEach(follow);

const on = (act: string, run: (button: HTMLElement) => void): void => {
  const button = document.querySelector<HTMLElement>(`[data-act=${act}]`)!;
  button.addEventListener("click", () => run(button));
};
on("csv", () => save("curves.csv", "text/csv", csvOf(table)));
on("svg", () => save("curves.svg", "image/svg+xml", data.picture));
on("table", (button) => {
  const box = document.querySelector<HTMLElement>(".data")!;
  if (!box.firstChild) box.innerHTML = tableHtml(table);
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
});
document.documentElement.dataset.drawn = "";
