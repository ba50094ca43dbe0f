// node offline.mjs SITE [RELEASE]: writes SITE/sw.js, which keeps the whole site for use without network, and SITE/offline.json, which says how
// much that is. Of the frozen releases below SITE/releases/ it keeps the one that is named.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSW, getManifest } from "workbox-build";

const [site, release] = process.argv.slice(2);

/** What is fetched for one edition and differs from it is refused, and with it the whole edition: never half of one, half of another. */
const withIntegrity = (entries) => ({
  manifest: entries.map((entry) => ({
    ...entry,
    integrity: `sha256-${createHash("sha256").update(readFileSync(join(site, entry.url))).digest("base64")}`,
  })),
});

const kept = {
  globDirectory: site,
  globPatterns: ["**/*.{html,css,js,mjs,json,svg,png,ico,woff2,wasm,whl,zip,whl.gz,zip.gz}"],
  globIgnores: ["api/**", "schema/**", "assets/javascripts/lunr/**", "sw.js"], // for programs; for languages that this site has not
  maximumFileSizeToCacheInBytes: 12_000_000,
  dontCacheBustURLsMatching: /^(live|runtime)\/[0-9a-f]{12}\//,
  manifestTransforms: [(entries) => ({ manifest: entries.filter(({ url }) => !url.startsWith("releases/") || url === release) }), withIntegrity],
};
const { count, size } = await getManifest(kept);
const statement = JSON.stringify({ files: count, bytes: size });
writeFileSync(join(site, "offline.json"), statement); // kept too: the page says offline how much it is
const { warnings } = await generateSW({
  ...kept,
  swDest: join(site, "sw.js"),
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
console.log(statement);
