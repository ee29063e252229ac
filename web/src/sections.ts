/** The order of reading: does it match, what happens in the patients, what does it rest on. */
import type { FigureSpec } from "./figure";
import { cytokineReleaseFigure } from "./figures/cytokine-release";
import { kineticsFigures } from "./figures/kinetics";
import { relapseFigure } from "./figures/relapse";
import { survivalFigures } from "./figures/survival";
import type { Arm, Report } from "./types";

export interface Section { id: string; short: string; title: string; lead: string; table: boolean; arm: Arm; figures: FigureSpec[] }

/** Sections of one arm; `prefix` keeps the addresses of several arms apart. A section without data is left out. */
function ofArm(arm: Arm, prefix: string, name: string): Section[] {
  const compared = arm.endpoints.some((e) => e.published !== null);
  const all: Section[] = [
    {
      id: `${prefix}match`, short: `${name}${compared ? "Match" : "Endpoints"}`, title: `${name}${compared ? "Does it match the trial?" : "What comes out?"}`, table: true, arm,
      lead: `The simulated value is of all ${arm.infused.toLocaleString("en-GB")} infused virtual patients over the whole follow-up. Its interval says where a trial of ${arm.predictionN} patients would land, with the accrual, cut-off and censoring of the real one.`,
      figures: survivalFigures(arm, prefix, ["efs", "os", "rfs", "rfs_uncensored"]),
    },
    {
      id: `${prefix}course-of-patients`, short: `${name}Course`, title: `${name}What happens in the patients?`, lead: "", table: false, arm,
      figures: [
        ...kineticsFigures(arm, prefix, ["course", "persistence"]), ...relapseFigure(arm, prefix), ...cytokineReleaseFigure(arm, prefix),
        ...kineticsFigures(arm, prefix, ["counts"]), ...survivalFigures(arm, prefix, ["aplasia", "os_relapse"]),
      ],
    },
  ];
  return all.filter((s) => (s.table && s.arm.endpoints.length > 0) || s.figures.length > 0);
}

export const sections = (report: Report): Section[] => {
  const several = report.arms.length > 1;
  return report.arms.flatMap((arm, i) => ofArm(arm, several ? `arm${i + 1}-` : "", several ? `${arm.name}: ` : ""));
};
