import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { makeKekFile } from "@/lib/secrets/kek-file";

/** `npm run keys:init`: makes the file of key-encryption keys, once; one that is there is left alone. */
export async function main(): Promise<void> {
  const { kekFile } = config();
  const made = await makeKekFile(kekFile, systemClock());
  console.log(
    made
      ? `The key-encryption key was made: keep a copy of ${kekFile} apart from the database and its backups.`
      : `There are key-encryption keys in ${kekFile} already: they were left as they are.`,
  );
}
