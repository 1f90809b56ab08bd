/** Licences that anything may have. */
const ALLOWED = new Set([
  "MIT",
  "MIT-0",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "CC0-1.0",
  "Unlicense",
  "BlueOak-1.0.0",
  "Python-2.0",
  "OFL-1.1",
]);

/** Packages with another licence, or none in their manifest, each with the reason why it may stay. */
const EXCEPTIONS: Readonly<Record<string, { licence: string | undefined; reason: string }>> = {
  "@axe-core/playwright": { licence: "MPL-2.0", reason: "development only: checks accessibility in tests" },
  "axe-core": { licence: "MPL-2.0", reason: "development only: checks accessibility in tests" },
  lightningcss: { licence: "MPL-2.0", reason: "development only: comes with the test runner" },
  "lightningcss-*": { licence: "MPL-2.0", reason: "development only: comes with the test runner" },
  "caniuse-lite": { licence: "CC-BY-4.0", reason: "data on browsers, read while building" },
  "@img/sharp-libvips-*": {
    licence: "LGPL-3.0-or-later",
    reason: "optional library that Next brings for resizing images, which is off; linked at run time, unchanged",
  },
  "@img/sharp-wasm32": {
    licence: "Apache-2.0 AND LGPL-3.0-or-later AND MIT",
    reason: "as @img/sharp-libvips, for platforms without a native build",
  },
  "@img/sharp-win32-*": {
    licence: "Apache-2.0 AND LGPL-3.0-or-later",
    reason: "as @img/sharp-libvips, for Windows",
  },
  elkjs: { licence: "EPL-2.0", reason: "comes with Prisma's command line, for its studio, which is never started" },
  busboy: {
    licence: undefined,
    reason: "development only, MIT by its LICENSE file: comes with the S3 server of tests",
  },
  dicer: { licence: undefined, reason: "development only, MIT by its LICENSE file: comes with the S3 server of tests" },
  "humanize-number": { licence: undefined, reason: "development only, MIT by its README: as busboy" },
  only: { licence: undefined, reason: "development only, MIT by its README: as busboy" },
  streamsearch: { licence: undefined, reason: "development only, MIT by its LICENSE file: as busboy" },
  "png-js": { licence: undefined, reason: "MIT by its LICENSE file; its manifest does not say so" },
  "seq-queue": { licence: undefined, reason: "MIT by its LICENSE file; its manifest does not say so" },
};

/** Whether a package may be used under the licence its manifest names. */
export function isLicenceAllowed(name: string, licence: string | undefined): boolean {
  if (licence !== undefined && holds(licence)) return true;
  const exception = Object.entries(EXCEPTIONS).find(([pattern]) => matches(pattern, name))?.[1];
  return exception !== undefined && exception.licence === licence;
}

/** Exceptions that no installed package needs any more; those for other platforms end in a star or are not ours. */
export function unusedExceptions(names: ReadonlySet<string>): string[] {
  const all = [...names];
  return Object.keys(EXCEPTIONS).filter((pattern) => !all.some((name) => matches(pattern, name)));
}

/** Reads "A AND B" (all of them) and "A OR B" (one of them); mixtures do not occur. */
function holds(licence: string): boolean {
  const words = licence.replace(/[()]/g, "");
  if (/ or /i.test(words)) return words.split(/ or /i).some((part) => ALLOWED.has(part.trim()));
  return words.split(/ and /i).every((part) => ALLOWED.has(part.trim()));
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
