import { existsSync } from "node:fs";
import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { fingerprint, standingOf } from "@/lib/domain/proof/keys";
import { OperatorError } from "@/lib/operator-error";
import { Keyring } from "@/lib/signer/keyring";
import { warningsOf } from "./launcher/keys";

/** `npm run keys:show`: the signing keys of the signer whose folder is here, and how long they sign. */
export async function main(): Promise<void> {
  const { signerFolder } = config();
  if (!existsSync(signerFolder)) {
    throw new OperatorError(`There is no signer in ${signerFolder}: set COUNTERVAIL_DATA as for its start.`);
  }
  const now = systemClock();
  const keyring = new Keyring(signerFolder, systemClock);
  const { set } = await keyring.current();
  const root = set.keys.find(({ purpose, state }) => purpose === "root" && state === "active");
  console.log(`Service      ${set.service}`);
  console.log(`Fingerprint  ${fingerprint(root?.id ?? "")}`);
  console.log(`List         number ${set.number}, of ${set.issued}`);
  for (const key of set.keys) {
    const { days } = standingOf(key, now);
    const left = key.state === "active" ? `, ${days} days left` : "";
    console.log(
      `${key.purpose.padEnd(12)} ${key.id.slice(0, 16)}  ${key.state}, until ${key.until.slice(0, 10)}${left}`,
    );
  }
  if (existsSync(keyring.rootFile)) {
    console.log(
      `The root key is still on this machine: move ${keyring.rootFile} to a safe place (README.txt beside it).`,
    );
  }
  for (const line of warningsOf(set.keys, now)) console.log(line);
}
