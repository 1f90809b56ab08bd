import fc from "fast-check";
import { type Header, strangeHeaders } from "./headers";
import type { Edit } from "./json-edits";
import { edits, pathPart, query, rawBody } from "./junk";
import { PARTIES, type Party } from "./stage";

/** What is wrong with a request. Whatever is absent stays as the handler's example has it. */
export interface Plan {
  /** Somebody else than the example's person. */
  readonly by?: Party;
  readonly edits?: readonly Edit[];
  readonly raw?: { readonly type: string | null; readonly bytes: Buffer; readonly claimed: number | null };
  /** One of the address's parameters, as a fraction of all, and what stands in its place; anything is put at its end when there is none. */
  readonly path?: { readonly at: number; readonly part: string };
  readonly query?: string;
  readonly headers?: readonly Header[];
  readonly method?: string;
}

const METHODS = ["HEAD", "OPTIONS", "TRACE", "PUT", "GET", "POST", "DELETE", "PATCH", "PROPFIND", "FOO", "get"];

const by = fc.constantFrom(...PARTIES);
const path = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), part: pathPart });
const method = fc.constantFrom(...METHODS);
const any = { by, edits, raw: rawBody, path, query, headers: strangeHeaders, method };

/** One or two things wrong with a request that carries a body. Most of them get past the guard and into the service. */
export const changePlan: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ edits }) },
  { weight: 3, arbitrary: fc.record({ raw: rawBody }) },
  { weight: 2, arbitrary: fc.record({ path }) },
  { weight: 2, arbitrary: fc.record({ headers: strangeHeaders }) },
  { weight: 1, arbitrary: fc.record({ by }) },
  { weight: 1, arbitrary: fc.record({ query }) },
  { weight: 1, arbitrary: fc.record({ method }) },
  { weight: 2, arbitrary: fc.record(any, { requiredKeys: [] }) },
);

/** The same for a request that only reads. */
export const readPlan: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ path }) },
  { weight: 4, arbitrary: fc.record({ query }) },
  { weight: 4, arbitrary: fc.record({ headers: strangeHeaders }) },
  { weight: 1, arbitrary: fc.record({ by }) },
  { weight: 1, arbitrary: fc.record({ raw: rawBody }) },
  { weight: 1, arbitrary: fc.record({ method }) },
  { weight: 2, arbitrary: fc.record(any, { requiredKeys: [] }) },
);
