import { afterAll, beforeAll, expect, it } from "vitest";
import type { AddEvidenceInput } from "@/lib/contracts/evidence";
import { askDraft } from "@/lib/domain/rigour/ask-draft";
import { wantingReason } from "@/lib/domain/rigour/reasons";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { carryOverWorksheet } from "@/lib/services/carry-over/carry-over-worksheet";
import { shareControl } from "@/lib/services/controls/share-control";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { startWorksheet } from "@/lib/services/start/start-worksheet";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { changeEvidence } from "@/lib/services/worksheet/change-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { makeEngagement, openSheet } from "@/test/engagement";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
let sheet = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
  sheet = await openSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

const text = (words: string, bold = false) => ({
  ...{ type: "text" as const, text: words },
  ...(bold ? { marks: [{ type: "bold" as const }] } : {}),
});
/** The section's text, half of the number in bold. */
const content = (end: string) => ({
  ...SAMPLE_SECTIONS.objective,
  narrative: {
    type: "doc" as const,
    content: [{ type: "paragraph" as const, content: [text("Seen: 4111 1111 "), text("1111 1111", true), text(end)] }],
  },
});

it("are asked about in a section once, and the answer is in the event", async () => {
  const contributor = await world.as("contributor");
  const save = (baseVersion: number, end: string, acknowledgeCardNumber?: boolean) =>
    saveSection(contributor, sheet, "objective", { baseVersion, content: content(end), acknowledgeCardNumber });
  await expect(save(0, ".")).rejects.toMatchObject({
    code: "card_number_suspected",
    extras: { errors: [{ path: "content.narrative", message: "A number that ends in 1111." }] },
  });
  const [event] = await world.eventsOf(() => save(0, ".", true));
  expect(event).toMatchObject({ action: "section.saved", detail: { cardNumberAcknowledged: true } });
  const [next] = await world.eventsOf(() => save(1, ", and more is written."));
  expect(next?.detail).not.toHaveProperty("cardNumberAcknowledged");
  await expect(save(2, " and 5555 5555 5555 4444.")).rejects.toMatchObject({ code: "card_number_suspected" });
});

it("are asked about in reasons for warnings", async () => {
  const contributor = await world.as("contributor");
  const { definition } = SAMPLE_SECTIONS;
  const controls = definition.items.controls.map((one) => ({ ...one, nature: "detective" as const }));
  const { sections } = await getWorksheet(contributor, sheet);
  const baseVersion = sections?.definition?.version ?? 0;
  await saveSection(contributor, sheet, "definition", { baseVersion, content: { ...definition, items: { controls } } });
  const worksheet = await getWorksheet(contributor, sheet);
  const { rigour } = worksheet;
  if (!rigour || !worksheet.sections) throw new Error("Its writer does not see the draft.");
  const stored = worksheet.sections;
  const contents = Object.fromEntries(SECTION_KEYS.map((key) => [key, stored[key]?.content]));
  const outcomes = askDraft(worksheet, rigour, contents as unknown as WorksheetSections);
  const key = wantingReason(outcomes).find(({ rule }) => rule === "L18")?.key ?? "";
  const give = (reason: string, acknowledgeCardNumber?: boolean) =>
    answerWarning(contributor, sheet, { key, reason, acknowledgeCardNumber });
  const reason = "Cards such as 4111 1111 1111 1111 are only watched for.";
  await expect(give(reason)).rejects.toMatchObject({
    code: "card_number_suspected",
    extras: { errors: [{ path: "reason" }] },
  });
  const [event] = await world.eventsOf(() => give(reason, true));
  expect(event).toMatchObject({ action: "warning.answered", detail: { cardNumberAcknowledged: true } });
  expect(await give(`${reason} So it is.`)).toMatchObject({ warningReasons: [{ rule: "L18" }] });
});

it("are asked about in every field of evidence", async () => {
  const contributor = await world.as("contributor");
  const fields: AddEvidenceInput = {
    ...{ section: "validation", itemId: null, title: "Orders", url: "", shows: "" },
    ...{ collectedOn: "2026-11-20", validUntil: null },
  };
  const bad = { ...fields, title: "Order of 378282246310005", url: "https://x.example/?pan=4111111111111111" };
  await expect(addEvidence(contributor, sheet, bad)).rejects.toMatchObject({
    extras: { errors: [{ path: "title" }, { path: "url" }] },
  });
  const { id } = await addEvidence(contributor, sheet, { ...bad, acknowledgeCardNumber: true });
  const changed = await changeEvidence(contributor, id, { ...bad, shows: "What was asked about stays.", version: 1 });
  const shows = "6011 1111 1111 1117";
  const again = changeEvidence(contributor, id, { ...bad, shows, version: changed.version });
  await expect(again).rejects.toMatchObject({ extras: { errors: [{ path: "shows" }] } });
});

it("are asked about in a text that is copied elsewhere, whoever was asked where it was written", async () => {
  const contributor = await world.as("contributor");
  const from = await openSheet(world, engagementId, "8.3.5");
  const asked = { baseVersion: 0, content: content("."), acknowledgeCardNumber: true };
  await saveSection(contributor, from, "objective", asked);
  const to = await openSheet(world, engagementId, "8.3.6");
  const start = { kind: "worksheet", worksheetId: from } as const;
  const suspected = { code: "card_number_suspected", extras: { errors: [{ path: "objective.narrative" }] } };
  await expect(startWorksheet(contributor, to, start)).rejects.toMatchObject(suspected);
  const [event] = await world.eventsOf(() =>
    startWorksheet(contributor, to, { ...start, acknowledgeCardNumber: true }),
  );
  expect(event).toMatchObject({ action: "worksheet.started", detail: { cardNumberAcknowledged: true } });

  const old = await makeEngagement(world, { standardVersion: "3.2.1" });
  const legacy = await openSheet(world, old, "8.1.6");
  await saveSection(contributor, legacy, "objective", asked);
  const input = { worksheetId: legacy, requirementNumber: "8.3.4", eligibility: LET_THROUGH };
  const lead = await world.as("lead");
  const target = await makeEngagement(world);
  await expect(carryOverWorksheet(lead, target, input)).rejects.toMatchObject(suspected);
  const carried = await carryOverWorksheet(lead, target, { ...input, acknowledgeCardNumber: true });
  expect(carried.origin).toMatchObject({ kind: "carried_over" });
});

it("are asked about in a control that is shared", async () => {
  const contributor = await world.as("contributor");
  const lead = await world.as("lead");
  const id = await openSheet(world, engagementId, "8.3.7");
  const { definition } = SAMPLE_SECTIONS;
  const controls = definition.items.controls.map((one) => ({ ...one, description: "As for 4111 1111 1111 1111." }));
  const body = { baseVersion: 0, content: { ...definition, items: { controls } }, acknowledgeCardNumber: true };
  await saveSection(contributor, id, "definition", body);
  await expect(shareControl(lead, id, "c1")).rejects.toMatchObject({
    code: "card_number_suspected",
    extras: { errors: [{ path: "description" }] },
  });
  const sure = { acknowledgeCardNumber: true };
  const [event] = await world.eventsOf(() => shareControl(lead, id, "c1", sure));
  expect(event).toMatchObject({ action: "control.shared", detail: { cardNumberAcknowledged: true } });
});
