import { afterAll, beforeAll, expect, it } from "vitest";
import { PUT as putEvidence, DELETE as removeEvidence } from "@/app/api/v1/evidence/[evidenceId]/route";
import { PUT as putGate } from "@/app/api/v1/worksheets/[worksheetId]/eligibility/route";
import { POST as addEvidence } from "@/app/api/v1/worksheets/[worksheetId]/evidence/route";
import { GET as getWorksheet } from "@/app/api/v1/worksheets/[worksheetId]/route";
import { PUT as putSection } from "@/app/api/v1/worksheets/[worksheetId]/sections/[section]/route";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { makeToken } from "@/lib/services/account/own-tokens";
import { makeEngagement, openSheet } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { type Browser, browser, browserOf, type Handler, type Sent, serve } from "@/test/requests";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
let worksheetId = "";
let lead: Browser;
let program: (handler: Handler, sent?: Sent) => Promise<Response>;
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
  worksheetId = await openSheet(world, engagementId, "8.3.4");
  lead = await browserOf(world, "lead");
  const input = { name: "Sync", scope: "write", engagementIds: null, days: 30 } as const;
  const context = { ...(await world.steppedUp("lead")), address: "203.0.113.9" } as Parameters<typeof makeToken>[0];
  const { token } = await makeToken(context, input);
  program = (handler, sent = {}) =>
    browser(null)(handler, { ...sent, headers: { authorization: `Bearer ${token}`, ...sent.headers } });
});
afterAll(() => world.close());

const content = (words: string): SectionContent<"objective"> => ({
  narrative: doc(para(words)),
  items: { objectiveRef: "" },
});
const save = (words: string, headers: Record<string, string>, more: object = {}): Sent => ({
  method: "PUT",
  params: { worksheetId, section: "objective" },
  body: { content: content(words), ...more },
  headers,
});
const read = (headers: Record<string, string> = {}): Sent => ({ params: { worksheetId }, headers });
const tagOf = (reply: Response) => reply.headers.get("etag") ?? "none";

it("sends nothing again to whoever has it, until something in it is another", async () => {
  const first = await program(getWorksheet, read());
  expect(tagOf(first)).toMatch(/^"\d+-[\w-]{11}-[\w-]{22}"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect(first.headers.get("vary")).toBe("Authorization, Cookie");
  const again = await program(getWorksheet, read({ "if-none-match": tagOf(first) }));
  expect([again.status, await again.text(), tagOf(again)]).toEqual([304, "", tagOf(first)]);
  expect((await program(putSection, save("Nobody guesses.", { "if-match": '"0"' }))).status).toBe(200);
  const changed = await program(getWorksheet, read({ "if-none-match": tagOf(first) }));
  expect(changed.status).toBe(200);
  expect(tagOf(changed)).not.toBe(tagOf(first));
});

it("keeps no reply in a browser, and none of one reader's for another who may do otherwise", async () => {
  const own = await lead(getWorksheet, read());
  expect(own.headers.get("cache-control")).toBe("no-store");
  const contributor = await browserOf(world, "contributor");
  expect((await contributor(getWorksheet, read({ "if-none-match": tagOf(own) }))).status).toBe(200);
  const stranger = await browserOf(world, "stranger");
  const denied = await stranger(getWorksheet, read({ "if-none-match": tagOf(own) }));
  expect([denied.status, tagOf(denied)]).toEqual([404, "none"]);
});

it("writes over the version that the header names, and tells both where another is stored", async () => {
  const stored = await program(putSection, save("Second.", { "if-match": '"1"' }));
  expect(tagOf(stored)).toMatch(/^"2-/);
  const late = await program(putSection, save("Late.", { "if-match": '"1"' }));
  expect(late.headers.get("content-type")).toBe("application/problem+json");
  expect([late.status, await late.json()]).toMatchObject([
    412,
    { code: "precondition_failed", given: 1, current: { version: 2 } },
  ]);
  const weak = await program(putSection, save("Weak.", { "if-match": `W/${tagOf(stored)}` }));
  expect([weak.status, await weak.json()]).toMatchObject([412, { code: "precondition_failed" }]);
  const both = await program(putSection, save("Both.", { "if-match": tagOf(stored) }, { baseVersion: 2 }));
  expect([both.status, await both.json()]).toMatchObject([200, { version: 3 }]);
  const torn = await program(putSection, save("Torn.", { "if-match": '"3"' }, { baseVersion: 2 }));
  expect([torn.status, await torn.json()]).toMatchObject([400, { code: "malformed" }]);
  const neither = await program(putSection, save("Neither.", {}));
  expect([neither.status, await neither.json()]).toMatchObject([422, { errors: [{ path: "baseVersion" }] }]);
});

it("holds for what is taken away, by the version in the address", async () => {
  const evidence = { title: "Ticket", shows: "", section: "validation", itemId: null };
  const added = await lead(addEvidence, {
    method: "POST",
    params: { worksheetId },
    body: { ...evidence, url: "https://tickets.example/1", collectedOn: "2026-01-05", validUntil: null },
  });
  expect(added.status, await added.clone().text()).toBe(201);
  const { id: evidenceId, version } = (await added.json()) as { id: string; version: number };
  const remove = (tag: string, query: Sent["query"] = {}): Sent => ({
    ...{ method: "DELETE", params: { evidenceId }, query },
    headers: { "if-match": tag },
  });
  const wrong = await program(removeEvidence, remove(`"${version + 5}"`));
  expect([wrong.status, await wrong.json()]).toMatchObject([412, { current: { version }, given: version + 5 }]);
  const torn = await program(removeEvidence, remove(`"${version}"`, { version: String(version + 1) }));
  expect(torn.status).toBe(400);
  // Whichever of two versions is meant, neither is taken.
  const [right, other] = [`version=${version}`, `version=${version + 1}`];
  for (const query of [`${right}&${other}`, `${other}&${right}`, `${right}&${right}`]) {
    const twice = await program(removeEvidence, { ...remove(`"${version}"`, query) });
    expect([twice.status, await twice.json()], query).toMatchObject([400, { code: "malformed" }]);
  }
  const beside = await lead(addEvidence, {
    method: "POST",
    params: { worksheetId },
    body: { ...evidence, url: "https://tickets.example/2", collectedOn: "2026-01-05", validUntil: null },
  });
  expect(tagOf(beside).split("-")[0]).toBe(tagOf(added).split("-")[0]);
  const foreign = await program(removeEvidence, remove(tagOf(beside)));
  expect([foreign.status, await foreign.json()]).toMatchObject([412, { code: "precondition_failed" }]);
  expect((await program(removeEvidence, remove(tagOf(added)))).status).toBe(204);
  expect(await program(putEvidence, remove('"x'))).toMatchObject({ status: 400 });
});

it("takes one key for one precondition", async () => {
  const key = { "idempotency-key": "under-a-precondition" };
  const first = await program(putSection, save("Fourth.", { ...key, "if-match": '"3"' }));
  const again = await program(putSection, save("Fourth.", { ...key, "if-match": '"3"' }));
  expect([first.status, again.status]).toEqual([200, 200]);
  expect([first, again].map((reply) => tagOf(reply).split("-")[0])).toEqual(['"4', '"4']);
  const other = await program(putSection, save("Fourth.", { ...key, "if-match": '"4"' }));
  expect([other.status, await other.json()]).toMatchObject([422, { code: "key_reused" }]);
});

it("is not passed over where nothing has a version", async () => {
  const body = { title: "T" };
  const reply = await lead(addEvidence, {
    method: "POST",
    params: { worksheetId },
    body,
    headers: { "if-match": '"1"' },
  });
  expect([reply.status, await reply.json()]).toMatchObject([400, { code: "malformed" }]);
});

it("is of one thing alone: the tag of another with the same version changes nothing", async () => {
  const other = await openSheet(world, engagementId, "8.3.6");
  const asked = (section: string, words: string, ifMatch: string): Sent => ({
    ...save(words, { "if-match": ifMatch }),
    params: { worksheetId: other, section },
  });
  const sheet = await program(getWorksheet, { params: { worksheetId: other } });
  const { version } = (await sheet.clone().json()) as { version: number };
  let stored = await program(putSection, asked("objective", "0", '"0"'));
  for (let at = 1; at < version; at += 1) stored = await program(putSection, asked("objective", `${at}`, `"${at}"`));
  expect(tagOf(stored).split("-")[0]).toBe(`"${version}`);

  const bySheet = await program(putSection, asked("objective", "By the sheet's.", tagOf(sheet)));
  const refused = (await bySheet.json()) as { code: string; detail: string; current?: unknown };
  expect([bySheet.status, refused.code, refused.current]).toEqual([412, "precondition_failed", undefined]);
  expect(refused.detail).toContain("something else than the section");
  for (const [section, tag] of [
    ["constraints", tagOf(stored)],
    ["objective", tagOf(await program(putSection, save("Elsewhere.", { "if-match": '"4"' })))],
  ] as const) {
    const beside = await program(putSection, asked(section, "By another's.", tag));
    expect([beside.status, await beside.json()], section).toMatchObject([412, { code: "precondition_failed" }]);
  }
  const answers = await program(putGate, { ...asked("", "", tagOf(sheet)), body: { answers: {} } });
  expect([answers.status, await answers.json()]).toMatchObject([412, { code: "precondition_failed" }]);
  expect((await program(putSection, asked("objective", "By its own.", tagOf(stored)))).status).toBe(200);
});
