import { fingerprint } from "@/lib/domain/proof/keys";
import type { Omission } from "./manifest";

/** What the words in a pack speak of. */
export interface ReadmeFacts {
  readonly entityName: string;
  readonly engagementName: string;
  readonly made: Date;
  readonly rootKeyId: string;
  readonly verifierSha256: string;
  /** Address of the page that verifies packs in a browser. */
  readonly verifyUrl: string;
  readonly omissions: readonly Omission[];
}

/** The README.txt of a pack: what is in it and how to verify it, for somebody who has never seen one. */
export function readmeText(facts: ReadmeFacts): string {
  const left = facts.omissions.map(({ what, reason }) => `  ${what}: ${reason}`);
  return `Proof pack: compensating controls worksheets
============================================

Entity:      ${facts.entityName}
Engagement:  ${facts.engagementName}
Made:        ${facts.made.toISOString()}

What is in it
-------------
worksheets/   every revision that was decided on, as it was frozen (JSON, which is the signed record) and as a PDF, a rendering of it
records/      the same of customized approaches, legal exceptions and targeted risk analyses, which are no compensating controls
statements/   who signed, refused or revoked what, over which evidence, in which words; signed
evidence/     the files of evidence, each named by its SHA-256
comments/     the comments that the signers had before them, each named by its SHA-256
events/       what the audit trail recorded of it, to the byte, network addresses included; proofs/ shows that it stands in the trail
checkpoint.txt, consistency/   the state of the trail, signed, and that it goes on from earlier packs
keys.dsse.json, keys/, hand-overs/   the service's public keys, signed by its root key; keys/seal-*.pem certifies the PDFs' seal
manifest.json, manifest.dsse.json    every file with its digest, signed by the service
verify.mjs    the verifier: one file of JavaScript without anything else

Left out
--------
${left.length > 0 ? left.join("\n") : "  Nothing."}

How to verify it
----------------
You need the fingerprint of the service's root key, from a source other than this pack: from the service's own page,
or from somebody there whom you know. This pack says that it is

  ${fingerprint(facts.rootKeyId)}

which proves nothing by itself: a forger would write his own here.

1. In a browser: open ${facts.verifyUrl}
   choose this file and enter the fingerprint. Nothing is sent; the page works without a connection once it is open.
2. With Node.js 20 or later: take verify.mjs out of this archive, and run
     node verify.mjs PACK.zip --root "FINGERPRINT"
   The verifier's SHA-256 is ${facts.verifierSha256}
   A verifier that comes with what it verifies could be forged with it: use a copy that you got elsewhere, for instance
   out of an older pack, or compare the digest with somebody else's.
3. Without any of our programs: docs/verify-a-pack.md in Countervail's source describes the format so that you can write
   a verifier of your own, and docs/verifier/verify_pack.py is a second one, in Python with openssl.
   To look into single things, sha256sum and unzip suffice: manifest.json holds the digest of every file.

Each PDF carries the service's seal, so that it can be checked by itself: pdfsig (poppler) has to say "Signature is
Valid" and "Total document signed". It knows no issuer of the certificate, because the service made it itself; the
certificate is in keys/, and the verifiers check that it is the service's.

The program ends with 0 when the pack is valid, 1 when it is not, and 2 when something is missing, also when you gave
no fingerprint. Keep this file. With a later pack, --extends THIS-PACK.zip shows that history was not rewritten between.
`;
}
