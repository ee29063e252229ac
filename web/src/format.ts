/** Numbers as the report prints them. The report writer has the same rules in C#; one table of cases tests both. */
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const minus = "\u2212";

export const power10 = (n: number): string =>
  "10" + (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => superscripts[Number(d)]).join("");

export const count = (v: number): string => v.toLocaleString("en-GB");

const tenTo = (n: number): number => Number(`1e${n}`);
/** Rounds half up, by the same few operations as the report writer: toFixed and its like treat ties differently from C#. */
const round = (v: number, decimals: number): number =>
  decimals >= 0 ? Math.floor(v * tenTo(decimals) + 0.5) / tenTo(decimals) : Math.floor(v / tenTo(-decimals) + 0.5) * tenTo(-decimals);

function exponent(size: number): number {
  let n = 0;
  while (size >= tenTo(n + 1)) n++;
  while (size < tenTo(n)) n--;
  return n;
}

/** 0.8134 is 81%; below 10% one decimal; never 0% for something that happened. */
export function percent(v: number): string {
  const p = v * 100;
  if (p > 0 && p < 0.1) return "<0.1%";
  const decimals = p > 0 && p < 9.95 ? 1 : 0;
  return `${round(p, decimals).toFixed(decimals)}%`;
}

/** Three significant digits, thousands separated, powers of ten from a million and below a thousandth; a dash for what is no number. */
export function amount(v: number): string {
  if (v === 0) return "0";
  if (!Number.isFinite(v)) return "–";
  const size = Math.abs(v), sign = v < 0 ? minus : "";
  if (size < 999_500 && size >= 1e-3) return sign + round(size, 2 - exponent(size)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
  let n = exponent(size), mantissa = round(n >= 0 ? size / tenTo(n) : size * tenTo(-n), 1);
  if (mantissa >= 10) [mantissa, n] = [1, n + 1];
  return `${sign}${mantissa.toFixed(1)} × ${power10(n)}`;
}

/** 72–90% for shares, 9.1–12.2 for amounts; "to" where a limit is negative. */
export function range(lo: number, hi: number, form: (v: number) => string): string {
  const joint = lo < 0 || hi < 0 ? " to " : "–", a = form(lo), b = form(hi);
  return (a.endsWith("%") && b.endsWith("%") && !a.startsWith("<") ? a.slice(0, -1) : a) + joint + b;
}

/** Units as tables write them, in print: copies/ug is copies/µg, 1e9/L is 10⁹/L. */
export const unit = (text: string): string =>
  text.replace(/^d$/, "days").replace(/^G$/, "10⁹ cells").replace(/ x d$/, " × days").replace(/\bu(?=g|L|mol)/g, "µ").replace(/^1e(\d+)/, (_, n: string) => power10(Number(n))).replace(/^1\//, "per ").replace(/\*/g, "·");

export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);
