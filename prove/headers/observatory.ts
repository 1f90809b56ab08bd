/**
 * The published scoring of the MDN HTTP Observatory (algorithm version 6, github.com/mdn/mdn-http-observatory, `src/analyzer`
 * and `src/grader/charts.js` at commit 94042bb, read in November 2026; described at
 * developer.mozilla.org/en-US/observatory/docs/tests_and_scoring), in our own words: a site begins with 100, each test
 * takes points away or adds some, and what is added counts only where no more than 10 were taken away.
 *
 * Two of its tests look at a site and not at a reply, and are left out, both at 0 points: whether plain HTTP is sent on
 * to HTTPS (`prove/proxy` asks nginx that), and the browsers' list of preloaded HSTS hosts. The Observatory gives no
 * score at all to replies of 4xx other than 401 and 403 and of 5xx; here they are held to the same.
 */
export interface Scored {
  readonly score: number;
  /** The tests that did not come out best, with their points. */
  readonly marks: readonly string[];
}

/** A reply as the Observatory sees it: over TLS, with a certificate that is trusted. */
export interface Seen {
  /** By names in small letters; of a header that came several times the values joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The lines of `Set-Cookie`. */
  readonly cookies: readonly string[];
  readonly text: string;
}

type Test = (seen: Seen) => readonly [points: number, finding: string];

const BROAD = ["ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"];
const LEAST_FOR_BONUS = 90;
const SIX_MONTHS = 15_552_000;

/** Scores a reply. */
export function score(seen: Seen): Scored {
  const results = TESTS.map((test) => test(seen));
  const taken = results.reduce((sum, [points]) => sum + Math.min(points, 0), 100);
  const all = results.reduce((sum, [points]) => sum + points, 100);
  return {
    score: Math.max(0, taken >= LEAST_FOR_BONUS ? all : taken),
    marks: results.filter(([points]) => points < 0).map(([points, finding]) => `${finding} (${points})`),
  };
}

/** What a directive lists, in small letters; what it falls back on where it is absent. */
function sources(policy: ReadonlyMap<string, readonly string[]>, ...names: readonly string[]): readonly string[] {
  return names.map((name) => policy.get(name)).find((list) => list !== undefined) ?? ["*"];
}

/** @returns null for a policy that cannot be parsed: one that names a directive twice */
function parsePolicy(text: string): ReadonlyMap<string, readonly string[]> | null {
  const policy = new Map<string, readonly string[]>();
  for (const entry of text.toLowerCase().split(";")) {
    const [name, ...list] = entry.trim().split(/\s+/);
    if (!name) continue;
    if (policy.has(name)) return null;
    policy.set(name, list.length === 0 && name.endsWith("-src") ? ["'none'"] : list);
  }
  return policy;
}

const isNonceOrHash = (source: string) => /^'(nonce-|sha(256|384|512)-)/.test(source);
const isInsecure = (source: string) => source.startsWith("http:") || source.startsWith("ftp:");
const isUnsafe = (source: string) => BROAD.includes(source) || source === "'unsafe-inline'" || source === "data:";

/** A nonce or hash takes the effect of 'unsafe-inline' away; with 'strict-dynamic' it takes that of addresses too. */
function effective(list: readonly string[]): readonly string[] {
  if (!list.some(isNonceOrHash)) return list;
  const dynamic = list.includes("'strict-dynamic'");
  return list.filter(
    (source) =>
      source !== "'unsafe-inline'" &&
      !(dynamic && (source === "'self'" || BROAD.some((broad) => source.startsWith(broad)))),
  );
}

const contentPolicy: Test = ({ headers }) => {
  const text = headers["content-security-policy"];
  if (text === undefined) return [-25, "no content security policy"];
  const policy = parsePolicy(text);
  if (policy === null) return [-25, "a content security policy that cannot be read"];
  const scripts = effective(sources(policy, "script-src", "default-src"));
  const styles = effective(sources(policy, "style-src", "default-src"));
  const objects = sources(policy, "object-src", "default-src");
  const passive = ["img-src", "media-src"];
  const listed = [...policy].filter(([name]) => !passive.includes(name) && name !== "script-src");
  const active = [...listed.flatMap(([, list]) => list), ...scripts];
  if (scripts.includes("'strict-dynamic'") && !scripts.some(isNonceOrHash)) return [-25, "'strict-dynamic' alone"];
  if (scripts.some(isUnsafe) || objects.some((source) => BROAD.includes(source)))
    return [-20, "scripts or objects at will"];
  if (active.some(isInsecure)) return [-20, "content over plain HTTP"];
  if ([...scripts, ...styles].includes("'unsafe-eval'")) return [-10, "'unsafe-eval'"];
  if (passive.some((name) => sources(policy, name, "default-src").some(isInsecure)))
    return [-10, "images over plain HTTP"];
  if (styles.some(isUnsafe)) return [0, "styles at will"];
  return policy.get("default-src")?.join() === "'none'" ? [10, "default-src 'none'"] : [5, "no default-src 'none'"];
};

const transport: Test = ({ headers }) => {
  const text = headers["strict-transport-security"];
  if (text === undefined) return [-20, "no HSTS"];
  const age = /(?:^|;)\s*max-age=(\d+)/i.exec(text)?.[1];
  if (age === undefined || text.includes(",")) return [-20, "HSTS that cannot be read"];
  return Number(age) < SIX_MONTHS ? [-10, "HSTS for less than six months"] : [0, "HSTS"];
};

/** A cookie of a reply, in small letters. */
interface Cookie {
  readonly name: string;
  readonly flags: ReadonlyMap<string, string | undefined>;
  readonly session: boolean;
}

function readCookie(line: string): Cookie {
  const [pair = "", ...attributes] = line
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const [name = ""] = pair.split("=");
  const flags = new Map(attributes.map((part) => part.split("=", 2) as [string, string | undefined]));
  // The Observatory knows sessions by "login" and "sess"; ours has a name of its own.
  return { name, flags, session: /login|sess|countervail/.test(name) };
}

/** What is wrong with a cookie, over a connection that HSTS keeps on TLS; the first that fits counts. */
const COOKIE_FAULTS: readonly (readonly [points: number, fault: string, has: (cookie: Cookie) => boolean])[] = [
  [-30, "without HttpOnly", ({ session, flags }) => session && !flags.has("httponly")],
  [
    -20,
    "with a SameSite that is none",
    ({ flags }) => !/^(lax|strict|none)$/.test(flags.get("samesite") ?? (flags.has("samesite") ? "" : "lax")),
  ],
  [-20, "without SameSite against forgery", ({ name, flags }) => name.includes("csrf") && !flags.has("samesite")],
  [-20, "for every site and without Secure", ({ flags }) => flags.get("samesite") === "none" && !flags.has("secure")],
  [-10, "without Secure", ({ session, flags }) => session && !flags.has("secure")],
  [-5, "without Secure", ({ flags }) => !flags.has("secure")],
  [0, "without SameSite", ({ flags }) => !flags.has("samesite")],
];

const cookies: Test = (seen) => {
  const found = seen.cookies.map(readCookie).map((cookie): readonly [number, string] => {
    const fault = COOKIE_FAULTS.find(([, , has]) => has(cookie));
    return fault ? [fault[0], `${cookie.name} ${fault[1]}`] : [5, cookie.name];
  });
  return found.sort(([one], [two]) => one - two)[0] ?? [0, "no cookies"];
};

const crossOrigin: Test = ({ headers }) => {
  const open = headers["access-control-allow-origin"] !== undefined;
  return open && headers["access-control-allow-credentials"] === "true" ? [-50, "open to other origins"] : [0, "CORS"];
};

const framing: Test = ({ headers }) => {
  const policy = parsePolicy(headers["content-security-policy"] ?? "");
  if (policy?.has("frame-ancestors")) return [5, "frame-ancestors"];
  const option = headers["x-frame-options"];
  if (option === undefined) return [-20, "frames at will"];
  return /^\s*(deny|sameorigin)\s*$/i.test(option)
    ? [5, "X-Frame-Options"]
    : [-20, "X-Frame-Options that cannot be read"];
};

const sniffing: Test = ({ headers }) =>
  headers["x-content-type-options"]?.trim().toLowerCase() === "nosniff" ? [0, "nosniff"] : [-5, "no nosniff"];

const PRIVATE = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];
const TELLING = ["origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"];
const referrer: Test = ({ headers }) => {
  const text = headers["referrer-policy"];
  if (text === undefined) return [0, "no referrer policy"];
  const known = text
    .toLowerCase()
    .split(",")
    .map((word) => word.trim());
  const last = known.filter((word) => [...PRIVATE, ...TELLING].includes(word)).at(-1);
  return last !== undefined && PRIVATE.includes(last) ? [5, "referrer policy"] : [-5, "a telling referrer policy"];
};

/** A header of one word: the words that earn points, and those that are worth nothing but known. */
function oneWord(name: string, good: readonly string[], known: readonly string[]): Test {
  return ({ headers }) => {
    const word = headers[name];
    if (word === undefined) return [0, `no ${name}`];
    const value = word.split(";")[0]?.trim().toLowerCase() ?? "";
    if (good.includes(value)) return [10, name];
    return known.includes(value) ? [0, `${name}: ${value}`] : [-5, `${name} that cannot be read`];
  };
}

/** Scripts of other origins need integrity; our own need nothing, and it would earn 5 points. */
const integrity: Test = ({ headers, text }) => {
  if (!/^text\/html|^application\/xhtml/.test(headers["content-type"] ?? "text/html")) return [0, "no HTML"];
  const scripts = [...text.matchAll(/<script\b([^>]*)>/gi)].map(([, attributes = ""]) => attributes);
  const foreign = scripts.filter((attributes) => /\ssrc="(https?:)?\/\//i.test(attributes));
  if (foreign.some((attributes) => /\ssrc="(http:)?\/\//i.test(attributes))) return [-50, "scripts over plain HTTP"];
  if (foreign.some((attributes) => !/\sintegrity="/i.test(attributes)))
    return [-5, "foreign scripts without integrity"];
  return scripts.some((attributes) => /\sintegrity="/i.test(attributes)) ? [5, "integrity"] : [0, "own scripts"];
};

const TESTS: readonly Test[] = [
  contentPolicy,
  transport,
  cookies,
  crossOrigin,
  framing,
  sniffing,
  referrer,
  integrity,
  oneWord("cross-origin-resource-policy", ["same-origin", "same-site"], ["cross-origin"]),
  oneWord(
    "cross-origin-opener-policy",
    ["same-origin", "same-origin-allow-popups", "noopener-allow-popups"],
    ["unsafe-none"],
  ),
  oneWord("cross-origin-embedder-policy", ["require-corp", "credentialless"], ["unsafe-none"]),
];
