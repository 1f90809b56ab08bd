"use client";

import { Alert, Stack, Text, Title } from "@mantine/core";
import { EligibilityForm } from "@/components/worksheet/panel/eligibility-form";
import { FindingCard } from "@/components/worksheet/panel/finding-card";
import { goToPlace } from "@/components/worksheet/panel/go-to-place";
import { passageOf } from "@/components/worksheet/panel/passage-of";
import { api } from "@/lib/client/api";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { findingsIn, type Outcome } from "@/lib/domain/rigour/finding";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** What the rules say of the worksheet, with the way to each place and the reasons for warnings. */
export function ChecksTab(props: {
  readonly worksheet: WorksheetDto;
  readonly sections: WorksheetSections;
  readonly outcomes: readonly Outcome[] | null;
  readonly put: (worksheet: WorksheetDto) => void;
}) {
  const { worksheet, sections, outcomes, put } = props;
  const { rigour } = worksheet;
  if (!rigour) return <Text size="sm">The checks run while the worksheet is being written.</Text>;
  if (!outcomes) return <Text size="sm">Checking …</Text>;
  const findings = findingsIn(outcomes);
  const notEvaluated = outcomes.filter((outcome) => outcome.kind === "not_evaluated");
  const reasonFor = (key: string) => rigour.reasons.find((one) => one.key === key)?.reason ?? "";
  const answer = async (key: string, reason: string) =>
    put(await api.put<WorksheetDto>(`/worksheets/${worksheet.id}/warnings`, { key, reason }));
  return (
    <Stack gap="md">
      {findings.length === 0 && <Text size="sm">The rules find nothing to object to.</Text>}
      <Stack gap="xs" component="ul" p={0} m={0} aria-label="Findings">
        {findings.map((finding) => (
          <FindingCard
            key={finding.key}
            finding={finding}
            reason={reasonFor(finding.key)}
            onGo={() => goToPlace(finding.place, passageOf(finding, sections))}
            onReason={worksheet.permissions.edit ? (reason) => answer(finding.key, reason) : undefined}
          />
        ))}
      </Stack>
      {notEvaluated.length > 0 && (
        <Alert color="gray" title="Not evaluated">
          {notEvaluated.map((outcome) => (
            <Text key={outcome.rule} size="sm">
              {outcome.rule}: {outcome.detail}
            </Text>
          ))}
        </Alert>
      )}
      <section>
        <Title order={3} size="h5" mb="xs">
          Is a worksheet allowed here?
        </Title>
        <EligibilityForm worksheet={worksheet} answers={rigour.facts.eligibility} put={put} />
      </section>
    </Stack>
  );
}
