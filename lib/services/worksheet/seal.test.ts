import { describe, expect, it } from "vitest";
import { RECORD_KINDS, type WorksheetKind } from "@/lib/domain/records/kinds";
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

const PLACE = { worksheetId: common.worksheetId, number: common.revision };

describe("a frozen text", () => {
  it("comes back as it was, also one from before fields were what they are", () => {
    const older = { ...common, sections: { objective: {} }, evidence: [] };
    for (const content of [CCW, ...records, older]) {
      const { text, digest } = seal(content);
      const kind = "kind" in content ? content.kind : "ccw";
      expect(readIfSealed({ ...PLACE, content: text, digest }, kind)).toEqual(content);
      expect(readIfSealed({ ...PLACE, content: text, digest })).toEqual(content);
    }
  });

  it("is not read where it says anything else, also where that is a whole content", () => {
    for (const content of [CCW, ...records]) {
      const { text, digest } = seal(content);
      const altered = seal({ ...content, header: { ...common.header, entityName: "Another" } }).text;
      for (const stored of [altered, ` ${text}`, JSON.stringify(content), "{}", "{}x"]) {
        expect(readIfSealed({ ...PLACE, content: stored, digest }), stored.slice(0, 200)).toBeNull();
      }
    }
  });

  it("is not read in the place of another, whatever its digest", () => {
    const [record] = records;
    const read = (content: object, kind: WorksheetKind) => {
      const { text, digest } = seal(content);
      return readIfSealed({ ...PLACE, content: text, digest }, kind);
    };
    expect(read({ ...CCW, worksheetId: UUIDS.c1 }, "ccw")).toBeNull();
    expect(read({ ...CCW, revision: 3 }, "ccw")).toBeNull();
    expect(read(CCW, "legal_exception")).toBeNull();
    expect(read(record ?? {}, "ccw")).toBeNull();
  });

  it("is not read where it is no content at first sight, whatever its digest", () => {
    for (const content of ["{}x", "{}", "null", "5", "[]", '{"header":{},"sections":{},"evidence":[null]}']) {
      const revision = { ...PLACE, content, digest: digestOf(content) };
      expect(readIfSealed(revision), content).toBeNull();
      const read = () => readSealed(revision, { kind: "legal_exception", requirementNumber: "8.3.4" });
      expect(read, content).toThrow(/^Legal exception 8\.3\.4: the frozen text of revision 2 was changed/);
    }
  });
});
