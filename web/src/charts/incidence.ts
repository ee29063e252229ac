import { clock } from "../clock";
import type { Incidence, States } from "../types";
import type { Chart, Frame } from "./frame";
import { stacked } from "./stack";

/** Competing causes, stacked; the space above them is the share still in remission. */
export const incidence = (d: Incidence, frame: Frame): Chart => stacked({
  rows: d.curves, months: d.months, names: d.causes.map((c) => c.label), fills: d.causes.map((c) => frame.look.cause[c.id] ?? frame.look.muted),
  vertical: "% of patients in remission, cumulative", horizontal: "Months since remission", steps: true, rest: "In remission",
}, frame);

/** Where the patients are over time. */
export const states = (d: States, frame: Frame): Chart => stacked({
  rows: d.shares, months: d.months, names: d.states.map((s) => s.label), fills: d.states.map((s) => frame.look.state[s.id] ?? frame.look.muted),
  get vertical() { return `% of ${clock.treated} patients`; }, get horizontal() { return `Months since ${clock.start}`; }, steps: false, rest: "",
}, frame);
