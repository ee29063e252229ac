import { clock } from "../clock";
import { arms as draw, type ArmCurve } from "../charts/arms";
import { rowAt } from "../charts/frame";
import type { FigureSpec } from "../figure";
import { amount, percent, range } from "../format";
import type { ArmRatio, Comparison, Report } from "../types";
import { forestFigure } from "./forest";

const pValue = (p: number): string => (p < 0.001 ? "p < 0.001" : `p = ${amount(p)}`);

function publishedWords(r: ArmRatio): string {
  if (!r.published) return "";
  const { value, lower, upper, interval, unverified } = r.published;
  const limits = lower !== null && upper !== null ? `, ${range(lower, upper, amount)}${interval ? ` (${interval})` : ""}` : "";
  return `, published ${amount(value)}${limits}${unverified ? ", recalled" : ""}`;
}

function words(c: Comparison, dashed: boolean): string {
  const test = c.logRank ? ` Log-rank: χ² = ${amount(c.logRank.chiSquared)} on ${c.logRank.degreesOfFreedom} ${c.logRank.degreesOfFreedom === 1 ? "degree" : "degrees"} of freedom, ${pValue(c.logRank.pValue)}.` : " The log-rank test cannot be formed.";
  const ratios = c.ratios.map((r) => r.hazard
    ? `${r.arm} against ${r.reference}: hazard ratio ${amount(r.hazard.ratio)} (${range(r.hazard.lower, r.hazard.upper, amount)})${publishedWords(r)}${r.trials === null ? "" : `; 90% of trials of ${r.trialN} patients would find ${range(r.trials[0], r.trials[1], amount)}`}${r.power === null ? "" : `; a trial of ${r.trialN} patients would show it with a power of ${percent(r.power)}`}.`
    : `${r.arm} against ${r.reference}: no hazard ratio can be formed.`);
  return `Kaplan-Meier curves with 95% confidence.${dashed ? " Dashed: read off the published figure." : ""}${test} ${ratios.join(" ")}`;
}

function figure(c: Comparison, report: Report): FigureSpec[] {
  const curves: ArmCurve[] = report.arms.flatMap((arm) => arm.survival.filter((s) => s.id === c.id && s.curve.length > 0).map((curve) => ({ name: arm.name, curve })));
  if (curves.length < 2) return [];
  return [{
    id: `compare-${c.id}`, columns: "c6", finding: c.finding, what: words(c, curves.some((a) => a.curve.publishedCurve.length > 0)), note: c.note,
    spoken: `${c.finding}. ${curves.map((a) => `${a.name}: ${percent(rowAt(a.curve.curve, 12)[1])} at 12 months`).join("; ")}.`,
    panels: [{ draw: (f) => draw(curves, c.id === "os_enrolment" ? "enrolment" : clock.start, f) }],
    table: { head: ["arm", "months", "survival", "lower_95", "upper_95"], rows: curves.flatMap((a) => a.curve.curve.map((r) => [a.name, ...r])) },
  }];
}

/** Arms against each other: curves, test, hazard ratios, subgroups. */
export const comparisonFigures = (report: Report): FigureSpec[] => [
  ...report.comparisons.flatMap((c) => figure(c, report)),
  ...report.comparisons.slice(0, 1).flatMap((c) => forestFigure(c.subgroups, `compare-${c.id}-subgroups`, [`${report.arms[1].name} better`, `${report.arms[0].name} better`])),
];
