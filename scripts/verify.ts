import { runVerifier } from "@/lib/verifier/program";

/** `countervail verify PACK [--root FINGERPRINT] [--extends OLDER] [--json]`: the verifier, from its sources. */
export function main(args: string[]): Promise<number> {
  const output = { say: (text: string) => console.log(text), complain: (text: string) => console.error(text) };
  return runVerifier(args, output, new Date(), null);
}
