import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getCatalog } from "@/app/api/v1/catalogue/[version]/oscal/route";
import { GET as getMapping } from "@/app/api/v1/catalogue/mappings/oscal/route";
import { GET as getWorkbook } from "@/app/api/v1/engagements/[engagementId]/oscal/route";
import { GET as getWorksheet } from "@/app/api/v1/worksheets/[worksheetId]/oscal/route";
import type { OscalBook } from "@/lib/domain/oscal/book";
import type { CatalogDocument } from "@/lib/domain/oscal/parts";
import { readCatalog } from "@/lib/domain/oscal/read-catalog";
import type { OscalFile } from "@/lib/render/oscal/oscal-file";
import { readPlan } from "@/lib/render/oscal/read-plan";
import { schemaProblems } from "@/lib/render/oscal/validate";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { exportEngagementOscal, exportWorksheetOscal } from "@/lib/services/export/export-oscal";
import { openRecord } from "@/lib/services/records/open-record";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { seal } from "@/lib/services/worksheet/seal";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, giveReasons, makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { objectiveSaying, sampleSectionsOn } from "@/test/fixtures/sample-sections";
import { browser, browserOf, serve } from "@/test/requests";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let sheet = "";
let bundles: BundleFolder;
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
  sheet = await openSheet(world, engagementId, "8.3.4");
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await bundles?.remove();
  await world.close();
});

/** The sample's items have short ids, which nobody could send. */
function withRealIds<T>(value: T): T {
  const real = (id: string) =>
    `"00000000-0000-7000-8000-${id
      .slice(1, -1)
      .padStart(12, "0")
      .replace(/[^0-9a-f]/g, "f")}"`;
  return JSON.parse(JSON.stringify(value).replace(/"[crtms]\d+"/g, real)) as T;
}

const say = (words: string) => {
  const sections = sampleSectionsOn(world.now.toISOString().slice(0, 10));
  return write(world, sheet, withRealIds({ ...sections, objective: objectiveSaying(words) }));
};
const move = async (by: Person, name: Parameters<typeof makeMove>[2]["move"], reason = "") =>
  makeMove(await world.as(by), sheet, { move: name, reason });
const poam = async (by: Person, revision?: number) =>
  exportWorksheetOscal(await world.as(by), sheet, { model: "poam", revision });
const whole = async (by: Person, model: "poam" | "ssp") =>
  exportEngagementOscal(await world.as(by), engagementId, { model });

function bookOf({ text }: OscalFile): OscalBook {
  const { book, problems } = readPlan(JSON.parse(text), (content) => seal(content).digest);
  expect(problems).toEqual([]);
  if (!book) throw new Error("The plan holds no book.");
  return book;
}

/** What a plan says of the risk that the requirement is not met. */
function statusIn({ text }: OscalFile): string {
  const { risks } = JSON.parse(text)["plan-of-action-and-milestones"];
  return risks[0].status;
}

describe("a worksheet as OSCAL", () => {
  it("is the draft for those who write it, and nothing for others", async () => {
    await say("first words");
    await openThread(await world.as("lead"), sheet, {
      ...{ section: "definition", itemId: null, visibility: "private", body: "private to the entity" },
    });
    const file = await poam("lead");
    expect(file.name).toBe("ccw-8.3.4-r1-draft.oscal-poam.json");
    expect(file.text).toContain("first words");
    expect(file.text).not.toContain("private to");
    expect(statusIn(file)).toBe("open");
    expect(bookOf(file).worksheets).toMatchObject([{ frozen: false, state: "draft", validity: null }]);
    await expect(poam("qsa")).rejects.toMatchObject({ code: "forbidden" });
    await expect(poam("stranger")).rejects.toMatchObject({ code: "not_found" });
  });

  it("asks for a deviation once it is submitted, and holds no later draft for the assessor", async () => {
    await giveReasons(world, sheet);
    await move("lead", "submit");
    expect(statusIn(await poam("qsa"))).toBe("deviation-requested");
    await move("qsa", "request_changes", "Say which users.");
    await say("unsubmitted words");
    const file = await poam("qsa");
    expect(file.text).toContain("first words");
    expect(file.text).not.toContain("unsubmitted");
    expect(bookOf(file).worksheets[0]?.transitions).toMatchObject([
      { move: "submit" },
      { move: "request_changes", reason: "Say which users." },
    ]);
  });

  it("is for an observer what was signed: an approved deviation, until evidence runs out", async () => {
    await giveReasons(world, sheet);
    await move("lead", "submit");
    await sign(world, sheet);
    const file = await poam("observer");
    expect(file.name).toBe("ccw-8.3.4-r2.oscal-poam.json");
    expect(statusIn(file)).toBe("deviation-approved");
    const [read] = bookOf(file).worksheets;
    expect(read).toMatchObject({ frozen: true, state: "signed", validity: { status: "valid" }, transitions: [] });
    expect(read?.signOffs).toMatchObject([{ kind: "signed", digest: read?.digest }]);
    expect(read?.decisions.map(({ outcome }) => outcome)).toEqual(["met", "met", "met", "met", "met"]);
    world.pass({ days: 400 });
    expect(statusIn(await poam("observer"))).toBe("investigating");
    await expect(poam("observer", 1)).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves an event each, and the same text each time", async () => {
    await world.as("qsa");
    const left = await world.eventsOf(() => poam("qsa"));
    expect(left).toMatchObject([
      { action: "export.made", chain: "entity", changes: [], detail: { what: "worksheet", format: "oscal-poam" } },
    ]);
    expect(await poam("qsa")).toEqual(await poam("qsa"));
  });
});

describe("an engagement as OSCAL", () => {
  it("says why when there is nothing to tell", async () => {
    const empty = await makeEngagement(world);
    const ask = async () => exportEngagementOscal(await world.as("lead"), empty, { model: "poam" });
    await expect(ask()).rejects.toMatchObject({ code: "blocked" });
    expect(await world.eventsOf(() => ask().catch(() => null))).toEqual([]);
  });

  it("tells worksheets and planned fixes as a plan, and every decided row as a system security plan", async () => {
    const id = await addRow(world, engagementId, "8.3.6");
    await addRow(world, engagementId, "8.3.7");
    await decideDisposition(await world.as("lead"), id, {
      ...{ version: 1, disposition: "fix_planned", note: "Longer\npasswords.", fixOwner: "Platform" },
      ...{ fixDueOn: "2028-03-31", dueOn: null, ownerId: null, evidenceTitle: "", evidenceUrl: "" },
    });
    const book = bookOf(await whole("lead", "poam"));
    expect(book.worksheets).toHaveLength(1);
    expect(book.rows).toMatchObject([{ requirementNumber: "8.3.6", note: "Longer\npasswords.", dueOn: "2028-03-31" }]);
    const ssp = JSON.parse((await whole("lead", "ssp")).text)["system-security-plan"];
    const met = ssp["control-implementation"]["implemented-requirements"] as readonly {
      readonly "control-id": string;
      readonly "by-components": readonly { readonly "implementation-status": { readonly state: string } }[];
    }[];
    expect(met.map((one) => [one["control-id"], one["by-components"][0]?.["implementation-status"].state])).toEqual([
      ["pci-8.3.4", "alternative"],
      ["pci-8.3.6", "planned"],
    ]);
    expect(await world.eventsOf(() => whole("observer", "ssp"))).toMatchObject([
      { action: "export.made", chain: "entity", detail: { what: "workbook", format: "oscal-ssp" } },
    ]);
    await expect(whole("stranger", "ssp")).rejects.toMatchObject({ code: "not_found" });
  });

  it("says which records it leaves out, and is read back with that", async () => {
    const rowId = await addRow(world, engagementId, "10.4.2.1");
    await openRecord(await world.as("lead"), rowId, { kind: "risk_analysis" });
    const { text } = await whole("lead", "poam");
    expect(JSON.parse(text)["plan-of-action-and-milestones"].metadata.remarks).toBe(
      "1 record is not in this document, which holds compensating controls worksheets alone: 10.4.2.1 (targeted risk analysis).",
    );
    expect(bookOf(await whole("lead", "poam")).leftOut).toEqual([
      { requirementNumber: "10.4.2.1", kind: "risk_analysis" },
    ]);
    expect((await whole("lead", "ssp")).text).toContain("1 record is not in this document");
  });
});

describe("the addresses", () => {
  it("hand out downloads to those who may, and refuse what they do not know", async () => {
    const lead = await browserOf(world, "lead");
    const reply = await lead(getWorksheet, { params: { worksheetId: sheet } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-disposition")).toBe('attachment; filename="ccw-8.3.4-r2.oscal-poam.json"');
    expect(schemaProblems("poam", await reply.json())).toEqual([]);
    const odd = await lead(getWorkbook, { params: { engagementId }, query: { model: "sap" } });
    expect(odd.status).toBe(400);
    expect((await browser(null)(getWorkbook, { params: { engagementId } })).status).toBe(401);
  });

  it("show the catalogue and its mapping to everybody", async () => {
    const nobody = browser(null);
    const reply = await nobody(getCatalog, { params: { version: "3.2.1" } });
    const document = (await reply.json()) as CatalogDocument;
    expect(schemaProblems("catalog", document)).toEqual([]);
    expect(readCatalog(document).requirements).toHaveLength(298);
    expect((await nobody(getCatalog, { params: { version: "5.0" } })).status).toBe(404);
    expect(schemaProblems("mapping", await (await nobody(getMapping)).json())).toEqual([]);
  });
});
