import type { Clock } from "./types";

/** The words of the report at hand, set once before anything is drawn. */
export const clock: Clock = { start: "infusion", treated: "infused" };

export const setClock = (words: Clock): void => void Object.assign(clock, words);
