import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBan,
  IconCalendarTime,
  IconCheck,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleFilled,
  IconCircleHalf2,
  IconCircleX,
  IconEye,
  IconFileDescription,
  IconGavel,
  IconMessageReport,
  IconPencil,
  IconPuzzle,
  IconRefresh,
  IconRosetteDiscountCheck,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Tone } from "@/components/frame/palette";
import type { ValidityDto } from "@/lib/contracts/review";
import type { StatusToday } from "@/lib/domain/catalogue/status";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";

/** How a status looks: word, tone and icon. Colour never stands alone. */
export interface StatusLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: TablerIcon;
}

/** Looks of worksheet states. */
export const STATE_LOOKS: Readonly<Record<WorksheetState, StatusLook>> = {
  draft: { word: STATE_LABELS.draft, tone: "gray", icon: IconPencil },
  internal_review: { word: STATE_LABELS.internal_review, tone: "violet", icon: IconEye },
  qsa_review: { word: STATE_LABELS.qsa_review, tone: "blue", icon: IconEye },
  changes_requested: { word: STATE_LABELS.changes_requested, tone: "orange", icon: IconMessageReport },
  signed: { word: STATE_LABELS.signed, tone: "green", icon: IconRosetteDiscountCheck },
  refused: { word: STATE_LABELS.refused, tone: "red", icon: IconCircleX },
  withdrawn: { word: STATE_LABELS.withdrawn, tone: "gray", icon: IconBan },
  revoked: { word: STATE_LABELS.revoked, tone: "red", icon: IconX },
};

/** Looks of dispositions. */
export const DISPOSITION_LOOKS: Readonly<Record<Disposition, StatusLook>> = {
  undecided: { word: "Undecided", tone: "yellow", icon: IconCircleDashed },
  met: { word: "Met", tone: "green", icon: IconCheck },
  fix_planned: { word: "Fix planned", tone: "blue", icon: IconCalendarTime },
  not_applicable: { word: "Not applicable", tone: "gray", icon: IconBan },
  compensating_control: { word: "Compensating control", tone: "petrol", icon: IconFileDescription },
  customized_approach: { word: "Customized approach", tone: "violet", icon: IconPuzzle },
  legal_exception: { word: "Legal exception", tone: "orange", icon: IconGavel },
};

/** Looks of a signature's validity. */
export const VALIDITY_LOOKS: Readonly<Record<ValidityDto["status"], StatusLook>> = {
  valid: { word: "Valid", tone: "green", icon: IconCircleCheck },
  broken: { word: "Broken", tone: "red", icon: IconAlertTriangle },
  needs_revalidation: { word: "Needs re-validation", tone: "orange", icon: IconRefresh },
  revoked: { word: "Revoked", tone: "red", icon: IconX },
  superseded: { word: "Superseded", tone: "gray", icon: IconArrowsExchange },
};

/** Looks of today's status of an article's row or claim: a full, a half and an empty circle, since it is no alarm. */
export const TODAY_LOOKS: Readonly<Record<StatusToday, StatusLook>> = {
  "still applies": { word: "Still applies", tone: "orange", icon: IconCircleFilled },
  partly: { word: "Partly", tone: "yellow", icon: IconCircleHalf2 },
  "no longer": { word: "No longer", tone: "green", icon: IconCircle },
};
