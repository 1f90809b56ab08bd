import { Failure } from "@/lib/contracts/failure";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { logger } from "@/lib/logger";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";

/** The way on where a worksheet cannot be drawn. */
export const SEE_LOG = "Whoever runs the service finds more in its log; once it is mended, ask for the export again.";

type Named = Pick<WorksheetPdfModel, "kind" | "header" | "revision">;

/** A worksheet's text in words, with a comma behind: the beginning of a sentence about it. */
export function worksheetWords({ kind, header, revision }: Named): string {
  return `${KIND_NAMES[kind]} ${header.requirementNumber}, “${header.requirementTitle}”, revision ${revision},`;
}

/** The failure of a worksheet that a renderer stumbles over; it is logged. @param reason what the renderer says */
export function cannotBeDrawn(model: Named, reason: unknown): Failure {
  const said = reason instanceof Error ? reason.message : String(reason);
  logger().error({ err: reason, requirement: model.header.requirementNumber }, "a worksheet cannot be drawn");
  return new Failure("wrong_state", `${worksheetWords(model)} cannot be drawn: ${said}. ${SEE_LOG}`);
}
