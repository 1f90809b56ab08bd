import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { verifyHandOver } from "@/lib/domain/proof/hand-over";
import { activeKey } from "@/lib/domain/proof/key-set";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { Keyring } from "./keyring";
import { replaceKey } from "./rotate";

const clock = () => new Date("2026-11-24T09:00:00Z");
let folder = "";
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "countervail-keys-")), "signer");
  await new Keyring(folder, clock).make("5e0f6a1c-6f4e-4bd9-9a4e-0d6f5a3a9b11");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Every replaced key has handed over to the next, and the active ones can sign. */
async function expectWhole(replaced: number): Promise<void> {
  const keyring = new Keyring(folder, clock);
  const { set } = await keyring.current();
  expect(set.number).toBe(1 + replaced);
  const { handOvers } = await keyring.published();
  const to: string[] = [];
  for (const text of handOvers) {
    const envelope = parseEnvelope(utf8(text));
    if (!envelope.ok) throw new Error(envelope.error);
    const verdict = await verifyHandOver(envelope.value, set.service, set.keys, sha256, checkSignature);
    if (!verdict.ok) throw new Error(verdict.error);
    to.push(verdict.value.to);
  }
  const later = set.keys.slice(4).map(({ id }) => id);
  expect(to.sort()).toEqual(later.sort());
  for (const purpose of ["checkpoint", "statement"] as const) {
    expect((await keyring.active(purpose)).record.id).toBe(activeKey(set, purpose)?.id);
  }
}

it("keeps keys and hand-overs whole when two replace them at once in one process", async () => {
  const keyring = () => new Keyring(folder, clock);
  const change = (purpose: "checkpoint" | "statement") => replaceKey(keyring(), purpose, keyring().rootFile, clock);
  const outcomes = await Promise.allSettled([change("checkpoint"), change("statement"), change("checkpoint")]);
  const done = outcomes.filter(({ status }) => status === "fulfilled");
  expect(done).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(String(outcome.reason)).toMatch(/are being changed .*: try again/);
  }
  await expectWhole(1);
  await change("statement");
  await expectWhole(2);
});

it("keeps them whole when two processes do", async () => {
  const program = `import { register } from "tsx/esm/api";
    register({ tsconfig: process.cwd() + "/tsconfig.json" });
    const { Keyring } = await import(process.cwd() + "/lib/signer/keyring.ts");
    const { replaceKey } = await import(process.cwd() + "/lib/signer/rotate.ts");
    const clock = () => new Date("2026-11-24T09:00:00Z");
    const keyring = new Keyring(process.argv[1], clock);
    for (let turn = 0; turn < 10; turn += 1) {
      await replaceKey(keyring, process.argv[2], keyring.rootFile, clock)
        .then(() => console.log("replaced"), (error) => { if (error.name !== "OperatorError") throw error; });
    } // keys-next`;
  const run = (purpose: string) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program, folder, purpose]);
      let [said, wrong] = ["", ""];
      child.stdout.on("data", (chunk) => {
        said += String(chunk);
      });
      child.stderr.on("data", (chunk) => {
        wrong += String(chunk);
      });
      child.once("close", (code) => (code === 0 ? resolve(said) : reject(new Error(wrong))));
    });
  const said = (await Promise.all([run("checkpoint"), run("statement")])).join("");
  await expectWhole(said.match(/replaced/g)?.length ?? 0);
  expect(await readdir(join(folder, "keys"))).not.toContain("changing");
});
