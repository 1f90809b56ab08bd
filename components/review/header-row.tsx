import { same } from "@/components/review/display";
import { Spans } from "@/components/review/marks";
import classes from "@/components/review/review.module.css";
import type { FieldChange } from "@/lib/domain/worksheet/diff-items";
import type { WorksheetHeader } from "@/lib/domain/worksheet/model";

/** The head of the official worksheet: the requirement, and whose worksheet it is. */
export function HeaderRow({
  header,
  changes,
}: {
  readonly header: WorksheetHeader;
  readonly changes: readonly FieldChange[];
}) {
  const spansOf = (field: keyof WorksheetHeader) =>
    changes.find((one) => one.field === field)?.runs ?? same(header[field]);
  return (
    <>
      <p className={classes.requirement}>
        <b className="tabular">
          <Spans spans={spansOf("requirementNumber")} />
        </b>{" "}
        <Spans spans={spansOf("requirementTitle")} />
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>Entity</dt>
          <dd>
            <Spans spans={spansOf("entityName")} />
          </dd>
        </div>
        <div>
          <dt>Engagement</dt>
          <dd>
            <Spans spans={spansOf("engagementName")} />
          </dd>
        </div>
        <div>
          <dt>PCI DSS version</dt>
          <dd>
            <Spans spans={spansOf("standardVersion")} />
          </dd>
        </div>
      </dl>
    </>
  );
}
