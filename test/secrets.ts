import { makeSecretBox, type SecretBox } from "@/lib/auth/secret-box";
import { type Clock, systemClock } from "@/lib/clock";
import { kekOver } from "@/lib/secrets/file-kek";
import { newFileKey } from "@/lib/secrets/kek-file";

const key = newFileKey(systemClock());

/** A box over the one key-encryption key of this test run: what one box sealed, another one opens. */
export function testSecrets(clock: Clock = systemClock): SecretBox {
  return makeSecretBox(
    kekOver(async () => ({ version: 1, active: key.id, keys: [key] })),
    clock,
  );
}
