import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toBase64, utf8 } from "@/lib/domain/proof/bytes";
import { preAuthEncoding } from "@/lib/domain/proof/envelope";
import { publicBytes } from "@/lib/domain/proof/keys";
import { checkSignature } from "@/lib/signing/node-crypto";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";

let world: World;
let signer: TestSigner;
beforeAll(async () => {
  world = await World.make();
  signer = await world.startSigner();
});
afterAll(() => world.close());

const keys = () => signer.keySet();
const ask: TestSigner["ask"] = (...asked) => signer.ask(...asked);

describe("statements", () => {
  const TYPE = "application/vnd.countervail.sign-off.v1+json";
  const statement = async (more: object = {}) => {
    const { service } = await keys();
    return utf8(JSON.stringify({ at: world.now.toISOString(), service, type: "countervail.sign-off.v1", ...more }));
  };

  it("of this service, of now and of a known type are signed by the statement key", async () => {
    const payload = await statement();
    const { keyid, sig } = await signer.client.statement(TYPE, payload);
    const record = (await keys()).keys.find(({ id }) => id === keyid);
    expect(record?.purpose).toBe("statement");
    const key = { algorithm: "ed25519" as const, publicKey: publicBytes(record ?? { publicKey: "" }) };
    expect(checkSignature(key, preAuthEncoding(TYPE, payload), Buffer.from(sig, "base64"))).toBe(true);
  });

  it.each<[string, object, string]>([
    ["a type that nobody knows", {}, "application/json"],
    ["a type that is not the document's", {}, "application/vnd.countervail.pack.v1+json"],
    ["another service", { service: "00000000-0000-4000-8000-000000000000" }, TYPE],
    ["a time that is past", { at: "2026-11-24T08:54:54.000Z" }, TYPE],
    ["no time", { at: null }, TYPE],
    ["members out of order", { a: 1 }, TYPE],
  ])("with %s are refused", async (_what, more, type) => {
    const payload = toBase64(await statement(more));
    expect(await ask("/statement", JSON.stringify({ payloadType: type, payload }))).toMatchObject({ status: 409 });
  });

  it("that are no request are answered as what they are", async () => {
    expect(await ask("/statement", "{")).toMatchObject({ status: 400, reply: { error: "malformed" } });
    expect(await ask("/statement", JSON.stringify({ payloadType: TYPE, payload: "*" }))).toMatchObject({ status: 400 });
    expect(await ask("/nothing", "{}")).toMatchObject({ status: 404 });
    expect(await ask("/statement", "x".repeat(34_000_000)).catch(() => ({ status: 413 }))).toMatchObject({
      status: 413,
    });
  });

  it("are not signed after the key's time", async () => {
    const now = world.now;
    world.pass({ days: 366 });
    await expect(signer.client.statement(TYPE, await statement())).rejects.toMatchObject({ code: "unavailable" });
    world.now = now;
  });
});
