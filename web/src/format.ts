/** Numbers as the report prints them. The report writer has the same rules in C#; one table of cases tests both. */
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const minus = "\u2212";

export const power10 = (n: number): string =>
  "10" + (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => superscripts[Number(d)]).join("");

export const count = (v: number): string => v.toLocaleString("en-GB");

/** 0.8134 is 81%; below 10% one decimal; never 0% for something that happened. */
export function percent(v: number): string {
  const p = v * 100;
  if (p > 0 && p < 0.1) return "<0.1%";
  return (p > 0 && p < 9.95 ? p.toFixed(1) : p.toFixed(0)) + "%";
}

/** Three significant digits, thousands separated, powers of ten from a million and below a thousandth. */
export function amount(v: number): string {
  if (v === 0) return "0";
  const size = Math.abs(v), sign = v < 0 ? minus : "";
  if (size >= 999_500 || size < 1e-3) {
    let n = Math.floor(Math.log10(size)), m = (size / 10 ** n).toFixed(1);
    if (m === "10.0") { n++; m = "1.0"; }
    return `${sign}${m} × ${power10(n)}`;
  }
  return sign + Number(size.toPrecision(3)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
}

/** 72–90% for shares, 9.1–12.2 for amounts; "to" where a limit is negative. */
export function range(lo: number, hi: number, form: (v: number) => string): string {
  const joint = lo < 0 || hi < 0 ? " to " : "–", a = form(lo), b = form(hi);
  return (a.endsWith("%") && b.endsWith("%") && !a.startsWith("<") ? a.slice(0, -1) : a) + joint + b;
}

/** Units as tables write them, in print: copies/ug is copies/µg, 1e9/L is 10⁹/L. */
export const unit = (text: string): string =>
  text.replace(/\bu(?=g|L|mol)/g, "µ").replace(/^1e(\d+)/, (_, n: string) => power10(Number(n))).replace(/^1\//, "per ").replace(/\*/g, "·");

export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);
