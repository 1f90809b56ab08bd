import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import type { OscalBook, OscalWorksheet } from "@/lib/domain/oscal/book";
import { RECORD_KINDS } from "@/lib/domain/records/kinds";
import { CRITERION_OUTCOMES } from "@/lib/domain/workflow/criteria-gate";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { WORKSHEET_MOVES, WORKSHEET_STATES } from "@/lib/domain/workflow/states";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import type { CcwRevision, EvidenceLink } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";
import { seal } from "@/lib/services/worksheet/seal";
import type { Author } from "./author";
import { anySections } from "./sections";

const ADDRESSES = [
  "",
  "https://evidence.example/iam/policy.json?account=1&b=[2]#top#again",
  'https://[2001:db8::1]:8443/a|b^c`d"e<f>',
  "http://evidence.example/ä?ö=ü%zz%41",
  "https://evidence.example/\u202Efdp \u{1F600}",
];

/** A worksheet with everything that one may have; the same of the same author. */
export function anyWorksheet(author: Author): OscalWorksheet {
  const version = author.pick(STANDARD_VERSIONS);
  const sections = anySections(author);
  const content: CcwRevision = {
    schema: "countervail.revision.v1",
    worksheetId: author.id(),
    revision: 1 + author.list(5, () => 0).length,
    header: {
      standardVersion: version,
      requirementNumber: author.pick(["8.3.4", "A2.1.1", "3.6.1.2", "10.3.4"]),
      requirementTitle: author.text(300),
      entityName: author.text(200),
      engagementName: author.text(200),
    },
    catalogueVersion: "2026-11-24",
    sections,
    evidence: author.list(4, () => anyEvidence(author)),
    ...(author.flag() && {
      eligibility: {
        missedActivity: author.pick([true, false, null]),
        storedSad: false,
        legalBar: null,
        switchable: author.flag(),
        whyNotSwitchedOn: author.text(500),
      },
    }),
    ...(author.flag() && {
      warningReasons: author.list(3, () => ({
        key: `L18:${author.id()}`,
        rule: "L18",
        section: author.pick([null, ...SECTION_KEYS]),
        message: author.text(300),
        reason: author.text(500),
      })),
    }),
    ...(author.flag() && { thresholds: { sectionLength: 120, likeness: 0.7 } }),
    ...(author.flag() && {
      criteria: criteriaOf(version).map(({ id, number }) => ({ id, number, answer: author.text(500) })),
    }),
  };
  return { content, digest: seal(content).digest, ...anyStanding(author) };
}

function anyStanding(author: Author): Omit<OscalWorksheet, "content" | "digest"> {
  return {
    frozen: author.flag(),
    state: author.pick(WORKSHEET_STATES),
    validity: author.pick([null, { status: "valid", reason: author.text(200) }, { status: "broken", reason: "" }]),
    signOffs: author.list(3, () => ({
      kind: author.pick(["signed", "refused", "revoked"] as const),
      revision: 1,
      digest: author.sha256(),
      statementVersion: "2026-1",
      statementText: author.text(800),
      reason: author.text(500),
      signerName: author.text(100),
      signerRole: author.text(100),
      firmName: author.text(100),
      at: author.instant(),
    })),
    transitions: author.list(5, () => ({
      move: author.pick(WORKSHEET_MOVES),
      from: author.pick(WORKSHEET_STATES),
      to: author.pick(WORKSHEET_STATES),
      revision: 1,
      by: author.text(100),
      at: author.instant(),
      reason: author.text(300),
    })),
    decisions: author.list(3, () => ({
      criterion: author.pick(criteriaOf("4.0.1")).id,
      outcome: author.pick(CRITERION_OUTCOMES),
      note: author.text(300),
      by: author.text(100),
      at: author.instant(),
    })),
  };
}

function anyEvidence(author: Author): EvidenceLink<SectionKey> {
  return {
    id: author.id(),
    section: author.pick(SECTION_KEYS),
    itemId: author.pick([null, author.id()]),
    title: author.some(300),
    url: author.pick(ADDRESSES),
    shows: author.text(500),
    collectedOn: "2026-09-14",
    validUntil: author.pick([null, author.day()]),
    ...(author.flag() && {
      files: author.list(3, () => ({
        name: author.text(200),
        size: 12_345,
        type: "application/json",
        sha256: author.sha256(),
      })),
    }),
  };
}

/** A book of some worksheets, and of a row of each disposition. */
export function anyBook(author: Author, worksheets: readonly OscalWorksheet[]): OscalBook {
  return {
    engagement: {
      id: author.id(),
      name: author.text(200),
      entityName: author.some(200),
      assessorName: author.text(200),
      standardVersion: "4.0.1",
    },
    at: author.instant(),
    url: "https://countervail.example",
    worksheets,
    rows: DISPOSITIONS.map((disposition, index) => ({
      requirementNumber: `1.2.${index + 1}`,
      requirementTitle: author.text(300),
      disposition,
      note: author.text(500),
      owner: author.text(100),
      dueOn: author.pick([null, author.day()]),
    })),
    ...(author.flag() && {
      leftOut: RECORD_KINDS.map((kind, index) => ({ requirementNumber: `2.2.${index + 1}`, kind })),
    }),
  };
}
