import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as addMember } from "@/app/api/v1/engagements/[engagementId]/members/route";
import { GET as getWorksheet } from "@/app/api/v1/worksheets/[worksheetId]/route";
import { PUT as putSection } from "@/app/api/v1/worksheets/[worksheetId]/sections/[section]/route";
import { stepUp } from "@/lib/auth/step-up";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { makeEngagement, openSheet } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { browser, browserOf, type Sent, serve } from "@/test/requests";
import { PASSWORD, World } from "@/test/world";

let world: World;
let engagementId = "";
let worksheetId = "";
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
  worksheetId = await openSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

const objective = (words: string): SectionContent<"objective"> => ({
  narrative: doc(para(words)),
  items: { objectiveRef: "" },
});
const save = (baseVersion: number, words: string, headers: Sent["headers"] = {}): Sent => ({
  method: "PUT",
  params: { worksheetId, section: "objective" },
  body: { baseVersion, content: objective(words) },
  headers,
});
const stored = async () => world.behind.prisma.section.findFirstOrThrow({ where: { worksheetId, key: "objective" } });

it("does once what is asked twice with one key", async () => {
  const contributor = await browserOf(world, "contributor");
  const key = { "idempotency-key": "a-key-of-its-own" };
  const left = await world.eventsOf(async () => {
    const first = await contributor(putSection, save(0, "Nobody guesses.", key));
    const again = await contributor(putSection, save(0, "Nobody guesses.", key));
    expect([first.status, again.status]).toEqual([200, 200]);
    expect([first, again].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
    expect(await again.json()).toEqual(await first.json());
  });
  expect(left.map(({ action }) => action)).toEqual(["section.saved"]);
  expect(await stored()).toMatchObject({ version: 1, narrative: doc(para("Nobody guesses.")) });

  const other = await contributor(putSection, save(1, "Something else.", key));
  expect([other.status, await other.json()]).toMatchObject([422, { code: "key_reused" }]);
  const colleague = await browserOf(world, "lead");
  expect((await colleague(putSection, save(1, "The lead's own.", key))).status).toBe(200);
  const late = { "idempotency-key": "a-key-that-was-late" };
  const stale = await contributor(putSection, save(1, "Too late.", late));
  expect([stale.status, await stale.json()]).toMatchObject([409, { code: "stale", current: { version: 2 } }]);
  // What failed was not done, so the same key is free for the same request and for a better one.
  expect((await contributor(putSection, save(1, "Too late.", late))).status).toBe(409);
  expect((await contributor(putSection, save(2, "Merged.", late))).status).toBe(200);
});

it("stores text as it was sent, or refuses it by the name of its field", async () => {
  const contributor = await browserOf(world, "contributor");
  const before = await stored();
  const path = "content.narrative.content.0.content.0.text";
  for (const words of ["nul \u0000 inside", "half \ud83d of a key", "\udd11 the other half"]) {
    const reply = await contributor(putSection, save(before.version, words));
    expect([reply.status, await reply.json()]).toMatchObject([422, { code: "invalid", errors: [{ path }] }]);
  }
  expect(await stored()).toEqual(before);
  const words = "Łódź, Ελλάδα, Київ → “quotes” 🔑 e\u0301 \u200f";
  expect((await contributor(putSection, save(before.version, words))).status).toBe(200);
  expect(await stored()).toMatchObject({ narrative: doc(para(words)) });
});

it("lets in nobody else's pages, nobody unknown, and nobody to what is not theirs", async () => {
  const contributor = await browserOf(world, "contributor");
  const nobody = browser(null);
  const stranger = await browserOf(world, "stranger");
  const before = await stored();
  for (const origin of ["https://evil.example", "null", "http://", ""]) {
    const reply = await contributor(putSection, save(before.version, "Theirs.", { origin }));
    expect([reply.status, await reply.json()], origin).toMatchObject([403, { code: "bad_origin" }]);
  }
  const crossSite = await contributor(putSection, save(before.version, "Theirs.", { "sec-fetch-site": "cross-site" }));
  expect(crossSite.status).toBe(403);
  expect((await nobody(putSection, save(before.version, "Theirs."))).status).toBe(401);
  expect((await nobody(getWorksheet, { params: { worksheetId } })).status).toBe(401);
  expect((await stranger(putSection, save(before.version, "Theirs."))).status).toBe(404);
  const unknown = { ...save(before.version, "Theirs."), params: { worksheetId, section: "annex" } };
  expect((await contributor(putSection, unknown)).status).toBe(404);
  expect((await contributor(getWorksheet, { params: { worksheetId: "%00" } })).status).toBe(404);
  expect(await stored()).toEqual(before);
});

it("takes nothing as somebody's own that a page of somebody else sends with the same cookie", async () => {
  const before = await stored();
  const lead = await browserOf(world, "lead");
  const meant = (person: "lead" | "contributor") => ({ "x-countervail-person": world.userId(person) });
  const refused = await lead(putSection, save(before.version, "Typed by another.", meant("contributor")));
  expect([refused.status, await refused.json()]).toMatchObject([401, { code: "sign_in_required" }]);
  expect(await stored()).toEqual(before);
  expect((await lead(putSection, save(before.version, "The lead's own.", meant("lead")))).status).toBe(200);
});

it("makes one of what is asked for several times at once, and tells the others so", async () => {
  const { token } = await stepUp(await world.as("lead"), { password: PASSWORD });
  const lead = browser(token);
  const body = { userId: world.userId("reviewer"), role: "observer" };
  const replies = await Promise.all(
    [1, 2, 3, 4].map(() => lead(addMember, { method: "POST", params: { engagementId }, body })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});
