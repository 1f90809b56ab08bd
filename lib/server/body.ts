import type { z } from "zod";
import { Failure } from "@/lib/contracts/failure";
import type { FieldError } from "@/lib/contracts/problem";

/** The largest JSON body that is read unless a handler says otherwise, in bytes. */
export const DEFAULT_LIMIT = 1_000_000;

/**
 * Reads a JSON body up to a limit, without keeping more than that in memory.
 * @throws Failure unsupported_media_type, too_large, malformed
 */
export async function readJson(request: Request, limit: number): Promise<{ value: unknown; text: string }> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const text = await readText(request, limit);
  if (text === "") return { value: undefined, text };
  if (type !== "application/json") throw new Failure("unsupported_media_type", "Send the body as application/json.");
  try {
    return { value: JSON.parse(text), text };
  } catch {
    throw new Failure("malformed", "The body is not valid JSON.");
  }
}

/** Reads a body of UTF-8 up to a limit. @throws Failure too_large, malformed */
export async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = () => new Failure("too_large", `The body may have at most ${limit.toLocaleString("en")} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let part = await readPart(reader); !part.done; part = await readPart(reader)) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Failure("malformed", "The body is not valid UTF-8.");
  }
}

/** Whoever leaves before the body is whole gets no reply; it is no defect of ours. */
async function readPart(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new Failure("malformed", "The body ended before it was whole.");
  }
}

/** Parses by a schema. @throws Failure invalid, naming each bad field */
export function parseBody<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure("invalid", "Some fields need attention.", { errors: fieldErrors(parsed.error) });
}

/**
 * Parses an address's query. What is not encoded UTF-8 would silently be read as something else, and of a name that comes
 * twice one value would be passed over.
 * @throws Failure malformed
 */
export function parseQuery<T>(schema: z.ZodType<T>, url: URL): T {
  if (!isDecodable(url.search)) throw new Failure("malformed", "The query has to be percent-encoded UTF-8.");
  const names = [...url.searchParams.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new Failure("malformed", `The query says “${twice.slice(0, 50)}” more than once. Send it once.`);
  }
  const parsed = schema.safeParse(Object.fromEntries(url.searchParams));
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error);
  throw new Failure("malformed", errors.map((one) => `${one.path}: ${one.message}`).join(" "), { errors });
}

function isDecodable(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}

function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.slice(0, 50).map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }));
}
