/** Colours and type of the charts, read from the style sheet, which alone names them. */
export interface Look {
  font: string;
  page: string; ink: string; muted: string; rule: string; axis: string;
  simulated: string;
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
      cell: { car: colour("cell-cart"), blasts: colour("cell-pos"), b_cells: colour("cell-bcell"), il6: colour("cell-cyto") },
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
