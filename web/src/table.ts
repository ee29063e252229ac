/** The real table behind a chart or a list. */
import { amount, escape } from "./format";

export type Cell = string | number | null;
export interface Table { head: string[]; rows: Cell[][] }

const SHOWN = 200;
const show = (c: Cell): string => c === null ? "" : typeof c === "number" ? (Number.isInteger(c) && Math.abs(c) < 1e6 ? String(c) : amount(c)) : escape(c);

export function tableHtml(table: Table): string {
  const head = table.head.map((h) => `<th scope="col">${escape(h)}</th>`).join("");
  const rows = table.rows.slice(0, SHOWN).map((r) => `<tr>${r.map((c) => `<td>${show(c)}</td>`).join("")}</tr>`).join("");
  const more = table.rows.length > SHOWN ? `<p class="sub">First ${SHOWN} of ${table.rows.length} rows; the CSV has all.</p>` : "";
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>${more}`;
}
