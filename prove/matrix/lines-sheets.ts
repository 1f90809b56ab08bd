import { SHEET_KINDS } from "@/lib/contracts/sheets";
import { OPENING } from "@/test/fixtures/gate-answers";
import { type At, type Line, refused } from "./line";

const ENGAGEMENT = "/api/v1/engagements/[engagementId]";
const WORKSHEET = "/api/v1/worksheets/[worksheetId]";

/** A row of a spot's engagement as a change of a table. */
function changeOf({ stage, spot }: At) {
  const version = spot.taken ? 2 : 1;
  const change = { id: spot.params.dispositionId, version, disposition: "met", note: "Shown by the matrix." };
  return { params: { engagementId: stage.engagements[spot.world] }, body: { changes: [change] } };
}

/** A spot's row as a plan opens its worksheet. */
function planOf({ stage, spot }: At) {
  const answers = { ...OPENING.eligibility, whyNotSwitchedOn: "The matrix says so." };
  const eligibility = { baseVersion: 0, answers };
  const change = { dispositionId: spot.params.dispositionId, worksheetId: null, rowVersion: 1, eligibility };
  const worksheets = [{ ...change, parts: [], evidence: [], reasons: [] }];
  return { params: { engagementId: stage.engagements[spot.world] }, body: { worksheets, rows: [] } };
}

/** Documents and tables, and the workbook's table brought back. */
export const SHEET_LINES: readonly Line[] = [
  {
    handler: `GET ${WORKSHEET}/docx`,
    may: "worksheet.export",
    on: "worksheet",
    event: "export.made",
  },
  ...SHEET_KINDS.map(
    (sheet): Line => ({
      handler: `GET ${ENGAGEMENT}/sheets/[sheet]`,
      call: sheet,
      may: sheet === "events" ? "trail.export" : "workbook.export",
      on: "engagement",
      asks: () => ({ params: { sheet }, query: "format=csv" }),
      event: "export.made",
    }),
  ),
  {
    handler: `POST ${ENGAGEMENT}/sheets/workbook/preview`,
    may: "workbook.import",
    on: "engagement",
    asks: () => ({ form: "Row,Version,Note\r\n" }),
  },
  {
    handler: `POST ${ENGAGEMENT}/sheets/workbook/apply`,
    may: "disposition.decide",
    on: "row",
    asks: changeOf,
    event: "disposition.decided",
    changes: true,
    except: ({ spot }) => (spot.taken ? refused(409, "blocked") : null),
  },
  {
    handler: `POST ${ENGAGEMENT}/oscal/preview`,
    may: "workbook.import",
    on: "engagement",
    asks: () => ({ form: "{}" }),
    except: () => refused(422, "invalid"),
  },
  {
    handler: `POST ${ENGAGEMENT}/oscal/apply`,
    may: "worksheet.create",
    on: "row",
    asks: planOf,
    event: "worksheet.opened",
    changes: true,
    except: ({ spot }) => (spot.taken ? refused(409, "stale") : null),
  },
];
