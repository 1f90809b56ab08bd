import { expect, it } from "vitest";
import { score } from "./observatory";

const POLICY =
  "default-src 'none'; script-src 'nonce-YWJj' 'strict-dynamic'; form-action 'self'; frame-ancestors 'none'";
const BEST = {
  "content-type": "text/html",
  "content-security-policy": POLICY,
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const of = (headers: Record<string, string | undefined>, cookies: readonly string[] = [], text = "") =>
  score({ headers: { ...BEST, ...headers }, cookies, text }).score;
const policy = (text: string) => of({ "content-security-policy": text });

it("adds all that can be earned to 100", () => {
  expect(of({})).toBe(150);
  expect(of({}, ["__Host-a=1; Path=/; Secure; HttpOnly; SameSite=Strict"])).toBe(155);
});

it("gives a bare reply what is left after all that is missing", () => {
  expect(score({ headers: {}, cookies: [], text: "" })).toMatchObject({ score: 100 - 25 - 20 - 20 - 5 });
});

it("adds nothing where more than 10 points were taken away", () => {
  expect(of({ "strict-transport-security": undefined })).toBe(80);
  expect(of({ "strict-transport-security": "max-age=86400" })).toBe(140);
});

it.each([
  ["scripts that are inline", POLICY.replace("'nonce-YWJj' 'strict-dynamic'", "'unsafe-inline'"), 80],
  [
    "inline scripts beside a nonce, which browsers ignore",
    POLICY.replace("'nonce-YWJj'", "'nonce-YWJj' 'unsafe-inline'"),
    150,
  ],
  ["eval", POLICY.replace("'nonce-YWJj'", "'nonce-YWJj' 'unsafe-eval'"), 130],
  ["scripts by data", POLICY.replace("'nonce-YWJj' 'strict-dynamic'", "data:"), 80],
  ["scripts from everywhere", POLICY.replace("'nonce-YWJj' 'strict-dynamic'", "https:"), 80],
  ["everything, by saying nothing", "frame-ancestors 'none'", 80],
  ["styles that are inline", `${POLICY}; style-src 'unsafe-inline'`, 140],
  ["images over plain HTTP", `${POLICY}; img-src http:`, 130],
  ["connections over plain HTTP", `${POLICY}; connect-src http://x.example`, 80],
  ["its own origin by default", POLICY.replace("default-src 'none'", "default-src 'self'"), 145],
  ["a dynamic chain that nothing begins", POLICY.replace("'nonce-YWJj' ", ""), 75],
  ["two of a kind", `${POLICY}; form-action 'none'`, 55],
])("judges a policy that allows %s", (_what, text, points) => {
  expect(policy(text)).toBe(points);
});

it.each([
  ["a session that scripts can read", "session=1; Secure; SameSite=Lax", 70],
  ["a session over plain HTTP", "session=1; HttpOnly; SameSite=Lax", 140],
  ["another over plain HTTP", "colour=1; SameSite=Lax", 145],
  ["a token against forgery for every site", "csrf=1; Secure", 80],
  ["a SameSite that is none", "a=1; Secure; SameSite=Sometimes", 80],
  ["one without SameSite", "a=1; Secure", 150],
])("judges a cookie that is %s", (_what, line, points) => {
  expect(of({}, [line])).toBe(points);
});

it.each([
  [{ "x-content-type-options": undefined }, 145],
  [{ "referrer-policy": "unsafe-url" }, 140],
  [{ "cross-origin-opener-policy": "same-orign" }, 135],
  [{ "access-control-allow-origin": "https://x.example", "access-control-allow-credentials": "true" }, 50],
  [{ "content-security-policy": POLICY.replace("; frame-ancestors 'none'", "") }, 80],
])("judges %o", (headers, points) => {
  expect(of(headers)).toBe(points);
});

it("asks scripts of others for their integrity", () => {
  expect(of({}, [], '<script src="/a.js" async></script>')).toBe(150);
  expect(of({}, [], '<script src="https://x.example/a.js"></script>')).toBe(145);
  expect(of({}, [], '<script src="http://x.example/a.js"></script>')).toBe(50);
});
