import { Alert, Paper, Text, Title } from "@mantine/core";
import { IconKey, IconQuestionMark } from "@tabler/icons-react";
import type { Metadata } from "next";
import { KeyComparison } from "@/components/catalogue/key-comparison";
import { EmptyState } from "@/components/kit/empty-state";
import { LinkButton } from "@/components/kit/link-button";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { TextLink } from "@/components/kit/text-link";
import { FinalChecks } from "@/components/scope/final-checks";
import { ResultCounts } from "@/components/scope/result-counts";
import { ScopeChanges } from "@/components/scope/scope-changes";
import { TriggeredRequirements } from "@/components/scope/triggered-requirements";
import { orNotFound, orRefused, page } from "@/lib/server/page";
import { listKeyOptions } from "@/lib/services/catalogue/list-parts";
import { readEngagement } from "@/lib/services/engagement/read-engagement";
import { readScopeAnswers, readScopeResult } from "@/lib/services/scope/read-scope";

export const metadata: Metadata = { title: "Scope & keys" };

/** What follows from the scope's answers. */
export default async function ScopeResultPage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/scope/result`);
  const found = await orRefused(readScopeResult(context, engagementId));
  if ("refused" in found) return <NoRights reason={found.refused} />;
  const result = found.data;
  const [engagement, scope, keys] = await Promise.all([
    orNotFound(readEngagement(context, engagementId)),
    readScopeAnswers(context, engagementId),
    listKeyOptions(context),
  ]);
  const wizard = `/engagements/${engagementId}/scope`;
  if (result.options.length === 0) {
    return (
      <EmptyState
        order={1}
        icon={IconKey}
        title="The scope is not answered yet"
        action={scope.mayEdit ? <LinkButton href={wizard}>Answer the scope questions</LinkButton> : undefined}
      >
        Say which key options are in use and how they are reached. Then this page shows how each of them suits, and
        which requirements it touches: in the article’s reading and today.
      </EmptyState>
    );
  }
  const open = result.answered.asked - result.answered.answered;
  return (
    <>
      <PageTitle
        title="Scope & keys"
        lead={`PCI DSS ${engagement.standardVersion}. What your way of holding keys touches, as the article read it and today.`}
        actions={
          <LinkButton href={wizard} variant={scope.mayEdit ? "filled" : "default"}>
            {scope.mayEdit ? "Change the answers" : "See the answers"}
          </LinkButton>
        }
      />
      <ScopeChanges engagementId={engagementId} answers={scope.answers} />
      <Paper withBorder p="md" mb="md" component="section" aria-labelledby="verdict">
        <Title order={2} id="verdict">
          Verdict
        </Title>
        <Text size="lg" mt={4} maw="75ch">
          {result.verdict}
        </Text>
      </Paper>
      <ResultCounts result={result} />
      {open > 0 ? (
        <Alert color="yellow" icon={<IconQuestionMark size={18} aria-hidden="true" />} mt="md">
          {open === 1 ? "One question is open." : `${open} questions are open.`} What they decide counts as triggered
          until they are answered. <TextLink href={wizard}>Go to the questions</TextLink>
        </Alert>
      ) : null}
      <Title order={2} mt="xl" mb="sm">
        Key options in use
      </Title>
      <KeyComparison options={keys.items.filter(({ id }) => result.options.includes(id))} />
      <Title order={2} mt="xl" mb="sm">
        Final checks
      </Title>
      <FinalChecks checks={result.finalChecks} />
      <Title order={2} mt="xl" mb="sm">
        Requirements
      </Title>
      <TriggeredRequirements
        engagementId={engagementId}
        version={engagement.standardVersion}
        requirements={result.requirements}
        mayDecide={engagement.permissions.decideDispositions}
      />
    </>
  );
}
