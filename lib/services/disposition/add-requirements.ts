import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import { insertDispositions, keepRows, listDispositions } from "@/lib/data/dispositions";
import { listRequirements } from "@/lib/data/requirements";
import { find } from "@/lib/domain/catalogue/tree";
import { type WorkbookDto, workbookDto } from "@/lib/services/disposition/read-workbook";

/**
 * Adds requirements to the workbook by number. A number that the scope brought before becomes the lead's own.
 * @throws Failure invalid for numbers that the engagement's version does not have
 */
export function addRequirements(
  context: ServiceContext,
  engagementId: string,
  numbers: readonly string[],
): Promise<WorkbookDto> {
  return changeScope(context, "disposition.add", { engagementId }, "none", async (tx, grant) => {
    const { standardVersion } = tx.engagement;
    const requirements = await listRequirements(tx, tx.engagement);
    const errors = numbers.flatMap((number, index) =>
      find(requirements, number)
        ? []
        : [
            {
              path: `requirementNumbers.${index}`,
              message: `PCI DSS ${standardVersion} has no requirement ${number}.`,
            },
          ],
    );
    if (errors.length > 0) throw new Failure("invalid", errors[0]?.message ?? "", { errors });
    const wanted = new Set(numbers);
    const brought = (await listDispositions(tx)).filter(
      (row) => wanted.has(row.requirementNumber) && row.source === "scope",
    );
    const added = await insertDispositions(tx, [...wanted], "added");
    await keepRows(
      tx,
      brought.map((row) => row.id),
    );
    const rows = [...added, ...brought];
    recordInEngagement(context, tx, {
      action: "disposition.added",
      detail: { requirementNumbers: rows.map((row) => row.requirementNumber) },
      changes: rows.map(({ id }) => ({ table: "disposition", id })),
    });
    return workbookDto(tx, grant);
  });
}
