import { existsSync } from "node:fs";
import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import { Trees } from "@/lib/signer/trees";
import { logId } from "@/lib/signing/protocol";

/**
 * `npm run signer:begin -- CHAIN` (`system` or `org:ID`), or `-- --all` for every chain that the signer refuses: your word
 * that it may begin the chain again without the copy that it had, or has: after `trees/` was lost, or after a restore of
 * an older backup. The signer then takes the newest checkpoint that the database has of the chain, if one of its own keys
 * signed it, and signs only what extends that. Run it as the account that the signer runs under, beside it.
 */
export async function main([chain, ...rest]: readonly string[]): Promise<void> {
  if (chain === undefined || rest.length > 0) throw new OperatorError("signer:begin takes a chain, or --all.");
  const { signerFolder } = config();
  if (!existsSync(signerFolder)) {
    throw new OperatorError(`There is no signer in ${signerFolder}: set COUNTERVAIL_DATA as for its start.`);
  }
  const trees = new Trees(signerFolder);
  await trees.open();
  if (chain !== "--all" && !logId.safeParse(chain).success) {
    throw new OperatorError("A chain is called system, or org: with the id of an organisation.");
  }
  const chains = chain === "--all" ? (await trees.allRefused()).map((one) => one.chain) : [chain];
  for (const one of chains) {
    await trees.letBegin(one, systemClock());
    console.log(`The signer may begin ${one} again.`);
  }
  if (chains.length === 0) console.log("The signer refuses no chain.");
}
