import { chainStart } from "@/lib/domain/audit/chain";
import { sha256 } from "@/lib/signing/node-crypto";
import { hashBare, makeStretch, sizesOf, timed, verifyOnce } from "../../prove/chain-speed";
import { Random } from "../../prove/support/random";
import { type BenchResult, figureOf, ratioOf } from "../support/result";

const EVENTS = 100_000;
const SEED = 7;
/** Runs of each side, turn about. */
const RUNS = 7;
const TASK = `chain of ${EVENTS.toLocaleString("en")} events`;

/** The verifier's own code over a chain, beside `crypto.hash` over as many bytes of the same sizes. */
export function benchChain(): Pick<BenchResult, "rows" | "checks"> {
  const begin = chainStart("system", sha256);
  const events = makeStretch(begin, EVENTS, new Random(SEED));
  const sizes = sizesOf(events);
  const verify = () => {
    const verdict = verifyOnce(events, begin);
    if (!verdict.holds) throw new Error(verdict.problem);
  };
  verify();
  hashBare(sizes);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(timed(verify).time);
    bare.push(timed(() => hashBare(sizes)).time);
  }
  const [verified, hashed] = [figureOf(ours), figureOf(bare)];
  return {
    rows: [
      { task: TASK, side: "Countervail", unit: "ms", figure: verified },
      { task: TASK, side: "SHA-256 alone", unit: "ms", figure: hashed },
    ],
    checks: [
      {
        ...{ task: TASK, what: "Countervail ÷ SHA-256 alone", unit: "×" },
        ...{ value: ratioOf(verified, hashed), bar: { atMost: 2 } },
      },
    ],
  };
}
