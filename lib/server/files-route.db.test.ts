import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as upload } from "@/app/api/v1/evidence/[evidenceId]/files/route";
import { GET as download } from "@/app/api/v1/worksheets/[worksheetId]/files/[sha256]/route";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { makeEngagement, openSheet } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { type Browser, browserOf, serve } from "@/test/requests";
import { World } from "@/test/world";

let world: World;
let files: TestFiles;
let sheet = "";
let evidenceId = "";
let contributor: Browser;
beforeAll(async () => {
  world = await World.make();
  files = await makeTestFiles({ limits: { fileBytes: 1_000 } });
  serve(world.database, () => world.now, {}, files);
  sheet = await openSheet(world, await makeEngagement(world), "8.3.4");
  const fields = { section: "validation", itemId: null, title: "Trace", url: "", shows: "" } as const;
  const link = { ...fields, collectedOn: "2026-11-20", validUntil: null };
  evidenceId = (await addEvidence(await world.as("contributor"), sheet, link)).id;
  contributor = await browserOf(world, "contributor");
});
afterAll(async () => {
  await world.close();
  await files.remove();
});

const DOOR = { "x-nonce": "of the door", "content-type": "application/octet-stream" };
const send = (name: string, body: string, headers: Record<string, string> = {}) =>
  contributor(upload, {
    ...{ method: "POST", params: { evidenceId }, query: { name }, body },
    headers: { ...DOOR, ...headers },
  });

it("takes a file as the body, and gives it back as nothing but a download", async () => {
  const reply = await send("naïve 'quoted' (1).txt", "plain words");
  expect(reply.status).toBe(201);
  const [file] = ((await reply.json()) as EvidenceDto).files;
  const back = await contributor(download, { params: { worksheetId: sheet, sha256: file?.sha256 ?? "" } });
  expect(await back.text()).toBe("plain words");
  expect(Object.fromEntries(back.headers)).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-length": "11",
    "content-disposition": "attachment; filename*=UTF-8''na%C3%AFve%20%27quoted%27%20%281%29.txt",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
});

it("refuses with the rule and its limit, and keeps no connection open for the rest", async () => {
  const large = await send("large.txt", "x".repeat(1_001));
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ code: "too_large", detail: "A file may have at most 1 kB." });
  expect(large.headers.get("connection")).toBe("close");
  const odd = await send("page.html", "<html>");
  expect(odd.status).toBe(422);
  expect(await odd.json()).toMatchObject({ code: "file_refused", rule: "kind", errors: [{ path: "file" }] });
});

it("stores a file once when it is sent twice with one key, and refuses the key for another one", async () => {
  const key = { "idempotency-key": "a-key-for-one-file" };
  const first = await send("once.txt", "once", key);
  const again = await send("once.txt", "once", key);
  expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
  expect(await again.json()).toEqual(await first.json());
  const other = await send("once.txt", "another content", key);
  expect(await other.json()).toMatchObject({ code: "key_reused" });
});

it("is not served without the door, which uploads go past Next’s proxy to reach", async () => {
  const reply = await contributor(upload, {
    method: "POST",
    params: { evidenceId },
    query: { name: "a.txt" },
    body: "a",
  });
  expect(reply.status).toBe(503);
});
