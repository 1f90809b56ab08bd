import { createReadStream } from "node:fs";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createDurably, readIfThere } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";
import { keysManifest, SIGNER } from "./format";
import { checkFolder } from "./read-folder";
import { privateKeysIn } from "./signer-files";
import type { FolderWriter } from "./write-folder";

const KEK = "kek.json";

/** Where an installation's keys are. */
export interface KeyPlaces {
  readonly signerFolder: string;
  /** The file of key-encryption keys; not there where they are elsewhere (AWS KMS). */
  readonly kekFile: string;
}

/**
 * Copies the private keys: the signer's, and the key-encryption keys where they are a file.
 * @returns the names of the files
 */
export async function copyKeys({ signerFolder, kekFile }: KeyPlaces, writer: FolderWriter): Promise<string[]> {
  const names: string[] = [];
  for (const name of await privateKeysIn(signerFolder)) {
    names.push((await writer.add(`${SIGNER}/${name}`, createReadStream(join(signerFolder, name)))).path);
  }
  const kek = await readIfThere(kekFile);
  if (kek !== null) names.push((await writer.add(KEK, [Buffer.from(kek)])).path);
  if (names.length === 0) throw new OperatorError("There are no keys here to copy: leave --keys away.");
  return names;
}

/**
 * Puts keys back where they belong; one that is there already has to be the same.
 * @throws OperatorError when the folder is damaged, of another service, or other keys are there
 */
export async function putKeys(path: string, service: string, { signerFolder, kekFile }: KeyPlaces): Promise<number> {
  const { folder, manifest, files } = await checkFolder(path, keysManifest);
  if (manifest.service !== service) throw new OperatorError("The keys are those of another service.");
  const stray = files.find(({ path }) => path !== KEK && !/^signer\/(keys|root)\/[A-Za-z0-9-]+\.pem$/.test(path));
  if (stray) throw new OperatorError(`The folder has ${stray.path}, which is no key of a backup.`);
  for (const file of files) {
    const place = file.path === KEK ? kekFile : join(signerFolder, file.path.slice(SIGNER.length + 1));
    const content = await readFile(join(folder, file.path), "utf8");
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    if (!(await createDurably(place, content)) && (await readFile(place, "utf8")) !== content) {
      throw new OperatorError(`${place} is there and is another key: move it away first.`);
    }
    await chmod(place, 0o600);
  }
  return files.length;
}
