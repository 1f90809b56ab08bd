import { RECORD_HINTS } from "@/lib/domain/records/outline";
import type { RecordPartShape } from "@/lib/domain/records/shape";

/** Who approved a record, and by when it is looked at anew. Source: facts 1.6; 12.3.1 and 12.3.2 ask for a yearly review. */
export const APPROVAL: RecordPartShape = {
  hint: RECORD_HINTS.approval,
  text: {
    asks: "Anything that goes with the approval, such as conditions or the minutes it is recorded in.",
    criticised: "An approval with conditions that nobody follows up.",
    good: "Approved by the risk board in its meeting of 3 February, item 4 (A9), until the new gateway is live.",
    poor: "Approved.",
    optional: true,
  },
  fields: [
    {
      name: "approvedBy",
      label: "Approved by",
      input: "line",
      asks: "The name of the person who approved it.",
      criticised: "A committee or a mailbox instead of a person.",
      good: "Rosalind Achterberg",
      poor: "Management",
    },
    {
      name: "approverRole",
      label: "Role",
      input: "line",
      asks: "What that person answers for in the company. For the customized approach it is somebody of senior management.",
      criticised: "Approval by whoever wrote it or runs the control.",
      good: "Chief Information Security Officer, member of the executive board",
      poor: "Staff",
    },
    {
      name: "approvedOn",
      label: "Approved on",
      input: "day",
      asks: "The day of the approval, which comes after the last change of substance.",
      criticised: "An approval that is older than what it approves.",
      good: "3 February 2026",
      poor: "A day in the future",
    },
    {
      name: "nextReview",
      label: "Next review by",
      input: "day",
      asks: "The day by which it is judged anew: at most twelve months after the approval.",
      criticised: "No review since the first year.",
      good: "2 February 2027",
      poor: "A day in three years",
    },
  ],
  list: null,
  sources: ["PCI DSS v4.0.1, 12.3.1 and 12.3.2", "PCI DSS v4.0.1, Appendix D"],
};
