// Seals all secrets anew, as `npm run keys:rotate -- --secrets` does, with those of the proof's own table among them: a
// process of its own, so that it can be killed.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { main } = await import("../../scripts/keys-rotate.ts");
const { SEALED_COLUMNS } = await import("../../lib/domain/secrets/sealed-columns.ts");
const { SEALED_THING } = await import("../../test/sealed-table.ts");
await main(["--secrets", ...process.argv.slice(2)], [...SEALED_COLUMNS, SEALED_THING]);
