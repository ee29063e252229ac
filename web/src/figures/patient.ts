import { clock } from "../clock";
import { monthTicks } from "../charts/frame";
import type { Window } from "../charts/kinetics";
import { patientPanel, type Moment } from "../charts/patient";
import { courseOf } from "../courses";
import type { FigureSpec } from "../figure";
import { escape, unit } from "../format";
import type { Arm, Patients, Row } from "../types";
import { patientsOf, type Choice, type Patient } from "./patient-rows";

const DAYS_PER_MONTH = 30.4375;
/** Sites of the leukaemia first, then what fights it, then the blood counts. */
const order = ["blasts", "blood_blasts", "lymphocytosis", "nodes", "spleen", "cns", "cd19_negative", "car", "b_cells", "il6", "il6_effective", "ifng", "il10", "anc", "platelets", "igg"];
const rank = (id: string): number => (order.indexOf(id) + order.length + 1) % (order.length + 1);
const early: Window = { end: 91, ticks: [0, 14, 28, 60, 90], perUnit: 1, unit: "Days" };

/** What happened to a patient, in order of time. */
export function story(r: Patient, p: Patients): string {
  const day = (d: number) => `day ${Math.round(d)}`, told: [number, string][] = [];
  const add = (d: number | null, text: string): void => { if (d !== null) told.push([d, `${text} on ${day(d)}`]); };
  if (r.grade) add(r.signsFrom, `cytokine release of grade ${r.grade} (${p.scale})`);
  add(r.tocilizumab, "tocilizumab");
  add(r.remission, "remission");
  add(r.aplasiaTo, "B cells back");
  add(r.newTherapy, "other treatment before the response was judged");
  add(r.relapse, `${r.negative ? "CD19-negative" : "CD19-positive"} relapse`);
  add(r.transplant, "transplant in remission");
  add(r.salvage, "later treatment");
  add(r.death, `death (${p.deathCauses[r.deathCause ?? -1] ?? "cause not known"})`);
  told.sort((a, b) => a[0] - b[0]);
  const end = r.death === null ? [`alive at the end, ${(r.last / DAYS_PER_MONTH).toFixed(0)} months after ${clock.start}`] : [];
  const who = [
    r.age === null ? "" : `${Math.floor(r.age)} years`, r.female ? "female" : "male", r.priorLines === null ? "" : `${r.priorLines} ${r.priorLines === 1 ? "line" : "lines"} of therapy before`,
    r.priorTransplant ? "transplanted before" : "", r.blasts === null ? "" : `${Math.round(r.blasts)}% marrow blasts at enrolment`,
  ].filter(Boolean).join(", ");
  return `${who}. ${p.groups[r.group]}: ${[...told.map((t) => t[1]), ...end].join("; ")}.`;
}

function controls(id: string, p: Patients, choice: Choice): string {
  const all = patientsOf(p), first = all[0].patient, last = all.at(-1)!.patient;
  return `<div class="controls"><label for="${id}-number">Patient</label><input id="${id}-number" type="number" min="${first}" max="${last}" step="1" value="${choice.patient}">
<button data-step="-1">Previous</button><button data-step="1">Next</button>
<label for="${id}-window">Show</label><select id="${id}-window"><option value="early">first three months</option><option value="all">whole course</option></select></div>
<p class="story" id="${id}-story" aria-live="polite">${escape(story(all.find((r) => r.patient === choice.patient)!, p))}</p>`;
}

/** One patient, chosen in the figures above or by number, in every readout that the run kept. */
export function patientFigure(arm: Arm, prefix: string, choice: Choice | null): FigureSpec[] {
  const p = arm.patients;
  if (!p || !choice) return [];
  const courses = p.courses;
  const id = `${prefix}patient`, all = patientsOf(p), known = new Map(all.map((r) => [r.patient, r]));
  let window = early, course: { patient: number; rows: Row[] } | null = null;
  const rows = (): Row[] => {
    if (course?.patient !== choice.patient) course = { patient: choice.patient, rows: courseOf(courses, choice.patient) };
    return course.rows;
  };
  const months = 6 * Math.ceil((courses?.days.at(-1) ?? 0) / DAYS_PER_MONTH / 6 - 1e-6);
  const moments = (): Moment[] => {
    const r = known.get(choice.patient)!;
    return ([["remission", r.remission], ["relapse", r.relapse], ["transplant", r.transplant]] as const).flatMap(([kind, day]) => (day === null ? [] : [{ kind, day }]));
  };
  return [{
    id, columns: "c12",
    get finding() { return `Patient ${choice.patient}, site by site`; },
    what: "The readouts of one patient: line. Grey: 90% of all patients. Dashed: remission (teal), relapse (red), transplant (ink); horizontal, the limit of the assay.",
    note: `${p.courseNote} Values are kept to one part in 4,095 of each axis. The line ends where observation in the trial ends.`,
    get spoken() { const r = known.get(choice.patient)!; return `Patient ${choice.patient}: ${story(r, p)}`; },
    controls: controls(id, p, choice),
    panels: (courses?.series ?? []).map((d, s) => ({ d, s })).sort((a, b) => rank(a.d.id) - rank(b.d.id)).map(({ d, s }) => ({
      heading: d.label, unit: unit(d.unit),
      draw: (f) => patientPanel(d, arm.kinetics?.series.find((k) => k.id === d.id), rows(), s + 1, moments(), window, f),
    })),
    table: () => ({ head: ["patient", "day", ...(courses?.series.map((d) => d.id) ?? [])], rows: rows().map((r) => [choice.patient, ...r]) }),
    changes: choice,
    mount(figure, refresh) {
      const number = figure.querySelector<HTMLInputElement>("input")!, told = figure.querySelector<HTMLElement>(".story")!;
      choice.onChange(() => {
        number.value = String(choice.patient);
        told.textContent = story(known.get(choice.patient)!, p) + (rows().length || !courses ? "" : " This report does not hold the patient's course.");
      });
      // The nearest infused patient: numbers of those who were never infused are gaps.
      const nearest = (n: number): number => all.reduce((a, b) => (Math.abs(b.patient - n) < Math.abs(a.patient - n) ? b : a)).patient;
      number.addEventListener("change", () => choice.choose(nearest(Number(number.value))));
      figure.querySelectorAll<HTMLElement>("[data-step]").forEach((b) => b.addEventListener("click", () => {
        const at = all.findIndex((r) => r.patient === choice.patient) + Number(b.dataset.step);
        if (all[at]) choice.choose(all[at].patient);
      }));
      figure.querySelector("select")!.addEventListener("change", (event) => {
        window = (event.target as HTMLSelectElement).value === "early" ? early : { end: months, ticks: monthTicks(months, true), perUnit: DAYS_PER_MONTH, unit: "Months" };
        refresh();
      });
    },
  }];
}
