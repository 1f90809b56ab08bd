import { withConnection } from "@/lib/db/connect";
import type { TemporaryServer } from "@/lib/db/embedded/temporary";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { bodyOf } from "@/test/evidence-files";
import type { Original } from "@/test/restored";

/** Copies a database's files as they are, as whoever copies a data folder does: no session may be open meanwhile. */
export async function copyRaw({ server }: TemporaryServer, from: string, to: string): Promise<void> {
  await withConnection(server.adminUrl("postgres"), async (sql) => {
    await sql.query(`ALTER DATABASE ${from} ALLOW_CONNECTIONS false`);
    try {
      await sql.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1", [from]);
      await sql.query(`CREATE DATABASE ${to} TEMPLATE ${from} OWNER countervail_owner STRATEGY FILE_COPY`);
    } finally {
      await sql.query(`ALTER DATABASE ${from} ALLOW_CONNECTIONS true`);
    }
  });
}

/** Adds a piece of evidence with one file to a worksheet. */
export async function putEvidence({ world, files }: Original, sheet: string): Promise<void> {
  const contributor = await world.as("contributor");
  const piece = { section: "validation", itemId: null, title: "Drill", url: "", shows: "", validUntil: null } as const;
  const { id } = await addEvidence(contributor, sheet, { ...piece, collectedOn: "2026-11-20" });
  const body = bodyOf("locked\nunlocked\n".repeat(10_000));
  await uploadFile(contributor, files, id, { name: "trace.log", body, announced: null, acknowledgeCardNumber: false });
}
