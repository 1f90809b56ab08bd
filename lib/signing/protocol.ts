import { z } from "zod";

/**
 * What the web server and the signer say to each other: HTTP over a Unix socket, JSON both ways. Both sides check what
 * they get.
 */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = z.base64();

/** Name of a chain. */
export const logId = z.string().regex(/^(system|org:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);

/** `POST /checkpoint`: a checkpoint of the chain as it is now. */
export const checkpointRequest = z.strictObject({ logId });

/** Its reply; `note` is the signed note, `root` the tree's root. */
export const checkpointReply = z.object({
  logId,
  size: z.int().nonnegative(),
  root: hex,
  note: z.string(),
  keyId: hex,
  at: z.iso.datetime(),
});
export type SignedCheckpoint = z.infer<typeof checkpointReply>;

/** `POST /statement`: a signature over the pre-authentication encoding of type and payload. */
export const statementRequest = z.strictObject({ payloadType: z.string().max(200), payload: base64 });

/** Its reply, as an envelope takes it. */
export const statementReply = z.object({ keyid: hex, sig: base64 });
export type StatementSignature = z.infer<typeof statementReply>;

/** `POST /seal`: a seal over the SHA-256 of what the byte range of a PDF names. */
export const sealRequest = z.strictObject({ sha256: hex });

/** Its reply: a detached CMS signature in DER, and the key that made it. */
export const sealReply = z.object({ keyId: hex, cms: base64 });
export type SealReply = z.infer<typeof sealReply>;

/**
 * `GET /keys`: the current list of keys and the earlier ones, oldest first, and all hand-overs, envelopes as texts; and
 * the certificates of the keys that seal PDFs, in PEM.
 */
export const keysReply = z.object({
  keySet: z.string(),
  earlier: z.array(z.string()),
  handOvers: z.array(z.string()),
  certificates: z.array(z.string()),
});
export type SignerKeys = z.infer<typeof keysReply>;

/** `GET /health`: how the signer is. */
export const healthReply = z.object({
  service: z.uuid(),
  /** Chains that it refuses to sign, until an operator has looked. */
  refused: z.array(z.object({ chain: logId, reason: z.string(), at: z.iso.datetime() })),
  /** Why it could not look at the chains the last time, or null. */
  problem: z.string().nullable(),
});
export type SignerHealth = z.infer<typeof healthReply>;

/** Why it did not do what it was asked: the request is wrong, there is no such chain, or see `reason`. */
export const REFUSALS = {
  malformed: 400,
  unknown: 404,
  /** A chain that does not extend what was signed before, or a statement that may not be signed. */
  refused: 409,
  too_large: 413,
  /** Now is not the time: the database is away, or a key's time is over. */
  unavailable: 503,
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** The reply to what was not done. */
export const refusalReply = z.object({
  error: z.enum(["malformed", "unknown", "refused", "too_large", "unavailable"]),
  reason: z.string(),
  chain: z.string().optional(),
});
