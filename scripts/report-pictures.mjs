#!/usr/bin/env node
/**
 * Pictures of a report for docs/images: three widths, dark, paper, and one patient; of a study with several arms, the arms.
 *   node scripts/report-pictures.mjs runs/eliana/report.html [docs/images]
 * The browser is the system's Chromium (or MARROW_CHROMIUM); its driver comes with the tests, so build them first:
 *   dotnet build tests/Marrow.Tests -c Release
 */
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const MOST_BYTES = 300_000;
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const fail = (text) => { console.error(text); process.exit(1); };
const [file, folder = join(root, "docs/images")] = process.argv.slice(2);
if (!file || !existsSync(file)) fail("Usage: node scripts/report-pictures.mjs REPORT.html [FOLDER]");

const driver = join(root, "tests/Marrow.Tests/bin/Release/net10.0/.playwright/package");
if (!existsSync(driver)) fail(`The browser's driver is missing from ${driver}: dotnet build tests/Marrow.Tests -c Release`);
const places = (process.env.PATH ?? "").split(delimiter).flatMap((p) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(p, name)));
const executablePath = process.env.MARROW_CHROMIUM || places.find((p) => existsSync(p));
if (!executablePath) fail("No Chromium was found: install it (apt-get install chromium), or set MARROW_CHROMIUM.");

/** Each picture: window, theme, what stands at its top (nothing: the page's own), and its height. */
const pictures = [
  { name: "report-1440", width: 1440, height: 1250, from: "#waterfall" },
  { name: "report-768", width: 768, height: 1300, from: "#waterfall" },
  { name: "report-360", width: 360, height: 1500, from: "#waterfall" },
  { name: "report-dark", width: 1200, height: 1150, theme: "dark", from: "#waterfall" },
  { name: "report-patient", width: 1200, height: 1100, from: "#patient" },
  { name: "report-arms", width: 1440, height: 1080, from: "#arms" },
  { name: "report-print", width: 720, height: 1018, print: true, from: "#course-of-patients" },
];

const { chromium } = createRequire(import.meta.url)(driver);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const { name, width, height, theme = "light", print, from } of pictures) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  page.setDefaultTimeout(300_000);
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.waitForSelector("html[data-drawn]", { state: "attached" });
  if (!(await page.$(from))) { await page.close(); continue; }
  if (print) {
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.addStyleTag({ content: "body { margin: 20px !important; }" });
  }
  // The bar at the top would lie over what is shown.
  await page.addStyleTag({ content: ".bar { display: none !important; }" });
  await page.evaluate((at) => scrollTo(0, document.querySelector(at).getBoundingClientRect().top + scrollY - 20), from);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  await page.close();
  const { size } = statSync(path);
  console.log(`${path} ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) fail(`${name} is larger than ${MOST_BYTES / 1000} kB: lower its height`);
}
await browser.close();
