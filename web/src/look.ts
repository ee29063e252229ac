/** Colours and type of the charts, read from the style sheet, which alone names them. */
export interface Look {
  font: string;
  page: string; ink: string; muted: string; rule: string; axis: string;
  simulated: string;
  /** By arm; blue is the first, and what is simulated where there is one. */
  arm: string[];
  /** By group of response, worst first: not evaluable, none, partial, remission, remission without residual disease. */
  response: string[];
  /** By state of a patient. */
  state: Record<string, string>;
  disease: string;
  /** By readout. */
  cell: Record<string, string>;
  /** By cause of the end of a remission. */
  cause: Record<string, string>;
  /** By grade of cytokine release, 0 to 5. */
  grade: string[];
}

export function readLook(): Look {
  // A probe turns light-dark() into the colour now in force.
  const probe = document.body.appendChild(document.createElement("i"));
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  try {
    return {
      // Single quotes: the name ends up inside attributes of exported pictures.
      font: getComputedStyle(document.body).fontFamily.replace(/"/g, "'"),
      page: colour("page"), ink: colour("ink"), muted: colour("muted"), rule: colour("rule"), axis: colour("axis"),
      simulated: colour("arm-a"),
      arm: ["arm-a", "arm-b", "arm-c", "arm-d"].map(colour),
      response: ["axis", "resp-none", "resp-partial", "resp-mrd-pos", "resp-mrd-neg"].map(colour),
      state: { aplasia: colour("resp-mrd-neg"), b_cells: colour("cell-bcell"), transplant: colour("resp-mrd-pos"), leukaemia: colour("cell-pos"), dead: colour("resp-none") },
      disease: colour("state-disease"),
      cell: { car: colour("cell-cart"), blasts: colour("cell-pos"), b_cells: colour("cell-bcell"), il6: colour("cell-cyto"), il6_effective: colour("cell-cyto"), ifng: colour("cell-cyto"), il10: colour("cell-cyto"),
        cd19_negative: colour("cell-neg"), blood_blasts: colour("cell-pos"), lymphocytosis: colour("cell-pos"), nodes: colour("cell-pos"), spleen: colour("cell-pos"), cns: colour("cell-pos") },
      cause: {
        relapse_cd19_positive: colour("cell-pos"), relapse_cd19_negative: colour("cell-neg"),
        death: colour("resp-none"), transplant: colour("resp-mrd-pos"),
      },
      grade: [0, 1, 2, 3, 4, 5].map((g) => colour(`grade-${Math.min(g, 4)}`)),
    };
  } finally {
    probe.remove();
  }
}
