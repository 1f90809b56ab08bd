import { type At, type Line, refused, TOO_MUCH } from "./line";

const ENGAGEMENT = "/api/v1/engagements/[engagementId]";
const EXPORT = "/api/v1/exports/[exportId]";
const WORKSHEET = "/api/v1/worksheets/[worksheetId]";
const line: Omit<Line, "handler"> = { may: "workbook.export", on: "engagement" };

/** An export of the asker's own in the spot's engagement, which may be one that the asker has no right in any more. */
function own({ stage, spot, asker }: At, which: "done" | "open") {
  const { engagementId = "" } = spot.params;
  // A spot that nobody has put down names an export that nobody has.
  if (engagementId !== stage.engagements[spot.world]) return { params: { exportId: engagementId } };
  return { params: { exportId: stage.exports[spot.world][asker === "anonymous" ? "lead" : asker][which] } };
}

/** Exports: whoever asks has asked before, in every engagement. */
export const EXPORT_LINES: readonly Line[] = [
  { ...line, handler: `GET ${ENGAGEMENT}/exports` },
  {
    ...line,
    handler: `POST ${ENGAGEMENT}/exports`,
    call: "the workbook",
    asks: () => ({ body: { kind: "workbook" } }),
    success: 202,
    event: "export.requested",
    changes: true,
  },
  {
    ...line,
    handler: `POST ${ENGAGEMENT}/exports`,
    call: "the workbook as a document",
    asks: () => ({ body: { kind: "document" } }),
    success: 202,
    event: "export.requested",
    changes: true,
  },
  {
    ...line,
    handler: `POST ${ENGAGEMENT}/exports`,
    call: "the proof pack",
    asks: () => ({ body: { kind: "pack" } }),
    success: 202,
    event: "export.requested",
    changes: true,
    // It is not for whoever reads signed pages alone, and nothing is in it where nobody has decided anything.
    except: ({ view, spot }) =>
      view === "signed" ? TOO_MUCH : spot.world === "invited" ? refused(409, "blocked") : null,
  },
  { ...line, handler: `GET ${ENGAGEMENT}/exports/estimate`, asks: () => ({ query: "kind=workbook" }) },
  { ...line, handler: `GET ${EXPORT}`, asks: (at) => own(at, "done") },
  { ...line, handler: `GET ${EXPORT}/file`, asks: (at) => own(at, "done"), event: "export.handed_over" },
  {
    ...line,
    handler: `GET ${EXPORT}/file`,
    call: "of one that is not done",
    asks: (at) => own(at, "open"),
    except: () => refused(409, "wrong_state"),
  },
  {
    ...line,
    handler: `DELETE ${EXPORT}`,
    call: "one that waits",
    asks: (at) => own(at, "open"),
    event: "export.cancelled",
    changes: true,
  },
  {
    ...line,
    handler: `DELETE ${EXPORT}`,
    call: "one that is done",
    asks: (at) => own(at, "done"),
    event: "export.removed",
    changes: true,
  },
  // The rows of the workbook are there for whoever may export it, and each engagement of the stage has decided on some.
  { ...line, handler: `GET ${ENGAGEMENT}/oscal`, asks: () => ({ query: "model=ssp" }), event: "export.made" },
  {
    ...line,
    handler: `GET ${ENGAGEMENT}/data`,
    may: "engagement.export_all",
    event: "export.made",
  },
  { handler: `GET ${WORKSHEET}/oscal`, may: "worksheet.export", on: "worksheet", event: "export.made" },
];
