// node offline.mjs SITE CACHE [RELEASE]: writes SITE/sw.js, which keeps the whole site for use without network, and SITE/offline.json, which says
// how much that is. Of the frozen releases below SITE/releases/ it keeps the one that is named. What of the worker is the same for every site
// takes seconds to make, and stays in CACHE.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { getManifest } from "workbox-build/build/get-manifest.js"; // the package's own index would load its compiler too

const [site, cache, release] = process.argv.slice(2);
const digest = (content, as) => createHash("sha256").update(content).digest(as);

/** What is fetched for one edition and differs from it is refused, and with it the whole edition: never half of one, half of another. */
const withIntegrity = (entries) => ({
  manifest: entries.map((entry) => ({
    ...entry,
    integrity: `sha256-${digest(readFileSync(join(site, entry.url)), "base64")}`,
  })),
});

const kept = {
  globDirectory: site,
  globPatterns: ["**/*.{html,css,js,mjs,json,svg,png,ico,woff2,wasm,whl,zip,whl.gz,zip.gz,json.gz}"],
  globIgnores: ["api/**", "schema/**", "evidence/**", "assets/javascripts/lunr/**", "sw.js"], // for programs; for languages that this site has not
  maximumFileSizeToCacheInBytes: 1_000_000_000, // everything or nothing: with a thousand tools the search index alone has tens of megabytes
  dontCacheBustURLsMatching: /^(live|runtime)\/[0-9a-f]{12}\//,
  manifestTransforms: [(entries) => ({ manifest: entries.filter(({ url }) => !url.startsWith("releases/") || url === release) }), withIntegrity],
};

/** Stands for the list of what is kept. */
const EVERYTHING = "everything";
const LIST = /\[\{url:"everything",revision:null\}\]/g;

/** The worker, with `EVERYTHING` in place of the list. */
async function template() {
  const { version } = createRequire(import.meta.url)("workbox-build/package.json");
  const made = join(cache, `${digest(version + readFileSync(new URL(import.meta.url)), "hex").slice(0, 16)}.js`);
  if (!existsSync(made)) {
    mkdirSync(cache, { recursive: true });
    const { generateSW } = await import("workbox-build");
    const beside = join(cache, `unfinished-${process.pid}.js`);
    const { warnings } = await generateSW({
      swDest: beside,
      globDirectory: cache, // without one Workbox keeps nothing, whatever is listed
      globPatterns: [],
      additionalManifestEntries: [{ url: EVERYTHING, revision: null }],
      inlineWorkboxRuntime: true,
      sourcemap: false,
      mode: "production",
      ignoreURLParametersMatching: [/.*/],
      clientsClaim: true, // the first visit works offline at once
      skipWaiting: false, // a new edition waits until the reader says so, or has closed the old one
      runtimeCaching: [
        {
          urlPattern: ({ request }) => request.mode === "navigate",
          handler: "NetworkOnly",
          options: { precacheFallback: { fallbackURL: "404.html" } },
        },
      ],
    });
    if (warnings.length > 0) throw new Error(warnings.join("; "));
    renameSync(beside, made);
  }
  return readFileSync(made, "utf-8");
}

const worker = await template();
if (worker.match(LIST)?.length !== 1) throw new Error("the list of files has no place in the worker that Workbox made");

const { count, size } = await getManifest(kept);
const statement = JSON.stringify({ files: count, bytes: size });
writeFileSync(join(site, "offline.json"), statement); // kept too: the page says offline how much it is
const { manifestEntries, warnings } = await getManifest(kept);
if (warnings.length > 0) throw new Error(warnings.join("; "));
writeFileSync(join(site, "sw.js"), worker.replace(LIST, () => JSON.stringify(manifestEntries)));
console.log(statement);
