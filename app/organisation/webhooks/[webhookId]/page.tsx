import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { LookBadge } from "@/components/kit/status-badge";
import { DeliveryList } from "@/components/webhooks/delivery-list";
import { DeliveryTools } from "@/components/webhooks/delivery-tools";
import { WebhookActs } from "@/components/webhooks/webhook-acts";
import { webhookLook } from "@/components/webhooks/webhook-look";
import { deliveriesQuery } from "@/lib/contracts/webhooks";
import { page } from "@/lib/server/page";
import { webhookParams } from "@/lib/server/params";
import { readMe } from "@/lib/services/account/read-me";
import { readWebhook, webhookPlaces } from "@/lib/services/webhooks/manage-webhooks";
import { listWebhookDeliveries } from "@/lib/services/webhooks/webhook-deliveries";

export const metadata: Metadata = { title: "Webhook" };

interface Props {
  readonly params: Promise<{ readonly webhookId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** One webhook of one's own organisation: what it is told, and what became of that. */
export default async function WebhookPage({ params, searchParams }: Props) {
  const parsed = webhookParams.safeParse(await params);
  if (!parsed.success) notFound();
  const { webhookId } = parsed.data;
  const context = await page(`/organisation/webhooks/${webhookId}`);
  const me = await readMe(context);
  if (me.organisationRole !== "admin") {
    return <NoRights reason="Only administrators of the organisation set webhooks up." href="/organisation" />;
  }
  const asked = deliveriesQuery.pick({ state: true }).safeParse({ state: (await searchParams).state });
  const { state } = asked.success ? asked.data : {};
  const webhook = await readWebhook(context, webhookId);
  const deliveries = await listWebhookDeliveries(context, webhookId, { state, limit: 50 });
  const engagements = await webhookPlaces(context);
  const { host } = new URL(webhook.url);
  return (
    <>
      <Place crumbs={[{ label: "Webhooks", href: "/organisation/webhooks" }, { label: host }]} />
      <PageTitle title={host} lead={webhook.url} before={<LookBadge look={webhookLook(webhook)} />} />
      <SectionCard title="Endpoint" description={webhook.description}>
        <WebhookActs webhook={webhook} engagements={engagements} />
      </SectionCard>
      <SectionCard
        title="Messages"
        description="Of the last 30 days, the newest first. What is about one worksheet is sent in the order in which it happened."
      >
        <DeliveryTools webhookId={webhookId} state={state ?? ""} isOn={webhook.isOn} />
        <DeliveryList
          key={state ?? ""}
          webhookId={webhookId}
          state={state ?? ""}
          isOn={webhook.isOn}
          first={deliveries}
        />
      </SectionCard>
    </>
  );
}
