import "./style.css";
import { assumptionsTable, endpointsTable } from "./basis";
import { csvOf, save } from "./export";
import { setClock } from "./clock";
import { drawWaiting, followWidth, mountFigure, redrawAll } from "./figure";
import { pageHtml } from "./page";
import { sections } from "./sections";
import { tableHtml } from "./table";
import type { Report } from "./types";

const root = document.documentElement;
const report = JSON.parse(document.getElementById("results")!.textContent!) as Report;
setClock(report.clock);
const parts = sections(report);
document.title = `${report.study.title} · Marrow report`;
document.getElementById("page")!.innerHTML = pageHtml(report, parts);

// Light or dark follows the system until the reader, or ?theme= in the address, chooses.
const asked = new URLSearchParams(location.search).get("theme");
if (asked === "dark" || asked === "light") root.dataset.theme = asked;
const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = (): boolean => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
const themeButton = document.getElementById("theme")!;
function setTheme(theme?: string): void {
  if (theme) root.dataset.theme = theme;
  themeButton.textContent = isDark() ? "Light" : "Dark";
  redrawAll();
}
themeButton.addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
system.addEventListener("change", () => setTheme());

const source = `${report.study.title}; seed ${report.study.seed}; Marrow ${report.version}${report.example ? ", EXAMPLE" : ""}. Research use only.`;
for (const part of parts) for (const figure of part.figures) mountFigure(figure, source);
themeButton.textContent = isDark() ? "Light" : "Dark";
followWidth();
drawWaiting();

// Paper: light colours and its own width, drawn before the browser takes the page.
let before: string | undefined;
addEventListener("beforeprint", () => {
  before = root.dataset.theme;
  root.classList.add("printing");
  setTheme("light");
});
addEventListener("afterprint", () => {
  root.classList.remove("printing");
  if (!before) delete root.dataset.theme;
  setTheme(before);
});
document.getElementById("print")!.addEventListener("click", () => print());

// Downloads and lists.
const on = (selector: string, act: (button: HTMLElement) => void): void =>
  document.querySelectorAll<HTMLElement>(selector).forEach((b) => b.addEventListener("click", () => act(b)));
on("#json", () => save(`${report.study.id}.json`, "application/json", JSON.stringify(report, null, 1)));
on("#endpoints-csv", () => save("endpoints.csv", "text/csv", csvOf(endpointsTable(report))));
on("[data-csv=assumptions]", () => save("assumptions.csv", "text/csv", csvOf(assumptionsTable(report))));
on("[data-list=assumptions]", (button) => {
  const box = document.getElementById("assumptions-data")!;
  if (!box.firstChild) box.innerHTML = tableHtml(assumptionsTable(report));
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
});

// The contents mark the section being read.
const links = [...document.querySelectorAll<HTMLAnchorElement>(".bar nav a")];
const reading = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    for (const a of links) {
      if (a.hash === `#${target.id}`) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    }
  }
}, { rootMargin: "-20% 0px -70% 0px" });
document.querySelectorAll("section").forEach((s) => reading.observe(s));
