import { newToken, tokenHash } from "@/lib/auth/session-token";
import { moveIn } from "@/lib/backup/move-in";
import { checkMoved } from "@/lib/backup/read-moved";
import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { parseFingerprint } from "@/lib/domain/proof/keys";
import { OperatorError } from "@/lib/operator-error";
import { openEvidenceFiles } from "@/lib/storage/evidence-files";
import { readArguments } from "./support/arguments";
import { ownedDatabase } from "./support/installation";

const USAGE = "countervail import FILE [--organisation ID[,ID]] [--root FINGERPRINT[,FINGERPRINT]]";
/** How long the printed links work: they have to reach people first. */
const LINK_MS = 24 * 60 * 60 * 1_000;

/** Fingerprints as people type them. @throws OperatorError for one that is none */
function rootsIn(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((one) => {
    if (one.trim() === "") return [];
    const id = parseFingerprint(one);
    if (!id) throw new OperatorError("--root takes fingerprints: 64 hexadecimal digits each.");
    return [id];
  });
}

/**
 * `countervail import FILE`: takes an engagement in that a lead took out of another service (All data, on the workbook),
 * beside the running service. Where decisions came along, the operator confirms whose keys signed them; without that, their
 * fingerprint is printed and nothing comes in. Prints a link for each administrator of its company who is new here.
 */
export async function main(given: readonly string[]): Promise<void> {
  const { plain, flags } = readArguments(given, { flags: ["organisation", "root"], plain: 1, usage: USAGE });
  const settings = config();
  const file = await checkMoved(plain[0] ?? "");
  const { head } = file;
  const roots = rootsIn(flags.root);
  const known = (flags.organisation ?? "").toLowerCase().split(",");
  const files = openEvidenceFiles(settings.dataFolder, settings.evidence);
  const now = systemClock();
  const links: string[] = [];
  const place = { ownerUrl: await ownedDatabase(settings), store: files.store, draftFolder: files.draftFolder, now };
  const moved = await moveIn(file, { ...place, known, roots, scans: files.scanner !== null }, ({ email }) => {
    const token = newToken();
    links.push(`${email}: ${settings.url}/reset/${token}`);
    return { tokenHash: tokenHash(token), expiresAt: new Date(now.getTime() + LINK_MS) };
  });
  console.log(`${moved.rows} rows and ${moved.files} files of evidence came in, from service ${head.service}.`);
  if (links.length > 0) {
    console.log("Administrators choose a password by these links within a day, and let the others in on People:");
    for (const line of links) console.log(line);
  }
}
