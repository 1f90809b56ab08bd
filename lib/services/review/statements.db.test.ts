import { createHash } from "node:crypto";
import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { requireSession, sessionOfToken } from "@/lib/auth/session";
import type { LaidOutDto } from "@/lib/contracts/review";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope, preAuthEncoding, verifyEnvelope } from "@/lib/domain/proof/envelope";
import { verifyKeyOf } from "@/lib/domain/proof/key-set";
import { SIGN_OFF_TYPE, type SignOffStatement } from "@/lib/domain/sign-off/signed-statement";
import { addPasskey, beginPasskey } from "@/lib/services/account/factors/passkeys";
import { layOutStatement } from "@/lib/services/review/lay-out-statement";
import { openThread } from "@/lib/services/review/open-thread";
import { signOff } from "@/lib/services/review/sign-off";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { NO_SIGNER } from "@/lib/signing/client";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { Authenticator } from "@/test/authenticator";
import { meetCriteria } from "@/test/criteria";
import { makeEngagement, sign, submitSheet } from "@/test/engagement";
import type { TestSigner } from "@/test/signer";
import { World } from "@/test/world";

let world: World;
let signer: TestSigner;
let engagementId = "";
let authenticator: Authenticator;
beforeAll(async () => {
  world = await World.make();
  signer = await world.startSigner();
  engagementId = await makeEngagement(world);
  const [context, token] = [await world.steppedUp("qsa"), await world.signedIn("qsa")];
  authenticator = new Authenticator(context.url);
  const session = requireSession(await sessionOfToken(world.alone(), token, true));
  const asked = await beginPasskey(context, { ...session, actor: context.actor });
  await addPasskey(context, { ...session, actor: context.actor }, "Key", authenticator.make(asked));
});
afterAll(() => world.close());
beforeEach(() => world.pass({ hours: 1 }));

const hex = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const lay = async (id: string, passkey: boolean) => {
  await meetCriteria(world, id);
  return layOutStatement(await world.as("qsa"), id, { kind: "sign", reason: "", passkey });
};
const parse = ({ payload }: Pick<LaidOutDto, "payload">) => JSON.parse(payload) as SignOffStatement;
const stored = (id: string) => world.behind.prisma.signOff.findFirstOrThrow({ where: { worksheetId: id } });

/** Shows the passkey over a statement, which is a step-up, and signs with it. */
async function signByPasskey(id: string, laid: LaidOutDto, shownFor = laid) {
  const passkey = authenticator.show({ challenge: shownFor.request?.challenge ?? "" });
  const qsa = await world.showAgain("qsa", { passkey });
  const { wording, worksheet } = parse(laid);
  const statement = { id: laid.id, at: laid.at, sha256: laid.sha256 };
  const read = { kind: "sign", digest: worksheet.sha256, statementVersion: wording.version } as const;
  return signOff(qsa, id, { ...read, statement, passkey });
}

/** The keys that the signer has published. */
async function statementKeys() {
  return (await signer.keySet()).keys.filter(({ purpose }) => purpose === "statement").map(verifyKeyOf);
}

describe("a signature by a passkey", () => {
  it("is the person's and the system's over the very bytes that were shown, which outsiders verify", async () => {
    const id = await submitSheet(world, engagementId, "8.3.4");
    const thread = { section: null, itemId: null, visibility: "shared", body: "Łódź: agreed." } as const;
    await openThread(await world.as("qsa"), id, thread);
    const laid = await lay(id, true);
    const { digest } = await getWorksheet(await world.as("qsa"), id);
    expect(parse(laid)).toMatchObject({
      kind: "signed",
      worksheet: { id, engagementId, requirement: "8.3.4", revision: 1, sha256: digest },
      signer: { id: world.userId("qsa"), role: "Lead QSA", firm: "Ledgerline Assurance" },
      authentication: { kind: "passkey", methods: ["password", "totp"] },
      supersedes: null,
      validUntil: "2027-11-24",
    });
    const left = await world.eventsOf(() => signByPasskey(id, laid));
    const event = left.find(({ action }) => action === "worksheet.signed");
    expect(event).toMatchObject({ detail: { statementSha256: laid.sha256, signOffId: laid.id } });

    const row = await stored(id);
    expect([row.statement, row.statementSha256, row.witness]).toEqual([laid.payload, hex(laid.payload), "passkey"]);
    expect(hex(row.comments ?? "")).toBe(parse(laid).commentsSha256);
    expect(row.comments).toContain("Łódź: agreed.");
    const envelope = parseEnvelope(utf8(row.envelope ?? ""));
    if (!envelope.ok) throw new Error(envelope.error);
    const verdict = await verifyEnvelope(envelope.value, SIGN_OFF_TYPE, await statementKeys(), checkSignature);
    if (!verdict.ok) throw new Error(verdict.error);
    const [own] = verdict.value.passkeys;
    if (!own?.webauthn) throw new Error("The person did not sign.");
    const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
    const challenge = base64url(sha256(preAuthEncoding(SIGN_OFF_TYPE, utf8(laid.payload))));
    const credentialId = own.keyid.slice("webauthn:".length);
    const checked = await verifyAuthenticationResponse({
      response: {
        id: credentialId,
        rawId: credentialId,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          authenticatorData: base64url(own.webauthn.authenticatorData),
          clientDataJSON: base64url(own.webauthn.clientDataJSON),
          signature: base64url(own.sig),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: own.webauthn.origin,
      expectedRPID: own.webauthn.rpId,
      credential: { id: credentialId, publicKey: new Uint8Array(own.webauthn.publicKey), counter: 0 },
    });
    expect(checked.verified).toBe(true);
    expect((await getWorksheet(await world.as("qsa"), id)).signOffs).toMatchObject([
      { witness: "passkey", statementSha256: laid.sha256 },
    ]);
  });

  it("is refused over another statement, over one that has changed, and too late; then nothing was signed", async () => {
    const [id, other] = [
      await submitSheet(world, engagementId, "8.3.6"),
      await submitSheet(world, engagementId, "8.3.9"),
    ];
    await expect(signByPasskey(id, await lay(id, true), await lay(other, true))).rejects.toMatchObject({
      code: "invalid_credentials",
    });
    world.pass({ minutes: 6 });
    const before = await lay(id, true);
    const thread = { section: null, itemId: null, visibility: "shared", body: "One more doubt." } as const;
    await openThread(await world.as("assistant"), id, thread);
    await expect(signByPasskey(id, before)).rejects.toMatchObject({ code: "digest_differs" });
    const late = await lay(id, false);
    world.pass({ minutes: 5 });
    const { digest, statementVersion } = {
      digest: parse(late).worksheet.sha256,
      statementVersion: parse(late).wording.version,
    };
    const statement = { id: late.id, at: late.at, sha256: late.sha256 };
    await expect(
      signOff(await world.steppedUp("qsa"), id, { kind: "sign", digest, statementVersion, statement }),
    ).rejects.toMatchObject({ code: "digest_differs" });
    expect((await getWorksheet(await world.as("qsa"), id)).signOffs).toEqual([]);
    expect(await sign(world, id)).toMatchObject({ state: "signed", signOffs: [{ witness: "server_witnessed" }] });
  });

  it("is laid out for those alone who may read the revision, and nobody signs without the right", async () => {
    const id = await submitSheet(world, engagementId, "8.6.2");
    await meetCriteria(world, id);
    const own = await layOutStatement(await world.as("assistant"), id, { kind: "sign", reason: "", passkey: false });
    const { wording, worksheet } = parse(own);
    const statement = { id: own.id, at: own.at, sha256: own.sha256 };
    const signing = { kind: "sign", digest: worksheet.sha256, statementVersion: wording.version, statement } as const;
    await expect(signOff(await world.steppedUp("assistant"), id, signing)).rejects.toMatchObject({ code: "forbidden" });
    const observer = layOutStatement(await world.as("observer"), id, { kind: "sign", reason: "", passkey: false });
    await expect(observer).rejects.toMatchObject({ code: "forbidden" });
    const stranger = layOutStatement(await world.as("stranger"), id, { kind: "sign", reason: "", passkey: false });
    await expect(stranger).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("without a signer", () => {
  it("nothing is signed and nothing stored, and the person is told to come back", async () => {
    const id = await submitSheet(world, engagementId, "8.3.10.1");
    await meetCriteria(world, id);
    world.signer = NO_SIGNER;
    await expect(
      layOutStatement(await world.as("qsa"), id, { kind: "sign", reason: "", passkey: false }),
    ).resolves.toBeDefined();
    const { digest } = await getWorksheet(await world.as("qsa"), id);
    const refusal = { kind: "refuse", digest, reason: "No." } as const;
    await expect(signOff(await world.steppedUp("qsa"), id, refusal)).rejects.toMatchObject({ code: "unavailable" });
    expect(await getWorksheet(await world.as("qsa"), id)).toMatchObject({ state: "qsa_review", signOffs: [] });
    world.signer = signer.client;
    const refused = await signOff(await world.steppedUp("qsa"), id, refusal);
    expect(refused).toMatchObject({ state: "refused", signOffs: [{ kind: "refused", witness: "server_witnessed" }] });
  });
});

describe("the database", () => {
  it("keeps no decision whose statement says something else", async () => {
    const id = await submitSheet(world, engagementId, "8.2.8");
    await sign(world, id);
    const { id: _, ...row } = await stored(id);
    const insert = (differ: object) => world.behind.prisma.signOff.create({ data: { ...row, ...differ } });
    await expect(insert({ statementSha256: "0".repeat(64) })).rejects.toThrow("carries the statement");
    await expect(insert({ statement: null, statementSha256: null })).rejects.toThrow("carries the statement");
    await expect(insert({ comments: "{}" })).rejects.toThrow("carries the statement");
  });
});
