/** What the answers rest on: patients, parameters, failures, provenance. */
import { clock } from "./clock";
import type { Arm, Count, Report } from "./types";
import { amount, count, escape, percent, unit } from "./format";
import type { Table } from "./table";

const panel = (columns: string, id: string, heading: string, what: string, body: string): string =>
  `<div class="${columns}"${id ? ` id="${id}"` : ""}><figure><figcaption><h3>${escape(heading)}</h3>${what ? `<p class="what">${escape(what)}</p>` : ""}</figcaption>${body}</figure></div>`;

const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

function countTable(head: [string, string], rows: Count[], total?: number): string {
  const share = (n: number) => (total ? ` <small>${percent(n / total)}</small>` : "");
  return `<table class="list"><thead><tr><th>${head[0]}</th><th class="n">${head[1]}</th></tr></thead><tbody>${rows.map((r) => `<tr><td>${escape(r.reason)}</td><td class="n">${count(r.count)}${share(r.count)}</td></tr>`).join("")}</tbody></table>`;
}

const flow = (arm: Arm): string =>
  `<ol class="flow">${arm.flow.map((s) => `<li><b class="number">${count(s.count)}</b><span>${escape(s.label)}</span><em>${escape(s.loss)}</em></li>`).join("")}</ol>`;

export const assumptionsTable = (report: Report): Table =>
  ({ head: ["name", "value", "unit", "reason", "file"], rows: report.assumptions.map((a) => [a.name, a.value, a.unit, a.reason, a.file]) });

function assumptions(report: Report): string {
  const p = report.parameters, all = p.measured + p.fitted + p.assumed;
  const bar = `<div class="sources" role="img" aria-label="${p.measured} measured, ${p.fitted} fitted, ${p.assumed} assumed">${(["measured", "fitted", "assumed"] as const).map((k) => `<i class="${k}" style="flex:${p[k]}"></i>`).join("")}</div>
<div class="source-key"><span><b>${count(p.measured)}</b> measured</span><span><b>${count(p.fitted)}</b> fitted</span><span><b>${count(p.assumed)}</b> assumed</span></div>`;
  const w = p.weighted;
  const weighted = w ? `<p class="note">Weighted by how much the answers depend on each parameter of the model (${count(w.parameters)} elasticities): ${percent(w.assumed)} assumed, ${percent(w.fitted)} fitted, ${percent(w.measured)} measured.</p>` : "";
  const doubt = p.unverified ? `<p class="note">${plural(p.unverified, "measured or fitted number has a source", "measured or fitted numbers have a source")} that nobody has read yet.</p>` : "";
  const acts = report.assumptions.length ? `<div class="acts"><button data-list="assumptions" aria-expanded="false" aria-controls="assumptions-data">All assumptions</button><button data-csv="assumptions">CSV</button></div><div class="data" id="assumptions-data" tabindex="0" hidden></div>` : "";
  return panel("c6", "assumptions", `${count(p.assumed)} of ${count(all)} numbers (${percent(p.assumed / Math.max(1, all))}) are assumptions`, "Numbers of the model, the population, the regimens and the clinical rules, by where they come from.", bar + weighted + doubt + acts);
}

function rejected(report: Report): string {
  const total = report.rejected.reduce((s, r) => s + r.count, 0);
  if (!total) return panel("c6", "rejected", "No candidate was rejected", "", `<div class="plot empty">Every candidate passed the plausibility criteria.</div>`);
  return panel("c6", "rejected", `${plural(total, "candidate was", "candidates were")} rejected`, "A rejected candidate keeps its age and history and draws new biology.", countTable(["Criterion", "Rejected"], report.rejected));
}

function failures(report: Report): string {
  if (!report.failures.length) return panel("c12", "failed", "Every patient could be simulated", "", "");
  const several = report.arms.length > 1;
  const rows = report.failures.map((f) => `<tr><td class="number">${f.patient}${several && f.arm ? ` <small>${escape(f.arm)}</small>` : ""}</td><td class="n">${amount(f.day)}</td><td>${escape(f.cause)} <small>${escape(f.phase)}</small></td><td>${escape(f.remedy)}</td><td class="number">${escape(f.seed)}/${f.patient}/${f.draw}</td></tr>`).join("");
  const patients = new Set(report.failures.map((f) => f.patient)).size;
  return panel("c12", "failed", `${plural(patients, "patient", "patients")} could not be simulated`, report.failureNote,
    `<table class="lost"><thead><tr><th>Patient</th><th class="n">Day</th><th>Cause</th><th>What to try</th><th>Seed/patient/draw</th></tr></thead><tbody>${rows}</tbody></table>`);
}

const entries = (list: { label: string; value: string }[]): string =>
  `<dl class="prov">${list.map((e) => `<dt>${escape(e.label)}</dt><dd>${escape(e.value)}</dd>`).join("")}</dl>`;

export function basis(report: Report): string {
  const several = report.arms.length > 1;
  const arms = report.arms.map((arm) => panel("c12", "", several ? `${arm.name}: from candidates to remission` : "From candidates to remission", several ? arm.treatment : "", flow(arm))
    + (arm.lost.length ? panel("c6", "", `Lost before ${clock.start}`, "", countTable(["Cause", "Patients"], arm.lost, arm.flow.find((s) => s.label === "Enrolled")?.count)) : "")
    + (arm.deaths.length ? panel("c6", "", `Deaths after ${clock.start}`, `Whole follow-up, of ${count(arm.infused)} ${clock.treated}.`, countTable(["Cause", "Deaths"], arm.deaths, arm.infused)) : "")).join("");
  return arms + assumptions(report) + rejected(report) + failures(report)
    + panel("c6", "provenance", "Run again to the same bits", "", entries(report.provenance))
    + panel("c6", "inputs", "Inputs", "SHA-256 of every file that was read.", entries(report.inputs))
    + panel("c6", "downloads", "Downloads", "Every chart also offers its own table and picture.", `<div class="acts"><button id="json">All results (JSON)</button><button id="endpoints-csv">Endpoints (CSV)</button></div><p class="note">Tables of patients and trajectories lie beside this file in the run's folder.</p>`);
}

export const endpointsTable = (report: Report): Table => ({
  head: ["arm", "id", "endpoint", "unit", "simulated", "lower_90", "upper_90", "simulated_n", "published", "published_lower", "published_upper", "published_interval", "published_n", "unverified", "source", "note"],
  rows: report.arms.flatMap((arm) => arm.endpoints.map((e) => [arm.name, e.id, e.label, unit(e.unit), e.simulated, e.lower, e.upper, e.simulatedN,
    e.published, e.publishedLower, e.publishedUpper, e.publishedInterval, e.publishedN, e.published === null ? "" : e.unverified ? "yes" : "no", e.source, e.note])),
});
