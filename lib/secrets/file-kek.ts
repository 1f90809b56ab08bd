import { createSecretKey, type KeyObject } from "node:crypto";
import { decrypt, encrypt } from "@/lib/secrets/cipher";
import { boundName, type KekProvider } from "@/lib/secrets/kek";
import { type KekFile, readKekFile } from "@/lib/secrets/kek-file";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";

/**
 * Key-encryption keys from a file. It is read anew each time, which is seldom (opened data keys are kept for a while),
 * so that every process notices a rotation by itself.
 */
export function fileKek(path: string): KekProvider {
  return kekOver(async () => {
    const content = await readKekFile(path);
    if (content) return content;
    throw new KekUnavailable(`There are no key-encryption keys in ${path}: restore the file from its backup.`);
  });
}

/** Key-encryption keys from wherever they are read. */
export function kekOver(read: () => Promise<KekFile>): KekProvider {
  return {
    activeId: async () => (await read()).active,
    holds: async (kekId) => (await read()).keys.some(({ id }) => id === kekId),
    wrap: async (name, key) => {
      const file = await read();
      const kekId = file.active;
      return { kekId, wrapped: encrypt(keyIn(file, kekId), boundName(kekId, name), key) };
    },
    unwrap: async (name, { kekId, wrapped }) => decrypt(keyIn(await read(), kekId), boundName(kekId, name), wrapped),
  };
}

function keyIn(file: KekFile, kekId: string): KeyObject {
  const found = file.keys.find(({ id }) => id === kekId);
  if (!found) throw new KekUnavailable(`The key-encryption key ${kekId} is not in its file: restore it from a backup.`);
  return createSecretKey(found.key, "base64url");
}
