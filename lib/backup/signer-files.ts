import { createReadStream } from "node:fs";
import { lstat, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createDurably, writeDurably } from "@/lib/durable";
import { OperatorError } from "@/lib/operator-error";
import { sizeOfTree } from "@/lib/signer/trees";
import { type ListedFile, SIGNER } from "./format";
import type { FolderWriter } from "./write-folder";

/** What anybody may see of the signer's folder: lists of keys, hand-overs, and what was signed last of each chain. */
const PUBLIC = ["keys/sets", "keys/hand-overs", "keys/certificates", "trees", "refused", "gaps"];

/** Copies the signer's public part. @returns the names of the files */
export async function copySignerFiles(signerFolder: string, writer: FolderWriter): Promise<string[]> {
  const names: string[] = [];
  for (const part of PUBLIC) names.push(...(await jsonFilesIn(signerFolder, part)));
  for (const name of names) await writer.add(`${SIGNER}/${name}`, createReadStream(join(signerFolder, name)));
  return names;
}

/**
 * Puts the signer's public part in place. What is there stays; of two copies of a chain's tree the longer one does, since
 * what was signed is signed.
 * @throws OperatorError when the folder there is another signer's
 */
export async function putSignerFiles(
  folder: string,
  files: readonly ListedFile[],
  signerFolder: string,
): Promise<void> {
  const ours = files.filter((file) => file.path.startsWith(`${SIGNER}/`));
  // A folder in which there was nothing is needed all the same.
  for (const part of ours.length > 0 ? PUBLIC : []) {
    await mkdir(join(signerFolder, part), { recursive: true, mode: 0o700 });
  }
  const names = ours.map(({ path }) => path.slice(SIGNER.length + 1));
  const stray = names.find((name) => !PUBLIC.some((part) => name.startsWith(`${part}/`)));
  // An operator's word, or a key, is nothing that a backup brings.
  if (stray !== undefined) throw new OperatorError(`The backup has signer/${stray}, which does not belong into one.`);
  for (const name of names) {
    const path = `${SIGNER}/${name}`;
    const place = join(signerFolder, name);
    const content = await readFile(join(folder, path), "utf8");
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    if (await createDurably(place, content)) continue;
    const there = await readFile(place, "utf8");
    if (name.startsWith("trees/")) {
      if (sizeOfTree(content) > sizeOfTree(there)) await writeDurably(place, content);
    } else if (there !== content && name.startsWith("keys/")) {
      throw new OperatorError(`${place} is another one than in the backup: this is the folder of another signer.`);
    }
  }
}

/** The private keys of the signer, as names in its folder; the root key's as long as it was not moved away. */
export async function privateKeysIn(signerFolder: string): Promise<string[]> {
  const names = [];
  for (const part of ["keys", "root"]) {
    const found = await readdir(join(signerFolder, part)).catch(() => []);
    names.push(...found.filter((name) => name.endsWith(".pem")).map((name) => `${part}/${name}`));
  }
  return names.sort();
}

async function jsonFilesIn(folder: string, part: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of (await readdir(join(folder, part)).catch(() => [])).sort()) {
    const path = `${part}/${name}`;
    const found = await lstat(join(folder, path));
    if (found.isDirectory()) names.push(...(await jsonFilesIn(folder, path)));
    // A file that is being written has another ending.
    else if (/\.(json|txt|pem)$/.test(name)) names.push(path);
  }
  return names;
}
