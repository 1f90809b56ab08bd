import type { Metadata } from "next";
import { Place } from "@/components/frame/place";
import { NoRights } from "@/components/kit/no-rights";
import { PageTitle } from "@/components/kit/page-title";
import { WebhookList } from "@/components/webhooks/webhook-list";
import { page } from "@/lib/server/page";
import { readMe } from "@/lib/services/account/read-me";
import { listWebhooks, webhookPlaces } from "@/lib/services/webhooks/manage-webhooks";

export const metadata: Metadata = { title: "Webhooks" };

/** Where programs of one's own organisation are told what happens. */
export default async function WebhooksPage() {
  const context = await page("/organisation/webhooks");
  const me = await readMe(context);
  if (me.organisationRole !== "admin") {
    return <NoRights reason="Only administrators of the organisation set webhooks up." href="/organisation" />;
  }
  const [webhooks, engagements] = await Promise.all([listWebhooks(context), webhookPlaces(context)]);
  return (
    <>
      <Place crumbs={[{ label: "Webhooks" }]} />
      <PageTitle
        title="Webhooks"
        lead="Your own programs are told what happens, by signed messages with ids and states. No text of a worksheet is in them."
      />
      <WebhookList webhooks={webhooks.items} engagements={engagements} />
    </>
  );
}
