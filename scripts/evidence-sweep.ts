import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import { openKeks } from "@/lib/secrets/open-keks";
import { sweptPath } from "./launcher/sweeps";
import { installedDatabase } from "./support/installation";
import { compareManifests, readManifest, takeManifest } from "./support/integrity";
import { generateClient } from "./support/prisma-client";

/**
 * `npm run evidence:sweep`: hashes every stored file again, has scanned what waits for the virus scanner, frees what
 * nothing names any more, and compares the installation's files with what they were at its start (PCI DSS 11.5). What
 * differs is an event. Works beside the running service. `-- --pending` only asks the virus scanner again.
 * @returns 1 when something is damaged or differs
 */
export async function main(flags: readonly string[]): Promise<number> {
  const unknown = flags.find((flag) => flag !== "--pending");
  if (unknown !== undefined) throw new OperatorError(`evidence:sweep knows --pending, not ${unknown}.`);
  const settings = config();
  const url = await installedDatabase(settings);
  await generateClient();
  const { makeSecretBox } = await import("@/lib/auth/secret-box");
  const { openDatabase } = await import("@/lib/db/database");
  const { NO_MAIL } = await import("@/lib/mail/mailer");
  const { NO_SIGNER } = await import("@/lib/signing/client");
  const { openEvidenceFiles } = await import("@/lib/storage/evidence-files");
  const { scanPending, sweepEvidence } = await import("@/lib/services/evidence/sweep");
  const { recordFileChanges } = await import("@/lib/services/evidence/record-file-changes");
  const database = openDatabase(url);
  const context = {
    ...{ database, clock: systemClock, secrets: makeSecretBox(openKeks(settings), systemClock), mail: NO_MAIL },
    ...{ signer: NO_SIGNER, requestId: "evidence:sweep", url: "", address: "unknown", actor: null },
  };
  const files = openEvidenceFiles(settings.dataFolder, settings.evidence);
  try {
    if (flags.includes("--pending")) {
      console.log(`The virus scanner answered for ${await scanPending(context, files)} files.`);
      return 0;
    }
    const swept = await sweepEvidence(context, files);
    const before = await readManifest(settings.dataFolder);
    const changes = before && compareManifests(before, await takeManifest(settings.buildFolder));
    if (changes) await recordFileChanges(context, changes);
    const noted = sweptPath(settings.dataFolder);
    await mkdir(dirname(noted), { recursive: true, mode: 0o700 });
    await writeFile(noted, systemClock().toISOString());
    const differing = changes ? changes.changed.length + changes.added.length + changes.removed.length : 0;
    console.log(
      `${swept.looked} stored files: ${swept.damaged} damaged (${swept.found} found now), ${swept.mended} whole again, ${swept.scanned} scanned, ${swept.freed} freed. ${
        changes
          ? `${differing} files of the installation differ from its start.`
          : "No start of the installation is known."
      }`,
    );
    return swept.damaged + differing > 0 ? 1 : 0;
  } finally {
    await database.close();
  }
}
