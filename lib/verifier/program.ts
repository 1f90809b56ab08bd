import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { openArchive } from "@/lib/domain/pack/archive";
import type { PackSource } from "@/lib/domain/pack/examine-parts";
import { type PackReport, reportUnreadable, type Verdict } from "@/lib/domain/pack/report";
import { verifyPack } from "@/lib/domain/pack/verify";
import { toHex } from "@/lib/domain/proof/bytes";
import { parseFingerprint } from "@/lib/domain/proof/keys";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { inflateByNode, openFile } from "./node-archive";
import { printReport } from "./print-report";

/** What the program ends with. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { valid: 0, invalid: 1, incomplete: 2 };

const USAGE = `Usage: verify PACK [--root FINGERPRINT] [--extends OLDER] [--json]

  PACK         the proof pack, a zip archive
  --root       fingerprint of the service's root key, from a source other than the pack
  --extends    an older pack: PACK has to continue its trail, so that nothing was rewritten between
  --json       the report as JSON

Ends with 0 when the pack is valid, 1 when it is not, 2 when something is missing or no root was given.`;

/** How the program was called. */
interface Call {
  readonly pack: string;
  readonly root: string | null;
  readonly older: string | null;
  readonly json: boolean;
}

/** Where the program writes to. */
export interface Output {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * Verifies a pack from the command line.
 * @param self file of the program whose digest is said, when it is one file
 * @returns the exit code; 64 for a call that cannot be understood
 */
export async function runVerifier(
  args: readonly string[],
  { say, complain }: Output,
  now: Date,
  self: string | null,
): Promise<number> {
  const call = parseCall(args);
  if (typeof call === "string") {
    complain(call === "" ? USAGE : `${call}\n\n${USAGE}`);
    return 64;
  }
  const digest = self === null ? null : await readFile(self).then(sha256).then(toHex);
  const report = await verifyFile(call, now);
  if (call.json) say(JSON.stringify({ ...report, programSha256: digest }, null, 2));
  else say(`${printReport(report)}${digest === null ? "" : `This program: SHA-256 ${digest}\n`}`);
  return EXIT_CODES[report.verdict];
}

/** @returns the call, or what is wrong with it; empty when help was asked for */
function parseCall(args: readonly string[]): Call | string {
  const named = readArguments(args);
  if (typeof named === "string") return named;
  const { positionals, values } = named;
  if (values.help) return "";
  const [pack, more] = positionals;
  if (!pack || more !== undefined) return "Name one pack.";
  const root = values.root === undefined ? null : parseFingerprint(values.root);
  if (values.root !== undefined && root === null) return "A fingerprint has 64 hexadecimal digits.";
  return { pack, root, older: values.extends ?? null, json: values.json ?? false };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        root: { type: "string" },
        extends: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Verifies a pack in a file. */
export async function verifyFile({ pack, root, older }: Omit<Call, "json">, now: Date): Promise<PackReport> {
  const closers: (() => Promise<void>)[] = [];
  const openPack = async (path: string, which: string): Promise<PackSource | PackReport> => {
    try {
      const file = await openFile(path);
      closers.push(file.close);
      const archive = await openArchive(file, inflateByNode);
      return archive.ok ? archive.value : reportUnreadable(`${which}${archive.error}`, now);
    } catch (error) {
      return reportUnreadable(`${which}${error instanceof Error ? error.message : String(error)}`, now);
    }
  };
  try {
    const source = await openPack(pack, "");
    const before = older === null ? undefined : await openPack(older, "of the older pack, ");
    if ("verdict" in source) return source;
    if (before && "verdict" in before) return before;
    return await verifyPack(source, { sha256, checkSignature, trustedRoot: root, older: before, now });
  } finally {
    for (const close of closers) await close();
  }
}
