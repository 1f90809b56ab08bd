import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { withConnection } from "@/lib/db/connect";
import { utf8 } from "@/lib/domain/proof/bytes";
import { originOf, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { publicBytes } from "@/lib/domain/proof/keys";
import { leafHash, verifyConsistency, verifyInclusion } from "@/lib/domain/proof/merkle";
import { MerkleTree } from "@/lib/domain/proof/tree";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import type { SignedCheckpoint } from "@/lib/signing/protocol";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";
import { startSigner } from "./start";

let world: World;
let signer: TestSigner;
let log: string;
beforeAll(async () => {
  world = await World.make();
  signer = await world.startSigner();
  log = organisationLog(world.organisationId("elsewhere"));
});
afterAll(() => world.close());
beforeEach(() => addEvents(3));

/** Appends events to a chain. */
async function addEvents(count: number, chain = log): Promise<void> {
  for (let at = 0; at < count; at++) {
    await asSystem(world.alone(), "test", async (tx) => {
      tx.record(makeEvent(chain, tx.now, null, { action: "trail.viewed", requestId: "test" }));
    });
  }
}

/** Works as a superuser for whom no trigger runs, and who puts everything back afterwards. */
async function meddling(work: (sql: pg.Client) => Promise<unknown>, meanwhile: () => Promise<void>): Promise<void> {
  await withConnection(world.stored.adminUrl, async (sql) => {
    await sql.query("SET session_replication_role = replica");
    await sql.query("CREATE TEMP TABLE kept_events AS SELECT * FROM audit_event");
    await sql.query("CREATE TEMP TABLE kept_heads AS SELECT * FROM audit_head");
    try {
      await work(sql);
      await meanwhile();
    } finally {
      await sql.query("DELETE FROM audit_event WHERE log_id = $1", [log]);
      await sql.query("INSERT INTO audit_event SELECT * FROM kept_events WHERE log_id = $1", [log]);
      await sql.query("DELETE FROM audit_head WHERE log_id = $1", [log]);
      await sql.query("INSERT INTO audit_head SELECT * FROM kept_heads WHERE log_id = $1", [log]);
    }
  });
  await rm(join(signer.folder, "refused"), { recursive: true });
  await signer.restart();
}

/** Makes the hashes of a chain anew, as somebody would who rewrites its history. */
async function rechain(sql: pg.Client): Promise<void> {
  await sql.query(
    `DO $$
     DECLARE prev bytea := sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:${log}', 'UTF8')); one record; count bigint := 0;
     BEGIN
       FOR one IN SELECT * FROM audit_event WHERE log_id = '${log}' ORDER BY seq LOOP
         UPDATE audit_event SET prev_hash = prev,
           entry_hash = sha256('\\x00'::bytea || int8send(one.seq) || prev || sha256(convert_to(one.payload, 'UTF8')))
           WHERE log_id = '${log}' AND seq = one.seq RETURNING entry_hash INTO prev;
         count := count + 1;
       END LOOP;
       UPDATE audit_head SET size = count, head = prev WHERE log_id = '${log}';
     END $$`,
  );
}

const keys = () => signer.keySet();
const verified = async ({ note }: SignedCheckpoint) => {
  const { service, keys: all } = await keys();
  const known = all.filter(({ purpose }) => purpose === "checkpoint").map((key) => ({ publicKey: publicBytes(key) }));
  return verifyCheckpoint(utf8(note), originOf(service, log), known, sha256, checkSignature);
};
const treeNow = async () => {
  const tree = new MerkleTree(sha256);
  const rows = await world.behind.prisma.auditEvent.findMany({ where: { logId: log }, orderBy: { seq: "asc" } });
  for (const { entryHash } of rows) tree.append(leafHash(new Uint8Array(entryHash), sha256));
  return { tree, rows };
};
const stored = () => world.behind.prisma.auditCheckpoint.findMany({ where: { logId: log }, orderBy: { size: "desc" } });

const ask: TestSigner["ask"] = (...asked) => signer.ask(...asked);

describe("a checkpoint", () => {
  it("covers all events, is signed, stored, and proves that each of them is there", async () => {
    const checkpoint = await signer.client.checkpoint(log);
    const verdict = await verified(checkpoint);
    const { tree, rows } = await treeNow();
    expect(verdict).toMatchObject({ ok: true, value: { size: rows.length, root: tree.root() } });
    for (const [index, { entryHash }] of rows.entries()) {
      const leaf = leafHash(new Uint8Array(entryHash), sha256);
      expect(verifyInclusion(leaf, index, rows.length, tree.inclusion(index), tree.root(), sha256)).toBe(true);
    }
    const [last] = await stored();
    expect(last).toMatchObject({ size: BigInt(rows.length), note: checkpoint.note, keyId: checkpoint.keyId });
  });

  it("extends the one before", async () => {
    const first = await signer.client.checkpoint(log);
    await addEvents(4);
    const second = await signer.client.checkpoint(log);
    const { tree } = await treeNow();
    expect(second.size).toBe(first.size + 4);
    const proof = tree.consistency(first.size, second.size);
    expect(verifyConsistency(first.size, second.size, proof, tree.root(first.size), tree.root(), sha256)).toBe(true);
  });

  it("is the same for everybody who asks before the next event", async () => {
    const asked = await Promise.all([1, 2, 3, 4].map(() => signer.client.checkpoint(log)));
    expect(new Set(asked.map(({ note }) => note)).size).toBe(1);
    world.pass({ seconds: 30 });
    expect((await signer.client.checkpoint(log)).note).toBe(asked[0]?.note);
  });

  it("is made of every chain that grew, without anybody asking", async () => {
    await addEvents(2);
    await signer.look();
    const heads = await world.behind.prisma.auditHead.findMany();
    for (const { logId, size } of heads) {
      const last = await world.behind.prisma.auditCheckpoint.findFirst({ where: { logId }, orderBy: { size: "desc" } });
      expect(last?.size, logId).toBe(size);
    }
  });

  it("that never reached the database is stored by the next look", async () => {
    const { size } = await signer.client.checkpoint(log);
    await withConnection(world.stored.adminUrl, async (sql) => {
      await sql.query("SET session_replication_role = replica");
      await sql.query("DELETE FROM audit_checkpoint WHERE log_id = $1 AND size = $2", [log, size]);
    });
    await signer.look();
    expect((await stored())[0]?.size).toBe(BigInt(size));
  });

  it("of a chain that there is not is not made", async () => {
    const nobody = `org:${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}`;
    await expect(signer.client.checkpoint(nobody)).rejects.toMatchObject({ code: "unavailable" });
    expect(await ask("/checkpoint", JSON.stringify({ logId: nobody }))).toMatchObject({ status: 404 });
    expect(await ask("/checkpoint", JSON.stringify({ logId: "../../etc" }))).toMatchObject({ status: 400 });
  });
});

describe("a history that was written anew", () => {
  const cases: [string, (sql: pg.Client) => Promise<unknown>, RegExp][] = [
    [
      "everything after a changed event chained anew",
      async (sql) => {
        await sql.query("UPDATE audit_event SET payload = '{}' WHERE log_id = $1 AND seq = 1", [log]);
        await rechain(sql);
      },
      /is not the one that was signed/,
    ],
    [
      "a cut tail with a fitting end",
      async (sql) => {
        await sql.query("DELETE FROM audit_event WHERE log_id = $1 AND seq >= 2", [log]);
        await rechain(sql);
      },
      /had \d+ events when it was signed last, and has 2 now/,
    ],
    [
      "a last event in the place of the one that was signed",
      async (sql) => {
        await sql.query(
          "UPDATE audit_event SET payload = '{\"x\":1}' WHERE log_id = $1 AND seq = (SELECT max(seq) FROM audit_event WHERE log_id = $1)",
          [log],
        );
        await rechain(sql);
      },
      /is not the one that was signed/,
    ],
    [
      "a longer history from the beginning",
      async (sql) => {
        await sql.query("UPDATE audit_event SET payload = '{}' WHERE log_id = $1 AND seq = 0", [log]);
        await sql.query(
          "INSERT INTO audit_event SELECT log_id, 1000, prev_hash, entry_hash, payload, tx_token, at, action FROM audit_event WHERE log_id = $1 AND seq = 1",
          [log],
        );
        await sql.query(
          "UPDATE audit_event SET seq = (SELECT count(*) - 1 FROM audit_event WHERE log_id = $1) WHERE log_id = $1 AND seq = 1000",
          [log],
        );
        await rechain(sql);
      },
      /is not the one that was signed/,
    ],
    ["a chain that is gone", (sql) => sql.query("DELETE FROM audit_head WHERE log_id = $1", [log]), /has 0 now/],
  ];

  it.each(cases)("%s is refused with the reason, until somebody has looked", async (_what, tamper, reason) => {
    const before = await signer.client.checkpoint(log);
    await meddling(tamper, async () => {
      await expect(signer.client.checkpoint(log)).rejects.toMatchObject({ code: "unavailable" });
      expect(await ask("/checkpoint", JSON.stringify({ logId: log }))).toMatchObject({
        status: 409,
        reply: { error: "refused", chain: log, reason: expect.stringMatching(reason) as unknown },
      });
      expect((await signer.client.health())?.refused).toMatchObject([
        { chain: log, reason: expect.stringMatching(reason) as unknown },
      ]);
    });
    const after = await signer.client.checkpoint(log);
    expect(after.note).toBe(before.note);
  });

  it("is noticed by the next look, says so, and keeps no other chain from its checkpoint", async () => {
    await signer.client.checkpoint(log);
    const [, cut] = cases;
    await meddling(cut?.[1] ?? (async () => undefined), async () => {
      await addEvents(1, organisationLog(world.organisationId("firm")));
      await signer.look();
      const health = await signer.client.health();
      expect(health).toMatchObject({ problem: null, refused: [{ chain: log }] });
      const other = organisationLog(world.organisationId("firm"));
      const head = await world.behind.prisma.auditHead.findUniqueOrThrow({ where: { logId: other } });
      const last = await world.behind.prisma.auditCheckpoint.findFirst({
        where: { logId: other },
        orderBy: { size: "desc" },
      });
      expect(last?.size).toBe(head.size);
    });
  });

  it("stays refused when it is put right behind everybody's back", async () => {
    await writeFile(
      join(signer.folder, "refused", `${log.replace(":", "-")}.json`),
      JSON.stringify({ chain: log, reason: "It was shorter.", at: world.now.toISOString() }),
    );
    await expect(signer.client.checkpoint(log)).rejects.toMatchObject({ code: "unavailable" });
    await rm(join(signer.folder, "refused", `${log.replace(":", "-")}.json`));
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ logId: log });
  });
});

describe("a signer that is killed", () => {
  it("between the copy of its tree and the note gives at least that note afterwards", async () => {
    const before = await signer.client.checkpoint(log);
    await addEvents(2);
    // What a kill behind the write of the copy leaves: the copy is there, nobody has the note, nor has the database.
    const { size, note } = await signer.client.checkpoint(log);
    await withConnection(world.stored.adminUrl, async (sql) => {
      await sql.query("SET session_replication_role = replica");
      await sql.query("DELETE FROM audit_checkpoint WHERE log_id = $1 AND size = $2", [log, size]);
    });
    await signer.stop();
    await writeFile(join(signer.folder, "lock"), "4194000\n");
    await writeFile(join(signer.folder, "trees", "org-half.json.abcdef.draft"), "{");
    await signer.restart();
    const again = await signer.client.checkpoint(log);
    expect(again.size).toBe(before.size + 2);
    expect(again.note).toBe(note);
    expect((await stored())[0]?.note).toBe(note);
  });

  it("before the copy of its tree has signed nothing", async () => {
    await signer.client.checkpoint(log);
    const path = join(signer.folder, "trees", `${log.replace(":", "-")}.json`);
    const copy = await readFile(path, "utf8");
    await addEvents(2);
    expect(await readFile(path, "utf8")).toBe(copy);
    await signer.restart();
    expect((await verified(await signer.client.checkpoint(log))).ok).toBe(true);
  });

  it("leaves a damaged copy that nobody signs by", async () => {
    const path = join(signer.folder, "trees", `${log.replace(":", "-")}.json`);
    const copy = await readFile(path, "utf8");
    const [size = ""] = /"size": \d+/.exec(copy) ?? [];
    for (const damaged of ["", copy.slice(0, 200), copy.replace(size, '"size": 1')]) {
      await writeFile(path, damaged);
      await expect(signer.client.checkpoint(log)).rejects.toMatchObject({ code: "unavailable" });
    }
    await writeFile(path, copy);
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ logId: log });
  });
});

describe("the folder", () => {
  it("is its owner's alone, and so is every key in it", async () => {
    expect((await stat(signer.folder)).mode & 0o777).toBe(0o700);
    expect((await stat(signer.socketPath)).mode & 0o777).toBe(0o600);
    const files = (await readdir(join(signer.folder, "keys"))).filter((name) => name.endsWith(".pem"));
    expect(files).toHaveLength(3);
    for (const name of files) expect((await stat(join(signer.folder, "keys", name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(signer.folder, "root", "root.pem"))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(signer.folder, "root", "README.txt"), "utf8")).toContain("Move the file root.pem off");
  });

  it("has one signer", async () => {
    const { folder, socketPath } = signer;
    const second = startSigner({ folder, socketPath, databaseUrl: world.stored.signerUrl, clock: () => world.now });
    await expect(second).rejects.toThrow(/^Another signer \(process \d+\) has the folder/);
    await expect(signer.client.checkpoint(log)).resolves.toMatchObject({ logId: log });
  });

  it("that was lost is not made anew by itself", async () => {
    await signer.client.checkpoint(log);
    const folder = `${signer.folder}-other`;
    const other = startSigner({
      folder,
      socketPath: join(folder, "socket"),
      databaseUrl: world.stored.signerUrl,
      clock: () => world.now,
    });
    await expect(other).rejects.toThrow(/holds no keys, but this service has been signing/);
  });
});

it("has a login that can do that and nothing else", async () => {
  await withConnection(world.stored.signerUrl, async (sql) => {
    for (const table of [
      "audit_event",
      "audit_head",
      "audit_checkpoint",
      "organisation",
      "worksheet",
      "signing_key_set",
    ]) {
      await expect(sql.query(`SELECT * FROM ${table}`), table).rejects.toMatchObject({ code: "42501" });
    }
    await expect(sql.query("SELECT audit_append('system', '{}')")).rejects.toMatchObject({ code: "42501" });
    await expect(sql.query("SELECT * FROM audit_stretch('system', 0, 1)")).rejects.toMatchObject({ code: "42501" });
    await expect(sql.query("SET ROLE countervail_system")).rejects.toMatchObject({ code: "42501" });
    await expect(sql.query("SELECT * FROM signer_stretch('system', 0, 1)")).resolves.toMatchObject({ rowCount: 1 });
  });
  await withConnection(world.stored.appUrl, async (sql) => {
    await expect(sql.query("SELECT signer_store('system', 1, ''::bytea, '', '', now())")).rejects.toMatchObject({
      code: "42501",
    });
    await expect(sql.query("SELECT * FROM signer_chains()")).rejects.toMatchObject({ code: "42501" });
  });
});

it("answers nobody while it is away, and that is said plainly", async () => {
  await signer.stop();
  expect(await signer.client.health()).toBeNull();
  await expect(signer.client.checkpoint(log)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("the signer does not answer") as unknown,
  });
  await signer.restart();
});
