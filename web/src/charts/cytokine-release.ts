import { clock } from "../clock";
import { percent } from "../format";
import type { CytokineRelease } from "../types";
import { base, niceScale, SMALL, textWidth, tooltip, xAxis, yAxis, type Chart, type Frame, type TipLine } from "./frame";
import { notes, shapes, type Note } from "./marks";

const BAR = 30;

interface Segment { share: number; grade: number; name: string }
interface Bar { name: string; color: string; segments: Segment[] }

/** Published reports give shares at or above some grades: what lies between two of them is one segment. */
function publishedSegments(d: CytokineRelease): Segment[] {
  const steps = [...d.published].sort((a, b) => a.fromGrade - b.fromGrade);
  const first: Segment = { share: 1 - steps[0].share, grade: 0, name: "none" };
  return [first, ...steps.map((s, i): Segment => {
    const next = steps[i + 1], to = next ? next.fromGrade - 1 : 5;
    return { share: s.share - (next?.share ?? 0), grade: next && to > s.fromGrade ? to : s.fromGrade, name: to === s.fromGrade ? `${to}` : next ? `${s.fromGrade}–${to}` : `≥${s.fromGrade}` };
  })];
}

function bars(d: CytokineRelease, frame: Frame): Bar[] {
  const { look, narrow } = frame;
  return d.scales.flatMap(({ scale, shares }): Bar[] => {
    const simulated: Bar = { name: narrow ? `Sim., ${scale}` : `Simulated, ${scale}`, color: look.simulated, segments: shares.map((share, grade) => ({ share, grade, name: grade ? `${grade}` : "none" })) };
    if (scale !== d.publishedScale || !d.published.length) return [simulated];
    return [simulated, { name: narrow ? `Publ., ${scale}` : `Published, ${scale}`, color: look.ink, segments: publishedSegments(d) }];
  });
}

/** Worst grade per patient: one bar a scale, the published one below its own; then the share in an episode by day. */
export function cytokineRelease(d: CytokineRelease, frame: Frame): Chart {
  const { look } = frame, rows = bars(d, frame), left = textWidth(frame, rows.map((r) => r.name), SMALL, true) + 14;
  const top = 8, upper = rows.length * BAR, lowerTop = top + upper + 58, lower = frame.print ? 110 : 170;
  const peak = niceScale(Math.max(0.1, ...d.byDay.map((r) => r.slice(1).reduce((s, v) => s + v, 0)))), last = d.byDay.at(-1)?.[0] ?? 28;
  const grades = [1, 2, 3, 4, 5];
  const ticks = [0, 7, 14, 21, 28].filter((t) => t <= last);
  return {
    height: lowerTop + lower + 46,
    option: {
      ...base(frame),
      grid: [{ left, right: 12, top, height: upper }, { left: 34, right: 12, top: lowerTop, height: lower }],
      xAxis: [{ type: "value", min: 0, max: 1, show: false }, xAxis(frame, ticks, last + 0.5, { gridIndex: 1, min: -0.5 })],
      yAxis: [{ type: "value", min: -0.5, max: rows.length - 0.5, inverse: true, show: false }, yAxis(frame, peak.max, peak.step, (v) => `${Math.round(v * 100)}`, { gridIndex: 1 })],
      tooltip: tooltip(frame, (t) => {
        const row = d.byDay[Math.max(0, Math.min(d.byDay.length - 1, Math.round(t)))];
        return { head: `Day ${row[0]}`, lines: [...grades].reverse().map((g): TipLine => [`Grade ${g}`, percent(row[g])]) };
      }),
      series: [
        ...grades.map((g) => ({ type: "bar", xAxisIndex: 1, yAxisIndex: 1, stack: "grades", barWidth: "82%", silent: true, itemStyle: { color: look.grade[g] }, data: d.byDay.map((r) => [r[0], r[g]]) })).reverse(),
        shapes((at) => rows.flatMap((row, i) => {
          let from = 0;
          return row.segments.flatMap(({ share, grade, name }) => {
            const [x1, y] = at(from, i), x2 = at((from += share), i)[0], value = percent(share), full = `${name}: ${value}`;
            const room = x2 - x1 - 6, text = textWidth(frame, [full]) < room ? full : textWidth(frame, [value]) < room ? value : textWidth(frame, [name]) < room ? name : "";
            return [
              { type: "rect", shape: { x: x1, y: y - 11, width: Math.max(0, x2 - x1 - 1), height: 22 }, style: { fill: look.grade[grade] } },
              { type: "text", x: (x1 + x2) / 2, y, style: { text, fill: grade >= 3 ? look.page : look.ink, font: `400 12px ${look.font}`, textAlign: "center", textVerticalAlign: "middle" } },
            ];
          });
        })),
        notes(frame, rows.map((r, i): Note => ({ x: 0, y: i, dx: -8, text: r.name, color: r.color, bold: true, align: "right" })), 0, false),
        notes(frame, [
          { x: -0.5, y: peak.max, dx: -28, dy: -20, text: "% of patients in an episode on the day", color: look.muted },
          { x: last / 2, y: 0, dy: 34, text: `Days since ${clock.start}`, color: look.muted, align: "center" },
        ], 1, false),
      ] as never,
    },
  };
}
