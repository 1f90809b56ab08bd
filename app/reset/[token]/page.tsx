import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { Door } from "@/components/door/door";
import { ResetForm } from "@/components/door/reset-form";
import { LinkButton } from "@/components/kit/link-button";
import { openLink } from "@/lib/server/link-page";
import { readPasswordReset } from "@/lib/services/account/reset-password";

/** The token in the address is a way in: it is sent to nobody as a referrer. */
export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

/** What a link for a new password opens. */
export default async function ResetPage(props: { readonly params: Promise<{ token: string }> }) {
  const { token } = await props.params;
  const link = await openLink("password", (context) => readPasswordReset(context, token));
  if (link.kind === "refused") return <Door title="Please wait" lead={link.message} />;
  if (link.kind === "gone") {
    return (
      <Door title="This link cannot be used" lead="It was used already, has expired, or the link is not whole.">
        <Text mb="md">Ask for a new one.</Text>
        <LinkButton href="/forgot-password">Ask for a link</LinkButton>
      </Door>
    );
  }
  return (
    <Door title="Choose a new password" lead="It works at once. You will still be asked for your second factor.">
      <ResetForm token={token} email={link.data.email} minLength={link.data.passwordMinLength} />
    </Door>
  );
}
