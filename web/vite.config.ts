import { execFileSync } from "node:child_process";
import { defineConfig, type Plugin } from "vite";

/** The report writer puts a run's results in the place of this mark. */
const mark = "@@REPORT_JSON@@";

/** The page may use what it holds and ask for nothing else. */
const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/** In the modes `development` and `example`, invented results take the place of the mark. */
function exampleResults(): Plugin {
  return {
    name: "example-results",
    transformIndexHtml: (html) =>
      html.replace(mark, () => execFileSync(process.execPath, ["example/make-example.mjs"], { encoding: "utf8", maxBuffer: 2 ** 26 }).replace(/</g, "\\u003c")),
  };
}

/** Puts script and style sheet into the page, so that one file opens from disk. */
function singleFile(file: string): Plugin {
  return {
    name: "single-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle[file];
      if (page?.type !== "asset") this.error(`${file} is missing from the bundle`);
      let html = String(page.source);
      for (const [name, part] of Object.entries(bundle)) {
        if (part === page) continue;
        const tag = part.type === "chunk" ? new RegExp(`<script[^>]*"[^"]*${name}"[^>]*></script>`) : new RegExp(`<link[^>]*"[^"]*${name}"[^>]*>`);
        if (!tag.test(html)) this.error(`${file} does not ask for ${name}`);
        const inline = part.type === "chunk"
          ? `<script type="module">${part.code.replace(/<\/script/gi, "<\\/script")}</script>`
          : `<style>${String(part.source)}</style>`;
        html = html.replace(tag, () => inline);
        delete bundle[name];
      }
      page.source = html.replace("<head>", () => `<head>\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
    },
  };
}

/** Pages beside the report, each bundled by itself in the mode of its name. */
const others = ["plot", "diagram"];

export default defineConfig(({ mode }) => {
  const page = others.includes(mode) ? `${mode}.html` : "report.html", isKept = mode === "production" || others.includes(mode);
  return {
    base: "./",
    plugins: [...(isKept ? [] : [exampleResults()]), singleFile(page)],
    build: {
      outDir: isKept ? "dist" : "dist/example",
      emptyOutDir: !others.includes(mode),
      rolldownOptions: { input: page },
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      cssCodeSplit: false,
      modulePreload: false,
      // The layout of diagrams is 1.6 MB of code.
      chunkSizeWarningLimit: mode === "diagram" ? 1800 : 700,
    },
  };
});
