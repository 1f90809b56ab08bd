import { UUIDS } from "@/test/fixtures/passing-worksheet";
import { type At, HIDDEN, type Line } from "./line";

const ENGAGEMENT = "/api/v1/engagements/[engagementId]";
const CONTROL = "/api/v1/controls/[controlId]";
const ITEM = "/api/v1/worksheets/[worksheetId]/controls/[itemId]";
const BODY = {
  ...{ title: "Shared by the matrix", description: "", nature: "detective", owner: "", changedOn: "" },
  evidence: [],
};

/** The control that stands in the register of the spot's engagement; a spot that nobody has put down names one that nobody has. */
function control({ stage, spot }: At) {
  const { engagementId = "" } = spot.params;
  const known = engagementId === stage.engagements[spot.world];
  return { params: { controlId: known ? stage.controls[spot.world] : engagementId } };
}

const ofItem = () => ({ params: { itemId: UUIDS.c1 }, body: {} });

/** The register of controls, and how ready an engagement is. */
export const CONTROL_LINES: readonly Line[] = [
  { handler: `GET ${ENGAGEMENT}/controls`, may: "control.read", on: "engagement" },
  {
    handler: `POST ${ENGAGEMENT}/controls`,
    may: "control.write",
    on: "engagement",
    asks: () => ({ body: BODY }),
    success: 201,
    event: "control.recorded",
    changes: true,
  },
  {
    // No worksheet that was submitted uses it, so that whoever reads those alone does not see it.
    handler: `GET ${CONTROL}`,
    may: "control.read",
    on: "engagement",
    asks: control,
    except: ({ view }) => (view === "submitted" ? HIDDEN : null),
  },
  {
    handler: `PUT ${CONTROL}`,
    may: "control.write",
    on: "engagement",
    asks: (at) => ({ ...control(at), body: { ...BODY, title: "Changed by the matrix", version: 1, retired: false } }),
    event: "control.changed",
    changes: true,
  },
  {
    handler: `POST ${ITEM}/share`,
    may: "control.share",
    on: "worksheet",
    asks: ofItem,
    event: "control.shared",
    changes: true,
  },
  {
    // None of these worksheets uses a shared control, and whoever may write one is told that there is none.
    handler: `POST ${ITEM}/take-over`,
    may: "worksheet.edit",
    on: "worksheet",
    asks: ofItem,
    except: () => HIDDEN,
  },
  { handler: `GET ${ENGAGEMENT}/readiness`, may: "readiness.read", on: "engagement" },
];
