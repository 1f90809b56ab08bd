import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, inIdentity } from "@/lib/auth/open";
import { makeSecretBox } from "@/lib/auth/secret-box";
import type { KekSetting } from "@/lib/config";
import { withConnection } from "@/lib/db/connect";
import { SEALED_COLUMNS } from "@/lib/domain/secrets/sealed-columns";
import type { KekProvider } from "@/lib/secrets/kek";
import { makeKekFile, readKekFile, replaceKekFile } from "@/lib/secrets/kek-file";
import { type KekStore, kekStore } from "@/lib/secrets/kek-store";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";
import { openKeks } from "@/lib/secrets/open-keks";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { checkKeys, holdsSecrets } from "@/lib/services/keys/check-keys";
import { destroyRetiredKeys } from "@/lib/services/keys/destroy-keys";
import { resealSecrets } from "@/lib/services/keys/reseal-secrets";
import { rotateKek } from "@/lib/services/keys/rotate-kek";
import { type KmsPeer, startKmsPeer } from "@/test/kms-peer";
import { makeSealedTable, readThing, SEALED_THING, sealedThing, storeThing, thingPlace } from "@/test/sealed-table";
import { World } from "@/test/world";

const ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const FILE: readonly KekSetting[] = [{ kind: "file" }];
let world: World;
let folder: string;
let kekFile: string;
let store: KekStore;
let keks: KekProvider;
let peer: KmsPeer | undefined;

beforeEach(async () => {
  world = await World.make(undefined, { apps: false });
  await withConnection(world.stored.adminUrl, makeSealedTable);
  folder = await mkdtemp(join(tmpdir(), "countervail-keys-"));
  kekFile = join(folder, "kek.json");
  await makeKekFile(kekFile, world.now);
  store = kekStore(kekFile, () => world.now);
  keks = openKeks({ keks: FILE, kekFile });
});
afterEach(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await peer?.close();
});

/** The service as a process that has just started sees it: no key is in its memory. */
const fresh = (settings = FILE): ServiceContext => {
  const secrets = makeSecretBox(openKeks({ keks: settings, kekFile }), () => world.now);
  return { ...world.alone(), secrets };
};
const owners = () => [world.organisationId("entity"), world.organisationId("firm"), null];
/** Six secrets under three data keys. */
async function storeSix(context = fresh()): Promise<void> {
  for (const owner of owners()) {
    for (const n of [1, 2]) await storeThing(context, `${owner}-${n}`, owner, `seed ${n} of ${owner}`);
  }
}
async function expectSix(context: ServiceContext): Promise<void> {
  for (const owner of owners()) {
    for (const n of [1, 2]) expect(await readThing(context, `${owner}-${n}`, owner)).toBe(`seed ${n} of ${owner}`);
  }
}
const dataKeys = () => world.behind.prisma.dataKey.findMany({ orderBy: { generation: "asc" } });
const reseal = (context = fresh()) => resealSecrets(context, { keks, columns: [SEALED_THING], batch: 4 });
const rotate = (context = fresh()) => rotateKek(context, { keks, store, batch: 2 });
/** Waits until somebody waits for a lock. */
const untilBlocked = () =>
  vi.waitFor(async () => {
    const rows = await world.behind.prisma.$queryRaw<object[]>`SELECT FROM pg_locks WHERE NOT granted`;
    expect(rows.length).toBeGreaterThan(0);
  });
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("changing the key-encryption key", () => {
  it("wraps every data key anew and no secret, with events, and everything opens before, during and after", async () => {
    const before = fresh();
    await storeSix(before);
    const sealed = await sealedThing(before, `${owners()[0]}-1`);
    const former = await keks.activeId();
    const events = await world.eventsOf(async () => {
      expect(await rotate()).toEqual({ kekId: await keks.activeId(), dataKeys: 3, resumed: false });
    });
    const now = await keks.activeId();
    expect(now).not.toBe(former);
    expect((await dataKeys()).map(({ kekId }) => kekId)).toEqual([now, now, now]);
    expect(await sealedThing(before, `${owners()[0]}-1`)).toBe(sealed);
    await expectSix(before);
    await expectSix(fresh());
    expect(events.map(({ chain, action, detail }) => [chain, action, detail])).toEqual([
      ["system", "key.created", { key: "kek", keyIds: [now] }],
      ["system", "key.rotated", { what: "data_keys", count: 2 }],
      ["system", "key.rotated", { what: "data_keys", count: 1 }],
      ["system", "key.retired", { key: "kek", keyIds: [former] }],
    ]);
    const file = await readKekFile(kekFile);
    expect(file?.keys.map(({ retiredAt }) => retiredAt)).toEqual([world.now.toISOString(), undefined]);
    expect(await rotate()).toMatchObject({ dataKeys: 3, resumed: false });
  });

  it("goes on where it was interrupted, with the same key", async () => {
    await storeSix();
    let wrapped = 0;
    const dying: KekProvider = {
      ...keks,
      wrap: (...given) => {
        wrapped += 1;
        if (wrapped > 2) throw new Error("killed");
        return keks.wrap(...given);
      },
    };
    await expect(rotateKek(fresh(), { keks: dying, store, batch: 1 })).rejects.toThrow("killed");
    await expectSix(fresh());
    const begun = await keks.activeId();
    expect(await rotate()).toEqual({ kekId: begun, dataKeys: 1, resumed: true });
    await expectSix(fresh());
    expect((await readKekFile(kekFile))?.keys).toHaveLength(2);
  });

  it("waits for a data key that is being made under the former key, and takes it along", async () => {
    const { opened, open } = gate();
    const storing = storeThing(fresh(), "late", null, "a late seed", opened);
    await vi.waitFor(async () => {
      const rows = await world.behind.prisma.$queryRaw<object[]>`SELECT FROM pg_locks WHERE locktype = 'advisory'`;
      expect(rows.length).toBeGreaterThan(0);
    });
    const rotating = rotate();
    await untilBlocked();
    open();
    await storing;
    expect(await rotating).toMatchObject({ dataKeys: 1 });
    expect((await dataKeys()).map(({ kekId }) => kekId)).toEqual([await keks.activeId()]);
    expect(await readThing(fresh(), "late", null)).toBe("a late seed");
  });

  it("moves from the file to a key of KMS and needs the file no more", async () => {
    peer ??= await startKmsPeer([ARN]);
    vi.stubEnv("AWS_ENDPOINT_URL_KMS", peer.url);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "of no account here");
    await storeSix();
    const kms: KekSetting = { kind: "aws-kms", arn: ARN };
    const both = openKeks({ keks: [kms, ...FILE], kekFile });
    expect(await rotateKek(fresh([kms, ...FILE]), { keks: both, store: null, batch: 2 })).toMatchObject({
      dataKeys: 3,
      resumed: false,
    });
    await rm(kekFile);
    await expectSix(fresh([kms]));
    await storeThing(fresh([kms]), "new", null, "a new seed");
    expect(await readThing(fresh([kms]), "new", null)).toBe("a new seed");
  });
});

describe("sealing secrets anew", () => {
  it("replaces data keys and texts, with events that name each row, and retires the former keys", async () => {
    const before = fresh();
    await storeSix(before);
    const [owner = null] = owners();
    const old = await sealedThing(before, `${owner}-1`);
    const former = (await dataKeys()).map(({ id }) => id);
    const events = await world.eventsOf(async () => {
      expect(await reseal()).toEqual({ secrets: 6, retired: 3, broken: [], resumed: false });
    });
    const keys = await dataKeys();
    expect(keys.map(({ generation, retiredAt }) => [generation, retiredAt !== null])).toEqual([
      ...[1, 1, 1].map((generation) => [generation, true]),
      ...[2, 2, 2].map((generation) => [generation, false]),
    ]);
    expect(await sealedThing(before, `${owner}-1`)).not.toBe(old);
    for (const context of [before, fresh()]) await expectSix(context);
    const rows = events.filter(({ action }) => action === "key.rotated").flatMap(({ changes }) => changes);
    expect(rows.map(({ id }) => id).sort()).toEqual(
      owners()
        .flatMap((one) => [`${one}-1`, `${one}-2`])
        .sort(),
    );
    const retired = events.at(-1);
    expect(retired).toMatchObject({ action: "key.retired", detail: { key: "data" } });
    expect(retired?.changes.map(({ id }) => id).sort()).toEqual([...former].sort());
    // A copy from before, such as from a backup, still opens at its place.
    const opened = inIdentity(fresh(), (tx) => fresh().secrets.unseal(tx, thingPlace(`${owner}-1`, owner), old));
    expect(await opened).toBe(`seed 1 of ${owner}`);
  });

  it("goes on where it was interrupted, without making keys again", async () => {
    await storeSix();
    const context = fresh();
    let sealed = 0;
    const dying: ServiceContext = {
      ...context,
      secrets: {
        ...context.secrets,
        seal: (...given) => {
          sealed += 1;
          if (sealed > 5) throw new Error("killed");
          return context.secrets.seal(...given);
        },
      },
    };
    await expect(reseal(dying)).rejects.toThrow("killed");
    await expectSix(fresh());
    expect(await reseal()).toEqual({ secrets: 2, retired: 3, broken: [], resumed: true });
    await expectSix(fresh());
    expect(await dataKeys()).toHaveLength(6);
  });

  it("waits for whoever is sealing under a former key, and takes their secret along", async () => {
    await storeThing(fresh(), "first", null, "a seed");
    const { opened, open } = gate();
    const late = fresh();
    const storing = storeThing(late, "late", null, "a late seed", opened);
    await vi.waitFor(async () => {
      const rows = await world.behind.prisma.$queryRaw<object[]>`
        SELECT FROM pg_locks JOIN pg_class ON pg_class.oid = relation WHERE relname = 'sealed_thing'`;
      expect(rows.length).toBeGreaterThan(0);
    });
    const resealing = reseal();
    await untilBlocked();
    open();
    await storing;
    expect(await resealing).toEqual({ secrets: 2, retired: 1, broken: [], resumed: false });
    for (const context of [late, fresh()]) expect(await readThing(context, "late", null)).toBe("a late seed");
  });

  it("leaves a text that does not open as it is, names it, and keeps its key", async () => {
    await storeSix();
    const row = `${owners()[0]}-1`;
    const broken = await sealedThing(fresh(), `${owners()[0]}-2`);
    await asSystem(fresh(), "test", async (tx) => {
      await tx.db.$executeRaw`UPDATE sealed_thing SET secret = ${broken} WHERE id = ${row}`;
      const changes = [{ table: "sealed_thing", id: row }];
      tx.record({ logId: "system", changes, payload: { v: 1, at: tx.now.toISOString(), action: "test", changes } });
    });
    expect(await reseal()).toEqual({
      secrets: 5,
      retired: 2,
      broken: [`sealed_thing.secret of ${row}`],
      resumed: false,
    });
    await expect(readThing(fresh(), row, owners()[0] ?? null)).rejects.toBeInstanceOf(SealBroken);
    expect((await dataKeys()).filter(({ retiredAt }) => retiredAt === null)).toHaveLength(4);
  });

  it("is refused before anything is done when a key belongs to a column that nobody knows", async () => {
    await storeSix();
    const refused = resealSecrets(fresh(), { keks, columns: [], batch: 4 });
    await expect(refused).rejects.toThrow("There are keys for sealed_thing.secret, which this version does not know");
    expect(await dataKeys()).toHaveLength(3);
  });
});

describe("destroying keys", () => {
  it("takes what was retired more than a day ago, with events, and nothing that is in use", async () => {
    await storeSix();
    const [owner = null] = owners();
    const old = await sealedThing(fresh(), `${owner}-1`);
    await reseal();
    await rotate();
    world.pass({ hours: 23 });
    expect(await destroyRetiredKeys(fresh(), store)).toEqual({ dataKeys: 0, keks: 0 });
    world.pass({ hours: 2 });
    const events = await world.eventsOf(async () => {
      expect(await destroyRetiredKeys(fresh(), store)).toEqual({ dataKeys: 3, keks: 1 });
    });
    expect(events.map(({ action, detail }) => [action, detail.key])).toEqual([
      ["key.destroyed", "data"],
      ["key.destroyed", "kek"],
    ]);
    expect((await readKekFile(kekFile))?.keys).toHaveLength(1);
    await expectSix(fresh());
    const opening = inIdentity(fresh(), (tx) => fresh().secrets.unseal(tx, thingPlace(`${owner}-1`, owner), old));
    await expect(opening).rejects.toBeInstanceOf(SealBroken);
    expect(await destroyRetiredKeys(fresh(), store)).toEqual({ dataKeys: 0, keks: 0 });
  });
});

describe("a key-encryption key that is not there", () => {
  it("is not missed while nothing was sealed", async () => {
    await rm(kekFile);
    expect(await holdsSecrets(fresh())).toBe(false);
    await expect(checkKeys(fresh(), keks)).resolves.toBeUndefined();
  });

  it("is named before the service starts, and a request meanwhile is asked to wait", async () => {
    await storeSix();
    await checkKeys(fresh(), keks);
    const file = await readKekFile(kekFile);
    await rm(kekFile);
    expect(await holdsSecrets(fresh())).toBe(true);
    await expect(checkKeys(fresh(), keks)).rejects.toThrow(KekUnavailable);
    await expect(readThing(fresh(), "null-1", null)).rejects.toMatchObject({ code: "unavailable" });
    await expect(storeThing(fresh(), "more", world.organisationId("elsewhere"), "x")).rejects.toMatchObject({
      code: "unavailable",
    });
    if (!file) throw new Error("There was no file.");
    const [key] = file.keys;
    const wrong = { ...file, keys: key ? [{ ...key, key: randomBytes(32).toString("base64url") }] : [] };
    await replaceKekFile(kekFile, wrong);
    await expect(checkKeys(fresh(), keks)).rejects.toThrow(/does not open what was sealed under it: restore the right/);
    await replaceKekFile(kekFile, file);
    await expectSix(fresh());
  });
});

it("has only columns in its list that the database has", async () => {
  for (const { table, column, key, organisation } of SEALED_COLUMNS) {
    const rows = await world.behind.prisma.$queryRaw<{ name: string }[]>`
      SELECT column_name AS name FROM information_schema.columns WHERE table_name = ${table}`;
    const wanted = [column, key, ...(organisation === null ? [] : [organisation])];
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
  }
});
