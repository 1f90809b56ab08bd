import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { contentOf } from "../support/workbook";
import { type At, HIDDEN, type Judged, type Line, refused } from "./line";
import { EVIDENCE } from "./play-worksheet";
import { SCENES, type SheetFacts, type Spot } from "./spot";

/** What is known of the spot's worksheet. */
export function sheetOf({ sheet }: Pick<Spot, "sheet">): SheetFacts {
  if (!sheet) throw new Error("This spot has no worksheet.");
  return sheet;
}

const WORKSHEET = "/api/v1/worksheets/[worksheetId]";
const isResubmitted = (spot: Spot) => spot.sheet?.scene === "signed_then_resubmitted";
const NOT_SUBMITTED = ({ spot }: Judged) => (sheetOf(spot).submitted ? null : HIDDEN);
const SIGNED_ONLY = ({ view }: Judged) => (view === "signed" ? HIDDEN : null);

/** The draft is there for those who write it, and for others only while it is what they may read as a revision. */
function draftHidden({ spot, view }: Judged) {
  const { submitted, frozen, scene } = sheetOf(spot);
  if (!submitted) return HIDDEN;
  const shown = view === "all" || (frozen && (view === "submitted" || scene === "signed"));
  return shown ? null : HIDDEN;
}

/** Six handlers stand behind one address; each scene asks another one. */
function section(spot: Spot) {
  return SECTION_KEYS[SCENES.indexOf(sheetOf(spot).scene) % SECTION_KEYS.length] ?? "constraints";
}

function saving({ spot }: At) {
  const key = section(spot);
  const body = { baseVersion: sheetOf(spot).writes, content: contentOf(key, ["Written by the matrix."]) };
  return { params: { section: key }, body };
}

/** A file of another worksheet of the same engagement. */
function otherFile({ stage, spot }: At): string {
  const { world, params } = spot;
  const other = stage.spots.find((one) => {
    return one.kind === "worksheet" && one.world === world && one.params.worksheetId !== params.worksheetId;
  });
  return other?.params.fileId ?? "";
}

/** What is read and written of worksheets. */
export const WORKSHEET_LINES: readonly Line[] = [
  {
    handler: `GET ${WORKSHEET}`,
    may: "worksheet.read",
    on: "worksheet",
    shows: (spot) => (sheetOf(spot).frozen ? sheetOf(spot).revision : null),
  },
  {
    handler: `PUT ${WORKSHEET}/sections/[section]`,
    may: "worksheet.edit",
    on: "worksheet",
    asks: saving,
    event: "section.saved",
    changes: true,
  },
  {
    handler: `PUT ${WORKSHEET}/sections/[section]`,
    call: "the criteria",
    may: "criteria.answer",
    on: "worksheet",
    asks: ({ spot }) => ({
      params: { section: "criteria" },
      body: { baseVersion: sheetOf(spot).writes, content: SAMPLE_ANSWERS },
    }),
    event: "section.saved",
    changes: true,
  },
  {
    handler: `GET ${WORKSHEET}/criteria`,
    may: "worksheet.read",
    on: "worksheet",
    asks: () => ({ query: "revision=1" }),
    except: NOT_SUBMITTED,
    shows: () => 1,
  },
  {
    handler: `GET ${WORKSHEET}/criteria`,
    call: "of a revision that is not signed, after one that is",
    may: "worksheet.read",
    on: "worksheet",
    only: isResubmitted,
    asks: () => ({ query: "revision=2" }),
    except: SIGNED_ONLY,
    shows: () => 2,
  },
  {
    handler: `GET ${WORKSHEET}/rigour`,
    may: "worksheet.read",
    on: "worksheet",
    asks: () => ({ query: "revision=1" }),
    except: NOT_SUBMITTED,
    shows: () => 1,
  },
  {
    handler: `GET ${WORKSHEET}/rigour`,
    call: "of a revision that is not signed, after one that is",
    may: "worksheet.read",
    on: "worksheet",
    only: isResubmitted,
    asks: () => ({ query: "revision=2" }),
    except: SIGNED_ONLY,
    shows: () => 2,
  },
  {
    handler: `PUT ${WORKSHEET}/assignees`,
    may: "worksheet.assign",
    on: "worksheet",
    asks: ({ stage }) => ({ body: { userIds: [stage.players.other_contributor.userId] } }),
    event: "worksheet.assigned",
    changes: true,
  },
  {
    handler: `PUT ${WORKSHEET}/eligibility`,
    may: "worksheet.edit",
    on: "worksheet",
    asks: () => ({ body: { baseVersion: 1, answers: LET_THROUGH } }),
    event: "eligibility.answered",
    changes: true,
  },
  {
    // Something is written in each of these worksheets, and whoever may write one is told so.
    handler: `POST ${WORKSHEET}/start`,
    may: "worksheet.edit",
    on: "worksheet",
    asks: () => ({ body: { kind: "sample", sampleId: "8.1.6" } }),
    success: 409,
  },
  {
    handler: `GET ${WORKSHEET}/starts`,
    may: "worksheet.edit",
    on: "worksheet",
  },
  {
    // No warning stands in these worksheets, and whoever may answer one is told so.
    handler: `PUT ${WORKSHEET}/warnings`,
    may: "finding.override",
    on: "worksheet",
    asks: () => ({ body: { key: "L18:none", reason: "There is none." } }),
    success: 422,
  },
  {
    handler: `POST ${WORKSHEET}/evidence`,
    may: "evidence.add",
    on: "worksheet",
    asks: () => ({ body: EVIDENCE }),
    success: 201,
    event: "evidence.added",
    changes: true,
  },
  {
    handler: "PUT /api/v1/evidence/[evidenceId]",
    may: "evidence.change",
    on: "worksheet",
    asks: () => ({ body: { ...EVIDENCE, title: "Key policy, renewed", version: 1 } }),
    event: "evidence.changed",
    changes: true,
  },
  {
    handler: "DELETE /api/v1/evidence/[evidenceId]",
    may: "evidence.remove",
    on: "worksheet",
    asks: () => ({ query: "version=1" }),
    success: 204,
    event: "evidence.removed",
    changes: true,
  },
  {
    handler: "POST /api/v1/evidence/[evidenceId]/files",
    may: "evidence.change",
    on: "worksheet",
    asks: () => ({ query: "name=more.txt", form: "Uploaded by the matrix." }),
    success: 201,
    event: "evidence.file_added",
    changes: true,
  },
  {
    handler: "DELETE /api/v1/evidence/[evidenceId]/files/[fileId]",
    may: "evidence.change",
    on: "worksheet",
    event: "evidence.file_removed",
    changes: true,
  },
  {
    handler: "GET /api/v1/evidence/[evidenceId]/files/again",
    may: "evidence.change",
    on: "worksheet",
  },
  {
    handler: "POST /api/v1/evidence/[evidenceId]/files/again",
    may: "evidence.change",
    on: "worksheet",
    asks: (at) => ({ body: { fileIds: [otherFile(at)] } }),
    success: 201,
    event: "evidence.file_reused",
    changes: true,
  },
  {
    handler: "POST /api/v1/evidence/[evidenceId]/link-check",
    may: "evidence.change",
    on: "worksheet",
    // Links are tried only where the operator has switched it on.
    except: () => refused(409, "blocked"),
  },
  {
    handler: `GET ${WORKSHEET}/files/[sha256]`,
    may: "worksheet.read",
    on: "worksheet",
    event: "evidence.downloaded",
  },
  {
    handler: `GET ${WORKSHEET}/revisions/[number]`,
    call: "the first",
    may: "worksheet.read",
    on: "worksheet",
    asks: () => ({ params: { number: "1" } }),
    except: NOT_SUBMITTED,
    shows: () => 1,
  },
  {
    handler: `GET ${WORKSHEET}/revisions/[number]`,
    call: "one that is not signed, after one that is",
    may: "worksheet.read",
    on: "worksheet",
    only: isResubmitted,
    asks: () => ({ params: { number: "2" } }),
    except: SIGNED_ONLY,
    shows: () => 2,
  },
  {
    handler: `GET ${WORKSHEET}/diff`,
    call: "between revisions",
    may: "worksheet.read",
    on: "worksheet",
    asks: () => ({ query: "from=1&to=1" }),
    except: NOT_SUBMITTED,
    shows: () => 1,
  },
  {
    handler: `GET ${WORKSHEET}/diff`,
    call: "with the draft",
    may: "worksheet.read",
    on: "worksheet",
    asks: () => ({ query: "from=1&to=draft" }),
    except: draftHidden,
    shows: () => 1,
  },
  {
    handler: `GET ${WORKSHEET}/roc`,
    may: "worksheet.export",
    on: "worksheet",
    event: "export.made",
  },
  {
    handler: `GET ${WORKSHEET}/pdf`,
    may: "worksheet.export",
    on: "worksheet",
    // Printing takes long, and the table for the report on compliance asks for the same right in every state.
    only: ({ sheet }) => sheet?.scene === "draft" || sheet?.scene === "signed",
    event: "export.made",
  },
  {
    handler: `GET ${WORKSHEET}/pdf`,
    call: "a revision that is not signed, after one that is",
    may: "worksheet.export",
    on: "worksheet",
    only: isResubmitted,
    asks: () => ({ query: "revision=2" }),
    except: SIGNED_ONLY,
    event: "export.made",
  },
  ...[
    { handler: `GET ${WORKSHEET}/sign-off/statement` },
    {
      handler: `POST ${WORKSHEET}/sign-off/statement`,
      asks: () => ({ body: { kind: "sign", reason: "", passkey: false } }),
    },
  ].map(
    (asked): Line => ({
      ...asked,
      may: "worksheet.read",
      on: "worksheet",
      except: (judged) => {
        if (sheetOf(judged.spot).state !== "qsa_review") return refused(409, "wrong_state");
        return SIGNED_ONLY(judged);
      },
    }),
  ),
];
