import { afterAll, beforeAll, expect, it } from "vitest";
import type { SignedInContext } from "@/lib/auth/context";
import { showCode } from "@/lib/auth/second-factor";
import { requireSession, sessionOfToken, signOut } from "@/lib/auth/session";
import { newToken } from "@/lib/auth/session-token";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import { AUDIT_ACTIONS } from "@/lib/domain/audit/event-labels";
import type { AuditAction } from "@/lib/domain/audit/event-types";
import { WEBHOOK_LABELS } from "@/lib/domain/audit/webhook-details";
import { DEFAULT_RIGOUR_SETTINGS } from "@/lib/domain/rigour/settings";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { openMailer } from "@/lib/mail/mailer";
import { acceptInvitation, readInvitation } from "@/lib/services/account/accept-invitation";
import { changePassword } from "@/lib/services/account/change-password";
import { acceptPasswordReset, askPasswordReset } from "@/lib/services/account/reset-password";
import { setUp } from "@/lib/services/account/set-up";
import { decideCriterion } from "@/lib/services/criteria/decide-criterion";
import { getCriteria } from "@/lib/services/criteria/get-criteria";
import { addRequirements } from "@/lib/services/disposition/add-requirements";
import { bulkAssign } from "@/lib/services/disposition/bulk-assign";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { acceptEngagement, inviteAssessor } from "@/lib/services/engagement/invite-assessor";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { changeSettings } from "@/lib/services/engagement/update-engagement";
import { checkLink } from "@/lib/services/evidence/check-link";
import { downloadFile } from "@/lib/services/evidence/download-file";
import { removeFile } from "@/lib/services/evidence/remove-file";
import { reuseFiles } from "@/lib/services/evidence/reuse-files";
import { uploadFile } from "@/lib/services/evidence/upload-file";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";
import { decideOnFactorReset, requestFactorReset } from "@/lib/services/organisation/factor-resets";
import { invitePerson, resendInvitation, withdrawInvitation } from "@/lib/services/organisation/invite-person";
import { changeLogo } from "@/lib/services/organisation/logo";
import {
  changeRole,
  endSessionsOf,
  setAccountDisabled,
  unlockAccount,
} from "@/lib/services/organisation/manage-accounts";
import { resetPassword } from "@/lib/services/organisation/reset-password";
import { changeSecurityPolicy } from "@/lib/services/organisation/security-policy";
import { changeThresholds } from "@/lib/services/organisation/thresholds";
import { openRecord } from "@/lib/services/records/open-record";
import { addComment, setThreadState } from "@/lib/services/review/answer-thread";
import { getRevision } from "@/lib/services/review/get-revision";
import { getStatement } from "@/lib/services/review/get-statement";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { signOff } from "@/lib/services/review/sign-off";
import { answerEligibility } from "@/lib/services/rigour/answer-eligibility";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { saveScope } from "@/lib/services/scope/save-scope";
import { startWorksheet } from "@/lib/services/start/start-worksheet";
import { exportEngagementTrail, exportOrganisationTrail } from "@/lib/services/trail/export-trail";
import { readEngagementTrail, readOrganisationTrail } from "@/lib/services/trail/read-trail";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence, removeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { inBundleFolder } from "@/test/bundle-folder";
import { decide, meetCriteria } from "@/test/criteria";
import { write } from "@/test/engagement";
import { bodyOf, makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { LET_THROUGH, OPENING } from "@/test/fixtures/gate-answers";
import { LOGO_INPUT } from "@/test/fixtures/png-file";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { linkIn, MailPeer } from "@/test/mail-peer";
import { ADDRESS, type Company, emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
let files: TestFiles;
/** Every guarded table, with the column that events name its rows by. */
let tables: readonly { readonly table: string; readonly id: string }[] = [];
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  files = await makeTestFiles();
  tables = await world.behind.prisma.$queryRaw`
    SELECT tgrelid::regclass::text AS table, trim(trailing '\\000' FROM encode(tgargs, 'escape')) AS id
    FROM pg_trigger WHERE tgname LIKE '%\\_audited'`;
});
afterAll(async () => {
  await world.close();
  await files.remove();
});

const SETTINGS = { name: "2026", periodStart: "2026-01-01", periodEnd: "2026-12-31", dueOn: "2027-01-31" };
const seen = new Set<string>();
let sheet = "";

/** Every row that belongs to the record, with a fingerprint of what it holds. */
async function fingerprints(): Promise<Map<string, string>> {
  const selects = tables.map(({ table, id }) => {
    return `SELECT '${table} ' || ${id} AS name, md5(t::text) AS hash FROM ${table} t`;
  });
  const sql = selects.join(" UNION ALL ");
  const rows = await world.behind.prisma.$queryRawUnsafe<{ name: string; hash: string }[]>(sql);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** Does one thing, which has to leave one event that names exactly the rows that the thing changed. */
async function leaves<T>(
  action: AuditAction,
  work: () => Promise<T>,
  chain: Company | "system" = "entity",
): Promise<T> {
  const before = await fingerprints();
  let result: T | undefined;
  const left = await world.eventsOf(async () => {
    result = await work();
  });
  const after = await fingerprints();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((row) => before.get(row) !== after.get(row));
  expect(left[0]?.origin).toEqual({ address: ADDRESS });
  expect(tables.length).toBeGreaterThan(15);
  expect(left.map((event) => [event.action, event.chain])).toEqual([[action, chain]]);
  expect(left[0]?.changes.map(({ table, id }) => `${table} ${id}`).sort(), action).toEqual(changed.sort());
  seen.add(action);
  return result as T;
}

/** An engagement with a lead, a contributor and the firm, made step by step. */
async function startEngagement(): Promise<string> {
  const admin = await world.steppedUp("admin");
  const settings = { ...SETTINGS, internalReview: false, standardVersion: "4.0.1", assessmentType: "ROC" } as const;
  const { id } = await leaves("engagement.created", () => createEngagement(admin, settings));
  const member = (person: Person) => ({ userId: world.userId(person) });
  await leaves("engagement.member_added", () => addMember(admin, id, { ...member("lead"), role: "lead" }));
  const lead = await world.steppedUp("lead");
  await leaves("engagement.member_added", () => addMember(lead, id, { ...member("contributor"), role: "contributor" }));
  await leaves("engagement.member_added", () =>
    addMember(lead, id, { ...member("reviewer"), role: "internal_reviewer" }),
  );
  await leaves("engagement.member_removed", () => removeMember(lead, id, world.userId("admin"), "lead"));
  await leaves("engagement.settings_changed", () =>
    changeSettings(lead, id, { ...SETTINGS, version: 1, name: "2026, renamed", internalReview: true }),
  );
  const firm = { organisationId: world.organisationId("firm") };
  await leaves("assessor.invited", () => inviteAssessor(lead, id, firm));
  const firmAdmin = await world.steppedUp("firmAdmin");
  await leaves("assessor.accepted", () => acceptEngagement(firmAdmin, id));
  await leaves("engagement.member_added", () => addMember(firmAdmin, id, { ...member("qsa"), role: "qsa_lead" }));
  await addMember(firmAdmin, id, { ...member("qsa"), role: "qsa_assistant" });
  return id;
}

it("is left by every change in an engagement, on the entity's chain, with the rows that changed", async () => {
  const id = await startEngagement();
  const [lead, contributor] = [await world.as("lead"), await world.as("contributor")];
  const scope = { keyOptions: ["byok-workstation"] } as const;
  await leaves("scope.answered", () => saveScope(lead, id, { version: 0, answers: scope }));
  await leaves("scope.answered", () => saveScope(lead, id, { version: 1, answers: { ...scope, usesSdk: true } }));
  // One number is new, the other was brought by the scope and is kept from now on.
  const book = await leaves("disposition.added", () => addRequirements(lead, id, ["8.3.6", "8.3.4", "8.6.3"]));
  const row = (number: string) => book.items.find((one) => one.requirementNumber === number)?.id ?? "";
  const ids = [row("8.3.6"), row("8.3.4")];
  await leaves("disposition.assigned", () => bulkAssign(lead, id, { ids, ownerId: contributor.actor.userId }));
  const met = { version: 2, disposition: "met", note: "Standard NS-4." } as const;
  await leaves("disposition.decided", () => decideDisposition(contributor, row("8.3.6"), met));

  const { id: opened } = await leaves("worksheet.opened", () => openWorksheet(contributor, row("8.3.4"), OPENING));
  sheet = opened;
  await leaves("record.opened", () => openRecord(lead, row("8.6.3"), { kind: "risk_analysis" }));
  const assign = (...people: Person[]) =>
    leaves("worksheet.assigned", () =>
      setAssignees(
        lead,
        sheet,
        people.map((person) => world.userId(person)),
      ),
    );
  await assign("contributor");
  await assign();
  await assign("contributor");
  await leaves("worksheet.started", () => startWorksheet(contributor, sheet, { kind: "sample", sampleId: "8.1.6" }));
  const change = { baseVersion: 1, content: SAMPLE_SECTIONS.objective };
  await leaves("section.saved", () => saveSection(contributor, sheet, "objective", change));
  const { objective: _, maintenance, ...others } = SAMPLE_SECTIONS;
  // Without a day of review one warning stands, to which a reason is given.
  const { narrative, items } = maintenance;
  await write(world, sheet, { ...others, maintenance: { narrative, items: { ...items, reviewDue: "" } } });
  await leaves("eligibility.answered", () =>
    answerEligibility(contributor, sheet, { baseVersion: 1, answers: LET_THROUGH }),
  );
  const warning = { key: "L23:review:none", reason: "Agreed with the next assessment." };
  await leaves("warning.answered", () => answerWarning(contributor, sheet, warning));
  const answers = { baseVersion: 1, content: SAMPLE_ANSWERS };
  await leaves("section.saved", () => saveSection(contributor, sheet, "criteria", answers));
  const about = { itemId: null, section: "validation" } as const;
  const link = { title: "Drill", url: "https://evidence.example/", shows: "", ...about };
  const fields = { ...link, collectedOn: "2026-11-20", validUntil: null };
  const added = await leaves("evidence.added", () => addEvidence(contributor, sheet, fields));
  await leaves("evidence.changed", () => changeEvidence(contributor, added.id, { ...fields, version: 1 }));
  await leaves("evidence.removed", () => removeEvidence(contributor, added.id, 2));
  await storeFiles(contributor, fields);
  await leaves("trail.viewed", () => readEngagementTrail(lead, id, { limit: 10 }));
  const steppedUp = await world.steppedUp("lead");
  await leaves("export.made", () => exportEngagementTrail(steppedUp, id));
});

/** The organisation's first file makes its keys, which are events of their own. */
async function storeFiles(contributor: SignedInContext, fields: Parameters<typeof addEvidence>[2]): Promise<void> {
  const upload = (id: string, words: string, given = files) => {
    const file = { name: "trace.txt", body: bodyOf(words), announced: null, acknowledgeCardNumber: false };
    return uploadFile(contributor, given, id, file);
  };
  const [one, two] = [await addEvidence(contributor, sheet, fields), await addEvidence(contributor, sheet, fields)];
  await upload(one.id, "the first");
  const [, file] = (await leaves("evidence.file_added", () => upload(one.id, "the second"))).files;
  const { id: fileId, sha256 } = file ?? { id: "", sha256: "" };
  await leaves("evidence.file_reused", () => reuseFiles(contributor, files, two.id, { fileIds: [fileId] }));
  await leaves("evidence.downloaded", () =>
    downloadFile(contributor, files, sheet, sha256).then(({ bytes }) => bytes.cancel()),
  );
  await leaves("evidence.file_removed", () => removeFile(contributor, one.id, fileId));
  const infected = { ...files, scanner: { scan: async () => ({ state: "infected", note: "Eicar" }) as const } };
  await leaves("evidence.file_refused", () => upload(one.id, "bad", infected).catch(() => undefined));
  // Nothing listens at a reserved address, and none is asked for.
  await leaves("evidence.link_checked", () => checkLink(contributor, { ...files, linkCheck: true }, one.id));
  for (const { id, version } of [one, two]) await removeEvidence(contributor, id, version);
}

it("is left by every step of a review, also on the firm's own chain for its private notes", async () => {
  const [lead, reviewer, qsa] = [await world.as("lead"), await world.as("reviewer"), await world.as("qsa")];
  type Move = Parameters<typeof makeMove>[2]["move"];
  const move = (action: AuditAction, by: SignedInContext, name: Move) =>
    leaves(action, () => makeMove(by, sheet, { move: name, reason: "For a reason." }));
  await move("worksheet.submitted", lead, "submit");
  await move("worksheet.sent_back", reviewer, "send_back");
  await move("worksheet.submitted", lead, "submit");
  await move("worksheet.approved_internally", reviewer, "approve_internally");
  await leaves("revision.viewed", () => getWorksheet(qsa, sheet));
  const anchor = { section: null, itemId: null, body: "Which users?" } as const;
  const thread = await leaves("thread.opened", () => openThread(qsa, sheet, { ...anchor, visibility: "shared" }));
  await leaves("comment.added", () => addComment(lead, thread.id, "These two."));
  await leaves("thread.resolved", () => setThreadState(qsa, thread.id, true));
  await leaves("thread.resolved", () => setThreadState(qsa, thread.id, true));
  await leaves("thread.reopened", () => setThreadState(qsa, thread.id, false));
  const note = await leaves(
    "thread.opened",
    () => openThread(qsa, sheet, { ...anchor, visibility: "private" }),
    "firm",
  );
  await leaves("comment.added", () => addComment(qsa, note.id, "Ask again."), "firm");
  await leaves("thread.resolved", () => setThreadState(qsa, note.id, true), "firm");
  const { digest: first } = await getCriteria(qsa, sheet, undefined);
  const question = { digest: first, baseVersion: 0, outcome: "question", note: "Which users?" } as const;
  const propose = { ...question, kind: "proposal" } as const;
  await leaves("criterion.proposed", () => decideCriterion(qsa, sheet, "intent", propose), "firm");
  await leaves("criterion.decided", () => decideCriterion(qsa, sheet, "intent", { ...question, kind: "decision" }));
  await leaves("criterion.decided", () => decide(world, sheet, "intent", "met"));
  await leaves("export.made", () => copyForRoc(qsa, sheet));
  await move("worksheet.changes_requested", qsa, "request_changes");
  await move("worksheet.withdrawn", lead, "withdraw");
  await move("worksheet.reopened", await world.steppedUp("lead"), "reopen");
  await move("worksheet.submitted", lead, "submit");
  await move("worksheet.approved_internally", reviewer, "approve_internally");
  await leaves("revision.viewed", () => getRevision(qsa, sheet, 2));
  await meetCriteria(world, sheet);
  const { digest, statementVersion } = await getStatement(qsa, sheet);
  const signing = await world.steppedUp("qsa");
  await leaves("worksheet.signed", () => signOff(signing, sheet, { kind: "sign", digest, statementVersion }));
  const deciding = await world.steppedUp("qsa");
  await leaves("worksheet.revoked", () => signOff(deciding, sheet, { kind: "revoke", reason: "Another's evidence." }));
  await move("worksheet.reopened", deciding, "reopen");
  await move("worksheet.submitted", lead, "submit");
  await move("worksheet.approved_internally", reviewer, "approve_internally");
  const again = await getStatement(qsa, sheet);
  const refusal = { kind: "refuse", digest: again.digest, reason: "Not in place." } as const;
  await leaves("worksheet.refused", () => signOff(deciding, sheet, refusal));
});

it("is left by what people do to their accounts, on their own organisation's chain", async () => {
  await leaves("session.started", () => world.as("assistant"), "firm");
  const assistant = await world.as("assistant");
  await leaves("session.stepped_up", () => stepUp(assistant, { password: PASSWORD }), "firm");
  await leaves("session.step_up_failed", () => stepUp(assistant, { password: "wrong" }).catch(() => undefined), "firm");
  const input = { currentPassword: PASSWORD, newPassword: "another one altogether" };
  const theirs = await world.session("assistant");
  await leaves("password.changed", () => changePassword(assistant, theirs, input), "firm");
  await leaves("session.ended", () => signOut(assistant, theirs), "firm");
  const half = await openSession(world.alone(), world.userId("qsa"), ["password"], "test");
  const session = requireSession(await sessionOfToken(world.alone(), half.token, true));
  const show = async (code: string) => showCode(world.alone(), session, "totp", code).catch(() => undefined);
  await leaves("session.factor_failed", () => show("000000"), "firm");
  await leaves("session.factor_shown", async () => show(await world.codeOf()), "firm");
  const admin = await world.steppedUp("admin");
  const invitation = { email: "new@entity.example", name: "New", role: "member" } as const;
  const { link } = await leaves("person.invited", () => invitePerson(admin, invitation));
  const joining = { token: link?.split("/").at(-1) ?? "", name: "New", password: PASSWORD };
  await leaves("person.joined", () => acceptInvitation(world.alone(), joining));
  await leaves("trail.viewed", () => readOrganisationTrail(admin, { limit: 10 }));
  await leaves("export.made", () => exportOrganisationTrail(admin));
});

it("is left by what administrators do to accounts, and by whoever opens a link", async () => {
  const admin = () => world.steppedUp("admin");
  const personId = world.userId("colleague");
  const invitation = { email: "other@entity.example", name: "Other", role: "member" } as const;
  const wrongCode = {
    setupCode: "guess",
    organisationName: "X",
    organisationKind: "entity",
    password: PASSWORD,
  } as const;
  const setUpWrongly = () => setUp(world.alone(), { ...wrongCode, name: "X", email: "x@x.example" }, "code");
  await leaves("set_up.failed", () => setUpWrongly().catch(() => undefined), "system");
  const { id } = await invitePerson(await admin(), invitation);
  await leaves("invitation.resent", async () => resendInvitation(await admin(), id));
  await leaves("invitation.withdrawn", async () => withdrawInvitation(await admin(), id));
  const nothing = () => readInvitation(world.alone(), newToken()).catch(() => undefined);
  await leaves("invitation.failed", nothing, "system");
  await leaves("person.role_changed", async () => changeRole(await admin(), personId, "admin"));
  await leaves("person.disabled", async () => setAccountDisabled(await admin(), world.userId("isa"), true));
  await leaves("person.enabled", async () => setAccountDisabled(await admin(), world.userId("isa"), false));
  await leaves("person.sessions_ended", async () => endSessionsOf(await admin(), personId));
  const guess = () => checkPassword(world.alone(), emailOf("isa"), "wrong").catch(() => undefined);
  for (const _ of [1, 2, 3, 4, 5]) await leaves("session.failed", guess);
  const sixth = await world.eventsOf(guess);
  expect(sixth.map(({ action, chain }) => [action, chain])).toEqual([
    ["person.locked", "entity"],
    ["session.failed", "entity"],
  ]);
  seen.add("person.locked");
  await leaves("person.unlocked", async () => unlockAccount(await admin(), world.userId("isa")));
  const policy = { ...BUILT_IN_POLICY, version: 0, idleMinutes: 10 };
  const thresholds = { ...DEFAULT_RIGOUR_SETTINGS, sectionLength: 100, version: 0 };
  await leaves("thresholds.changed", async () => changeThresholds(await admin(), thresholds));
  await inBundleFolder(() => leaves("logo.changed", async () => changeLogo(await admin(), null, LOGO_INPUT)));
  await leaves("policy.changed", async () => changeSecurityPolicy(await admin(), policy));
  const ask = (reason: string) => async () => requestFactorReset(await admin(), world.userId("observer"), reason);
  const declined = await leaves("factor.reset_requested", ask("The phone is lost."));
  const decide = async (resetId: string, decision: "approved" | "declined") =>
    decideOnFactorReset(await world.steppedUp("colleague"), resetId, decision);
  world.pass({ seconds: 1 });
  await world.steppedUp("colleague");
  await leaves("factor.reset_declined", () => decide(declined.id, "declined"));
  const approved = await leaves("factor.reset_requested", ask("It really is."));
  await leaves("factor.reset_approved", () => decide(approved.id, "approved"));

  const peer = await MailPeer.start();
  world.mail = openMailer(peer.settings);
  await leaves("password.reset_requested", () => askPasswordReset(world.alone(), emailOf("officer")));
  const mail = await peer.next();
  await leaves("password.reset_made", async () => resetPassword(await admin(), world.userId("officer")));
  const old = { token: linkIn(mail).split("/").at(-1) ?? "", password: "three unrelated words" };
  const late = () => acceptPasswordReset(world.alone(), old).catch(() => undefined);
  await leaves("password.reset_failed", late, "system");
  const token = linkIn(await peer.next()).split("/");
  await leaves("password.reset", () => acceptPasswordReset(world.alone(), { ...old, token: token.at(-1) ?? "" }));
  await peer.next();
  await peer.stop();
});

it("has been seen of every kind that the list of events knows", () => {
  // lib/services/account/factors/factors.db.test.ts and the tests of keys see these.
  const ofFactors = ["factor.begun", "factor.enrolled", "factor.renamed", "factor.removed", "recovery_codes.made"];
  // And these: lib/auth/sso/sign-in.db.test.ts, lib/services/{account,organisation}/single-sign-on.db.test.ts.
  const ofSso = ["sso.changed", "sso.linked", "sso.account_made", "sso.glass_broken"];
  const ofKeys = ["key.created", "key.rotated", "key.retired", "key.destroyed"];
  // And these: lib/services/keys/signing-keys.db.test.ts.
  const ofSigning = ["key.signing_created", "key.signing_rotated", "key.signing_destroyed"];
  const ofSweeps = ["evidence.scanned", "evidence.damage_found", "evidence.damage_mended", "evidence.freed"];
  const ofSystem = [...ofSweeps, "evidence.swept", "service.files_changed"];
  // And these: lib/services/export/{export-pack,jobs}.db.test.ts.
  const ofExports = ["requested", "cancelled", "failed", "handed_over", "removed"].map((end) => `export.${end}`);
  const elsewhere = [
    "pack.sealed",
    ...ofSystem,
    ...ofKeys,
    ...ofSigning,
    ...ofFactors,
    ...ofSso,
    ...ofExports,
    // lib/services/trail/archive.db.test.ts
    "trail.archived",
    "trail.expired",
    // lib/backup/{move-in,backup}.db.test.ts
    "engagement.moved_in",
    "service.restored",
    "service.gap_recorded",
    "organisation.created",
    "access.denied",
    "catalogue.loaded",
    // lib/services/organisation/service-accounts.db.test.ts
    ...["made", "changed", "disabled", "enabled", "reviewed"].map((end) => `service_account.${end}`),
    ...Object.keys(WEBHOOK_LABELS), // lib/services/webhooks/webhooks.db.test.ts
    // lib/services/{carry-over/carry-over,controls/register,account/api-tokens}.db.test.ts, lib/server/bearer.db.test.ts
    "worksheet.carried_over",
    ...["made", "revoked", "failed"].map((end) => `token.${end}`),
    ...["recorded", "changed", "shared", "carried"].map((act) => `control.${act}`),
  ];
  expect([...seen, ...elsewhere].sort()).toEqual([...AUDIT_ACTIONS].sort());
});
