import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { updateDispositionInput } from "@/lib/contracts/disposition";
import { addEvidenceInput } from "@/lib/contracts/evidence";
import { moveInput, openThreadInput } from "@/lib/contracts/review";
import { partKey, saveSectionInput } from "@/lib/contracts/section";
import { emailAddress, newPassword } from "@/lib/contracts/text";
import { addDays } from "@/lib/domain/dates";
import { recordBlockers } from "@/lib/domain/records/blockers";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import { findingsIn } from "@/lib/domain/rigour/finding";
import { knowledgeFor } from "@/lib/domain/rigour/knowledge";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { WORKSHEET_STATES, type WorksheetState } from "@/lib/domain/workflow/states";
import { availableMoves, planMove } from "@/lib/domain/workflow/transitions";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";
import { emptySections } from "@/lib/domain/worksheet/empty";
import type { EvidenceLink, WorksheetSections } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";
import { readCatalogueFiles } from "../catalogue-files";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../demo-people";
import { demoContent } from "./content";
import { demoItemId, demoWorksheetName } from "./ids";
import { DEMO_CAST } from "./people";
import type { DemoEngagement, DemoStep, DemoWorksheet } from "./types";

const TODAY = "2026-11-24";
const engagements = demoContent(TODAY);
const worksheets = engagements.flatMap((engagement) =>
  engagement.worksheets.map((worksheet) => ({ engagement, worksheet })),
);

function finalState({
  engagement,
  worksheet,
}: {
  engagement: DemoEngagement;
  worksheet: DemoWorksheet;
}): WorksheetState {
  let state: WorksheetState = "draft";
  for (const step of worksheet.steps) {
    const move =
      step.do === "move"
        ? step.move
        : step.do === "sign" || step.do === "refuse" || step.do === "revoke"
          ? step.do
          : null;
    if (!move) continue;
    const planned = planMove({ state, move, internalReview: engagement.internalReview });
    if (!planned.ok) throw new Error(`${worksheet.number}: ${planned.error.message}`);
    const roles = engagement.members.filter((member) => member.person === step.by).map((member) => member.role);
    expect(
      planned.value.roles.some((role) => roles.includes(role)),
      `${worksheet.number}: ${step.by} may ${move}`,
    ).toBe(true);
    if (planned.value.needsReason) expect("reason" in step && step.reason, `${worksheet.number} ${move}`).toBeTruthy();
    state = planned.value.to;
  }
  return state;
}

/** The catalogue's requirements of a version, as text; the newest release has the latest date. */
function catalogue(version: string): string {
  const folder = new URL("../../catalogue/", import.meta.url);
  const latest = readdirSync(folder)
    .filter((name) => /^\d{4}-/u.test(name))
    .sort()
    .at(-1);
  return readFileSync(new URL(`${latest}/requirements-${version}.json`, folder), "utf8");
}

/** Labels of items of the worksheet, wherever they stand. */
function itemIds(worksheet: DemoWorksheet): Set<string> {
  return new Set(
    JSON.stringify(worksheet.sections)
      .match(/"id":"[0-9a-f-]{36}"/gu)
      ?.map((found) => found.slice(6, -1)),
  );
}

/** What stands at each submission of a worksheet: the text and evidence until then, on that day. */
function submissions({ engagement, worksheet }: { engagement: DemoEngagement; worksheet: DemoWorksheet }) {
  const name = demoWorksheetName(engagement, worksheet);
  let sections = emptySections();
  const evidence: EvidenceLink<SectionKey>[] = [];
  return worksheet.steps.flatMap((step) => {
    if (step.do === "write") sections = { ...sections, ...step.sections } as WorksheetSections;
    if (step.do === "attach") {
      for (const { label, item, ...link } of step.evidence) {
        evidence.push({ ...link, id: label, itemId: item === null ? null : demoItemId(name, item) });
      }
    }
    if (step.do !== "move" || step.move !== "submit") return [];
    const facts = {
      today: addDays(TODAY, step.day),
      assessmentType: engagement.assessmentType,
      customizedApproach: false,
      eligibility: { ...UNANSWERED, switchable: false, whyNotSwitchedOn: worksheet.whyNotSwitchedOn ?? "" },
      people: { authors: [], approver: null, qsas: [] },
      copiedFrom: null,
      language: null,
    };
    const { standardVersion } = engagement;
    const subject = { standardVersion, requirementNumber: worksheet.number, sections, evidence: [...evidence], facts };
    return [{ engagement, worksheet, subject }];
  });
}

/** Every step with the name that the worksheet's item ids are made of, and the ids that there are. */
const steps = worksheets.flatMap(({ engagement, worksheet }) => {
  const name = demoWorksheetName(engagement, worksheet);
  const known = itemIds(worksheet);
  return worksheet.steps.map((step) => ({ name, known, step }));
});

describe("the demo's content", () => {
  it("is accepted by the contracts, every section of every save", () => {
    const saves = steps.flatMap(({ step }) => (step.do === "write" ? Object.entries(step.sections) : []));
    for (const [key, content] of saves) {
      const parsed = saveSectionInput(partKey.parse(key)).parse({ baseVersion: 0, content });
      expect(parsed.content).toEqual(content);
    }
    expect(saves.length).toBeGreaterThan(60);
  });

  it("ends with the text that each worksheet shows", () => {
    for (const { worksheet } of worksheets) {
      const writes = worksheet.steps.flatMap((step) => (step.do === "write" ? [step.sections] : []));
      const last = Object.assign({}, ...writes);
      expect({ ...emptySections(), ...last }, worksheet.number).toEqual(worksheet.sections);
    }
  });

  it("has evidence that the contract takes and whose items exist", () => {
    const attached = steps.flatMap((one) =>
      one.step.do === "attach" ? one.step.evidence.map((link) => ({ ...one, link })) : [],
    );
    for (const { name, known, link } of attached) {
      const { label: _label, item, ...evidence } = link;
      addEvidenceInput.parse({ ...evidence, itemId: item && demoItemId(name, item) });
      if (item) expect(known, `${name} ${item}`).toContain(demoItemId(name, item));
    }
    expect(attached.length).toBeGreaterThan(40);
  });

  it("has comments and moves that the contracts take and whose items exist", () => {
    for (const { name, known, step } of steps) {
      if (step.do === "move") moveInput.parse({ move: step.move, reason: step.reason });
      if (step.do !== "comment") continue;
      const itemId = step.item ? demoItemId(name, step.item) : null;
      openThreadInput.parse({ section: step.section, visibility: step.visibility, body: step.body, itemId });
      if (itemId) expect(known, `${name} ${step.item}`).toContain(itemId);
    }
  });

  it("names for each reply and resolution a thread that was opened before", () => {
    const open = new Set<string>();
    for (const { name, step } of steps) {
      if (step.do === "comment") open.add(`${name} ${step.thread}`);
      if (step.do === "reply" || step.do === "resolve") expect(open).toContain(`${name} ${step.thread}`);
    }
  });

  it("reaches every state by moves that the table allows and people who may make them", () => {
    expect(new Set(worksheets.map(finalState))).toEqual(new Set(WORKSHEET_STATES));
    expect(availableMoves("withdrawn")).toContain("reopen");
  });

  it("submits records with nothing missing, each of them as the contract takes it", () => {
    const records = engagements.flatMap((engagement) => engagement.records ?? []);
    expect(records.map(({ kind }) => kind).sort()).toEqual(["customized_approach", "risk_analysis"]);
    for (const { number, kind, sections, evidence, submitted } of records) {
      const named = evidence.map((one) => ({ ...one, url: "https://evidence.example/", files: [] }));
      const today = addDays(TODAY, submitted.day);
      expect(recordBlockers({ kind, sections, evidence: named, today }), number).toEqual([]);
      for (const [key, content] of Object.entries(sections)) {
        expect(saveSectionInput(partKey.parse(key)).safeParse({ baseVersion: 0, content }).error, key).toBeUndefined();
      }
    }
  });

  it("submits only what the rules let pass, and gives a reason for each warning that stands", async () => {
    const catalogue = await readCatalogueFiles();
    for (const submission of worksheets.flatMap(submissions)) {
      const { worksheet, engagement, subject } = submission;
      const knowledge = knowledgeFor(catalogue, engagement.standardVersion, worksheet.number);
      const outcomes = evaluateRigour(subject, knowledge);
      const open = findingsIn(outcomes).filter(
        ({ severity, rule }) => severity === "error" || (severity === "warning" && !worksheet.reasons?.[rule]),
      );
      expect(open, `${engagement.key} ${worksheet.number}`).toEqual([]);
    }
  });

  it("has its steps in order, in the past, at working hours", () => {
    for (const { worksheet } of worksheets) {
      const moments = worksheet.steps.map((step: DemoStep) => step.day * 1440 + step.minute);
      expect(moments, worksheet.number).toEqual([...moments].sort((a, b) => a - b));
      expect(Math.max(...worksheet.steps.map((step) => step.day))).toBeLessThan(0);
    }
  });

  it("never lets an author decide", () => {
    for (const { worksheet } of worksheets) {
      const authors = new Set(
        worksheet.steps.filter((step) => step.do === "write" || step.do === "attach").map((step) => step.by),
      );
      for (const step of worksheet.steps) {
        const decides =
          ["sign", "refuse", "revoke"].includes(step.do) || (step.do === "move" && step.move === "approve_internally");
        if (decides) expect(authors, worksheet.number).not.toContain(step.by);
      }
    }
  });

  it("decides rows in every way there is", () => {
    const decisions = engagements.flatMap((engagement) => engagement.decisions);
    for (const { change } of decisions) updateDispositionInput.parse({ version: 1, ...change });
    const used = new Set(decisions.map(({ change }) => change.disposition));
    for (const disposition of DISPOSITIONS) {
      if (disposition !== "undecided" && disposition !== "compensating_control") expect(used).toContain(disposition);
    }
  });

  it("has only requirement numbers that the catalogue knows", () => {
    for (const engagement of engagements) {
      const known = catalogue(engagement.standardVersion);
      const numbers = [...engagement.added, ...engagement.worksheets, ...engagement.decisions].map((one) =>
        typeof one === "string" ? one : one.number,
      );
      for (const number of numbers) expect(known, number).toContain(`"${number}"`);
    }
  });

  it("says SAMPLE in the three sample worksheets, with text beyond Latin in one", () => {
    const samples = worksheets.filter(({ worksheet }) => JSON.stringify(worksheet.sections).includes("SAMPLE."));
    expect(samples.map(({ worksheet }) => worksheet.number).sort()).toEqual(["10.3.4", "3.7.6", "8.3.4"]);
    const ceremony = JSON.stringify(samples.find(({ worksheet }) => worksheet.number === "3.7.6"));
    for (const word of ["Łódź", "Ελλάδα", "Київ", "→", "“", "”"]) expect(ceremony).toContain(word);
  });

  it("keeps its distances on any day of seeding", () => {
    const later = JSON.stringify(demoContent("2031-02-28"));
    expect(later).not.toContain("2026-11-24");
    expect(later.length).toBeGreaterThan(50_000);
  });
});

describe("the demo's people", () => {
  it("have example addresses and one password that would be accepted", () => {
    expect(newPassword.parse(DEMO_PASSWORD)).toBe(DEMO_PASSWORD);
    for (const { email } of DEMO_CAST) {
      expect(emailAddress.parse(email)).toBe(email);
      expect(email).toMatch(/\.example$/u);
    }
  });

  it("are all listed for signing in", () => {
    expect(DEMO_PEOPLE.map((person) => person.email).sort()).toEqual(DEMO_CAST.map((person) => person.email).sort());
  });
});
