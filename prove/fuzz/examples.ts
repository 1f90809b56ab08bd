import { randomUUID } from "node:crypto";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { ScopeDto } from "@/lib/contracts/scope-result";
import { CCW_PARTS } from "@/lib/domain/worksheet/sections";
import { OPENING } from "@/test/fixtures/gate-answers";
import { must, settings } from "../support/workbook";
import { EVIDENCE, fullSection } from "./content";
import type { Asked, Example } from "./example";
import { ACCOUNT_EXAMPLES } from "./examples-accounts";
import { CARRY_OVER_EXAMPLES } from "./examples-carry-over";
import { CONTROL_EXAMPLES } from "./examples-controls";
import { REVIEW_EXAMPLES } from "./examples-review";
import { RIGOUR_EXAMPLES } from "./examples-rigour";
import { SHEET_EXAMPLES } from "./examples-sheets";
import { WEBHOOK_EXAMPLES } from "./examples-webhooks";
import { freeRow, rowsOf } from "./free-row";
import type { Stage } from "./stage";

const ENGAGEMENT = "/api/v1/engagements/[engagementId]";
const WORKSHEET = "/api/v1/worksheets/[worksheetId]";
const DISPOSITION = "/api/v1/dispositions/[dispositionId]";

/** The row of a requirement that lets one set a frequency. */
async function analysedRow(stage: Stage): Promise<string> {
  const address = `/api/v1/engagements/${stage.engagementId}/dispositions`;
  const reply = await stage.client("lead").send("POST", address, { body: { requirementNumbers: ["10.4.2.1"] } });
  const { items } = must<{ items: readonly { id: string; requirementNumber: string }[] }>(reply);
  return items.find(({ requirementNumber }) => requirementNumber === "10.4.2.1")?.id ?? "";
}

const trail = `limit=5&from=2026-01-01&to=2027-12-31&action=section.saved`;

async function steppedUp(stage: Stage): Promise<Asked> {
  await stage.stepUp("lead");
  return {};
}

/** Nothing is there, whatever is asked. */
const NOTHING: Example = { ask: () => ({ body: {} }), refusal: "not_found" };
const REST = "/api/v1/[...rest]";

/** The right way to ask each handler; one that takes no more than ids and is asked by the lead needs no line. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  [`GET ${REST}`]: NOTHING,
  [`POST ${REST}`]: NOTHING,
  [`PUT ${REST}`]: NOTHING,
  [`PATCH ${REST}`]: NOTHING,
  [`DELETE ${REST}`]: NOTHING,
  "GET /api/v1/catalogue/requirements": { ask: () => ({ by: "anonymous", query: "version=3.2.1&q=key" }) },
  "GET /api/v1/catalogue/requirements/[version]/[number]": {
    ask: () => ({ by: "anonymous", params: { version: "4.0.1", number: "8.3.4" } }),
  },
  "GET /api/v1/catalogue/[version]/oscal": { ask: () => ({ by: "anonymous", params: { version: "3.2.1" } }) },
  [`PATCH ${DISPOSITION}`]: {
    ask: async (stage) => {
      const { id, version } = await freeRow(stage);
      const details = { note: "Seen in May.", fixOwner: "Operations", fixDueOn: "2026-12-01", dueOn: null };
      const evidence = { evidenceTitle: "Report", evidenceUrl: "https://example.com/report" };
      const ownerId = stage.people.contributor.userId;
      const body = { version, disposition: "fix_planned", ...details, ...evidence, ownerId };
      return { params: { dispositionId: id }, body };
    },
  },
  [`POST ${DISPOSITION}/worksheet`]: {
    ask: async (stage) => ({ params: { dispositionId: (await freeRow(stage)).id }, body: OPENING }),
    refusal: "blocked",
  },
  [`POST ${DISPOSITION}/records`]: {
    ask: async (stage) => ({ params: { dispositionId: await analysedRow(stage) }, body: { kind: "risk_analysis" } }),
    refusal: "already_exists",
  },
  "POST /api/v1/engagements": { ask: () => ({ body: settings("Fuzz again") }) },
  [`PATCH ${ENGAGEMENT}`]: {
    ask: async (stage) => {
      const { engagementId } = stage;
      const reply = await stage.client("lead").send("GET", `/api/v1/engagements/${engagementId}`);
      const { name, periodStart, periodEnd, dueOn, internalReview, version } = must<EngagementDto>(reply);
      return { body: { name, periodStart, periodEnd, dueOn, internalReview, version } };
    },
  },
  [`POST ${ENGAGEMENT}/assessor`]: {
    ask: async (stage, turn) => {
      const made = must<EngagementDto>(
        await stage.client("lead").send("POST", "/api/v1/engagements", { body: settings("Fuzz firm") }),
      );
      const firm = { firmName: "New Assessors", adminName: "Ada", adminEmail: `${randomUUID()}@proof.example` };
      const body = turn % 2 === 0 ? firm : { organisationId: stage.organisationIds[1] };
      return { params: { engagementId: made.id }, body };
    },
  },
  [`POST ${ENGAGEMENT}/assessor/accept`]: { ask: () => ({ by: "qsa" }), refusal: "forbidden" },
  [`POST ${ENGAGEMENT}/dispositions`]: { ask: () => ({ body: { requirementNumbers: ["1.2.5", "10.3.2"] } }) },
  [`POST ${ENGAGEMENT}/dispositions/bulk`]: {
    ask: async (stage) => {
      const ids = (await rowsOf(stage)).slice(0, 3).map((row) => row.id);
      return { body: { ids, ownerId: stage.people.contributor.userId, dueOn: "2026-11-30" } };
    },
  },
  [`GET ${ENGAGEMENT}/events`]: { ask: () => ({ query: trail }) },
  "GET /api/v1/engagements": { ask: () => ({ query: "limit=5&q=a&version=4.0.1" }) },
  "GET /api/v1/organisation/events": { ask: () => ({ query: trail }) },
  [`GET ${ENGAGEMENT}/events/export`]: { ask: steppedUp },
  "GET /api/v1/organisation/events/export": { ask: steppedUp },
  [`GET ${ENGAGEMENT}/exports/estimate`]: { ask: () => ({ query: "kind=pack" }) },
  [`POST ${ENGAGEMENT}/exports`]: {
    ask: (_stage, turn) => ({ body: { kind: "workbook", paper: turn % 2 === 0 ? "A4" : "Letter" } }),
    refusal: "too_many_requests",
  },
  "GET /api/v1/exports/[exportId]/file": { ask: () => ({}), refusal: "wrong_state" },
  "DELETE /api/v1/exports/[exportId]": { ask: () => ({}), refusal: "wrong_state" },
  [`GET ${WORKSHEET}/pdf`]: { ask: () => ({ query: "paper=Letter" }) },
  [`GET ${WORKSHEET}/oscal`]: { ask: () => ({ query: "model=ssp" }) },
  [`GET ${ENGAGEMENT}/oscal`]: { ask: () => ({ query: "model=poam" }) },
  [`POST ${ENGAGEMENT}/members`]: {
    ask: async (stage) => {
      await stage.stepUp("lead");
      return { body: { userId: stage.people.spare.userId, role: "observer" } };
    },
    refusal: "already_exists",
  },
  [`DELETE ${ENGAGEMENT}/members/[userId]/[role]`]: {
    ask: async (stage) => {
      const { userId } = stage.people.spare;
      await stage.stepUp("lead");
      const body = { userId, role: "observer" };
      await stage.client("lead").send("POST", `/api/v1/engagements/${stage.engagementId}/members`, { body });
      return { params: { userId, role: "observer" } };
    },
  },
  [`PUT ${ENGAGEMENT}/scope`]: {
    ask: async (stage) => {
      const address = `/api/v1/engagements/${stage.engagementId}/scope`;
      const { version } = must<ScopeDto>(await stage.client("lead").send("GET", address));
      const answers = {
        keyOptions: ["cmk-aws-material", "cloudhsm-direct"],
        usesCli: true,
        custodianCount: 4,
        dataKeyRequesters: "own_or_external",
        encryptDecryptApart: "exceptions_listed",
      };
      return { body: { version, answers } };
    },
  },
  "PUT /api/v1/evidence/[evidenceId]": {
    ask: async (stage) => {
      const { id, version } = await stage.evidence((await stage.inWriting()).id);
      return { params: { evidenceId: id }, body: { ...EVIDENCE, title: "Key policy, renewed", version } };
    },
  },
  "DELETE /api/v1/evidence/[evidenceId]": {
    ask: async (stage) => {
      const { id, version } = await stage.evidence((await stage.inWriting()).id);
      return { params: { evidenceId: id }, query: `version=${version}` };
    },
  },
  "POST /api/v1/evidence/[evidenceId]/files": {
    // The body is the file, so what is sent as JSON becomes a file of that text.
    ask: async (stage, turn) => {
      const { id } = await stage.evidence((await stage.inWriting()).id);
      return { params: { evidenceId: id }, query: `name=fuzz-${turn}.txt`, body: { fuzz: randomUUID() } };
    },
  },
  "DELETE /api/v1/evidence/[evidenceId]/files/[fileId]": {
    ask: async (stage) => {
      const { id } = await stage.evidence((await stage.inWriting()).id);
      return { params: { evidenceId: id, fileId: (await stage.file(id)).id } };
    },
  },
  "GET /api/v1/evidence/[evidenceId]/files/again": {
    ask: async (stage) => ({ params: { evidenceId: (await stage.evidence((await stage.inWriting()).id)).id } }),
  },
  "POST /api/v1/evidence/[evidenceId]/files/again": {
    ask: async (stage) => {
      const { id: worksheetId } = await stage.inWriting();
      const [from, to] = [await stage.evidence(worksheetId), await stage.evidence(worksheetId)];
      return { params: { evidenceId: to.id }, body: { fileIds: [(await stage.file(from.id)).id] } };
    },
  },
  "POST /api/v1/evidence/[evidenceId]/link-check": {
    ask: async (stage) => ({ params: { evidenceId: (await stage.evidence((await stage.inWriting()).id)).id } }),
    refusal: "blocked",
  },
  "GET /api/v1/worksheets/[worksheetId]/files/[sha256]": {
    ask: async (stage) => {
      const { id } = await stage.inWriting();
      const { sha256 } = await stage.file((await stage.evidence(id)).id);
      return { params: { worksheetId: id, sha256 } };
    },
  },
  ...ACCOUNT_EXAMPLES,
  ...SHEET_EXAMPLES,
  ...Object.fromEntries(
    ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method): [string, Example] => [
      `${method} /api/v1/[...rest]`,
      { ask: () => ({ params: { rest: "no/such/thing" } }), refusal: "not_found" },
    ]),
  ),
  "POST /api/v1/setup": {
    ask: () => ({
      by: "anonymous",
      body: {
        setupCode: "not it",
        organisationName: "Fuzz",
        organisationKind: "entity",
        name: "Ada",
        email: "ada@proof.example",
        password: "a password for proofs alone",
      },
    }),
    refusal: "invalid",
  },
  "POST /api/v1/threads/[threadId]/comments": { ask: () => ({ body: { body: "In every region." } }) },
  "PUT /api/v1/threads/[threadId]/state": { ask: (_stage, turn) => ({ body: { resolved: turn % 2 === 0 } }) },
  [`PUT ${WORKSHEET}/assignees`]: {
    ask: (stage) => ({ body: { userIds: [stage.people.contributor.userId] } }),
  },
  [`GET ${WORKSHEET}/diff`]: {
    ask: async (stage) => ({ params: { worksheetId: (await stage.inReview()).id }, query: "from=1&to=draft" }),
  },
  [`POST ${WORKSHEET}/evidence`]: {
    ask: async (stage) => ({ params: { worksheetId: (await stage.inWriting()).id }, body: EVIDENCE }),
  },
  [`GET ${WORKSHEET}/revisions/[number]`]: {
    ask: async (stage) => ({ params: { worksheetId: (await stage.inReview()).id, number: "1" } }),
  },
  [`PUT ${WORKSHEET}/sections/[section]`]: {
    ask: async (stage, turn) => {
      const { id, sections } = await stage.inWriting();
      const section = CCW_PARTS[turn % CCW_PARTS.length] ?? "constraints";
      const baseVersion = sections?.[section]?.version ?? 0;
      return { params: { worksheetId: id, section }, body: { baseVersion, content: fullSection(section) } };
    },
  },
  ...REVIEW_EXAMPLES,
  ...RIGOUR_EXAMPLES,
  ...CARRY_OVER_EXAMPLES,
  ...CONTROL_EXAMPLES,
  ...WEBHOOK_EXAMPLES,
  [`POST ${WORKSHEET}/threads`]: {
    ask: (stage) => ({
      params: { worksheetId: stage.worksheetIds[0] ?? "" },
      body: { section: "definition", itemId: null, visibility: "private", body: "Not for the QSA." },
    }),
  },
};
