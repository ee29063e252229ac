import { clock } from "../clock";
import { count, percent, range } from "../format";
import type { Survival } from "../types";
import { base, LABEL, monthTicks, rowAt, SMALL, textWidth, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import { band, line, notes, published, type Note } from "./marks";

const ROW = 18;
const starts: Record<string, string> = { rfs: "remission", rfs_uncensored: "remission", os_relapse: "relapse", os_enrolment: "enrolment" };

/** Middle of the widest stretch of the later half that no published whisker crosses: room for the names of curve and band. */
function freePlace(s: Survival): number {
  const start = s.months * 0.3, crossed = [start, ...s.published.map((p) => p.months).filter((m) => m > start && m <= s.months)].sort((a, b) => a - b);
  if (crossed.at(-1)! < s.months) crossed.push(s.months);
  let best = [start, s.months];
  for (let i = 1, width = 0; i < crossed.length; i++) {
    if (crossed[i] - crossed[i - 1] > width) { width = crossed[i] - crossed[i - 1]; best = [crossed[i - 1], crossed[i]]; }
  }
  return (best[0] + best[1]) / 2;
}

function names(s: Survival, frame: Frame): Note[] {
  const { look } = frame, x = freePlace(s), bands = rowAt(s.band, x), curve = rowAt(s.curve, x);
  const out: Note[] = [{ x, y: curve[3], dy: -11, text: "Simulated", color: look.simulated, bold: true, size: LABEL, align: "center" }];
  if (s.band.length) out.push({ x, y: Math.min(bands[1], curve[2]), dy: 11, text: `90% of trials of ${s.bandN}`, color: look.simulated, align: "center" });
  const named = s.published.find((p) => p.months > s.months * 0.1 && p.months < s.months * 0.9);
  if (named) {
    // Above its whisker, unless the curve passes there.
    const top = named.upper ?? named.value, below = Math.abs(rowAt(s.curve, named.months)[1] - top - 0.04) < 0.09;
    out.push({ x: named.months, y: below ? named.lower ?? named.value : top, dy: below ? 12 : -10, text: "Published", color: look.ink, bold: true, size: LABEL, align: "center" });
  }
  return out;
}

/** Kaplan-Meier: curve, its 95% confidence, where 90% of trials would fall, published landmarks, and the numbers at risk. */
export function survival(s: Survival, frame: Frame): Chart {
  const { look, narrow } = frame, color = look.simulated, right = 16, max = s.months, ticks = monthTicks(max, narrow);
  const riskName = narrow ? "Sim." : "Simulated";
  const risk = ticks.flatMap((t) => s.atRisk.filter((r) => Math.abs(r.months - t) < 1e-6).map((r) => ({ t, n: r.count })));
  const left = textWidth(frame, [riskName], SMALL, true) + textWidth(frame, risk.map((r) => count(r.n))) / 2 + 8;
  const plot = frame.print ? 140 : narrow ? 220 : 250, top = 30, riskTop = top + plot + 76;
  return {
    height: riskTop + ROW + 6,
    option: {
      ...base(frame),
      grid: [{ left, right, top, height: plot }, { left, right, top: riskTop, height: ROW }],
      xAxis: [xAxis(frame, ticks, max), { type: "value", gridIndex: 1, min: 0, max, show: false }],
      yAxis: [yAxis(frame, 1, 0.25, (v) => `${Math.round(v * 100)}`), { type: "value", gridIndex: 1, min: -0.5, max: 0.5, show: false }],
      tooltip: tooltip(frame, (t) => {
        const [, value, lo, hi] = rowAt(s.curve, t), lines: TipLine[] = [["Simulated", percent(value), color], ["95% confidence", range(lo, hi, percent)]];
        if (s.band.length) { const [, a, b] = rowAt(s.band, t); lines.push([`90% of trials of ${s.bandN}`, range(a, b, percent)]); }
        return { head: `${t.toFixed(1)} months`, lines };
      }),
      series: [
        band(s.band, color, 0.13, true),
        band(s.curve.map(([t, , lo, hi]) => [t, lo, hi]), color, 0.3, true),
        line(s.curve.map(([t, v]) => [t, v]), color, 2, { step: "end" }),
        ...(s.publishedCurve.length ? [line(s.publishedCurve, look.ink, 1.25, { step: "end", lineStyle: { color: look.ink, width: 1.25, type: "dashed" } })] : []),
        published(frame, s.published.filter((p) => p.months <= max).map((p) => [p.months, p.value, p.lower, p.upper])),
        notes(frame, names(s, frame)),
        notes(frame, [
          { x: 0, y: 1, dx: -26, dy: -20, text: "% of patients", color: look.muted },
          { x: max / 2, y: 0, dy: 36, text: `Months since ${starts[s.id] ?? clock.start}`, color: look.muted, align: "center" },
        ], 0, false),
        notes(frame, [
          { x: 0, y: 0, dx: -left, dy: -ROW - 2, text: "At risk", color: look.muted },
          { x: 0, y: 0, dx: -left, text: riskName, color, bold: true },
          ...risk.map((r): Note => ({ x: r.t, y: 0, text: count(r.n), color: look.ink, align: "center" })),
        ], 1, false),
      ] as never,
    },
  };
}
