/** Courses of single patients, read from the text that the report writer's CourseText writes. */
import type { Courses, Row } from "./types";

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const level = new Map([...characters].map((c, i) => [c, i]));
const highest = 64 * 64 - 1;

/** Levels of a text: two characters each; "~" and a character repeat the one before. */
function levelsOf(text: string): number[] {
  const levels: number[] = [];
  for (let i = 0; i < text.length; i += 2) {
    const second = level.get(text[i + 1])!;
    if (text[i] === "~") { const last = levels.at(-1)!; for (let k = 0; k <= second; k++) levels.push(last); }
    else levels.push(64 * level.get(text[i])! + second);
  }
  return levels;
}

/** [day, value of each series]; empty where the course of this patient is not kept. */
export function courseOf(courses: Courses | null, patient: number): Row[] {
  const text = courses?.texts[courses.patients.indexOf(patient)];
  if (!courses || !text) return [];
  const levels = levelsOf(text), points = levels.length / courses.series.length;
  const value = (s: number, i: number): number => {
    const share = levels[s * points + i] / highest, { lower, upper, logarithmic } = courses.series[s];
    return logarithmic ? lower * (upper / lower) ** share : lower + share * (upper - lower);
  };
  return Array.from({ length: points }, (_, i) => [courses.days[i], ...courses.series.map((_, s) => value(s, i))]);
}
