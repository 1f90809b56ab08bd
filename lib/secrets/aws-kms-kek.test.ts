import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { awsKmsKek } from "@/lib/secrets/aws-kms-kek";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { type KmsPeer, startKmsPeer } from "@/test/kms-peer";

const ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OTHER = "arn:aws:kms:eu-west-1:111122223333:key/ffffabcd-12ab-34cd-56ef-1234567890ab";
const name = { id: "d1", organisationId: "o1", purpose: "thing.secret" };
let peer: KmsPeer;

beforeAll(async () => {
  peer = await startKmsPeer([ARN, OTHER]);
  // As an operator would point the client to an endpoint of a private network, and log it in.
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", peer.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "of no account here");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await peer.close();
});

test("a data key goes through KMS and back, bound to what it is, in the region of the ARN", async () => {
  const kek = awsKmsKek(ARN);
  const key = randomBytes(32);
  const wrapped = await kek.wrap(name, key);
  expect(wrapped.kekId).toMatch(/^kms-[\w-]{22}$/);
  expect(await kek.holds(wrapped.kekId)).toBe(true);
  expect(Buffer.from(wrapped.wrapped, "base64url").includes(key)).toBe(false);
  expect(await awsKmsKek(ARN).unwrap(name, wrapped)).toEqual(key);
  const [encrypt, decrypt] = peer.requests.slice(-2);
  const context = { application: "countervail", dataKey: "d1", organisation: "o1", purpose: "thing.secret" };
  expect(encrypt).toMatchObject({ target: "TrentService.Encrypt", body: { KeyId: ARN, EncryptionContext: context } });
  expect(decrypt).toMatchObject({ target: "TrentService.Decrypt", body: { KeyId: ARN, EncryptionContext: context } });
  expect(encrypt?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/kms\//);
});

test("a wrapped key does not open for another data key, under another KMS key, or changed", async () => {
  const kek = awsKmsKek(ARN);
  const wrapped = await kek.wrap(name, randomBytes(32));
  for (const other of [{ id: "d2" }, { organisationId: null }, { purpose: "other.secret" }]) {
    await expect(kek.unwrap({ ...name, ...other }, wrapped)).rejects.toThrow(SealBroken);
  }
  await expect(awsKmsKek(OTHER).unwrap(name, wrapped)).rejects.toThrow(SealBroken);
  const bytes = Buffer.from(wrapped.wrapped, "base64url");
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  await expect(kek.unwrap(name, { ...wrapped, wrapped: bytes.toString("base64url") })).rejects.toThrow(SealBroken);
});

test.each([
  [400, "AccessDeniedException"],
  [400, "DisabledException"],
  [400, "NotFoundException"],
])("when KMS says %i %s the operator reads which key and what to look at", async (status, type) => {
  const kek = awsKmsKek(ARN);
  const wrapped = await kek.wrap(name, randomBytes(32));
  peer.failWith({ status, type });
  try {
    const failing = kek.unwrap(name, wrapped);
    await expect(failing).rejects.toThrow(KekUnavailable);
    await expect(failing).rejects.toThrow(new RegExp(`${ARN}.*${type}.*kms:Decrypt`));
  } finally {
    peer.failWith(null);
  }
  expect(await kek.unwrap(name, wrapped)).toHaveLength(32);
});

test("a KMS that hiccups is asked again, and one that is not there is named", async () => {
  const kek = awsKmsKek(ARN);
  const asked = peer.requests.length;
  peer.failWith({ status: 500, type: "KMSInternalException" });
  await expect(kek.wrap(name, randomBytes(32))).rejects.toThrow(/cannot be used \(KMSInternalException\)/);
  expect(peer.requests.length - asked).toBe(3);
  peer.failWith(null);
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:1");
  await expect(awsKmsKek(ARN).wrap(name, randomBytes(32))).rejects.toThrow(KekUnavailable);
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", peer.url);
});
