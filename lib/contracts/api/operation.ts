/** One operation of the API: what its handler does not say by itself. */
export interface Operation extends Peculiar {
  /** Method and path below `/api/v1`, with parameters as the route files have them. */
  readonly handler: Handler;
  readonly tag: string;
  /** What it does, as a heading. */
  readonly summary: string;
  /** The type of what success replies, as TypeScript writes it with the names of lib/contracts; null without a body. */
  readonly reply: string | null;
}

interface Peculiar {
  /** The media type where success replies a file. */
  readonly file?: string;
  /** The body is a file. */
  readonly upload?: boolean;
  /** The status of success where the handler makes its reply itself. */
  readonly status?: number;
  /** Its reply is kept for no idempotency key: it carries a way in, or nothing is changed by it. */
  readonly once?: boolean;
}

type Handler = `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`;
type Words = readonly [summary: string, reply?: string | null, peculiar?: Peculiar];

/** Operations about one thing, by handler. */
export function operationsOf(tag: string, table: Readonly<Record<Handler, Words>>): Operation[] {
  return Object.entries(table).map(([handler, [summary, reply = null, peculiar]]) => ({
    handler: handler as Handler,
    tag,
    summary,
    reply,
    ...peculiar,
  }));
}
