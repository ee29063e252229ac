/** A model as `marrow diagram` describes it; src/Marrow.Reports/Diagrams has the same shape. */
export type Effect = "catalysis" | "stimulation" | "inhibition" | "modulation";
export interface Share { id: string; count: number }
export interface Influence { id: string; effect: Effect }
export interface Group { id: string; kind: "folder" | "module" | "submodule" | "compartment"; parent: string }
export interface Entity {
  id: string; title: string; kind: "species" | "rule" | "rate"; group: string; unit: string; start: string; equation: string;
  influences: Influence[]; parameters: string[]; where: string;
}
export interface Process {
  id: string; title: string; group: string; change: string; rate: string; unit: string;
  inputs: Share[]; outputs: Share[]; influences: Influence[]; parameters: string[]; where: string;
}
export interface Parameter { value: string; unit: string; kind: string; source: string; note: string }
export interface Model {
  name: string; title: string; version: string; timeUnit: string;
  groups: Group[]; entities: Entity[]; processes: Process[]; parameters: Record<string, Parameter>;
}
