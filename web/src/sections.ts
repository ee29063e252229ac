/** The order of reading: do the arms differ, does it match, what happens in the patients, for whom, what does it rest on. */
import { clock } from "./clock";
import type { FigureSpec } from "./figure";
import { comparisonFigures } from "./figures/comparison";
import { cytokineReleaseFigure } from "./figures/cytokine-release";
import { cytokinesFigure } from "./figures/cytokines";
import { forestFigure } from "./figures/forest";
import { kineticsFigures } from "./figures/kinetics";
import { patientFigure } from "./figures/patient";
import { firstChoice } from "./figures/patient-rows";
import { patientFigures } from "./figures/patients";
import { relapseFigure } from "./figures/relapse";
import { statesFigure } from "./figures/states";
import { survivalFigures } from "./figures/survival";
import type { Arm, Report } from "./types";

export interface Section { id: string; short: string; title: string; lead: string; table: boolean; arm: Arm; figures: FigureSpec[] }

/** Sections of one arm; `prefix` keeps the addresses of several arms apart. A section without data is left out. */
function ofArm(arm: Arm, months: number, prefix: string, name: string): Section[] {
  const choice = arm.patients ? firstChoice(arm.patients) : null;
  const one = (wanted: "waterfall" | "swimmer" | "spider"): FigureSpec[] => patientFigures(arm, months, prefix, choice, wanted);
  const compared = arm.endpoints.some((e) => e.published !== null);
  const all: Section[] = [
    {
      id: `${prefix}match`, short: `${name}${compared ? "Match" : "Endpoints"}`, title: `${name}${compared ? "Does it match the trial?" : "What comes out?"}`, table: true, arm,
      lead: `The simulated value is of all ${arm.infused.toLocaleString("en-GB")} ${clock.treated} virtual patients over the whole follow-up. Its interval says where a trial of ${arm.predictionN} patients would land, with the accrual, cut-off and censoring of the real one.`,
      figures: survivalFigures(arm, prefix, ["efs", "os", "rfs", "rfs_uncensored"]),
    },
    {
      id: `${prefix}course-of-patients`, short: `${name}Course`, title: `${name}What happens in the patients?`, lead: "", table: false, arm,
      figures: [
        ...kineticsFigures(arm, prefix, ["course"]), ...one("waterfall"), ...relapseFigure(arm, prefix), ...one("swimmer"), ...one("spider"),
        ...patientFigure(arm, prefix, choice), ...cytokineReleaseFigure(arm, prefix), ...statesFigure(arm, prefix), ...cytokinesFigure(arm, prefix),
        ...kineticsFigures(arm, prefix, ["persistence", "counts"]), ...survivalFigures(arm, prefix, ["aplasia", "os_relapse"]),
      ],
    },
    {
      id: `${prefix}subgroups`, short: `${name}Subgroups`, title: `${name}For whom is it different?`, lead: "", table: false, arm,
      figures: forestFigure(arm.subgroups, `${prefix}forest`, ["fewer events", "more events"]),
    },
  ];
  return all.filter((s) => (s.table && s.arm.endpoints.length > 0) || s.figures.length > 0);
}

export const sections = (report: Report): Section[] => {
  const several = report.arms.length > 1;
  const between: Section[] = report.comparisons.length === 0 ? [] : [{
    id: "arms", short: "Arms", title: "Do the arms differ?", table: false, arm: report.arms[0], figures: comparisonFigures(report),
    lead: `The ${report.arms.length} arms hold the same virtual patients: what differs is the treatment.`,
  }];
  return [...between, ...report.arms.flatMap((arm, i) => ofArm(arm, report.study.months, several ? `arm${i + 1}-` : "", several ? `${arm.name}: ` : ""))];
};
