import { clock } from "../clock";
import { base, monthTicks, xAxis, yAxis, type Chart, type Frame } from "./frame";
import { dash, key } from "./key";
import { line, notes } from "./marks";

/** What became of a patient: the colour of its line. */
export const fates = ["No relapse seen", "CD19− relapse", "CD19+ relapse", "No remission"] as const;
export interface Leg { patient: number; fate: number; /** [months, log₁₀ change]. */ points: number[][] }

const DEEPEST = -8;

/** One line a patient: marrow blasts against those at enrolment. `extra`: the chosen patient, where it is not one of the legs; it is not counted. */
export function spider(legs: readonly Leg[], extra: readonly Leg[], months: number, chosen: number, frame: Frame): Chart {
  const { look, narrow } = frame, left = 34;
  const colors = [look.state.aplasia, look.cause.relapse_cd19_negative, look.cause.relapse_cd19_positive, look.muted];
  const all = [...legs, ...extra], floor = Math.max(DEEPEST, Math.floor(Math.min(-1, ...all.flatMap((l) => l.points.map((p) => p[1]))))), top = 1;
  const items = fates.map((text, i) => ({ text: `${text} (${legs.filter((l) => l.fate === i).length})`, mark: dash(colors[i]), on: legs.some((l) => l.fate === i) }));
  const head = key(frame, items.filter((k) => k.on), left, (height) => height + 28, [0, top]);
  return {
    height: head.height + (frame.print ? 220 : 290),
    option: {
      ...base(frame), grid: { left, right: 14, top: head.height + 28, bottom: 42 },
      xAxis: xAxis(frame, monthTicks(months, narrow), months), yAxis: yAxis(frame, top, 1, (v) => (v === 0 ? "0" : v > 0 ? `+${v}` : `−${-v}`), { min: floor }),
      series: [
        ...all.map((l) => line(l.points.map(([t, v]) => [t, Math.max(floor, Math.min(top, v))]), l.patient === chosen ? look.ink : colors[l.fate], l.patient === chosen ? 2.5 : 1, { z: l.patient === chosen ? 6 : 3 })),
        head.series,
        notes(frame, [
          { x: 0, y: top, dx: -26, dy: -18, text: "log₁₀ change in marrow blasts", color: look.muted },
          { x: months / 2, y: floor, dy: 34, text: `Months since ${clock.start}`, color: look.muted, align: "center" },
        ], 0, false),
      ] as never,
    },
  };
}
