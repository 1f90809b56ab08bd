import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GET, PUT } from "@/app/api/v1/organisation/rigour/route";
import {
  DEFAULT_RIGOUR_SETTINGS,
  RIGOUR_BOUNDS,
  RIGOUR_SETTING_NAMES,
  type RigourSettings,
} from "@/lib/domain/rigour/settings";
import { changeThresholds, readThresholds } from "@/lib/services/organisation/thresholds";
import { getRevision } from "@/lib/services/review/get-revision";
import { makeMove } from "@/lib/services/review/make-move";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { browserOf, serve } from "@/test/requests";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());
beforeEach(() => world.pass({ hours: 1 }));

const version = async () => (await readThresholds(await world.as("lead"))).version;
const set = async (values: Partial<RigourSettings>) =>
  changeThresholds(await world.steppedUp("admin"), {
    ...DEFAULT_RIGOUR_SETTINGS,
    ...values,
    version: await version(),
  });

it("are the built-in ones before anything is set, and an event says what became of them", async () => {
  expect(await readThresholds(await world.as("contributor"))).toEqual({
    ...DEFAULT_RIGOUR_SETTINGS,
    version: 0,
    updatedBy: null,
    updatedAt: null,
  });
  const left = await world.eventsOf(() => set({ sectionLength: 200, likeness: 0.7 }));
  expect(left.at(-1)).toMatchObject({
    action: "thresholds.changed",
    by: "admin",
    chain: "entity",
    changes: [{ table: "organisation_rigour", id: world.organisationId("entity") }],
    detail: { version: 1, sectionLength: 200, likeness: 0.7, before: { sectionLength: 80, likeness: 0.8 } },
  });
  expect(Object.keys(left.at(-1)?.detail ?? {}).sort()).toEqual(["before", "likeness", "sectionLength", "version"]);
  expect(await readThresholds(await world.as("lead"))).toMatchObject({ sectionLength: 200, version: 1 });
  // What another organisation sets is its own.
  expect(await readThresholds(await world.as("qsa"))).toMatchObject({ ...DEFAULT_RIGOUR_SETTINGS, version: 0 });
});

it("judge a draft at once, and a revision keeps those that it was judged by, whatever is set later", async () => {
  await set({});
  const plain = await submitSheet(world, engagementId, "8.3.4");
  const read = async (id: string) => (await getRevision(await world.as("qsa"), id, 1)).content;
  expect(await read(plain)).not.toHaveProperty("thresholds");

  const id = await openSheet(world, engagementId, "8.3.6");
  await write(world, id);
  const submit = async () => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  await set({ sectionLength: 2000 });
  expect((await getWorksheet(await world.as("contributor"), id)).rigour?.settings.sectionLength).toBe(2000);
  await expect(submit()).rejects.toMatchObject({ extras: { blockers: [{ rule: "L02" }, {}, {}, {}, {}, {}] } });
  await set({ sectionLength: 60 });
  await submit();
  expect((await read(id)).thresholds).toEqual({ sectionLength: 60 });
  const { digest } = await getWorksheet(await world.as("qsa"), id);
  expect(await sign(world, id)).toMatchObject({ validity: { status: "valid" }, digest });
  await set({ sectionLength: 1000, evidenceAgeDays: 90 });
  const later = await getWorksheet(await world.as("lead"), id);
  expect(later).toMatchObject({ validity: { status: "valid" }, digest });
  expect((await read(id)).thresholds).toEqual({ sectionLength: 60 });
  await set({});
});

it("take the second of two changes that began at the same version for stale, and show what is stored", async () => {
  const at = await version();
  const admin = await world.steppedUp("admin");
  const both = await Promise.allSettled(
    [100, 120].map((sectionLength) =>
      changeThresholds(admin, { ...DEFAULT_RIGOUR_SETTINGS, version: at, sectionLength }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({
    code: "stale",
    extras: { current: { version: at + 1 } },
  });
});

it("stay within their bounds, field by field", async () => {
  await set({});
  const admin = await browserOf(world, "admin");
  const values = { ...DEFAULT_RIGOUR_SETTINGS, version: await version() };
  for (const name of RIGOUR_SETTING_NAMES) {
    const { min, max, whole } = RIGOUR_BOUNDS[name];
    for (const bad of [min - 0.1, max + 0.1, "12", null, ...(whole ? [min + 0.5] : [])]) {
      const reply = await admin(PUT, { method: "PUT", body: { ...values, [name]: bad } });
      expect([reply.status, await reply.json()], `${name} ${bad}`).toMatchObject([422, { errors: [{ path: name }] }]);
    }
  }
  expect(await (await admin(GET)).json()).toMatchObject(DEFAULT_RIGOUR_SETTINGS);
});

it("are an administrator's to change, who has just shown who they are", async () => {
  const input = { ...DEFAULT_RIGOUR_SETTINGS, version: await version() };
  await expect(changeThresholds(await world.steppedUp("lead"), input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(changeThresholds(await world.as("admin"), input)).rejects.toMatchObject({ code: "step_up_required" });
});
