import { generate } from "otplib";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { actorOfToken, type OpenSession, requireSession, sessionOfToken, signOut } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import { type Database, openDatabase } from "@/lib/db/database";
import { NO_MAIL } from "@/lib/mail/mailer";
import { acceptInvitation } from "@/lib/services/account/accept-invitation";
import { changePassword } from "@/lib/services/account/change-password";
import { beginApp, confirmApp } from "@/lib/services/account/factors/authenticator-app";
import { setUp } from "@/lib/services/account/set-up";
import { addRequirements } from "@/lib/services/disposition/add-requirements";
import { bulkAssign } from "@/lib/services/disposition/bulk-assign";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { acceptEngagement, inviteAssessor } from "@/lib/services/engagement/invite-assessor";
import { readEngagements } from "@/lib/services/engagement/list-engagements";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { invitePerson } from "@/lib/services/organisation/invite-person";
import { readScopeResult } from "@/lib/services/scope/read-scope";
import { saveScope } from "@/lib/services/scope/save-scope";
import { NO_SIGNER } from "@/lib/signing/client";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { testSecrets } from "@/test/secrets";

const PASSWORD = "correct horse battery";

let stored: TestDatabase;
let database: Database;
let behind: Database;
let now = new Date("2026-11-24T09:00:00Z");
const secrets = testSecrets();
const anonymous = (): ServiceContext => ({
  database,
  secrets,
  mail: NO_MAIL,
  signer: NO_SIGNER,
  clock: () => now,
  requestId: "test",
  url: "",
  address: "unknown",
  actor: null,
});

beforeAll(async () => {
  stored = await makeTestDatabase({ catalogue: true });
  database = openDatabase(stored.appUrl);
  behind = openDatabase(stored.adminUrl, "any");
});
afterAll(async () => {
  await behind.close();
  await database.close();
  await stored.drop();
});

/** Signs in as people do, an authenticator app being set up at the first time. */
async function openedBy(email: string, password = PASSWORD): Promise<OpenSession> {
  const { userId } = await checkPassword(anonymous(), email, password);
  const opened = await openSession(anonymous(), userId, ["password"], "test");
  if (opened.stage === "factor") {
    const again = await openSession(anonymous(), userId, ["password", "totp"], "test");
    return requireSession(await sessionOfToken(anonymous(), again.token, true));
  }
  const session = requireSession(await sessionOfToken(anonymous(), opened.token, true));
  const { secret } = await beginApp(anonymous(), session);
  const code = await generate({ secret: secret.replaceAll(" ", ""), epoch: now.getTime() / 1000 });
  const { fresh } = await confirmApp(anonymous(), session, code);
  expect(fresh.stage).toBe("full");
  return requireSession(await sessionOfToken(anonymous(), fresh.token, true));
}

/** The context of the next request of somebody who signs in. */
async function signIn(email: string, password = PASSWORD): Promise<SignedInContext> {
  return { ...anonymous(), actor: (await openedBy(email, password)).actor };
}

const steppedUp = (context: SignedInContext): SignedInContext => ({
  ...context,
  actor: { ...context.actor, stepUpAt: now },
});

const ENGAGEMENT = {
  name: "ROC 2026",
  periodStart: "2026-01-01",
  periodEnd: "2026-12-31",
  dueOn: "2027-01-31",
  internalReview: false,
  standardVersion: "4.0.1",
  assessmentType: "ROC",
} as const;

it("takes a new service from set-up to an engagement with an assessor company and a decided workbook", async () => {
  const admin = { name: "Ada", email: "ada@entity.example", password: PASSWORD };
  const first = { setupCode: "let-me-in", organisationName: "Entity", organisationKind: "entity", ...admin } as const;
  await expect(setUp(anonymous(), { ...first, setupCode: "guess" }, "let-me-in")).rejects.toMatchObject({
    code: "invalid",
  });
  await setUp(anonymous(), first, "let-me-in");
  await expect(setUp(anonymous(), first, "let-me-in")).rejects.toMatchObject({ code: "already_exists" });

  const ada = await signIn(admin.email);
  const invitation = { email: "leo@entity.example", name: "Leo", role: "member" } as const;
  await expect(invitePerson(ada, invitation)).rejects.toMatchObject({ code: "step_up_required" });
  const { link } = await invitePerson(steppedUp(ada), invitation);
  const token = link?.split("/").at(-1) ?? "";
  await acceptInvitation(anonymous(), { token, name: "Leo", password: PASSWORD });
  await expect(acceptInvitation(anonymous(), { token, name: "Leo", password: PASSWORD })).rejects.toMatchObject({
    code: "not_found",
  });
  const leo = await signIn("leo@entity.example");
  await expect(createEngagement(leo, ENGAGEMENT)).rejects.toMatchObject({ code: "forbidden" });

  const { id } = await createEngagement(ada, ENGAGEMENT);
  expect((await readEngagement(ada, id)).myRoles).toEqual(["lead"]);
  await expect(readEngagement(leo, id)).rejects.toMatchObject({ code: "not_found" });
  await addMember(steppedUp(ada), id, { userId: leo.actor.userId, role: "contributor" });
  await expect(addMember(ada, id, { userId: ada.actor.userId, role: "observer" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(removeMember(steppedUp(leo), id, ada.actor.userId, "lead")).rejects.toMatchObject({ code: "forbidden" });

  const firm = { firmName: "Firm", adminName: "Quinn", adminEmail: "quinn@firm.example" };
  const invited = await inviteAssessor(ada, id, firm);
  await acceptInvitation(anonymous(), {
    token: invited.link?.split("/").at(-1) ?? "",
    name: "Quinn",
    password: PASSWORD,
  });
  const quinn = await signIn("quinn@firm.example");
  await expect(addMember(quinn, id, { userId: quinn.actor.userId, role: "qsa_lead" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await acceptEngagement(quinn, id)).assessorAccepted).toBe(true);
  // Nobody names themselves, so the firm brings in somebody who decides.
  const themself = { userId: quinn.actor.userId, role: "qsa_lead" } as const;
  await expect(addMember(steppedUp(quinn), id, themself)).rejects.toMatchObject({ code: "forbidden" });
  const rita = { email: "rita@firm.example", name: "Rita", role: "member" } as const;
  const second = await invitePerson(steppedUp(quinn), rita);
  await acceptInvitation(anonymous(), {
    token: second.link?.split("/").at(-1) ?? "",
    name: "Rita",
    password: PASSWORD,
  });
  const decider = await signIn("rita@firm.example");
  await addMember(steppedUp(quinn), id, { userId: decider.actor.userId, role: "qsa_lead" });
  expect((await readEngagements(decider)).items.map((one) => one.myRoles)).toEqual([["qsa_lead"]]);

  const saved = await saveScope(ada, id, { version: 0, answers: { keyOptions: ["byok-workstation"], usesSdk: true } });
  expect(saved.added).toContain("3.7.6");
  await expect(saveScope(ada, id, { version: 0, answers: {} })).rejects.toMatchObject({ code: "stale" });
  const result = await readScopeResult(leo, id);
  expect(result.rowCounts.article.triggered).toBeGreaterThanOrEqual(result.rowCounts.today.triggered);

  const workbook = await addRequirements(ada, id, ["1.2.1", "3.7.6"]);
  expect(workbook.items.find((row) => row.requirementNumber === "3.7.6")?.trigger?.article).toBe(true);
  await expect(addRequirements(ada, id, ["99.9"])).rejects.toMatchObject({ code: "invalid" });
  const row = workbook.items.find((one) => one.requirementNumber === "1.2.1");
  if (!row) throw new Error("The added row is missing.");
  await expect(decideDisposition(ada, row.id, { version: row.version, disposition: "met" })).rejects.toMatchObject({
    code: "invalid",
  });
  const met = await decideDisposition(ada, row.id, {
    version: row.version,
    disposition: "met",
    note: "Standard NS-4.",
  });
  expect(met.settled).toBe(true);
  await expect(decideDisposition(ada, row.id, { version: row.version, note: "Other" })).rejects.toMatchObject({
    code: "stale",
    extras: { current: { note: "Standard NS-4." } },
  });
  expect((await readWorkbook(decider, id)).progress.settled).toBe(1);
});

/** The events that some work leaves, with their chains; the work's own failure passes through. */
async function eventsOf(work: () => Promise<unknown>) {
  const before = new Map((await behind.prisma.auditHead.findMany()).map(({ logId, size }) => [logId, size]));
  await work();
  const rows = await behind.prisma.auditEvent.findMany();
  const left = rows.filter(({ logId, seq }) => seq >= (before.get(logId) ?? 0n));
  return left.map(({ logId, action, payload }) => {
    const { detail } = JSON.parse(payload) as { detail: { attempted?: string; code?: string } };
    return { logId, action, attempted: detail.attempted, code: detail.code };
  });
}

it("leaves an event of what the policy allows and the use case does not", async () => {
  const ada = await signIn("ada@entity.example");
  const leo = await signIn("leo@entity.example");
  const [engagement] = (await readEngagements(ada)).items;
  if (!engagement) throw new Error("The engagement is missing.");
  const row = (await readWorkbook(ada, engagement.id)).items.find((one) => one.requirementNumber === "3.7.6");
  if (!row) throw new Error("The row is missing.");
  const given = await decideDisposition(ada, row.id, { version: row.version, ownerId: leo.actor.userId });
  const denied = { logId: `org:${leo.actor.organisationId}`, action: "access.denied" };

  const handedOn = await eventsOf(() =>
    expect(decideDisposition(leo, row.id, { version: given.version, ownerId: ada.actor.userId })).rejects.toMatchObject(
      { code: "forbidden" },
    ),
  );
  expect(handedOn).toEqual([{ ...denied, attempted: "disposition.decide", code: "not_allowed" }]);

  const elsewhere = "0199f3a4-0000-7000-8000-000000000000";
  const probed = await eventsOf(() =>
    expect(bulkAssign(ada, engagement.id, { ids: [row.id, elsewhere], dueOn: "2026-12-01" })).rejects.toMatchObject({
      code: "not_found",
    }),
  );
  expect(probed).toEqual([{ ...denied, attempted: "disposition.add", code: "unknown_target" }]);
});

it("lists engagements without those in which one's role has ceased to count, and that is no denial", async () => {
  const ada = await signIn("ada@entity.example");
  const leo = await signIn("leo@entity.example");
  const { id } = await createEngagement(ada, { ...ENGAGEMENT, name: "SAQ 2026", assessmentType: "SAQ" });
  await addMember(steppedUp(ada), id, { userId: leo.actor.userId, role: "isa" });
  const namesOf = async () => (await readEngagements(leo)).items.map(({ name }) => name);
  expect(await namesOf()).toEqual(["SAQ 2026", "ROC 2026"]);
  await inviteAssessor(ada, id, { firmName: "Late", adminName: "Lara", adminEmail: "lara@late.example" });
  const left = await eventsOf(async () => expect(await namesOf()).toEqual(["ROC 2026"]));
  expect(left).toEqual([]);
  await expect(readEngagement(leo, id)).rejects.toMatchObject({ code: "forbidden" });
});

it("records a wrong current password when the password is to be changed", async () => {
  const session = await openedBy("ada@entity.example");
  const ada = { ...anonymous(), actor: session.actor };
  const change = { currentPassword: "not it at all", newPassword: "another horse battery" };
  const left = await eventsOf(() =>
    expect(changePassword(ada, session, change)).rejects.toMatchObject({
      extras: { errors: [{ path: "currentPassword" }] },
    }),
  );
  expect(left).toMatchObject([{ logId: `org:${ada.actor.organisationId}`, action: "session.step_up_failed" }]);
});

it("locks an account at the sixth failure for thirty minutes, whatever the password", async () => {
  const attempts = await Promise.allSettled(
    Array.from({ length: 12 }, () => checkPassword(anonymous(), "leo@entity.example", "wrong password!")),
  );
  expect(attempts.every((one) => one.status === "rejected")).toBe(true);
  const failures = await behind.prisma.auditEvent.findMany({ where: { action: "session.failed" } });
  const evaluated = failures.filter((one) => one.payload.includes("wrong_password"));
  expect(evaluated).toHaveLength(6);
  await expect(checkPassword(anonymous(), "leo@entity.example", PASSWORD)).rejects.toMatchObject({
    code: "invalid_credentials",
  });
  now = new Date(now.getTime() + 30 * 60_000);
  await expect(checkPassword(anonymous(), "leo@entity.example", PASSWORD)).resolves.toHaveProperty("userId");
});

it("ends a session after fifteen idle minutes and at sign-out, and counts a wrong step-up", async () => {
  const { userId } = await checkPassword(anonymous(), "ada@entity.example", PASSWORD);
  const { token } = await openSession(anonymous(), userId, ["password", "totp"], "test");
  const start = now;
  now = new Date(start.getTime() + 14 * 60_000 + 59_000);
  const actor = await actorOfToken(anonymous(), token, false);
  expect(actor?.userId).toBe(userId);
  now = new Date(start.getTime() + 15 * 60_000);
  expect(await actorOfToken(anonymous(), token, false)).toBeNull();

  const session = await openedBy("ada@entity.example");
  const ada = { ...anonymous(), actor: session.actor };
  await expect(stepUp(ada, { password: "not it at all" })).rejects.toMatchObject({ code: "invalid_credentials" });
  expect((await stepUp(ada, { password: PASSWORD })).until).toEqual(new Date(now.getTime() + 5 * 60_000));
  await signOut(ada, session);
  const sessions = await behind.prisma.session.findMany({ where: { id: ada.actor.sessionId } });
  expect(sessions[0]?.endedAt).toEqual(now);
});
