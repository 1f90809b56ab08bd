import type { Asked } from "./example";
import { type Header, withHeaders } from "./headers";
import { writeEdited } from "./json-edits";
import type { Leeway } from "./judge";
import type { Plan } from "./plan";
import type { Party, Stage } from "./stage";
import type { Packet } from "./wire";

/** A request made up, with what may be expected of its reply. */
export interface Request {
  readonly packet: Packet;
  readonly leeway: Leeway;
}

/** Makes a handler's request from its example and what is to be wrong with it. */
export function makeRequest(stage: Stage, handler: string, asked: Asked, plan: Plan): Request {
  const [method = "", pattern = ""] = handler.split(" ");
  const search = plan.query ?? asked.query;
  const target = addressOf(stage, pattern, asked, plan) + (search === undefined ? "" : `?${search}`);
  const { bytes, described, leaves } = bodyOf(asked, plan);
  const right: Header[] = [...headersOf(stage, plan.by ?? asked.by ?? "lead"), ...described];
  const packet = {
    method: plan.method ?? method,
    target,
    headers: withHeaders(right, plan.headers ?? []),
    body: bytes,
  };
  return { packet, leeway: { ...leewayOf(packet, plan), leaves } };
}

/** What a browser of ours sends with everything. */
export function headersOf(stage: Stage, party: Party): Header[] {
  const { app } = stage;
  const { cookie } = stage.client(party);
  return [
    ["Host", new URL(app.url).host],
    ["Origin", app.url],
    ["Sec-Fetch-Site", "same-origin"],
    ...(cookie ? [["Cookie", cookie] as const] : []),
    ["Connection", "close"],
  ];
}

function addressOf(stage: Stage, pattern: string, { params = {} }: Asked, { path }: Plan): string {
  const names = [...pattern.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1] ?? "");
  const chosen = path && names[Math.floor(path.at * names.length)];
  const filled = pattern.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_whole, name: string) => {
    if (path && name === chosen) return path.part;
    return params[name] ?? stage.parameter(name);
  });
  return path && chosen === undefined ? `${filled}/${path.part}` : filled;
}

function bodyOf({ body }: Asked, { edits, raw }: Plan): { bytes: Buffer; described: Header[]; leaves: boolean } {
  if (raw) {
    const { bytes, claimed } = raw;
    const type: Header[] = raw.type === null ? [] : [["Content-Type", raw.type]];
    if (claimed === null) {
      const chunk = Buffer.concat([
        Buffer.from(`${bytes.length.toString(16)}\r\n`),
        bytes,
        Buffer.from("\r\n0\r\n\r\n"),
      ]);
      const last = bytes.length === 0 ? Buffer.from("0\r\n\r\n") : chunk;
      return { bytes: last, described: [...type, ["Transfer-Encoding", "chunked"]], leaves: false };
    }
    const length = Math.max(0, bytes.length + claimed);
    return { bytes, described: [...type, ["Content-Length", String(length)]], leaves: claimed > 0 };
  }
  if (body === undefined && !edits) return { bytes: Buffer.alloc(0), described: [], leaves: false };
  const bytes = Buffer.from(writeEdited(body, edits ?? []));
  const described: Header[] = [
    ["Content-Type", "application/json"],
    ["Content-Length", String(bytes.length)],
  ];
  return { bytes, described, leaves: false };
}

function leewayOf({ target }: Packet, plan: Plan): Omit<Leeway, "leaves"> {
  const isOdd = !/^[\x21-\x7e]{1,8000}$/.test(target);
  const brokenHead =
    isOdd ||
    plan.headers !== undefined ||
    plan.method !== undefined ||
    (plan.raw !== undefined && plan.raw.claimed !== 0);
  return { ours: plan.path === undefined && plan.method === undefined, brokenHead };
}
