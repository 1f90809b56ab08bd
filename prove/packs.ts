import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { PackFile } from "@/lib/domain/pack/build";
import { verifyPack } from "@/lib/domain/pack/verify";
import { writeZip } from "@/lib/render/zip/write-zip";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import type { TestService } from "@/test/pack/service";
import { bytesOf, type PackBytes, sourceOf, tellStory } from "@/test/pack/story";
import { toolAvailable } from "@/test/tools";
import { buildVerifier } from "../scripts/build-verifier";
import { anyByte, type ChangedPack, flip, removals, resigned, swaps } from "./packs/changes";
import { SecondVerifier } from "./packs/second-verifier";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";

const MADE = new Date("2026-05-02T10:00:00.000Z");
const YEARS_ON = new Date("2031-05-02T10:00:00.000Z");

/** The packs that are tried. */
interface Stage {
  readonly service: TestService;
  readonly files: readonly PackFile[];
  readonly pack: PackBytes;
  /** An older one of the same service. */
  readonly older: PackBytes;
  /** One of another service. */
  readonly foreign: PackBytes;
}

/** Counts what was tried. */
interface Tally {
  changed: number;
  both: number;
}

/**
 * A pack proves what it says or is rejected: every byte of every file changed, every part exchanged or removed, also
 * when the service's own key has signed the changed manifest; a second verifier, written apart in Python, says the
 * same of every pack; a forgery never counts under the right root; and the verifier reaches no network.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const tally: Tally = { changed: 0, both: 0 };
  const lacks = ["python3", "openssl"].filter((tool) => !toolAvailable(tool));
  const second = lacks.length === 0 ? new SecondVerifier() : null;
  const stage = await makeStage();
  try {
    await tryUntouched(stage, second, findings, tally);
    await tryForgery(stage, second, findings);
    for (const one of changesOf(stage, short, new Random(seed))) await judge(one, stage, second, findings, tally);
    // Single bytes of a manifest that nobody signed anew are quickly told; the second verifier has seen enough of them.
    for (const one of short ? [] : everyByte(stage.pack)) await judge(one, stage, null, findings, tally);
    const calls = await tryProgram(stage, findings);
    const bytes = [...stage.pack.values()].reduce((sum, { length }) => sum + length, 0);
    const result = findings.result(
      `a pack of ${stage.pack.size} files and ${bytes} bytes; ${tally.changed} changed packs rejected, ` +
        `two verifiers agree on ${tally.both}, ${calls} network calls`,
    );
    return { ...result, lacks };
  } finally {
    second?.end();
  }
};

/** Parts removed, parts exchanged, bytes changed: each as a forger could, and with a manifest signed anew. */
function* changesOf({ pack, older, foreign, service }: Stage, short: boolean, random: Random): Generator<ChangedPack> {
  const few = short ? 12 : null;
  const changes = [
    ...chosen(removals(pack), few, random),
    ...[older, foreign, pack].flatMap((other) => chosen(swaps(pack, other), few, random)),
  ];
  for (let round = 0; round < (short ? 60 : 800); round++) {
    const { path, at } = anyByte(pack, random);
    changes.push(flip(pack, path, at, 1 << random.int(8)));
  }
  for (const one of changes) {
    yield one;
    const anew = resigned(one, service);
    if (anew) yield anew;
  }
}

async function makeStage(): Promise<Stage> {
  const { service } = tellStory();
  const older = bytesOf(await service.pack(MADE));
  for (const minute of [10, 20, 30]) {
    service.record({ action: "trail.viewed", at: `2026-05-02T10:${minute}:00.000Z`, actorId: null, detail: {} }, true);
  }
  const files = await service.pack(MADE);
  return { service, files, pack: bytesOf(files), older, foreign: bytesOf(await tellStory().service.pack(MADE)) };
}

function verify(bytes: PackBytes, root: string | null, now = MADE, older?: PackBytes) {
  const options = { sha256, checkSignature, trustedRoot: root, now, older: older && sourceOf(older) };
  return verifyPack(sourceOf(bytes), options);
}

async function judge(
  { what, bytes, allowed }: ChangedPack,
  { service }: Stage,
  second: SecondVerifier | null,
  findings: Findings,
  tally: Tally,
): Promise<void> {
  const { verdict, first } = await verify(bytes, service.rootKeyId);
  if (allowed) {
    tally.changed += 1;
    findings.expect(verdict !== "valid" && allowed.includes(verdict), `${what}: ${verdict} (${first?.says ?? ""})`);
  }
  if (!second) return;
  const opinion = await second.ask(bytes, service.rootKeyId);
  tally.both += 1;
  findings.expect(
    opinion.verdict === verdict,
    `${what}: ${verdict} (${first?.says}), the second: ${JSON.stringify(opinion)}`,
  );
}

/** As it was made, after keys were replaced, five years on, and beside an older one. */
async function tryUntouched(
  { pack, older, service }: Stage,
  second: SecondVerifier | null,
  findings: Findings,
  tally: Tally,
): Promise<void> {
  for (const [now, before] of [
    [MADE, undefined],
    [YEARS_ON, undefined],
    [MADE, older],
  ] as const) {
    const report = await verify(pack, service.rootKeyId, now, before);
    findings.expect(report.verdict === "valid", `an untouched pack is ${report.verdict}: ${report.first?.says}`);
    const saysSo = report.notes.some((note) => note.includes("time ended"));
    findings.expect(saysSo === (now === YEARS_ON), `what has expired by ${now.toISOString()}: ${report.notes}`);
    const opinion = await second?.ask(pack, service.rootKeyId, before);
    if (opinion) tally.both += 1;
    findings.expect(!opinion || opinion.verdict === "valid", `the second verifier: ${JSON.stringify(opinion)}`);
  }
  const cut = await verify(older, service.rootKeyId, MADE, pack);
  findings.expect(cut.verdict === "invalid", "a shorter trail continues a longer one");
}

async function tryForgery(
  { foreign, service }: Stage,
  second: SecondVerifier | null,
  findings: Findings,
): Promise<void> {
  for (const [root, expected] of [
    [service.rootKeyId, "invalid"],
    [null, "incomplete"],
  ] as const) {
    const { verdict } = await verify(foreign, root);
    findings.expect(verdict === expected, `a forgery is ${verdict}`);
    const opinion = await second?.ask(foreign, root);
    findings.expect(!opinion || opinion.verdict === expected, `the second says of a forgery: ${opinion?.verdict}`);
  }
}

function* everyByte(pack: PackBytes): Generator<ChangedPack> {
  for (const [path, bytes] of pack) for (let at = 0; at < bytes.length; at++) yield flip(pack, path, at);
}

/** All of them, or some that the seed chooses. */
function chosen(all: Iterable<ChangedPack>, most: number | null, random: Random): readonly ChangedPack[] {
  const list = [...all];
  return most === null ? list : random.shuffle(list).slice(0, most);
}

/** Whatever would open a connection or look up a name says so and ends the program. */
const DENY = `
import net from "node:net"; import dns from "node:dns"; import dgram from "node:dgram"; import { syncBuiltinESMExports } from "node:module";
const deny = () => { process.stderr.write("NETWORK"); process.exit(99); };
net.Socket.prototype.connect = deny; net.Server.prototype.listen = deny; dns.lookup = deny; dgram.createSocket = deny; globalThis.fetch = deny;
syncBuiltinESMExports();
`;

/** Runs the bundled program on the archive, where every way to a network ends it. @returns calls that it made */
async function tryProgram({ files, service }: Stage, findings: Findings): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "countervail-packs-"));
  try {
    const [program, deny, archive] = [await buildVerifier(folder), join(folder, "deny.mjs"), join(folder, "pack.zip")];
    await writeFile(deny, DENY);
    await writeFile(archive, await buffer(writeZip(files)));
    const args = ["--import", deny, program, archive, "--root", service.rootKeyId];
    const [code, words] = await new Promise<[number, string]>((resolve) => {
      execFile(process.execPath, args, (error, out, complaints) =>
        resolve([Number(error?.code ?? 0), out + complaints]),
      );
    });
    findings.expect(code === 0, `the program ended with ${code}: ${words}`);
    const calls = words.split("NETWORK").length - 1;
    findings.expect(calls === 0, "the program reached for the network");
    return calls;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
