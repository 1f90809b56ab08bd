import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getRequirements } from "@/app/api/v1/catalogue/requirements/route";
import { PATCH as patchEngagement } from "@/app/api/v1/engagements/[engagementId]/route";
import { GET as getWorksheets } from "@/app/api/v1/engagements/[engagementId]/worksheets/route";
import { GET as getEngagements } from "@/app/api/v1/engagements/route";
import { GET as getMe } from "@/app/api/v1/me/route";
import { GET as getTokens, POST as postToken } from "@/app/api/v1/me/tokens/route";
import { POST as postMove } from "@/app/api/v1/worksheets/[worksheetId]/moves/route";
import { GET as getWorksheet } from "@/app/api/v1/worksheets/[worksheetId]/route";
import { PUT as putSection } from "@/app/api/v1/worksheets/[worksheetId]/sections/[section]/route";
import { POST as postSignOff } from "@/app/api/v1/worksheets/[worksheetId]/sign-off/route";
import { newApiToken } from "@/lib/auth/api-token-text";
import type { MakeTokenInput } from "@/lib/contracts/api-tokens";
import { makeToken, revokeOwnToken } from "@/lib/services/account/own-tokens";
import { makeEngagement, openSheet } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { browser, browserOf, type Handler, type Sent, serve } from "@/test/requests";
import { ADDRESS, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let otherId = "";
let worksheetId = "";
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
  otherId = await makeEngagement(world, { assessor: false });
  worksheetId = await openSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

const nobody = browser(null);
const INPUT: MakeTokenInput = { name: "CI", scope: "read", engagementIds: null, days: 30 };
const tokenOf = async (person: Person, input: Partial<MakeTokenInput> = {}) =>
  makeToken(await world.steppedUp(person), { ...INPUT, ...input });
/** A program has no page, so it sends no origin. */
const by = (token: string, handler: Handler, sent: Sent = {}) =>
  nobody(handler, {
    ...sent,
    headers: { origin: "", authorization: `Bearer ${token}`, "x-countervail-client": ADDRESS, ...sent.headers },
  });
const save = (baseVersion: number, words: string, key?: string): Sent => ({
  method: "PUT",
  params: { worksheetId, section: "objective" },
  body: { baseVersion, content: { narrative: doc(para(words)), items: { objectiveRef: "" } } },
  headers: key === undefined ? {} : { "idempotency-key": key },
});
const codeOf = async (reply: Response) => [reply.status, ((await reply.json()) as { code?: string }).code];

describe("a request with an API token", () => {
  it("is its person's, and what it does stands in the trail with the token named", async () => {
    const { token, id } = await tokenOf("contributor", { scope: "write" });
    expect(await (await by(token, getMe)).json()).toMatchObject({ id: world.userId("contributor") });
    const left = await world.eventsOf(async () => {
      expect((await by(token, putSection, save(0, "Saved by a program."))).status).toBe(200);
    });
    expect(left).toMatchObject([
      { action: "section.saved", by: "contributor", origin: { address: ADDRESS, tokenId: id } },
    ]);
    const byHand = await browserOf(world, "contributor");
    const other = await world.eventsOf(() => byHand(putSection, save(1, "Saved by hand.")));
    expect(other).toMatchObject([{ origin: expect.not.objectContaining({ tokenId: expect.anything() }) }]);
  });

  it("does no more than its scope says, and never what wants a person", async () => {
    const reading = (await tokenOf("contributor")).token;
    const writing = (await tokenOf("lead", { scope: "write" })).token;
    expect((await by(reading, getWorksheet, { params: { worksheetId } })).status).toBe(200);
    expect(await codeOf(await by(reading, putSection, save(2, "No.")))).toEqual([403, "forbidden"]);
    const settings = { method: "PATCH", params: { engagementId }, body: {} } as const;
    const reopen = { method: "POST", params: { worksheetId }, body: { move: "reopen", reason: "Again." } } as const;
    const approve = { ...reopen, body: { move: "approve_internally", reason: "" } } as const;
    const sign = { method: "POST", params: { worksheetId }, body: {} } as const;
    const left = await world.eventsOf(async () => {
      expect(await codeOf(await by(writing, patchEngagement, settings))).toEqual([403, "forbidden"]);
      expect(await codeOf(await by(writing, postMove, reopen))).toEqual([403, "forbidden"]);
      expect(await codeOf(await by(writing, postMove, approve))).toEqual([403, "forbidden"]);
      expect(await codeOf(await by(writing, postSignOff, sign))).toEqual([403, "forbidden"]);
      expect(await codeOf(await by(writing, getTokens))).toEqual([403, "forbidden"]);
      expect(await codeOf(await by(writing, postToken, { method: "POST", body: INPUT }))).toEqual([403, "forbidden"]);
    });
    expect(left.map(({ action, detail }) => [action, detail.attempted])).toEqual([
      ["access.denied", "token.use"],
      ["access.denied", "worksheet.reopen"],
      ["access.denied", "worksheet.approve_internally"],
      ["access.denied", "token.use"],
      ["access.denied", "token.use"],
      ["access.denied", "token.use"],
    ]);
  });

  it("sees nothing beyond the engagements that it is limited to", async () => {
    const { token } = await tokenOf("lead", { scope: "write", engagementIds: [otherId] });
    const idsIn = async (handler: Handler) => {
      const { items, engagements } = (await (await by(token, handler)).json()) as Record<string, { id: string }[]>;
      return (items ?? engagements ?? []).map(({ id }) => id);
    };
    expect(await idsIn(getEngagements)).toEqual([otherId]);
    expect(await idsIn(getMe)).toEqual([otherId]);
    expect((await by(token, getWorksheets, { params: { engagementId: otherId } })).status).toBe(200);
    expect(await codeOf(await by(token, getWorksheets, { params: { engagementId } }))).toEqual([404, "not_found"]);
    expect(await codeOf(await by(token, putSection, save(2, "No.")))).toEqual([404, "not_found"]);
  });

  it("gets no reply that was kept for somebody else's request", async () => {
    const key = "a-key-that-two-have";
    const lead = await browserOf(world, "lead");
    expect((await lead(putSection, save(2, "By hand.", key))).status).toBe(200);
    const { token } = await tokenOf("lead", { scope: "write" });
    expect(await codeOf(await by(token, putSection, save(2, "By hand.", key)))).toEqual([422, "key_reused"]);
    const own = save(3, "By a program.", "a-key-of-the-token");
    expect((await by(token, putSection, own)).status).toBe(200);
    const again = await by(token, putSection, own);
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([200, "true"]);
  });

  it("is refused beside a session, and without a token that serves, with an event each", async () => {
    const { token, id } = await tokenOf("reviewer");
    const session = await world.signedIn("reviewer");
    const both = await by(token, getMe, { headers: { cookie: `countervail=${session}` } });
    expect(await codeOf(both)).toEqual([400, "malformed"]);
    await revokeOwnToken(await world.as("reviewer"), id);
    const left = await world.eventsOf(async () => {
      for (const text of [token, newApiToken(), "cvt_nonsense", ""]) {
        const reply = await by(text, getMe);
        expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="Countervail", error="invalid_token"');
        expect(await codeOf(reply)).toEqual([401, "invalid_token"]);
      }
      // Not even what everybody may read, so that a program learns at once.
      expect((await by(newApiToken(), getRequirements, { query: { version: "4.0.1" } })).status).toBe(401);
    });
    expect(left.map(({ chain, detail }) => [chain, detail.reason]).sort()).toEqual([
      ["entity", "revoked"],
      ["system", "malformed"],
      ["system", "malformed"],
      ["system", "unknown"],
      ["system", "unknown"],
    ]);
  });

  it("is told how much it may still ask, and to wait when that is used up; guesses count by their network", async () => {
    serve(world.database, () => world.now, { rateLimit: 1 });
    const { token } = await tokenOf("observer");
    const replies: Response[] = [];
    for (let asked = 0; asked < 11; asked += 1) replies.push(await by(token, getMe));
    expect(replies.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429]);
    expect(replies[0]?.headers.get("ratelimit-policy")).toBe('"token";q=10;w=60');
    expect(replies[0]?.headers.get("ratelimit")).toMatch(/^"token";r=9;t=(59|60)$/);
    expect(replies[10]?.headers.get("ratelimit")).toMatch(/^"token";r=0;t=\d+$/);
    expect(Number(replies[10]?.headers.get("retry-after"))).toBeGreaterThan(0);
    const other = await tokenOf("observer");
    expect((await by(other.token, getMe)).status).toBe(200);

    const guess = (address: string) => by(newApiToken(), getMe, { headers: { "x-countervail-client": address } });
    expect((await guess("192.0.2.77")).status).toBe(401);
    const left = await world.eventsOf(async () => expect((await guess("192.0.2.77")).status).toBe(429));
    expect(left).toEqual([]);
    expect((await guess("192.0.2.78")).status).toBe(401);
  });
});
