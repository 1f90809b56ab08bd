import type { Packet, PacketReply } from "./wire";

/** What a reply may be, beside ours. */
export interface Leeway {
  /** Address and method are a handler's, so that an error has to come in our shape. */
  readonly ours: boolean;
  /** The request is so broken that Node may answer by itself, without a body, or not at all. */
  readonly brokenHead: boolean;
  /** The sender leaves before the body is whole, so that the reply may be cut short. */
  readonly leaves: boolean;
}

/** What nobody outside may see: a stack, a path of ours, SQL, the name of a library. */
const INSIDE = [
  /\n\s+at |\bat [\w.<>]+ \(|:\d+:\d+\)/,
  /node_modules|\.next\/|\.(ts|mjs|js)\b|\/(home|root|tmp|usr|var|work)\//,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [^.]*\b(FROM|WHERE|SET|VALUES)\b|violates|relation "|constraint "/,
  /prisma|postgres|\bpg\b|zod|next-auth|ECONN|TypeError|RangeError|SyntaxError|undefined is not/i,
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @returns what is wrong with a reply, or null */
export function judge(packet: Packet, reply: PacketReply, { ours, brokenHead, leaves }: Leeway): string | null {
  if (reply.status === 0) return brokenHead ? null : "the connection was closed without a reply";
  if (reply.status >= 500) return `${reply.status}: ${reply.text.slice(0, 300)}`;
  if (reply.status < 400 || packet.method === "HEAD" || leaves) return null;
  if (reply.headers.get("content-type") === "application/problem+json") return judgeProblem(reply);
  const bare = reply.text === "" && [400, 408, 413, 417, 431].includes(reply.status);
  if (ours && !(brokenHead && bare)) return `${reply.status} is no problem: ${reply.text.slice(0, 200)}`;
  return null;
}

function judgeProblem(reply: PacketReply): string | null {
  let problem: Record<string, unknown>;
  try {
    problem = JSON.parse(reply.text) as Record<string, unknown>;
  } catch {
    return `the problem is no JSON: ${reply.text.slice(0, 200)}`;
  }
  const { type, title, status, code, detail, requestId, errors } = problem;
  const words = [type, title, code, detail, requestId];
  if (!words.every((word) => typeof word === "string" && word !== "")) return `a problem lacks a word: ${reply.text}`;
  if (type !== `urn:countervail:problem:${code}`) return `the type is not the code's: ${reply.text}`;
  if (status !== reply.status) return `a problem of ${status} came with ${reply.status}`;
  if (!UUID.test(String(requestId)) || reply.headers.get("x-request-id") !== requestId) {
    return `the request's id is not its header's: ${reply.text}`;
  }
  const shown = [title, detail, ...messagesOf(errors)].join(" ");
  const inside = INSIDE.find((pattern) => pattern.test(shown));
  if (inside) return `the inside shows: ${shown.slice(0, 300)}`;
  if (code === "invalid" && messagesOf(errors).length === 0) return `no field is named: ${reply.text.slice(0, 300)}`;
  return null;
}

function messagesOf(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((one: { readonly message?: unknown }) => String(one?.message ?? ""));
}

/** The request as one could send it again, for a finding. */
export function written({ method, target, headers, body }: Packet): string {
  const shown = (text: string, most: number) =>
    JSON.stringify(text.length > most ? `${text.slice(0, most)}… (${text.length})` : text);
  const strange = headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name));
  const lines = strange.map(([name, value]) =>
    shown(`${name}: ${/^cookie$/i.test(name) ? value.slice(0, 24) : value}`, 160),
  );
  return `${method} ${shown(target, 300)} ${lines.join(" ")} body ${shown(body.toString("utf8"), 700)}`;
}
