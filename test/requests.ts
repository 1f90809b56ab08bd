import { openSession } from "@/lib/auth/sign-in";
import { readConfig } from "@/lib/config";
import type { Runtime } from "@/lib/server/runtime";
import type { Person, World } from "@/test/world";

type Handler = (
  request: Request,
  given: { readonly params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

/** What a test sends to a handler. The address is of no account to it, but for the query. */
export interface Sent {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const settings = readConfig({ PORT: "4999" });

/** Lets the route handlers work on a world, as they do on what the web server's process holds. */
export function serve({ database }: World, clock: () => Date): void {
  const holder = globalThis as typeof globalThis & { countervailRuntime?: Runtime };
  holder.countervailRuntime = { config: settings, database, clock };
}

/** A browser in which a person has signed in, or nobody. */
export async function browser(world: World, person: Person | null) {
  const token = person && (await openSession(world.alone(), world.userId(person), "test"));
  return async (handler: Handler, sent: Sent = {}): Promise<Response> => {
    const { method = "GET", params = {}, query = {}, body, headers = {} } = sent;
    const given: Record<string, string> = { origin: settings.url, ...headers };
    if (token) given.cookie = `countervail=${token}`;
    if (body !== undefined) given["content-type"] ??= "application/json";
    const address = `${settings.url}/api/v1/test?${new URLSearchParams(query)}`;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request(address, { method, headers: given, ...(text === undefined ? {} : { body: text }) });
    return handler(request, { params: Promise.resolve(params) });
  };
}
