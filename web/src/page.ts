/** The page around the figures. */
import { basis } from "./basis";
import { endpointTable } from "./endpoints";
import { figureHtml } from "./figure";
import { count, escape } from "./format";
import type { Section } from "./sections";
import type { Report } from "./types";

function facts(report: Report): string {
  const { study, parameters: p } = report, failed = new Set(report.failures.map((f) => f.patient)).size;
  const one = (name: string, value: string, to?: string) => `<div><dt>${name}</dt><dd>${to ? `<a href="#${to}">${value}</a>` : value}</dd></div>`;
  return `<dl class="facts">${[
    one("Virtual patients", `${count(study.patients)} enrolled`),
    one("Followed for", `${study.months} months`),
    one("Could not be simulated", `${count(failed)} ${failed === 1 ? "patient" : "patients"}`, "failed"),
    one("Assumed numbers", `${count(p.assumed)} of ${count(p.measured + p.fitted + p.assumed)}`, "assumptions"),
    one("Seed", escape(study.seed), "provenance"),
  ].join("")}</dl>`;
}

export function pageHtml(report: Report, parts: Section[]): string {
  const { head } = report;
  let number = 0;
  const body = parts.map((s) => `
<section id="${s.id}"><h2>${escape(s.title)}</h2>${s.lead ? `<p class="lead">${escape(s.lead)}</p>` : ""}
<div class="grid">${s.table ? `<div class="c12">${endpointTable(s.arm)}</div>` : ""}${s.figures.map((f) => figureHtml(f, ++number)).join("")}</div></section>`).join("");
  const contents = [...parts.map((s) => [s.id, s.short]), ["basis", "Basis"]].map(([id, text]) => `<a href="#${id}">${escape(text)}</a>`).join("");
  const example = report.example ? '<span class="mark">EXAMPLE</span>' : "";
  return `
<header class="bar"><div class="wrap"><span class="brand">Marrow</span>${example}
<nav aria-label="Sections">${contents}</nav>
<button id="theme" title="Switch between light and dark">Dark</button><button class="print" id="print">Print</button></div></header>
<main class="wrap" id="report">
<div class="head">
<p class="kicker">${escape(head.kicker)}</p>
<h1>${escape(head.headline)}</h1>
${head.warning ? `<p class="warning">${escape(head.warning)}</p>` : ""}
<p class="standfirst">${escape(head.standfirst)}${report.example ? " <b>Every number on this page is made up (EXAMPLE).</b>" : ""}</p>
${head.outside.length ? `<dl class="outside">${head.outside.map((o) => `<div><dt>${escape(o.label)}</dt><dd>${escape(o.value)}</dd></div>`).join("")}</dl>` : ""}
${facts(report)}
</div>
${body}
<section id="basis"><h2>What does it rest on?</h2><div class="grid">${basis(report)}</div></section>
<footer>Marrow ${escape(report.version)}${report.example ? ", EXAMPLE with made-up data" : ""} · research use only, not for treatment decisions.</footer>
</main>`;
}
