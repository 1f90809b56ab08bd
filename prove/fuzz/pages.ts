import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import fc from "fast-check";
import { ROOT } from "../../scripts/support/run-program";
import { makeRequest, type Request } from "./ask";
import type { Leeway } from "./judge";
import { type Plan, readPlan } from "./plan";
import { PARTIES, type Party, type Stage } from "./stage";
import type { Packet, PacketReply } from "./wire";

/** Addresses of pages that are none. */
const NO_PAGES = [
  "/catalogue/x/y",
  "/worksheets/%E0%A4%A",
  "/worksheets/x/review/y",
  "/_next/image",
  "/_next/data/x/y.json",
  "/_error",
  "//evil.example",
  "/icon.svg",
  "/api/v1",
];

/** Every page of the app by its address, and addresses that are none. */
export async function findPages(): Promise<string[]> {
  const app = join(ROOT, "app");
  const files = (await readdir(app, { recursive: true, withFileTypes: true })).filter(
    (file) => file.name === "page.tsx",
  );
  const pages = files.map((file) => `/${relative(app, file.parentPath).split(sep).join("/")}`);
  return [...pages.sort(), ...NO_PAGES];
}

/** How a page is asked for: by whom, and what is wrong with it. */
type PagePlan = readonly [by: Party, plan: Plan];
export const pagePlan: fc.Arbitrary<PagePlan> = fc.tuple(
  fc.constantFrom(...PARTIES),
  fc.oneof(fc.constant<Plan>({}), readPlan, readPlan),
);

/** Makes a request for a page. */
export function makePageRequest(stage: Stage, page: string, [by, plan]: PagePlan): Request {
  const request = makeRequest(stage, `GET ${page}`, { by }, plan);
  // Pages and what Next answers by itself are not in our shape.
  const leeway: Leeway = { ...request.leeway, ours: false };
  return { ...request, leeway };
}

/** Next sends requests of its router on to an address that carries a hash of them: only there are they answered. */
export function following(packet: Packet, reply: PacketReply): Packet | null {
  const to = reply.headers.get("location") ?? "";
  return reply.status === 307 && /^\/(?!\/).*[?&]_rsc=/.test(to) ? { ...packet, target: to } : null;
}
