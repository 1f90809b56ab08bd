import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkBackup } from "@/lib/backup/restore";
import { openDatabase } from "@/lib/db/database";
import { startTemporaryServer, type TemporaryServer } from "@/lib/db/embedded/temporary";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import type { Signer } from "@/lib/signing/client";
import type { SignerHealth } from "@/lib/signing/protocol";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { recordGapAt } from "@/scripts/record-gap";
import type { TestDatabase } from "@/test/database";
import { makeEngagement, openSheet, write } from "@/test/engagement";
import { Original, Site } from "@/test/restored";
import { World } from "@/test/world";
import { copyRaw, putEvidence } from "./restore/stage";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";

/** Counts what was tried. */
interface Tally {
  recognised: number;
  tried: number;
  parts: number;
}

/** A moment in the life of an installation, kept in two ways. */
interface Moment {
  readonly number: number;
  readonly folder: string;
  readonly raw: string;
}

/** A database that was migrated and holds nothing. */
const EMPTY = "empty";
const PACK = "application/vnd.countervail.pack.v1+json";

/**
 * A service lives on and is copied at random moments, by `backup` and as its database's bare files. Each older state that
 * comes back beside the signer's folder is known to be older, and nothing is signed over it until the gap is recorded;
 * then it goes on. The newest comes back whole and verifies. A backup of which a part is changed or gone is refused.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const random = new Random(seed);
  const tally: Tally = { recognised: 0, tried: 0, parts: 0 };
  const server = await startTemporaryServer();
  await server.makeMigrated(EMPTY);
  const stored = await databaseOf(server, "original");
  await loadCatalogue(stored.ownerUrl);
  const world = await World.make(undefined, { stored });
  const original = await Original.make(world);
  try {
    const engagementId = await makeEngagement(world);
    const sheet = await openSheet(world, engagementId, "8.3.4");
    await write(world, sheet);
    await putEvidence(original, sheet);
    const moments: Moment[] = [];
    for (let number = 0; number < (short ? 1 : 20); number += 1) {
      await original.grow(1 + random.int(6), random.int(3));
      moments.push({ number, folder: (await original.backUp(`then-${number}`)).folder, raw: `raw_${number}` });
      await copyRaw(server, "original", `raw_${number}`);
    }
    await original.grow(1 + random.int(6), random.int(3));
    for (const moment of moments) await tryMoment(moment, server, original, findings, tally);
    const newest = (await original.backUp("newest", "newest-keys")).folder;
    await tryNewest(newest, join(original.folder, "newest-keys"), server, original, findings);
    await tryParts(newest, short ? 8 : null, random, findings, tally);
    return findings.result(
      `${tally.recognised} of ${tally.tried} older states recognised, each goes on once the gap is recorded; the newest backup verifies; ${tally.parts} changed or missing parts refused`,
    );
  } finally {
    await original.remove();
    await world.close();
    await server.remove();
  }
};

/** A migrated database of that name, which is copied from one: migrating anew takes seconds. */
async function databaseOf(server: TemporaryServer, name: string, from: string | null = EMPTY): Promise<TestDatabase> {
  if (from !== null) await copyRaw(server, from, name);
  const urls = await server.makeMigrated(name);
  // The server goes away as a whole.
  return { ...urls, adminUrl: server.server.adminUrl(name), drop: async () => undefined };
}

/** Brings one moment back both ways, each beside the signer's folder of today. */
async function tryMoment(
  { number, folder, raw }: Moment,
  server: TemporaryServer,
  original: Original,
  findings: Findings,
  tally: Tally,
): Promise<void> {
  const { world } = original;
  const restored = await databaseOf(server, `restored_${number}`);
  const byHand = await databaseOf(server, raw, null);
  for (const [way, urls] of [
    ["restored", restored],
    ["copied back", byHand],
  ] as const) {
    const site = await Site.make(world, urls, await original.signerNow());
    const what = `the state of moment ${number}, ${way}`;
    try {
      if (way === "restored") await site.restore(folder);
      tally.tried += 1;
      await site.withSigner(async () => {
        const request = site.at(world.alone());
        const { refused } = await healthOf(request.signer);
        const signs = await wouldSign(request);
        const isStopped = await requireNoGap(request).then(
          () => false,
          () => true,
        );
        if (refused.length > 0 && isStopped && !signs) tally.recognised += 1;
        else findings.add(`${what}, is not recognised`);
        const place = { signerFolder: site.signerFolder, ...urls, clock: () => world.now };
        await recordGapAt(place, "It was lost.", "prove");
        const { refused: still = [] } = (await request.signer.health()) ?? {};
        findings.expect(still.length === 0, `${what}, is refused still: ${still[0]?.reason}`);
        await requireNoGap(request);
        findings.expect(await wouldSign(request), `${what}, is not signed over after the gap was recorded`);
        for (const chain of refused) {
          await request.signer
            .checkpoint(chain.chain)
            .catch(() => findings.add(`${what}: ${chain.chain} does not go on`));
        }
      });
      await expectWholeTrail(urls.ownerUrl, world, what, findings);
    } finally {
      await site.close();
    }
  }
}

/** Whether the signer signs a statement in which nothing is wrong. */
async function wouldSign({ signer, clock }: ReturnType<World["alone"]>): Promise<boolean> {
  const service = (await signer.health())?.service;
  const text = `{"made":"${clock().toISOString()}","service":"${service}","type":"countervail.pack.v1"}`;
  const payload = new TextEncoder().encode(text);
  return signer.statement(PACK, payload).then(
    () => true,
    () => false,
  );
}

async function tryNewest(
  folder: string,
  keysFolder: string,
  server: TemporaryServer,
  original: Original,
  findings: Findings,
): Promise<void> {
  const { world } = original;
  const urls = await databaseOf(server, "newest");
  const site = await Site.make(world, urls, join(original.folder, "fresh", "signer"));
  try {
    const { blobs, keys } = await site.restore(folder, keysFolder);
    findings.expect(blobs.named === 1 && blobs.broken.length === 0, "evidence is not whole after a restore");
    findings.expect(keys > 0, "no keys came back");
    await expectWholeTrail(urls.ownerUrl, world, "the newest backup", findings);
    await site.withSigner(async () => {
      const request = site.at(world.alone());
      const { refused = [] } = (await request.signer.health()) ?? {};
      findings.expect(refused.length === 0, "the signer refuses the newest backup");
    });
  } finally {
    await site.close();
  }
}

async function expectWholeTrail(url: string, world: World, what: string, findings: Findings): Promise<void> {
  const database = openDatabase(url, "any");
  const report = await verifyWholeTrail({ ...world.alone(), database }).finally(() => database.close());
  for (const { words } of report.findings) findings.add(`${what}: ${words}`);
}

/** Every part changed at a random place, cut, lengthened and taken away, and one too many. */
async function tryParts(
  folder: string,
  most: number | null,
  random: Random,
  findings: Findings,
  tally: Tally,
): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const all = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of most === null ? all : random.shuffle(all).slice(0, most)) {
    const bytes = await readFile(path);
    const name = path.slice(folder.length + 1);
    const at = random.int(Math.max(1, bytes.length));
    const flipped = Buffer.from(bytes);
    if (flipped.length > 0) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.int(8));
    for (const other of [flipped, bytes.subarray(0, at), Buffer.concat([bytes, Buffer.from("\n")]), null]) {
      if (other?.equals(bytes)) continue;
      if (other === null) await rm(path);
      else await writeFile(path, other);
      await expectRefused(folder, name, findings, tally);
    }
    await writeFile(path, bytes);
  }
  await writeFile(join(folder, "blobs", "more"), "");
  await expectRefused(folder, "blobs/more", findings, tally);
  await rm(join(folder, "blobs", "more"));
  await checkBackup(folder).catch((error: unknown) => findings.add(`an untouched backup is refused: ${error}`));
}

async function expectRefused(folder: string, name: string, findings: Findings, tally: Tally): Promise<void> {
  const words = await checkBackup(folder).then(
    () => null,
    (error: Error) => error.message,
  );
  if (words?.includes(name)) tally.parts += 1;
  else findings.add(`a backup whose ${name} was changed or is gone: ${words ?? "it is taken"}`);
}

/** How the signer is; on a busy machine it may take more than the two seconds that pages wait for it. */
async function healthOf(signer: Signer): Promise<SignerHealth> {
  for (let tries = 0; tries < 15; tries += 1) {
    const health = await signer.health();
    if (health) return health;
  }
  throw new Error("The signer does not answer.");
}
