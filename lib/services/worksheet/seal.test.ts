import { describe, expect, it } from "vitest";
import { RECORD_KINDS } from "@/lib/domain/records/kinds";
import { digestOf, readIfSealed, readSealed, seal } from "@/lib/services/worksheet/seal";
import { passingEvidence, passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";
import { filledRecord } from "@/test/fixtures/record-parts";

const DAY = "2026-11-27";
const common = {
  schema: "countervail.revision.v1",
  worksheetId: "5f0c1a3e-7f6b-4a57-9d7e-0a3a2b1c4d5e",
  revision: 2,
  header: {
    standardVersion: "4.0.1",
    ...{ requirementNumber: "8.3.4", requirementTitle: "Lock", entityName: "Shop", engagementName: "2026" },
  },
  catalogueVersion: "2026-01",
};
const evidence = passingEvidence(DAY, UUIDS).map((one, at) => ({ ...one, id: Object.values(UUIDS)[at] }));
const CCW = { ...common, sections: passingSections(DAY, {}, UUIDS), evidence };
const records = RECORD_KINDS.map((kind) => ({ ...common, kind, sections: filledRecord(kind, DAY), evidence: [] }));

describe("a frozen text", () => {
  it("comes back as it was, also one from before fields were what they are", () => {
    const older = { ...common, sections: { objective: {} }, evidence: [] };
    for (const content of [CCW, ...records, older]) {
      const { text, digest } = seal(content);
      expect(readIfSealed({ content: text, digest })).toEqual(content);
    }
  });

  it("is read where it says something else, as long as that is a whole content", () => {
    for (const content of [CCW, ...records]) {
      const { digest } = seal(content);
      const altered = { ...content, header: { ...common.header, entityName: "Another" } };
      expect(readIfSealed({ content: seal(altered).text, digest })).toEqual(altered);
    }
  });

  it("is not read where anything of it is missing or of another kind", () => {
    const [record] = records;
    const changed = [
      { ...CCW, sections: { ...CCW.sections, objective: undefined } },
      { ...CCW, sections: { ...CCW.sections, objective: 5 } },
      { ...CCW, header: { ...common.header, standardVersion: "5" } },
      { ...CCW, evidence: [{ files: [] }] },
      { ...record, kind: "risk_analysis" },
      { ...record, sections: {} },
      { ...record, kind: "ccw" },
    ];
    const { digest } = seal(CCW);
    for (const content of changed) {
      const text = JSON.stringify(content);
      expect(readIfSealed({ content: text, digest }), text.slice(0, 200)).toBeNull();
    }
  });

  it("is not read where it is no content at first sight, whatever its digest", () => {
    for (const content of ["{}x", "{}", "null", "5", "[]", '{"header":{},"sections":{},"evidence":[null]}']) {
      const revision = { content, digest: digestOf(content), number: 2 };
      expect(readIfSealed(revision), content).toBeNull();
      const read = () => readSealed(revision, { kind: "legal_exception", requirementNumber: "8.3.4" });
      expect(read, content).toThrow(/^Legal exception 8\.3\.4: the frozen text of revision 2 was changed/);
    }
  });
});
