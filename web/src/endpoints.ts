/** The endpoint table: numbers in words, and each interval drawn, on one scale per group. */
import type { Arm, Endpoint } from "./types";
import { escape, unit } from "./format";

/* Places are percentages of the width, marks are pixels: the picture fits any column. */
const HEIGHT = 30, PAD = 4;
type Place = (v: number) => number;
const share: Place = (v) => PAD + Math.min(1, Math.max(0, v)) * (100 - 2 * PAD);
/** Ratio to the published value on a logarithmic scale from 1/most to most. */
const ratioTo = (most: number): Place => (v) => PAD + (Math.log(Math.min(most, Math.max(1 / most, v))) / Math.log(most) / 2 + 0.5) * (100 - 2 * PAD);

interface Scale { place: Place; grid: number[]; ticks: [number, string][] }
const shares: Scale = { place: share, grid: [0, 0.25, 0.5, 0.75, 1], ticks: [[0, "0"], [0.25, "25"], [0.5, "50"], [0.75, "75"], [1, "100%"]] };

const isShare = (e: Endpoint) => e.kind === "share";
const reported = (e: Endpoint) => e.published !== null && e.published > 0;
/** A range of patients says nothing about how well the value itself is known, so it is printed and not drawn. */
const whisker = (e: Endpoint): [number, number] | null =>
  e.publishedLower !== null && (e.publishedUpper !== null || e.kind === "months") && /CI|confidence/i.test(e.publishedInterval) ? [e.publishedLower, e.publishedUpper ?? Infinity] : null;

function ratios(rows: Endpoint[]): Scale {
  const far = Math.max(2, ...rows.filter(reported).flatMap((e) => [e.simulated, e.lower, e.upper].filter((v) => v !== null && v > 0).map((v) => Math.max(v! / e.published!, e.published! / v!))));
  const most = [2, 4, 10].find((m) => far <= m) ?? 10, name: Record<number, string> = { 2: "½×", 4: "¼×", 10: "0.1×" };
  return { place: ratioTo(most), grid: [1 / most, 1, most], ticks: [[1 / most, name[most]], [1, "published"], [most, `${most}×`]] };
}

const axis = ({ ticks, place }: Scale): string =>
  `<svg height="18" aria-hidden="true">${ticks.map(([v, t], i) => `<text class="${i % 2 && ticks.length > 3 ? "minor" : ""}" x="${place(v)}%" y="13" font-size="12" text-anchor="middle" fill="var(--muted)">${t}</text>`).join("")}</svg>`;

function picture(e: Endpoint, { place, grid }: Scale): string {
  const lines = grid.map((v) => `<line x1="${place(v)}%" x2="${place(v)}%" y1="-6" y2="${HEIGHT + 6}" stroke="var(--rule)"/>`).join("");
  if (!isShare(e) && !reported(e)) return `<svg height="${HEIGHT}" aria-hidden="true">${lines}</svg>`;
  const x = (v: number) => `${place(isShare(e) ? v : v / e.published!).toFixed(1)}%`, y = e.published === null ? HEIGHT / 2 : 10;
  // A time that more than half of a trial never reach has no upper end: its bar runs to the edge.
  const upper = e.upper ?? (e.kind === "months" ? Infinity : null);
  const interval = e.lower !== null && upper !== null ? `<line x1="${x(e.lower)}" x2="${x(upper)}" y1="${y}" y2="${y}" stroke="var(--arm-a)" stroke-width="5" opacity=".32"/>` : "";
  const dot = e.simulated !== null ? `<circle cx="${x(e.simulated)}" cy="${y}" r="4.5" fill="var(--arm-a)"/>` : "";
  const limits = whisker(e);
  const known = limits ? `<line x1="${x(limits[0])}" x2="${x(limits[1])}" y1="21" y2="21" stroke="var(--ink)" stroke-width="1.25"/>` : "";
  const mark = e.published !== null ? `<svg x="${x(e.published)}" y="21" overflow="visible"><path d="M0-5l5 5-5 5-5-5z" fill="var(--page)" stroke="var(--ink)" stroke-width="1.5"/></svg>` : "";
  return `<svg height="${HEIGHT}" aria-hidden="true">${lines}${interval}${dot}${known}${mark}</svg>`;
}

function row(e: Endpoint, scale: Scale, usualN: number): string {
  const kind = isShare(e) ? "share" : "amount";
  const value = (text: string, interval: string) => text ? `<span class="v ${kind}">${escape(text)}</span><small>${escape(interval)}</small>` : "";
  const size = e.publishedN !== null && e.publishedN !== usualN ? ` <small>n&nbsp;=&nbsp;${e.publishedN}</small>` : "";
  const recalled = e.unverified ? " <small>(unverified)</small>" : "";
  const state = e.inside === null ? "none" : e.inside ? "" : "out";
  return `<tr class="${kind}"${e.source ? ` title="${escape([e.publishedInterval, e.note, e.source].filter(Boolean).join("; "))}"` : ""}><td class="label">${escape(e.label)}${e.unit ? ` <small>${escape(unit(e.unit))}</small>` : ""}</td><td class="n" data-head="Simulated">${value(e.simulatedText, e.simulatedInterval) || "<small>–</small>"}${e.uncertainty ? `<small>known to ${escape(e.uncertainty)}</small>` : ""}</td><td class="n" data-head="Published">${value(e.publishedText, e.publishedIntervalText)}${e.publishedText ? size + recalled : "<small>not reported</small>"}</td><td class="pic">${picture(e, scale)}</td><td class="verdict ${state}">${escape(e.verdict)}</td></tr>`;
}

function block(name: string, rows: Endpoint[], scale: Scale, usualN: number): string {
  if (!rows.length) return "";
  const drawn = isShare(rows[0]) || rows.some(reported);
  return `<tr class="group"><td>${escape(name)}</td><td></td><td></td><td class="pic scale">${drawn ? axis(scale) : ""}</td><td></td></tr>${rows.map((e) => row(e, drawn ? scale : { ...scale, grid: [] }, usualN)).join("")}`;
}

export function endpointTable(arm: Arm): string {
  const sizes = arm.endpoints.filter((e) => e.publishedN !== null).map((e) => e.publishedN!);
  const usualN = [...new Set(sizes)].sort((a, b) => sizes.filter((n) => n === b).length - sizes.filter((n) => n === a).length)[0] ?? 0;
  const groups = [...new Set(arm.endpoints.map((e) => e.group))].map((name) => {
    const rows = arm.endpoints.filter((e) => e.group === name), amounts = rows.filter((e) => !isShare(e)), some = rows.filter(isShare);
    return block(name, some, shares, usualN) + block(some.length ? `${name}, amounts and times` : name, amounts, ratios(amounts), usualN);
  });
  return `<table class="endpoints"><thead><tr><th scope="col">Endpoint</th><th scope="col" class="n">Simulated<br>90% prediction interval${arm.endpoints.some((e) => e.uncertainty) ? "<br>known to: 90% uncertainty interval of the parameters" : ""}</th><th scope="col" class="n">Published<br>95% confidence interval${usualN ? `, n = ${usualN}` : ""}</th><th scope="col" class="pic"><span class="unseen">Drawn</span></th><th scope="col">Published value is</th></tr></thead><tbody>${groups.join("")}</tbody></table>`;
}
