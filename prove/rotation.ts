import { rename } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { inIdentity } from "@/lib/auth/open";
import { readKekFile } from "@/lib/secrets/kek-file";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { thingPlace } from "@/test/sealed-table";
import { startRotation } from "./rotation/command";
import { type RotationLoad, type RunningLoad, readSecrets, signIn, writeSecrets } from "./rotation/load";
import { type PutSecret, RotationStage, type StageSize } from "./rotation/stage";
import { App } from "./support/app";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { asSuperuser, unguarded } from "./support/sql";

/** What goes on while keys are changed. */
const LOADS: readonly RotationLoad[] = [readSecrets, writeSecrets, signIn];

const LONG: StageSize = { organisations: 500, each: 20, people: 24, readers: 3 };
const SHORT: StageSize = { organisations: 30, each: 3, people: 3, readers: 1 };

/**
 * Changes the key-encryption key and then every data key of an app that is in use: each is killed half-way and taken up
 * again (in the short form the first alone), and nobody who opens or seals a secret or signs in notices. A secret at
 * another place does not open, and without its keys the app refuses to start.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const app = await App.make();
  try {
    await app.start();
    const stage = await RotationStage.make(app, short ? SHORT : LONG);
    try {
      const count = stage.secrets.length;
      const [changes, meanwhile] = await underLoad(stage, seed, findings, async () => {
        const kek = await changeKek(stage, findings, short);
        return `${kek}; ${await changeDataKeys(stage, findings, short)}`;
      });
      const moved = await checkPlaces(stage, findings);
      await stage.close();
      await checkWithout(app, stage.kekFile, findings, short);
      return findings.result(
        `${count} secrets: ${changes}; meanwhile ${meanwhile}; ${moved} of ${moved} moved ciphertexts do not open; a start without the keys is refused`,
      );
    } finally {
      await stage.close();
    }
  } finally {
    await app.remove();
  }
};

/** Does something while all loads go on. @returns what it returned, and what the loads did */
async function underLoad(
  stage: RotationStage,
  seed: number,
  findings: Findings,
  work: () => Promise<string>,
): Promise<readonly [string, string]> {
  const loads = LOADS.map((load) => load(stage, seed));
  try {
    const done = await work();
    return [done, await stopLoads(loads, findings)];
  } finally {
    for (const load of loads) await load.stop();
  }
}

/** Changes the key-encryption key once with a kill in the middle, and in the long form once whole. */
async function changeKek(stage: RotationStage, findings: Findings, short: boolean): Promise<string> {
  const before = await activeKek(stage);
  const moved = async () => {
    const keys = await stage.dataKeys();
    const all = [...keys.values()].reduce((sum, one) => sum + one, 0);
    return { done: all - (keys.get(before) ?? 0), all };
  };
  const at = await withOneKeyHeld(stage, () => killHalfWay(stage, ["--batch=2"], moved, findings));
  const resumed = await resume(stage, ["--batch=2"], findings);
  findings.expect(/^An interrupted rotation was finished/.test(resumed), `resuming said: ${resumed}`);
  await expectOneKek(stage, findings);
  const changed = `the key-encryption key changed over ${(await moved()).all} data keys, killed at ${at} and resumed`;
  if (short) return changed;
  const begin = performance.now();
  const { status, output } = await startRotation(stage.app, []).ended;
  findings.expect(status === 0, `a whole rotation said: ${output}`);
  await expectOneKek(stage, findings);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  return `${changed}, then once more whole in ${seconds} s`;
}

/** Everything is wrapped under the active key, and the former ones are retired. */
async function expectOneKek(stage: RotationStage, findings: Findings): Promise<void> {
  const file = await readKekFile(stage.kekFile);
  const used = [...(await stage.dataKeys()).keys()];
  findings.expect(used.length === 1 && used[0] === file?.active, `data keys are under ${used.join(", ")}`);
  const live = file?.keys.filter(({ retiredAt }) => !retiredAt) ?? [];
  findings.expect(live.length === 1, `${live.length} key-encryption keys are not retired`);
}

/** Makes fresh data keys and seals everything anew, in the long form with a kill in the middle. */
async function changeDataKeys(stage: RotationStage, findings: Findings, short: boolean): Promise<string> {
  const how = short ? await sealWhole(stage, findings) : await sealWithKill(stage, findings);
  const left = await stage.behind.prisma.dataKey.count({ where: { generation: 1, retiredAt: null } });
  const under = await stage.behind.prisma.$queryRaw<{ left: number }[]>`
    SELECT count(*)::int AS left
    FROM (SELECT secret FROM sealed_thing UNION ALL SELECT secret FROM totp_factor) AS sealed
    JOIN data_key ON data_key.id::text = split_part(secret, '.', 3) WHERE retired_at IS NOT NULL`;
  findings.expect(under[0]?.left === 0, `${under[0]?.left} secrets are still under retired data keys`);
  return `all sealed anew, ${how} (${left} data keys made meanwhile stay)`;
}

async function sealWhole(stage: RotationStage, findings: Findings): Promise<string> {
  const { status, output } = await startRotation(stage.app, ["--secrets"]).ended;
  findings.expect(status === 0, `sealing anew said: ${output}`);
  const { fresh, all } = await stage.fresh();
  return `${fresh} of ${all} secrets under fresh keys`;
}

async function sealWithKill(stage: RotationStage, findings: Findings): Promise<string> {
  const progress = async () => {
    const { fresh, all } = await stage.fresh();
    return { done: fresh, all };
  };
  const flags = ["--secrets", "--batch=20"];
  const at = await killHalfWay(stage, flags, progress, findings);
  const resumed = await resume(stage, flags, findings);
  findings.expect(/^An interrupted rotation was finished/.test(resumed), `resuming said: ${resumed}`);
  return `killed at ${at} and resumed`;
}

/**
 * Holds one data key, the last that a rotation comes to, so that it cannot be wrapped anew: whoever looks late still finds
 * the rotation half-way. Those who seal and open with the key go on.
 */
function withOneKeyHeld<T>(stage: RotationStage, work: () => Promise<T>): Promise<T> {
  return asSuperuser(stage.app, async (sql) => {
    await sql.query("BEGIN");
    try {
      await sql.query("SELECT FROM data_key ORDER BY ctid DESC LIMIT 1 FOR SHARE");
      return await work();
    } finally {
      await sql.query("ROLLBACK");
    }
  });
}

/** Starts a rotation, and kills it when part of the work is done. @returns where it was killed */
async function killHalfWay(
  stage: RotationStage,
  flags: readonly string[],
  progress: () => Promise<{ readonly done: number; readonly all: number }>,
  findings: Findings,
): Promise<string> {
  const first = startRotation(stage.app, flags);
  let over = false;
  void first.ended.then(() => {
    over = true;
  });
  for (let seen = await progress(); !over && seen.done < seen.all / 4; seen = await progress()) await pause(2);
  first.kill();
  await first.ended;
  const { done, all } = await progress();
  findings.expect(done > 0 && done < all, `it was killed when ${done} of ${all} were done`);
  return `${done} of ${all}`;
}

/** Runs a rotation again that was killed. @returns what it said in the end */
async function resume(stage: RotationStage, flags: readonly string[], findings: Findings): Promise<string> {
  const { status, output } = await startRotation(stage.app, flags).ended;
  findings.expect(status === 0, `after the kill it ended with ${status}: ${output}`);
  return output;
}

async function activeKek(stage: RotationStage): Promise<string> {
  return (await readKekFile(stage.kekFile))?.active ?? "";
}

async function stopLoads(loads: readonly RunningLoad[], findings: Findings): Promise<string> {
  const parts: string[] = [];
  for (const load of loads) {
    const { done, failures, slowest } = await load.stop();
    for (const failure of failures) findings.add(`${load.what}: ${failure}`);
    findings.expect(done > 0, `no ${load.what}`);
    parts.push(`${done} ${load.what} with ${failures.length} failures (slowest ${slowest.toFixed(0)} ms)`);
  }
  return parts.join(", ");
}

/** Every secret opens at its place, and its ciphertext in no other row, nor once it was moved there in the database. */
async function checkPlaces(stage: RotationStage, findings: Findings): Promise<number> {
  const box = stage.process();
  const sealed = await stage.sealed();
  const { secrets } = stage;
  for (let from = 0; from < secrets.length; from += 200) {
    await inIdentity(stage.context(box), async (tx) => {
      for (const [index, secret] of secrets.slice(from, from + 200).entries()) {
        const text = sealed.get(secret.row) ?? "";
        const opened = await box.unseal(tx, thingPlace(secret.row, secret.organisationId), text);
        findings.expect(opened === secret.text, `${secret.row} opens to something else`);
        const next = secrets[(from + index + 1) % secrets.length] ?? secret;
        await expectBroken(box.unseal(tx, thingPlace(next.row, next.organisationId), text), secret.row, findings);
      }
    });
  }
  const [one, two] = secrets;
  if (!one || !two) throw new Error("There are no secrets.");
  await swap(stage, one, two);
  for (const secret of [one, two]) await expectBroken(stage.open(box, secret), secret.row, findings);
  await swap(stage, one, two);
  for (const secret of [one, two]) {
    findings.expect((await stage.open(box, secret)) === secret.text, `${secret.row} does not open again`);
  }
  return secrets.length + 2;
}

/** Exchanges two ciphertexts as somebody who owns the database. */
function swap(stage: RotationStage, one: PutSecret, two: PutSecret): Promise<unknown> {
  return asSuperuser(stage.app, (sql) =>
    unguarded(sql, () =>
      sql.query(
        `UPDATE sealed_thing AS here SET secret = there.secret FROM sealed_thing AS there
         WHERE here.id = ANY ($1) AND there.id = ANY ($1) AND here.id <> there.id`,
        [[one.row, two.row]],
      ),
    ),
  );
}

async function expectBroken(opening: Promise<string>, what: string, findings: Findings): Promise<void> {
  try {
    await opening;
    findings.add(`${what} opened at another place`);
  } catch (error) {
    findings.expect(error instanceof SealBroken, `${what} at another place: ${String(error)}`);
  }
}

/** Without the file of keys the app does not start, and says so in one line; with it, which the long form tries, it does. */
async function checkWithout(app: App, kekFile: string, findings: Findings, short: boolean): Promise<void> {
  await app.stop();
  await rename(kekFile, `${kekFile}.away`);
  const refusal = await app.start().then(
    () => "it started",
    (error: Error) => error.message,
  );
  const words =
    /^The launcher ended: The database holds secrets, and the key-encryption keys .* restore the file .*\.$/;
  findings.expect(words.test(refusal), `without its keys: ${refusal}`);
  if (short) return;
  await app.stop();
  await rename(`${kekFile}.away`, kekFile);
  await app.start();
}
