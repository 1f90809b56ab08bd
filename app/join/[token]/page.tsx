import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { Door } from "@/components/door/door";
import { JoinForm } from "@/components/door/join-form";
import { LinkButton } from "@/components/kit/link-button";
import { openLink } from "@/lib/server/link-page";
import { readInvitation } from "@/lib/services/account/accept-invitation";

/** The token in the address is a way in: it is sent to nobody as a referrer. */
export const metadata: Metadata = { title: "Join", referrer: "no-referrer" };

/** What an invitation's link opens. */
export default async function JoinPage(props: { readonly params: Promise<{ token: string }> }) {
  const { token } = await props.params;
  const link = await openLink("invitation", (context) => readInvitation(context, token));
  if (link.kind === "refused") return <Door title="Please wait" lead={link.message} />;
  if (link.kind === "gone") {
    return (
      <Door title="This invitation cannot be used" lead="It was used already, has expired, or the link is not whole.">
        <Text mb="md">Ask the person who sent it for a new one.</Text>
        <LinkButton href="/sign-in">Go to sign-in</LinkButton>
      </Door>
    );
  }
  const invitation = link.data;
  return (
    <Door
      title={`Join ${invitation.organisation.name}`}
      lead={
        invitation.ssoConnectionId
          ? "You were invited to Countervail. Say how you are called; you sign in at your organisation's identity provider, and need no password here."
          : "You were invited to Countervail. Set your name and a password."
      }
    >
      <JoinForm
        token={token}
        name={invitation.name}
        email={invitation.email}
        ssoConnectionId={invitation.ssoConnectionId}
        passwordMinLength={invitation.passwordMinLength}
      />
    </Door>
  );
}
