import { Alert, Badge, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { PageTitle } from "@/components/kit/page-title";
import { StateBadge, ValidityBadge } from "@/components/kit/status-badge";
import { DigestText } from "@/components/review/digest-text";
import classes from "@/components/worksheet/worksheet.module.css";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** What is being written: requirement, where it belongs, how far it is, and what can be done with it. */
export function WorksheetHeader({
  worksheet,
  actions,
}: {
  readonly worksheet: WorksheetDto;
  readonly actions: ReactNode;
}) {
  const { header } = worksheet;
  return (
    <>
      <PageTitle
        before={
          <Group gap="xs">
            <StateBadge state={worksheet.state} />
            <Badge variant="outline" color="gray">
              Revision {worksheet.revision}
            </Badge>
            {worksheet.validity && <ValidityBadge validity={worksheet.validity} />}
            <Badge variant="outline" color="gray">
              PCI DSS {header.standardVersion}
            </Badge>
            {worksheet.legacy && <Badge color="orange">Legacy, not reportable</Badge>}
          </Group>
        }
        title={
          <>
            <span className={classes.number}>{header.requirementNumber}</span>
            {header.requirementTitle}
          </>
        }
        lead={
          <span className={classes.meta}>
            <span>{header.entityName}</span>
            <span>{header.engagementName}</span>
            <span>
              Digest <DigestText digest={worksheet.digest} />
            </span>
          </span>
        }
        actions={actions}
      />
      {worksheet.warning && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} mb="md" py="xs">
          {worksheet.warning}
        </Alert>
      )}
    </>
  );
}
