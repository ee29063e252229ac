/** What leaves the page: CSV with full values, SVG and PNG with finding, description, note and source. */
import { escape } from "./format";
import { readLook } from "./look";
import type { Table } from "./table";

/** One panel of a figure as a picture. */
export interface Plate { heading?: string; unit?: string; width: number; height: number; svg: string }
interface Words { finding: string; what: string; note: string }

const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
export const csvOf = (table: Table): string =>
  [table.head, ...table.rows].map((r) => r.map((c) => quote(c === null ? "" : String(c))).join(",")).join("\n") + "\n";

/** Lines of about the given width; letters are taken as 0.54 of the size, which suits the fonts of the page. */
function wrap(text: string, width: number, size: number): string[] {
  const most = width / (size * 0.54), lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + word.length >= most) { lines.push(line); line = ""; }
    line += (line ? " " : "") + word;
  }
  return [...lines, line];
}

export function svgOf(words: Words, plates: Plate[], source: string): string {
  const look = readLook(), pad = 20, gap = 20, headed = plates.some((p) => p.heading);
  const perRow = plates.length > 1 && plates[0].width < 480 ? Math.min(4, plates.length) : 1;
  const cellWidth = plates[0].width, cellHeight = Math.max(...plates.map((p) => p.height)) + (headed ? 40 : 0);
  const inner = Math.max(480, perRow * cellWidth + (perRow - 1) * gap);
  let y = pad, body = "";
  const put = (text: string, size: number, weight: number, color: string): void => {
    for (const line of wrap(text, inner, size)) {
      y += size * 1.35;
      body += `<text x="${pad}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${color}">${escape(line)}</text>`;
    }
  };
  put(words.finding, 17, 600, look.ink);
  put(words.what, 13, 400, look.muted);
  y += 14;
  plates.forEach((p, i) => {
    const x = pad + (i % perRow) * (cellWidth + gap), top = y + Math.floor(i / perRow) * (cellHeight + gap);
    if (p.heading) {
      body += `<text x="${x}" y="${top + 14}" font-size="13" font-weight="600" fill="${look.ink}">${escape(p.heading)}</text>`
        + `<text x="${x}" y="${top + 30}" font-size="12" fill="${look.muted}">${escape(p.unit ?? "")}</text>`;
    }
    body += p.svg.replace("<svg ", `<svg x="${x}" y="${top + (headed ? 36 : 0)}" `);
  });
  y += Math.ceil(plates.length / perRow) * (cellHeight + gap);
  put(`${words.note} ${source}`, 11, 400, look.muted);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${inner + 2 * pad}" height="${Math.ceil(y + pad)}" font-family="${escape(look.font)}"><rect width="100%" height="100%" fill="${look.page}"/>${body}</svg>`;
}

/** Twice the size on the screen: enough for a slide and for paper. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("The picture could not be made."))), "image/png"));
}

export function save(name: string, type: string, content: BlobPart): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
