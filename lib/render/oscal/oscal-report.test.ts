import { describe, expect, it } from "vitest";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { catalogOf } from "@/lib/domain/oscal/catalog";
import { mappingCollectionOf } from "@/lib/domain/oscal/mapping-collection";
import { poamOf } from "@/lib/domain/oscal/poam";
import { sspOf } from "@/lib/domain/oscal/ssp";
import { identify } from "@/lib/render/oscal/identify";
import { reportOscal } from "@/lib/render/oscal/oscal-report";
import { seal } from "@/lib/services/worksheet/seal";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { Author } from "@/prove/oscal/author";
import { anyBook, anyWorksheet } from "@/prove/oscal/worksheet";
import { Random } from "@/prove/support/random";
import { cpuTime } from "@/test/cpu-time";

const author = new Author(new Random(7));
const book = anyBook(author, [anyWorksheet(author)]);
const report = (document: unknown) =>
  reportOscal(typeof document === "string" ? document : JSON.stringify(document), (content) => seal(content).digest);

describe("what is found of an OSCAL file", () => {
  it("is what a plan holds, with the digests of its worksheets", () => {
    const { holds, problems } = report(poamOf(book, identify));
    expect(problems).toEqual([]);
    expect(holds[1]).toContain(`SHA-256 ${book.worksheets[0]?.digest}`);
    expect(holds).toHaveLength(4);
    expect(holds[3]).toContain("records are not in this document");
  });

  it("is a worksheet that was changed, by its place", () => {
    const changed = JSON.parse(JSON.stringify(poamOf(book, identify)));
    changed["plan-of-action-and-milestones"]["poam-items"][0].props.find(
      ({ name }: { name: string }) => name === "requirement-title",
    ).value = "Another title";
    expect(report(changed).problems).toEqual([
      {
        at: "/plan-of-action-and-milestones/poam-items/0",
        message: "The worksheet is not the one whose digest it gives: it was changed since it was exported.",
      },
    ]);
  });

  it("is a part that the schema asks for and that is not there", () => {
    const without = JSON.parse(JSON.stringify(poamOf(book, identify)));
    delete without["plan-of-action-and-milestones"].risks[0].status;
    expect(report(without)).toEqual({
      holds: [],
      problems: [{ at: "/plan-of-action-and-milestones/risks/0", message: "must have required property 'status'" }],
    });
  });

  it("is how much a catalogue, a mapping and a system security plan hold", async () => {
    const catalogue = await readCatalogueFiles();
    const counts = STANDARD_VERSIONS.map((version) => report(catalogOf(catalogue, version, identify)).holds[0]);
    expect(counts).toEqual([
      "366 requirements of the catalogue of 2026-11-24",
      "298 requirements of the catalogue of 2026-11-24",
    ]);
    expect(report(mappingCollectionOf(catalogue, "https://countervail.example", identify))).toEqual({
      holds: ["262 mappings"],
      problems: [],
    });
    expect(report(sspOf(book, identify)).problems).toEqual([]);
  });

  it("is whether a catalogue is the release's own, to the letter, or where it was changed", async () => {
    const catalogue = await readCatalogueFiles();
    const of = (document: object) =>
      reportOscal(JSON.stringify(document), (content) => seal(content).digest, catalogue);
    for (const version of STANDARD_VERSIONS) {
      const { holds, problems } = of(catalogOf(catalogue, version, identify));
      expect(problems).toEqual([]);
      expect(holds[1]).toContain(`PCI DSS ${version} of this release’s own catalogue`);
    }
    const changed = JSON.parse(JSON.stringify(catalogOf(catalogue, "4.0.1", identify)));
    changed.catalog.groups[0].title = "Other words";
    expect(of(changed).problems).toMatchObject([{ at: "/catalog/groups/0/title" }]);
  });

  it("is told of the first problems alone, each within bounds, and how many more there are", () => {
    const plan = JSON.parse(JSON.stringify(poamOf(book, identify)));
    const inside = plan["plan-of-action-and-milestones"];
    const [item] = inside["poam-items"];
    const foreign = { uuid: item.uuid, title: "Long".repeat(10_000), description: "Of somebody else." };
    inside["poam-items"] = Array.from({ length: 1_000 }, () => foreign);
    const broken = JSON.parse(JSON.stringify(plan));
    broken["plan-of-action-and-milestones"]["poam-items"] = Array.from({ length: 1_000 }, () => ({}));
    const unknown = JSON.parse(JSON.stringify(poamOf(book, identify)));
    const ns = "urn:countervail:oscal";
    unknown["plan-of-action-and-milestones"]["poam-items"] = Array.from({ length: 1_000 }, () => ({
      ...item,
      props: [
        { name: "kind", ns, value: "worksheet" },
        { name: "x".repeat(10_000), ns, value: "1" },
      ],
    }));
    for (const document of [plan, broken, unknown]) {
      const { problems } = report(document);
      expect(problems).toHaveLength(51);
      expect(problems.at(-1)?.message).toMatch(/^And \d+ more problems\.$/);
      for (const { at, message } of problems) expect(at.length + message.length).toBeLessThan(1_100);
    }
    expect(report(plan).problems.at(-1)?.message).toBe("And 950 more problems.");
  });

  it("takes no time to speak of where a large part is referred to again and again", async () => {
    const plan = JSON.parse(JSON.stringify(poamOf(book, identify)));
    const inside = plan["plan-of-action-and-milestones"];
    const [item] = inside["poam-items"];
    const uuid = item["related-risks"][0]["risk-uuid"];
    const risk = inside.risks.find((one: { uuid: string }) => one.uuid === uuid);
    const ns = "urn:countervail:oscal";
    risk["mitigating-factors"] = Array.from({ length: 2_000 }, () => ({
      ...{ uuid, description: "x" },
      props: [{ name: "id", ns, class: "json", value: JSON.stringify("y".repeat(500).split("")) }],
    }));
    const again = { uuid: item.uuid, title: "x", description: "x", props: [{ name: "kind", ns, value: "worksheet" }] };
    inside["poam-items"] = Array.from({ length: 2_000 }, () => ({
      ...again,
      "related-risks": [{ "risk-uuid": uuid }],
    }));
    const text = JSON.stringify(plan);
    expect(await cpuTime(() => expect(report(text).problems.length).toBeGreaterThan(0))).toBeLessThan(10_000);
  });

  it("is said of anything else too, however hostile", () => {
    const deep = `{"catalog":${'{"groups":['.repeat(200_000)}${"]}".repeat(200_000)}}`;
    const texts = ["", "{", "null", "[]", '{"profile":{}}', '{"catalog":null}', '{"catalog":{"__proto__":1}}', deep];
    for (const text of texts) expect(report(text).problems.length, text.slice(0, 30)).toBeGreaterThan(0);
  });
});
