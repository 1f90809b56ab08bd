import { existsSync } from "node:fs";
import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { isOneOf } from "@/lib/domain/proof/keys";
import { OperatorError } from "@/lib/operator-error";
import { Keyring } from "@/lib/signer/keyring";
import { destroyFormerKeys, type KeysChanged, REPLACEABLE, replaceKey } from "@/lib/signer/rotate";
import { openSigner } from "@/lib/signing/client";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { recordKeys } from "./launcher/keys";
import { installedDatabase } from "./support/installation";
import { generateClient } from "./support/prisma-client";

/**
 * `npm run keys:next -- checkpoint`, `-- statement` or `-- seal`: replaces that signing key, beside the running service. The old
 * key hands over to the new one, and the root key signs the new list. `--root PATH` names the root key's file, when it
 * was moved away as it should be. `--destroy` destroys the private halves of former keys of that purpose instead.
 */
export async function main(given: readonly string[]): Promise<void> {
  const { purpose, rootFile, destroy } = readArguments(given);
  const settings = config();
  if (!existsSync(settings.signerFolder)) {
    throw new OperatorError(`There is no signer in ${settings.signerFolder}: set COUNTERVAIL_DATA as for its start.`);
  }
  const appUrl = await installedDatabase(settings);
  const keyring = new Keyring(settings.signerFolder, systemClock);
  const change = destroy ? destroyFormerKeys : replaceKey;
  const changed = await change(keyring, purpose, rootFile ?? keyring.rootFile, systemClock);
  console.log(wordsFor(purpose, changed));
  await generateClient();
  const signer = openSigner(signerSocketPath(settings));
  if ((await signer.health()) === null) {
    console.error("The signer does not run: the change is recorded in the trail at the next start.");
    return;
  }
  await recordKeys({ appUrl }, signer);
}

function readArguments(given: readonly string[]) {
  const rest = [...given];
  const at = rest.indexOf("--root");
  const [, rootFile] = at < 0 ? [] : rest.splice(at, 2);
  const destroyAt = rest.indexOf("--destroy");
  if (destroyAt >= 0) rest.splice(destroyAt, 1);
  const [purpose, ...unknown] = rest;
  if (!isOneOf(REPLACEABLE, purpose) || unknown.length > 0 || (at >= 0 && rootFile === undefined)) {
    throw new OperatorError("keys:next takes checkpoint, statement or seal, then --root PATH and --destroy if wanted.");
  }
  return { purpose, rootFile, destroy: destroyAt >= 0 };
}

function wordsFor(purpose: string, { number, former, next }: KeysChanged): string {
  const keys = former.length === 1 ? "1 former key" : `${former.length} former keys`;
  if (next === null) return `Destroyed ${keys} for ${purpose}; list of keys number ${number}.`;
  return `The key for ${purpose} is ${next.slice(0, 16)} now; list of keys number ${number}. Move the root key away again.`;
}
