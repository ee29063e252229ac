import { clock } from "../clock";
import { survival as draw } from "../charts/survival";
import { rowAt } from "../charts/frame";
import type { FigureSpec } from "../figure";
import type { Arm, Survival } from "../types";

const descriptions = (): Record<string, string> => ({
  efs: `Event-free survival from ${clock.start}: death, relapse or treatment failure is an event.`,
  os: `Overall survival from ${clock.start}.`,
  rfs: "Relapse-free survival from remission, censored at transplant: relapse or death is an event.",
  rfs_uncensored: "Relapse-free survival from remission, followed beyond transplant.",
  os_relapse: "Overall survival from relapse: the clinical layer treats again, transplants or palliates.",
  aplasia: "B-cell aplasia in patients in remission, until B cells are back; censored at relapse, transplant and death.",
});

function spec(s: Survival, prefix: string): FigureSpec {
  const landmarks = s.published.length ? " Diamonds: published, with 95% confidence interval." : s.publishedCurve.length ? " Dashed: published." : " Not reported by the trial.";
  return {
    id: `${prefix}${s.id}`, columns: "c6", finding: s.finding, what: `${descriptions()[s.id] ?? `${s.label}.`}${landmarks}`,
    note: s.note, spoken: s.spoken,
    empty: s.n === 0 ? "No patient reached the start of this clock." : undefined,
    panels: [{ draw: (f) => draw(s, f) }],
    table: {
      head: ["months", "simulated", "lower_95", "upper_95", "trials_lower_90", "trials_upper_90", ...s.trialViews.map((v) => v.view), "published", "published_lower", "published_upper"],
      rows: [
        ...s.curve.map((r) => [...r, ...(s.band.length ? rowAt(s.band, r[0]).slice(1) : [null, null]), ...s.trialViews.map((v) => rowAt(v.curve, r[0])[1]), null, null, null]),
        ...s.published.map((p) => [p.months, null, null, null, null, null, ...s.trialViews.map(() => null), p.value, p.lower, p.upper]),
      ],
    },
  };
}

/** Kaplan-Meier figures of an arm for the given endpoints, in their order. */
export const survivalFigures = (arm: Arm, prefix: string, ids: string[]): FigureSpec[] =>
  ids.flatMap((id) => arm.survival.filter((s) => s.id === id).map((s) => spec(s, prefix)));
