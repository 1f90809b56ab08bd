// What every reply carries, whoever wrote it: a page, a handler, Next's own 404 and 500, a file, a redirect, a refusal.
const DEVELOPMENT = process.env.NODE_ENV === "development";

/** Sent with every reply as it is. */
const ALWAYS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": [
    ..."accelerometer browsing-topics camera display-capture geolocation gyroscope magnetometer microphone midi payment".split(
      " ",
    ),
    ..."screen-wake-lock serial usb xr-spatial-tracking".split(" "),
  ]
    .map((feature) => `${feature}=()`)
    .join(", "),
  // Two years. Only browsers that came over TLS believe it, and only an https address promises TLS.
  ...((process.env.COUNTERVAIL_URL ?? "").startsWith("https:")
    ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
    : {}),
};

/** What is the same for everybody and named after its content, or public and without a word of anybody's. */
const PUBLIC_FILE = /^\/_next\/static\/|^\/icon\.svg$/;

/** What the API says of a reply that a program may keep: for itself alone, and asking each time (lib/server/route.ts). */
const KEPT_BY_PROGRAMS = "private, no-cache";

/** Of a file that somebody uploaded: nothing in it runs, wherever it is opened. */
const FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** Of a PDF that is opened in a tab of its own: the browser's viewer draws it, and nothing in it could run. */
const SHOWN_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** The content security policy of a page whose scripts and style elements carry this nonce. */
export function contentPolicy(nonce) {
  return [
    "default-src 'none'",
    // React's development build puts stacks together by eval; the built app needs no such thing.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${DEVELOPMENT ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${DEVELOPMENT ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Mantine's components put their variables into style attributes, on the server too.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    // One thing is framed: a PDF that is looked at before it is downloaded, which the page has fetched by itself.
    "frame-src blob:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");
}

/**
 * Puts the headers on when the reply's head is written, over whatever was set before, so that nothing in between can
 * leave one out or send it twice.
 * @param request whose path and token say what may be kept
 */
export function dress(response, { url, headers }, policy) {
  const { writeHead } = response;
  const [path] = url.split("?", 1);
  const byProgram = path.startsWith("/api/v1/") && /^bearer /i.test(headers.authorization ?? "");
  response.writeHead = (status, ...rest) => {
    const reason = typeof rest[0] === "string" ? [rest[0]] : [];
    const given = typeof rest[0] === "string" ? rest[1] : rest[0];
    for (const [name, value] of pairs(given)) response.setHeader(name, value);
    for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
    restrict(response, policy);
    const asItIs = status < 300 || status === 304;
    const kept = PUBLIC_FILE.test(path) || (byProgram && mayKeep(response));
    if (!asItIs || !kept) response.setHeader("Cache-Control", "no-store");
    return writeHead.call(response, status, ...reason);
  };
}

/** A program that keeps a reply has to be able to ask whether it still holds. */
function mayKeep(response) {
  return response.hasHeader("ETag") && response.getHeader("Cache-Control") === KEPT_BY_PROGRAMS;
}

/** Files have policies of their own; whatever else a reply asks for, it gets a page's. */
function restrict(response, policy) {
  const asked = response.getHeader("Content-Security-Policy");
  response.setHeader("Content-Security-Policy", [FILE_POLICY, SHOWN_POLICY].includes(asked) ? asked : policy);
}

/** Node takes headers as an object or as a flat list of names and values. */
function pairs(given) {
  if (!Array.isArray(given)) return Object.entries(given ?? {});
  return given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]]] : []));
}
