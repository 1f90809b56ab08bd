import fc from "fast-check";
import { headersOf } from "./ask";
import { type Header, strangeHeaders, withHeaders } from "./headers";
import { anyString, pathPart, query, rawBody } from "./junk";
import type { Stage } from "./stage";
import type { Packet } from "./wire";

/** A request to next-auth: whichever of its actions and methods, and whatever it was seen to break on. */
interface SignInPlan {
  readonly method: string;
  readonly action: string;
  readonly query: string | undefined;
  /** Fields of the form in place of the right ones; null takes one away. */
  readonly fields: readonly (readonly [name: string, value: string | null])[];
  readonly raw: { readonly type: string | null; readonly bytes: Buffer } | undefined;
  readonly headers: readonly Header[];
}

const ACTIONS = `csrf callback/credentials callback/credentials callback/credentials callback/credentials session providers signin
  signin/credentials signin/github signout error verify-request _log callback callback/github callback/credentials/x %E0%A4%A %00
  signin/11111111-1111-4111-8111-111111111111
  callback/11111111-1111-4111-8111-111111111111 callback/11111111-1111-4111-8111-11111111111%00 csrf/ csrf%2F callback%2Fcredentials ..%2fcsrf CSRF __proto__ constructor`;

const anyForm = anyString.map((value) => encodeURIComponent(value.toWellFormed()));
const fieldValue = fc.oneof(
  fc.constantFrom(
    null,
    "",
    "%",
    "%00",
    "%E0%A4%A",
    "http://%",
    "http%3A%2F%2F%25",
    "%2F%2Fevil.example",
    "x".repeat(9_000),
  ),
  anyForm,
);

/** One request to next-auth. */
export const signInPlan: fc.Arbitrary<SignInPlan> = fc.record({
  method: fc.constantFrom("POST", "POST", "POST", "GET", "GET", "HEAD", "PUT", "DELETE", "OPTIONS"),
  action: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...ACTIONS.split(/\s+/)) },
    { weight: 1, arbitrary: pathPart },
  ),
  query: fc.option(
    fc.oneof(
      fc.constantFrom(
        "callbackUrl=%00",
        "callbackUrl=http://%",
        "error=%00",
        "json=true",
        "csrf=true",
        "state=x&code=y",
        "state=x&error=z",
      ),
      query,
    ),
    { nil: undefined, freq: 3 },
  ),
  fields: fc.array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom("csrfToken", "email", "password", "callbackUrl", "json", "redirect", "purpose", "next"),
        anyForm,
      ),
      fieldValue,
    ),
    { maxLength: 3 },
  ),
  raw: fc.option(rawBody, { nil: undefined, freq: 4 }),
  headers: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: strangeHeaders }),
});

/** Makes the request over a form that would be right. A part of them gets as far as the password. */
export async function makeSignIn(stage: Stage, plan: SignInPlan): Promise<Packet> {
  const anonymous = stage.client("anonymous");
  const csrf = await anonymous.send("GET", "/api/auth/csrf");
  const { csrfToken } = csrf.json as { csrfToken: string };
  const cookie = (csrf.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
  const right = { csrfToken, email: encodeURIComponent(stage.people.spare.email), password: "not-it", json: "true" };
  const changed = new Set(plan.fields.map(([name]) => name));
  const pairs = [...Object.entries(right).filter(([name]) => !changed.has(name)), ...plan.fields];
  const form = pairs.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join("&");
  const body =
    plan.method === "GET" || plan.method === "HEAD" ? Buffer.alloc(0) : (plan.raw?.bytes ?? Buffer.from(form));
  const type = plan.raw ? plan.raw.type : "application/x-www-form-urlencoded";
  const own: Header[] = [
    ...headersOf(stage, "anonymous"),
    ["Cookie", cookie],
    ["Content-Type", type],
    ["Content-Length", String(body.length)],
  ];
  return {
    method: plan.method,
    target: `/api/auth/${plan.action}${plan.query === undefined ? "" : `?${plan.query}`}`,
    headers: withHeaders(own, plan.headers),
    body,
  };
}
