import type { ServiceContext } from "@/lib/auth/context";
import { readAsSystem } from "@/lib/auth/open";
import { oneKeyOfEachKek } from "@/lib/data/data-keys";
import { OperatorError } from "@/lib/operator-error";
import type { KekProvider } from "@/lib/secrets/kek";
import { SealBroken } from "@/lib/secrets/seal-broken";

/** Whether anything was ever sealed here, so that keys are there to be missed. */
export async function holdsSecrets(context: ServiceContext): Promise<boolean> {
  const keys = await readAsSystem(context, "looking for keys", oneKeyOfEachKek);
  return keys.length > 0;
}

/**
 * Tries every key-encryption key that a stored data key is wrapped under.
 * @throws OperatorError naming the first that is missing, cannot be used or is another one under the same name
 */
export async function checkKeys(context: ServiceContext, keks: KekProvider): Promise<void> {
  for (const { kekId, wrapped, ...name } of await readAsSystem(context, "checking keys", oneKeyOfEachKek)) {
    try {
      await keks.unwrap(name, { kekId, wrapped });
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      throw new OperatorError(
        `The key-encryption key ${kekId} does not open what was sealed under it: restore the right one from its backup.`,
      );
    }
  }
}
