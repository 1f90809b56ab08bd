import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import type { SecretPlace } from "@/lib/secrets/place";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { testSecrets } from "@/test/secrets";
import { World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make(undefined, { apps: false });
});
afterAll(() => world.close());

const place = (change: Partial<SecretPlace> = {}): SecretPlace => ({
  table: "thing",
  column: "secret",
  row: "1",
  organisationId: world.organisationId("entity"),
  ...change,
});
/** Seals in a transaction of its own, as the first use in a fresh process would. */
const seal = (where: SecretPlace, text = "a seed") =>
  inIdentity(world.alone(), (tx) => testSecrets().seal(tx, where, text));
/** Opens with no key in memory. */
const unseal = (where: SecretPlace, sealed: string) =>
  inIdentity(world.alone(), (tx) => testSecrets().unseal(tx, where, sealed));
const keysOf = (purpose: string) => world.behind.prisma.dataKey.findMany({ where: { purpose } });

describe("a sealed secret", () => {
  it("opens at its place, also in another process, and is never sealed the same way twice", async () => {
    const sealed = await seal(place(), "JBSWY3DPEHPK3PXP");
    expect(sealed).toMatch(/^v1\.file-[\w-]+\.[0-9a-f-]{36}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(await unseal(place(), sealed)).toBe("JBSWY3DPEHPK3PXP");
    expect(await seal(place(), "JBSWY3DPEHPK3PXP")).not.toBe(sealed);
  });

  it.each([
    ["row", { row: "2" }],
    ["column", { column: "other" }],
    ["table", { table: "other" }],
    ["organisation", { organisationId: randomUUID() }],
    ["owner, the service's instead of an organisation's", { organisationId: null }],
  ])("does not open in another %s", async (_what, change) => {
    const sealed = await seal(place());
    await expect(unseal(place(change), sealed)).rejects.toBeInstanceOf(SealBroken);
    // Nor with the key in memory already.
    const box = testSecrets();
    const opened = inIdentity(world.alone(), async (tx) => {
      await box.unseal(tx, place(), sealed);
      return box.unseal(tx, place(change), sealed);
    });
    await expect(opened).rejects.toBeInstanceOf(SealBroken);
  });

  it.each([
    "",
    "v1",
    "v2.a.b.c.d.e",
    `v1.kek.${randomUUID()}.AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA`,
    "v1.k.x.a.b.c",
  ])("is not what %j is", async (text) => {
    await expect(unseal(place(), text)).rejects.toBeInstanceOf(SealBroken);
  });
});

describe("a data key", () => {
  it("is one for each organisation and column, and the service has its own", async () => {
    const [entity, firm] = [world.organisationId("entity"), world.organisationId("firm")];
    for (const organisationId of [entity, firm, null, null, firm]) {
      await seal(place({ table: "many", organisationId }));
      await seal(place({ table: "many", column: "more", organisationId }));
    }
    expect((await keysOf("many.secret")).map((key) => key.organisationId).sort()).toEqual([entity, firm, null].sort());
    expect(await keysOf("many.more")).toHaveLength(3);
  });

  it("is one although many make it at once, and all can be opened", async () => {
    for (const organisationId of [world.organisationId("entity"), null]) {
      const where = (row: number) => place({ table: "race", row: String(row), organisationId });
      const sealed = await Promise.all(Array.from({ length: 8 }, (_, row) => seal(where(row), `seed ${row}`)));
      for (const [row, text] of sealed.entries()) expect(await unseal(where(row), text)).toBe(`seed ${row}`);
      const keys = (await keysOf("race.secret")).filter((key) => key.organisationId === organisationId);
      expect(keys).toHaveLength(1);
    }
  });

  it("leaves an event of its making on the system's chain, in the same transaction", async () => {
    const events = await world.eventsOf(() => seal(place({ table: "evented" })));
    const [key] = await keysOf("evented.secret");
    expect(events).toMatchObject([
      { chain: "system", action: "key.created", by: null, changes: [{ table: "data_key", id: key?.id }] },
    ]);
    expect(await world.eventsOf(() => seal(place({ table: "evented" })))).toEqual([]);
  });

  it("of a transaction that came to nothing is not used afterwards", async () => {
    const box = testSecrets();
    const where = place({ table: "undone" });
    const failing = changeIdentity(world.alone(), async (tx) => {
      await box.seal(tx, where, "gone");
      throw new Error("came to nothing");
    });
    await expect(failing).rejects.toThrow("came to nothing");
    expect(await keysOf("undone.secret")).toEqual([]);
    const sealed = await inIdentity(world.alone(), (tx) => box.seal(tx, where, "kept"));
    expect(await unseal(where, sealed)).toBe("kept");
  });

  it("cannot be added without an event, given to another organisation, or removed", async () => {
    const { dataKey } = world.behind.prisma;
    const [key] = await keysOf("many.secret");
    if (!key) throw new Error("There is no key.");
    await expect(dataKey.create({ data: { ...key, id: randomUUID(), generation: 9 } })).rejects.toThrow();
    await expect(dataKey.update({ where: { id: key.id }, data: { organisationId: null } })).rejects.toThrow();
    await expect(dataKey.delete({ where: { id: key.id } })).rejects.toThrow();
  });
});
