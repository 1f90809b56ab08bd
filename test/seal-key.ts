import { makeSealCertificate } from "@/lib/signer/certificate";
import { newKey } from "@/lib/signer/keyring";
import { makeSeal } from "@/lib/signer/seal";
import { NO_SIGNER, type Signer } from "@/lib/signing/client";

/** A key that seals, with its certificate, as the signer has one. */
export interface TestSealKey {
  readonly certificate: string;
  /** Whoever is asked for seals. */
  readonly signer: Signer;
}

/** Makes one, without a signer's process. */
export function makeTestSealKey(from = new Date("2026-11-20T00:00:00Z")): TestSealKey {
  const key = newKey("seal", from);
  const certificate = makeSealCertificate(key.record, key.secret, "0f8fad5b-d9cb-469f-a165-70867728950e");
  return { certificate, signer: { ...NO_SIGNER, seal: async (digest) => makeSeal(digest, key, certificate) } };
}
