"use client";

import { Alert, Button, Stack, Text, Title } from "@mantine/core";
import { TextLink } from "@/components/kit/text-link";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { localProblem } from "@/components/worksheet/actions/local-problem";
import { type Said, shownFindings } from "@/components/worksheet/panel/checks-said";
import { EligibilityForm } from "@/components/worksheet/panel/eligibility-form";
import { FindingCard } from "@/components/worksheet/panel/finding-card";
import { goToPlace } from "@/components/worksheet/panel/go-to-place";
import { passageOf } from "@/components/worksheet/panel/passage-of";
import type { Checks } from "@/components/worksheet/panel/use-checks";
import { api } from "@/lib/client/api";
import type { WarningReasonInput } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { GATE_TITLE } from "@/lib/domain/rigour/gate-words";
import { failedRules } from "@/lib/domain/rigour/reasons";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** What the rules say of the worksheet, with the way to each place and the reasons for warnings. */
export function ChecksTab(props: {
  readonly worksheet: WorksheetDto;
  readonly sections: WorksheetSections;
  readonly checks: Checks;
  /** Saves what is typed; resolves to whether the server has it. */
  readonly ready: () => Promise<boolean>;
  readonly put: (worksheet: WorksheetDto) => void;
}) {
  const { worksheet, sections, checks, put } = props;
  const { rigour } = worksheet;
  const { withQuestion, question } = useCardNumberQuestion();
  if (!rigour) return <Text size="sm">The checks run while the worksheet is being written.</Text>;
  const { said } = checks;
  const reasonFor = (key: string) => rigour.reasons.find((one) => one.key === key)?.reason ?? "";
  const change = async (path: string, body: object) => {
    if (!(await props.ready()))
      throw localProblem(
        "Not everything is saved",
        "Some text on this page is not on the server yet. Settle that first.",
      );
    const send = (sure: boolean) =>
      api.put<WorksheetDto>(`/worksheets/${worksheet.id}${path}`, {
        ...body,
        ...(sure ? { acknowledgeCardNumber: true } : {}),
      });
    put(await withQuestion(send));
  };
  const answer = (input: WarningReasonInput) => change("/warnings", input);
  const mayEdit = worksheet.permissions.edit;
  return (
    <Stack gap="md">
      {checks.failed && <NotFetched retry={checks.retry} />}
      {!said && !checks.failed && <Text size="sm">Checking …</Text>}
      {said && shownFindings(said).length === 0 && <Text size="sm">The rules find nothing to object to.</Text>}
      {said && (
        <Stack gap="xs" component="ul" p={0} m={0} aria-label="Findings">
          {shownFindings(said).map((finding) => (
            <FindingCard
              key={finding.key}
              finding={finding}
              reason={reasonFor(finding.key)}
              onGo={() => goToPlace(finding.place, passageOf(finding, sections))}
              onReason={mayEdit ? (reason) => answer({ key: finding.key, reason }) : undefined}
            />
          ))}
        </Stack>
      )}
      {said && <NotEvaluated said={said} />}
      <TextLink href={`/worksheets/${worksheet.id}/rigour`}>All rules on one page: the rigour report</TextLink>
      <section data-gate tabIndex={-1} aria-label={GATE_TITLE}>
        <Title order={3} size="h5" mb="xs">
          {GATE_TITLE}
        </Title>
        <EligibilityForm
          worksheet={worksheet}
          rigour={rigour}
          stops={said?.stops ?? []}
          onSave={(body) => change("/eligibility", body)}
        />
      </section>
      {question}
    </Stack>
  );
}

/** Rules that could not judge: the language is none that they read, or they wait for an answer below. Those that failed stand above. */
function NotEvaluated({ said: { outcomes } }: { readonly said: Said }) {
  const failed = new Set(failedRules(outcomes).map(({ rule }) => rule));
  const others = outcomes.filter(({ kind, rule }) => kind === "not_evaluated" && !failed.has(rule));
  if (others.length === 0) return null;
  return (
    <Alert color="gray" title="Not evaluated">
      {others.map((outcome) => (
        <Text key={outcome.rule} size="sm">
          {outcome.rule}: {"detail" in outcome ? outcome.detail : ""}
        </Text>
      ))}
    </Alert>
  );
}

function NotFetched({ retry }: { readonly retry: () => void }) {
  return (
    <Alert color="orange" title="The checks could not be loaded" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">What you write is saved all the same, and the server checks it when you submit.</Text>
        <Button size="compact-sm" variant="default" onClick={retry}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}
