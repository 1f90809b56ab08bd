import type pg from "pg";
import { systemClock } from "@/lib/clock";
import { withConnection } from "@/lib/db/connect";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { type ChainLink, entryHash } from "@/lib/domain/audit/chain";
import { utf8 } from "@/lib/domain/proof/bytes";
import { sha256 } from "@/lib/signing/node-crypto";
import { startTestSigner, type TestSigner } from "@/test/signer";
import type { Findings } from "../support/findings";
import { protectedTables } from "../support/protected-tables";
import { unguarded } from "../support/sql";
import { tell } from "../support/told-rows";

/** What stands of the trail in the database; the signer's own copy is elsewhere. */
const TRAIL = ["audit_event", "audit_head", "audit_checkpoint"];
const CHAINS = ["system", "org:018f4e5a-1111-7000-8000-000000000001", "org:018f4e5a-2222-7000-8000-000000000002"];
const LENGTHS = { short: 6, long: 40 };

/** A history that agrees with itself, made by somebody who owns the database. */
interface Rewriting {
  readonly kind: string;
  readonly what: string;
  readonly logId: string;
  readonly work: (sql: pg.Client) => Promise<unknown>;
}

/**
 * What recomputing the stored history cannot find, because all of it agrees: chains that are written anew from some event
 * on, ends that are cut off with a head that fits, and older states of everything, each with the stored checkpoints left,
 * or taken away. The signer has its own copy: it signs none of them, and names the chain.
 * @returns the figure
 */
export async function proveRewritten(short: boolean, findings: Findings): Promise<string> {
  const temporary = await startTemporaryServer();
  let signer: TestSigner | undefined;
  try {
    const { signerUrl } = await temporary.makeMigrated("rewritten");
    return await withConnection(temporary.server.adminUrl("rewritten"), async (sql) => {
      const length = short ? LENGTHS.short : LENGTHS.long;
      await grow(sql, length);
      signer = await startTestSigner({ signerUrl }, systemClock);
      await keep(sql, "older");
      await grow(sql, 2);
      await signer.look();
      await keep(sql, "now");
      const all = await rewritings(sql);
      let refused = 0;
      for (const rewriting of all) if (await isRefused(sql, signer, rewriting, findings)) refused += 1;
      return `${refused} of ${all.length} histories that agree with themselves refused by the signer`;
    });
  } finally {
    await signer?.remove();
    await temporary.remove();
  }
}

/** Events in every chain. */
async function grow(sql: pg.Client, count: number): Promise<void> {
  const [target] = await protectedTables(sql);
  if (!target) throw new Error("No table is protected.");
  for (const logId of CHAINS) for (let n = 0; n < count; n += 1) await tell(sql, logId, target, []);
}

async function keep(sql: pg.Client, name: string): Promise<void> {
  for (const table of TRAIL) await sql.query(`CREATE TABLE ${name}_${table} AS TABLE ${table}`);
}

async function putBack(sql: pg.Client, name: string): Promise<void> {
  for (const table of TRAIL) {
    await sql.query(`DELETE FROM ${table}`);
    await sql.query(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
  }
}

async function rewritings(sql: pg.Client): Promise<Rewriting[]> {
  const { rows } = await sql.query<{ log_id: string; size: string }>("SELECT log_id, size FROM audit_head");
  const made = rows.flatMap(({ log_id: logId, size }) => {
    const places = Array.from({ length: Number(size) }, (_, seq) => seq);
    return places.flatMap((seq): Rewriting[] => [
      { kind: "re-chain everything", what: `from ${seq}`, logId, work: (one) => rechain(one, logId, seq) },
      { kind: "cut off a tail and fit the head", what: `from ${seq}`, logId, work: (one) => cut(one, logId, seq) },
    ]);
  });
  const older = CHAINS.map((logId) => ({
    kind: "restore an old backup of everything",
    what: "",
    logId,
    work: (one: pg.Client) => putBack(one, "older"),
  }));
  return [...made, ...older].flatMap((one) => [
    one,
    { ...one, what: `${one.what}, without its checkpoints`, work: async (by: pg.Client) => forget(by, one) },
  ]);
}

async function forget(sql: pg.Client, { work }: Rewriting): Promise<void> {
  await work(sql);
  await sql.query("DELETE FROM audit_checkpoint");
}

/** Says something else in an event, and computes every hash after it anew. */
async function rechain(sql: pg.Client, logId: string, from: number): Promise<void> {
  const { rows } = await sql.query<{ seq: string; prev_hash: Buffer; payload: string }>(
    "SELECT seq, prev_hash, payload FROM audit_event WHERE log_id = $1 AND seq >= $2 ORDER BY seq",
    [logId, from],
  );
  let last: ChainLink["prevHash"] = new Uint8Array(rows[0]?.prev_hash ?? []);
  for (const [turn, { seq, payload }] of rows.entries()) {
    const said = turn === 0 ? payload.replace('"test"', '"lie"') : payload;
    const hash = entryHash(BigInt(seq), last, sha256(utf8(said)), sha256);
    await sql.query(
      "UPDATE audit_event SET payload = $3, prev_hash = $4, entry_hash = $5 WHERE log_id = $1 AND seq = $2",
      [logId, seq, said, Buffer.from(last), Buffer.from(hash)],
    );
    last = hash;
  }
  await sql.query("UPDATE audit_head SET head = $2 WHERE log_id = $1", [logId, Buffer.from(last)]);
}

async function cut(sql: pg.Client, logId: string, from: number): Promise<void> {
  await sql.query(
    `UPDATE audit_head SET size = $2, head = (SELECT prev_hash FROM audit_event WHERE log_id = $1 AND seq = $2)
     WHERE log_id = $1`,
    [logId, from],
  );
  await sql.query("DELETE FROM audit_event WHERE log_id = $1 AND seq >= $2", [logId, from]);
}

/** Rewrites, asks the signer for a checkpoint, and puts everything back, as an operator would who has found out. */
async function isRefused(
  sql: pg.Client,
  signer: TestSigner,
  { kind, what, logId, work }: Rewriting,
  findings: Findings,
): Promise<boolean> {
  await unguarded(sql, () => work(sql));
  const { status, reply } = await signer.ask("/checkpoint", JSON.stringify({ logId }));
  await unguarded(sql, () => putBack(sql, "now"));
  await signer.forgetRefusals();
  const refused = status === 409 && (reply as { chain?: string }).chain === logId;
  findings.expect(refused, `${kind} ${what}, ${logId}: the signer answered ${status}`);
  const { status: after } = await signer.ask("/checkpoint", JSON.stringify({ logId }));
  findings.expect(after === 200, `${kind} ${what}, ${logId}: put back, the signer answers ${after}`);
  return refused;
}
