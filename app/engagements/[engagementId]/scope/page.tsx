import type { Metadata } from "next";
import { LinkButton } from "@/components/kit/link-button";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { ScopeWizard } from "@/components/scope/scope-wizard";
import { orRefused, page } from "@/lib/server/page";
import { listKeyOptions } from "@/lib/services/catalogue/list-parts";
import { readScopeAnswers } from "@/lib/services/scope/read-scope";

export const metadata: Metadata = { title: "Scope questions" };

/** The scope wizard. */
export default async function ScopePage(props: { readonly params: Promise<{ engagementId: string }> }) {
  const { engagementId } = await props.params;
  const context = await page(`/engagements/${engagementId}/scope`);
  const scope = await orRefused(readScopeAnswers(context, engagementId));
  if ("refused" in scope) return <NoRights reason={scope.refused} />;
  const options = (await listKeyOptions(context)).items.map(({ id, name, inArticle, axes }) => ({
    id,
    name,
    inArticle,
    owner: axes.materialOwner.today,
  }));
  return (
    <>
      <PageTitle
        title="Scope questions"
        lead="What holds your keys and who reaches them decides which requirements are touched. Skip what you do not know; it counts as triggered until it is answered."
        actions={
          <LinkButton href={`/engagements/${engagementId}/scope/result`} variant="default">
            See the result
          </LinkButton>
        }
      />
      <ScopeWizard engagementId={engagementId} scope={scope.data} options={options} />
    </>
  );
}
