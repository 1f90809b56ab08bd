import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { OperatorError } from "@/lib/operator-error";

const shape = z.object({
  superuser: z.string().min(32),
  owner: z.string().min(32),
  app: z.string().min(32),
  auth: z.string().min(32),
  /** Added, all of them, to what an earlier version made. */
  signer: z.string().min(32).optional(),
  worker: z.string().min(32).optional(),
  keeper: z.string().min(32).optional(),
});

/** Random secrets of one installation: six database passwords and the key that protects sign-in cookies. */
export type Secrets = Required<z.infer<typeof shape>>;

/**
 * Reads the installation's secrets from `secrets.json` in the data folder (mode 0600), making them the first time.
 * @throws OperatorError when the file cannot be read or is damaged
 */
export async function loadSecrets(dataFolder: string): Promise<Secrets> {
  const path = join(dataFolder, "secrets.json");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new OperatorError(`The passwords in ${path} cannot be read: correct the file's owner.`);
  });
  if (text === undefined) return makeSecrets(path);
  const { signer, worker, keeper, ...rest } = parse(text, path);
  if (signer !== undefined && worker !== undefined && keeper !== undefined) return { ...rest, signer, worker, keeper };
  return writeSecrets(path, {
    ...rest,
    signer: signer ?? random(),
    worker: worker ?? random(),
    keeper: keeper ?? random(),
  });
}

function parse(text: string, path: string): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new OperatorError(`The passwords in ${path} are damaged: restore the file from a backup.`);
  }
}

function random(): string {
  return randomBytes(32).toString("base64url");
}

function makeSecrets(path: string): Promise<Secrets> {
  return writeSecrets(path, {
    superuser: random(),
    owner: random(),
    app: random(),
    auth: random(),
    signer: random(),
    worker: random(),
    keeper: random(),
  });
}

async function writeSecrets(path: string, secrets: Secrets): Promise<Secrets> {
  // Written aside and renamed, so that a kill in between leaves no half file.
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
    await rename(draft, path);
  } catch {
    throw new OperatorError(`The passwords cannot be written to ${path}: correct the folder's owner.`);
  }
  return secrets;
}
