import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { OperatorError } from "@/lib/operator-error";
import { LIST, type ListedFile, listedFile, MANIFEST, MANIFEST_DIGEST } from "./format";

/** A folder of a backup that was found to be what its manifest says. */
export interface CheckedFolder<T> {
  readonly folder: string;
  readonly manifest: T;
  /** SHA-256 of the manifest. */
  readonly digest: string;
  readonly files: readonly ListedFile[];
}

/**
 * Reads a folder and looks at every byte of it.
 * @throws OperatorError that names the first part that is missing, changed, or not of it
 */
export async function checkFolder<T extends { list: { sha256: string; files: number } }>(
  path: string,
  shape: z.ZodType<T>,
): Promise<CheckedFolder<T>> {
  const folder = resolve(path);
  const { manifest, digest } = await readManifest(folder, shape);
  const list = join(folder, LIST);
  if ((await digestOf(list, LIST)) !== manifest.list.sha256) throw changed(LIST);
  const files: ListedFile[] = [];
  for await (const line of createInterface({ input: createReadStream(list), crlfDelay: Number.POSITIVE_INFINITY })) {
    const read = listedFile.safeParse(parse(line)).data;
    if (!read) throw changed(LIST);
    files.push(read);
  }
  const known = new Set([MANIFEST, MANIFEST_DIGEST, LIST, ...files.map((file) => file.path)]);
  for await (const found of filesIn(folder)) {
    if (!known.has(found)) throw new OperatorError(`The backup has a part that it does not name: ${found}.`);
  }
  for (const file of files) await checkFile(folder, file);
  return { folder, manifest, digest, files };
}

async function readManifest<T>(folder: string, shape: z.ZodType<T>): Promise<{ manifest: T; digest: string }> {
  if (!(await lstat(folder).catch(() => null))?.isDirectory()) throw new OperatorError(`There is no folder ${folder}.`);
  const digest = await digestOf(join(folder, MANIFEST), MANIFEST);
  const said = await readFile(join(folder, MANIFEST_DIGEST), "utf8").catch(() => {
    throw missing(MANIFEST_DIGEST);
  });
  if (said !== `${digest}  ${MANIFEST}\n`) throw changed(`${MANIFEST}, or ${MANIFEST_DIGEST}`);
  const manifest = shape.safeParse(parse(await readFile(join(folder, MANIFEST), "utf8"))).data;
  if (!manifest) throw new OperatorError(`${join(folder, MANIFEST)} is no manifest of a version known here.`);
  return { manifest, digest };
}

async function checkFile(folder: string, { path, size, sha256 }: ListedFile): Promise<void> {
  const found = await lstat(join(folder, path)).catch(() => null);
  if (!found) throw missing(path);
  if (!found.isFile() || found.size !== size || (await digestOf(join(folder, path), path)) !== sha256) {
    throw changed(path);
  }
}

/** SHA-256 of a file, hex. @throws OperatorError when it cannot be read */
async function digestOf(file: string, name: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) hash.update(chunk as Buffer);
  } catch {
    throw missing(name);
  }
  return hash.digest("hex");
}

async function* filesIn(folder: string, within = ""): AsyncIterable<string> {
  for (const entry of await readdir(join(folder, within), { withFileTypes: true })) {
    const path = within === "" ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, path);
    else yield path;
  }
}

function missing(part: string): OperatorError {
  return new OperatorError(`The backup cannot be used: its part ${part} is missing.`);
}

function changed(part: string): OperatorError {
  return new OperatorError(`The backup cannot be used: its part ${part} is not what was written.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
