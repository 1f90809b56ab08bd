import { describe, expect, it } from "vitest";
import { FREQUENCY_REQUIREMENTS } from "@/lib/domain/records/frequencies";
import { type OpeningContext, openingBarrier } from "@/lib/domain/records/opening";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { documentInTheWay } from "@/lib/domain/workflow/documents";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";

const { requirements } = await readCatalogueFiles();
const context = (number: string, more: Partial<OpeningContext> = {}, version = "4.0.1"): OpeningContext => {
  const requirement = requirements.find((one) => one.number === number && one.version === version);
  if (!requirement) throw new Error(`There is no ${number}.`);
  const rest = { assessmentType: "ROC", disposition: "customized_approach", hasAssessor: true, documents: [] } as const;
  return { requirement, ...rest, ...more };
};

describe("the customized approach", () => {
  const barrier = (...of: Parameters<typeof context>) => openingBarrier("customized_approach", context(...of));

  it("is opened in a ROC of 4.0.1 with an assessor, for a requirement that was chosen for it", () => {
    expect(barrier("8.3.4")).toBeNull();
    expect(barrier("8.3.4", { disposition: "undecided" })).toMatch(/Choose “Customized approach”/);
    expect(barrier("8.3.4", { assessmentType: "SAQ" })).toMatch(/self-assessment/);
    expect(barrier("8.1.6", {}, "3.2.1")).toMatch(/3\.2\.1/);
    expect(barrier("8.3.4", { hasAssessor: false })).toMatch(/QSA or an ISA/);
  });

  it("is not opened where the standard excludes it, which is another list than what takes no compensating control", () => {
    expect(barrier("12.3.2")).toMatch(/excludes/);
    expect(requirements.find(({ number, version }) => number === "12.3.2" && version === "4.0.1")?.noCcw).toBe(false);
  });

  it("does not stand beside a compensating control, and neither the other way round", () => {
    const ccw = { kind: "ccw", state: "signed" } as const;
    expect(barrier("8.3.4", { documents: [ccw] })).toMatch(/at once/);
    expect(barrier("8.3.4", { documents: [{ ...ccw, state: "withdrawn" }] })).toBeNull();
    const customized = { kind: "customized_approach", state: "draft" } as const;
    for (const next of DISPOSITIONS) {
      expect(documentInTheWay(next, [customized]) === null, next).toBe(next === "customized_approach");
    }
  });
});

it("a legal exception is opened for what was chosen for it, in any version and kind of assessment", () => {
  const legal = { disposition: "legal_exception", assessmentType: "SAQ" } as const;
  expect(openingBarrier("legal_exception", context("9.2.1.1", legal))).toBeNull();
  expect(openingBarrier("legal_exception", context("8.1.6", legal, "3.2.1"))).toBeNull();
  expect(openingBarrier("legal_exception", context("9.2.1.1", { disposition: "met" }))).toMatch(/Legal exception/);
});

describe("a targeted risk analysis", () => {
  it("is opened for the requirements that let one set a frequency, whatever was chosen but not applicable", () => {
    for (const number of FREQUENCY_REQUIREMENTS) {
      for (const disposition of DISPOSITIONS) {
        const barrier = openingBarrier("risk_analysis", context(number, { disposition }));
        expect(barrier === null, `${number} ${disposition}`).toBe(disposition !== "not_applicable");
      }
    }
  });

  it("is not opened for others", () => {
    const others = requirements.filter(
      ({ number, version }) => version === "4.0.1" && !FREQUENCY_REQUIREMENTS.includes(number),
    );
    for (const { number } of others) expect(openingBarrier("risk_analysis", context(number)), number).not.toBeNull();
  });
});

it("the catalogue has each of the numbers that let one set a frequency", () => {
  for (const number of FREQUENCY_REQUIREMENTS) expect(context(number).requirement.leaf, number).toBe(true);
});
