import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withConnection } from "@/lib/db/connect";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { signOff } from "@/lib/services/review/sign-off";
import { readEngagementCheckpoint } from "@/lib/services/trail/checkpoints";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { decide, meetCriteria } from "@/test/criteria";
import { bringAssessor, makeEngagement, sign, submitSheet } from "@/test/engagement";
import { inStance } from "@/test/in-stance";
import { nameOf, type Person, World } from "@/test/world";

let world: World;
let assessed = "";
let own = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  assessed = await makeEngagement(world);
  own = await makeEngagement(world, { assessor: false, assessmentType: "SAQ" });
});
afterAll(() => world.close());

const reopen = async (by: Person, id: string) =>
  makeMove(await world.steppedUp(by), id, { move: "reopen", reason: "" });
const refuse = async (by: Person, id: string, reason = "The drill shows nothing.") => {
  const { digest } = await getWorksheet(await world.as(by), id);
  return signOff(await world.steppedUp(by), id, { kind: "refuse", digest, reason });
};
const revoke = async (by: Person, id: string, reason = "The evidence was another system's.") =>
  signOff(await world.steppedUp(by), id, { kind: "revoke", reason });
/** What is signed when it is as it was read, with every criterion found met. */
const asRead = async (id: string, decider: Person = "qsa") => {
  await meetCriteria(world, id, decider);
  const { digest, statementVersion } = await getStatement(await world.as("lead"), id);
  return { kind: "sign", digest, statementVersion } as const;
};

describe("where an assessor company takes part", () => {
  it("signs what was read, word for word, under a statement with name, role and firm", async () => {
    const id = await submitSheet(world, assessed, "8.3.4");
    const read = await asRead(id);
    const qsa = await world.steppedUp("qsa");
    const other = "0".repeat(64);
    await expect(signOff(qsa, id, { ...read, digest: other })).rejects.toMatchObject({
      code: "digest_differs",
      extras: { current: { digest: read.digest, revision: 1, statementVersion: read.statementVersion } },
    });
    const outdated = { ...read, statementVersion: "countervail.sign-off.v0" };
    await expect(signOff(qsa, id, outdated)).rejects.toMatchObject({ code: "digest_differs" });
    expect((await getWorksheet(qsa, id)).signOffs).toEqual([]);

    const signed = await signOff(qsa, id, read);
    const signer = { id: world.userId("qsa"), name: nameOf("qsa") };
    const statement = { kind: "signed", revision: 1, digest: read.digest, signer, signerRole: "Lead QSA" };
    expect(signed).toMatchObject({ state: "signed", validity: { status: "valid" }, signOffs: [statement] });
    expect(signed.signOffs[0]).toMatchObject({ firmName: "Ledgerline Assurance", at: world.now.toISOString() });
    expect(signed.signOffs[0]?.statementText).toContain(read.digest);
    expect(signed.revisions[0]?.reviewedAt).toBe(world.now.toISOString());
    await expect(sign(world, id)).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("takes one password for each signature, and none that is five minutes old", async () => {
    const first = await submitSheet(world, assessed, "8.3.6");
    const second = await submitSheet(world, assessed, "8.3.9");
    await expect(signOff(await world.as("qsa"), first, await asRead(first))).rejects.toMatchObject({
      code: "step_up_required",
    });
    const [one, two] = [await asRead(first), await asRead(second)];
    const qsa = await world.steppedUp("qsa");
    const both = await Promise.allSettled([signOff(qsa, first, one), signOff(qsa, second, two)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "step_up_required" } });
    const [left, words] = both[0].status === "fulfilled" ? [second, two] : [first, one];
    await expect(signOff(await world.as("qsa"), left, words)).rejects.toMatchObject({ code: "step_up_required" });

    await world.steppedUp("qsa");
    world.pass({ minutes: 5, seconds: 1 });
    await expect(signOff(await world.as("qsa"), left, words)).rejects.toMatchObject({ code: "step_up_required" });
    expect(await sign(world, left)).toMatchObject({ state: "signed" });
  });

  it("is nobody else's to decide: neither the entity's people nor an assistant", async () => {
    const id = await submitSheet(world, assessed, "8.3.10.1");
    const read = await asRead(id);
    for (const person of ["lead", "contributor", "reviewer", "observer", "assistant"] as const) {
      const context = await world.steppedUp(person);
      await expect(signOff(context, id, read), person).rejects.toMatchObject({ code: "forbidden" });
      const refusal = { kind: "refuse", digest: read.digest, reason: "No." } as const;
      await expect(signOff(context, id, refusal), person).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(signOff(await world.steppedUp("stranger"), id, read)).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses with a reason, and revokes only one's own signature; all of it can be taken up again", async () => {
    const id = await submitSheet(world, assessed, "8.6.2");
    await expect(refuse("qsa", id, " ")).rejects.toMatchObject({ code: "invalid" });
    expect(await refuse("qsa", id)).toMatchObject({
      state: "refused",
      validity: null,
      signOffs: [{ kind: "refused", reason: "The drill shows nothing." }],
    });
    await expect(revoke("qsa", id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await reopen("lead", id)).toMatchObject({ state: "draft", revision: 2 });
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    await sign(world, id);

    for (const person of ["lead", "assistant"] as const) {
      await expect(revoke(person, id), person).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(signOff(await world.steppedUp("qsa"), id, { kind: "revoke", reason: "" })).rejects.toMatchObject({
      code: "invalid",
    });
    const revoked = await revoke("qsa", id);
    expect(revoked).toMatchObject({ state: "revoked", validity: { status: "revoked" } });
    expect(revoked.signOffs.map(({ kind }) => kind)).toEqual(["refused", "signed", "revoked"]);
    await expect(getWorksheet(await world.as("observer"), id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(reopen("assistant", id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await reopen("qsa", id)).toMatchObject({ state: "draft", revision: 3, sections: null });
  });

  it("is decided by the assessor from the invitation on, also where an ISA was named before", async () => {
    const engagementId = await makeEngagement(world, { assessor: false });
    const id = await submitSheet(world, engagementId, "8.3.4");
    await bringAssessor(world, engagementId);
    for (const person of ["isa", "officer"] as const) {
      await expect(signOff(await world.steppedUp(person), id, await asRead(id)), person).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await sign(world, id)).toMatchObject({ state: "signed" });
    const late = { userId: world.userId("observer"), role: "isa" } as const;
    await expect(addMember(await world.steppedUp("lead"), engagementId, late)).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

describe("reopening", () => {
  const stored = async (worksheetId: string) => {
    const rows = await world.behind.prisma.signOff.findMany({
      where: { worksheetId },
      orderBy: [{ at: "asc" }, { id: "asc" }],
    });
    return rows.map((row) => ({ ...row, said: JSON.parse(row.statement ?? "null") }));
  };

  it("is a statement of the lead, who may be an author, that takes the decision's place and is no decision", async () => {
    const id = await submitSheet(world, await makeEngagement(world), "8.3.4");
    await sign(world, id);
    const lead = await world.steppedUp("lead");
    const left = await world.eventsOf(async () => {
      const reopened = await signOff(lead, id, { kind: "reopen", reason: "The switch was replaced." });
      expect(reopened).toMatchObject({ state: "draft", revision: 2, signOffs: [{ kind: "signed" }] });
    });
    const [signed, reopened] = await stored(id);
    expect(reopened).toMatchObject({ kind: "reopened", witness: "server_witnessed" });
    expect(reopened?.said).toMatchObject({
      kind: "reopened",
      worksheet: { revision: 1 },
      signer: { role: "Lead of the entity", firm: "Quayside Payments" },
      reason: "The switch was replaced.",
      supersedes: signed?.statementSha256,
      validUntil: null,
    });
    expect(left).toMatchObject([
      {
        action: "worksheet.reopened",
        detail: { from: "signed", to: "draft", statementSha256: reopened?.statementSha256 },
      },
    ]);
  });

  it("is a statement too when it is made as a move, and what was withdrawn undecided needs none", async () => {
    const engagementId = await makeEngagement(world);
    const id = await submitSheet(world, engagementId, "8.3.4");
    await makeMove(await world.as("lead"), id, { move: "withdraw", reason: "Not yet." });
    const early = signOff(await world.steppedUp("lead"), id, { kind: "reopen", reason: "" });
    await expect(early).rejects.toMatchObject({ code: "wrong_state" });
    await reopen("lead", id);
    expect(await stored(id)).toEqual([]);
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    await sign(world, id);
    await reopen("qsa", id);
    // Covered at once, as every statement is; here the signer does not look by itself.
    expect(await readEngagementCheckpoint(await world.as("lead"), engagementId)).toMatchObject({ eventsSince: 0 });
    expect((await stored(id)).map(({ kind, said }) => [kind, said.signer.firm])).toEqual([
      ["signed", "Ledgerline Assurance"],
      ["reopened", "Ledgerline Assurance"],
    ]);
  });
});

describe("where no assessor company takes part", () => {
  it("lets ISA and officer decide in its place, and nobody revoke the other's signature", async () => {
    const id = await submitSheet(world, own, "8.3.4");
    const signed = await sign(world, id, "isa");
    const statement = { kind: "signed", signerRole: "Internal Security Assessor", firmName: "Quayside Payments" };
    expect(signed).toMatchObject({ state: "signed", signOffs: [statement] });
    await expect(revoke("officer", id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await revoke("isa", id)).toMatchObject({ state: "revoked" });
    expect(await reopen("officer", id)).toMatchObject({ state: "draft", revision: 2 });
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    expect(await sign(world, id, "officer")).toMatchObject({ signOffs: [{}, {}, { signerRole: "Executive officer" }] });
  });

  it("never lets an author decide, whatever role they hold today", async () => {
    const id = await submitSheet(world, own, "8.3.6");
    const person = world.userId("contributor");
    await expect(addMember(await world.steppedUp("lead"), own, { userId: person, role: "isa" })).rejects.toMatchObject({
      code: "invalid",
    });
    await removeMember(await world.steppedUp("lead"), own, person, "contributor");
    await addMember(await world.steppedUp("lead"), own, { userId: person, role: "isa" });
    const read = await asRead(id, "officer");
    const author = await world.steppedUp("contributor");
    await expect(signOff(author, id, read)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("You wrote part of this worksheet"),
    });
    const refusal = { kind: "refuse", digest: read.digest, reason: "No." } as const;
    await expect(signOff(author, id, refusal)).rejects.toMatchObject({ code: "forbidden" });
    await removeMember(await world.steppedUp("lead"), own, person, "isa");
    await addMember(await world.steppedUp("lead"), own, { userId: person, role: "contributor" });
  });

  it("is kept by the database as well", async () => {
    const id = await submitSheet(world, own, "8.3.9");
    const revision = await world.behind.prisma.revision.findFirstOrThrow({ where: { worksheetId: id } });
    const met = (...ids: readonly string[]) => JSON.stringify(ids.map((one) => ({ id: one, outcome: "met" })));
    const [, second, ...others] = CRITERION_IDS;
    const insert = (signer: Person, engagement: string, digest: string, criteria = met(...CRITERION_IDS)) =>
      withConnection(world.stored.appUrl, (client) => {
        const organisationId = world.organisationId("entity");
        const userId = world.userId(signer);
        const stance = { kind: "scoped", userId, organisationId, engagementId: engagement } as const;
        const values = [engagement, revision.organisationId, id, revision.id, digest, userId, randomUUID(), criteria];
        const statement = `
          WITH said AS (
            SELECT jsonb_build_object('id', $7::text, 'kind', 'signed', 'commentsSha256', encode(sha256('{}'), 'hex'),
              'worksheet', jsonb_build_object('id', $3::text, 'sha256', $5::text),
              'signer', jsonb_build_object('id', $6::text),
              'authentication', jsonb_build_object('kind', 'server_witnessed'), 'criteria', $8::jsonb)::text AS text)
          INSERT INTO sign_off (id, engagement_id, organisation_id, worksheet_id, revision_id, kind, digest,
             statement_version, statement_text, signer_id, signer_name, signer_role, firm_name, at,
             statement, statement_sha256, envelope, comments, witness)
          SELECT $7::uuid, $1::uuid, $2::uuid, $3::uuid, $4::uuid, 'signed', $5::text, 'v', 't', $6::uuid, 'n', 'r', 'f', now(),
             text, encode(sha256(convert_to(text, 'UTF8')), 'hex'), '{}', '{}', 'server_witnessed' FROM said`;
        return inStance(client, stance, () => client.query(statement, values), "COMMIT");
      });
    await expect(insert("contributor", own, revision.digest)).rejects.toMatchObject({ code: "CV004" });
    await expect(insert("officer", own, "0".repeat(64))).rejects.toMatchObject({ code: "CV004" });
    await expect(insert("officer", assessed, revision.digest)).rejects.toMatchObject({ code: "CV004" });
    await expect(insert("officer", own, revision.digest), "nothing decided").rejects.toMatchObject({ code: "CV004" });
    const refused = { code: "CV004", message: "a signature stands over criteria that are all decided and met" };
    for (const one of [second, ...others]) await decide(world, id, one, "met", { by: "isa" });
    const fewer = met(second, ...others);
    await expect(insert("officer", own, revision.digest, fewer), "one undecided").rejects.toMatchObject(refused);
    await meetCriteria(world, id, "isa");
    await expect(insert("officer", own, revision.digest, "[]"), "none stated").rejects.toMatchObject(refused);
    await expect(insert("officer", own, revision.digest, fewer), "one not stated").rejects.toMatchObject(refused);
    const twice = met(second, second, ...others);
    await expect(insert("officer", own, revision.digest, twice), "one stated twice").rejects.toMatchObject(refused);
    // Nothing stands against the officer but that no event says so.
    await expect(insert("officer", own, revision.digest)).rejects.toMatchObject({ code: "CV002" });
  });
});
