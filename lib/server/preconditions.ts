import { z } from "zod";
import { Failure } from "@/lib/contracts/failure";
import { readIfMatch } from "@/lib/server/entity-tag";
import type { OneThing } from "@/lib/server/versioned";

/** The schemas of a handler that may ask for a version. */
interface Asking {
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
}

/** Where a handler is told over which version a change is written. */
export interface VersionPlace {
  readonly in: "query" | "body";
  readonly name: string;
}

const KNOWN = new WeakMap<Asking, VersionPlace | null>();
const NAMES = ["version", "baseVersion"] as const;

/** Where a handler that changes something takes the version, read off its own schemas; null where it takes none. */
export function versionPlaceOf(spec: Asking): VersionPlace | null {
  const known = KNOWN.get(spec);
  if (known !== undefined) return known;
  const place = placeIn("body", spec.body) ?? placeIn("query", spec.query);
  KNOWN.set(spec, place);
  return place;
}

type JsonObject = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
};

function placeIn(where: VersionPlace["in"], schema: z.ZodType | undefined): VersionPlace | null {
  if (!schema) return null;
  const { anyOf, ...alone } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonObject & {
    readonly anyOf?: readonly JsonObject[];
  };
  const choices = anyOf ?? [alone];
  // In an address everything is text.
  const type = where === "body" ? "integer" : "string";
  const name = NAMES.find((one) => choices.every(({ properties }) => properties?.[one]?.type === type));
  return name === undefined ? null : { in: where, name };
}

/** A precondition that a request came with: the change is written over this version, or not at all. */
export interface Precondition {
  readonly place: VersionPlace;
  readonly version: number;
}

/**
 * The precondition of a change, from `If-Match`; null where there is none.
 * @param thingOf what is changed; asked where a version is taken, since what is only added has no id yet
 * @throws Failure malformed where the address takes no version, precondition_failed for a tag that nothing can match or
 *   that is another thing's
 */
export function preconditionOf(request: Request, spec: Asking, thingOf: () => OneThing | null): Precondition | null {
  const wanted = readIfMatch(request.headers.get("if-match"));
  if (wanted === null) return null;
  const place = versionPlaceOf(spec);
  // What was asked for is not done without what it was asked under.
  if (place === null) throw new Failure("malformed", "Nothing at this address has a version, so it takes no If-Match.");
  if ("never" in wanted) throw new Failure("precondition_failed", wanted.never);
  const thing = wanted.mark === null ? null : thingOf();
  if (wanted.mark !== null && wanted.mark !== thing?.mark) {
    const changed = thing?.words ?? "what is changed here";
    throw new Failure(
      "precondition_failed",
      `This entity tag is of something else than ${changed}. Send the one that came with it, or its version in quotation marks.`,
    );
  }
  return { place, version: wanted.version };
}

/** The body with the version of `If-Match`, which may stand in either or in both. @throws Failure malformed where they differ */
export function bodyOver(precondition: Precondition | null, body: unknown): unknown {
  if (precondition?.place.in !== "body" || !isObject(body)) return body;
  const { name } = precondition.place;
  requireSame(precondition.version, name in body ? body[name] : undefined);
  return { ...body, [name]: body[name] ?? precondition.version };
}

/** The same for a version in the query. @throws Failure malformed */
export function addressOver(precondition: Precondition | null, address: URL): URL {
  if (precondition?.place.in !== "query") return address;
  const { name } = precondition.place;
  const given = address.searchParams.get(name);
  requireSame(precondition.version, given !== null && /^\d{1,10}$/.test(given) ? Number(given) : undefined);
  const over = new URL(address);
  if (given === null) over.searchParams.set(name, String(precondition.version));
  return over;
}

/** What somebody else's change is told as, to whoever asked under a precondition: 412 instead of 409. */
export function asPreconditionFailed(precondition: Precondition | null, error: unknown): unknown {
  if (precondition === null || !(error instanceof Failure) || error.code !== "stale") return error;
  return new Failure("precondition_failed", error.message, { ...error.extras, given: precondition.version });
}

function requireSame(wanted: number, given: unknown): void {
  if (typeof given !== "number" || given === wanted) return;
  throw new Failure("malformed", `If-Match asks for version ${wanted}, and the request itself for version ${given}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
