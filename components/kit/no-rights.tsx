import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "@/components/kit/empty-state";
import { LinkButton } from "@/components/kit/link-button";

/** Shown in place of a page that the person may know of but not read. `reason` is the server's sentence. */
export function NoRights({ reason, href = "/engagements" }: { readonly reason: string; readonly href?: string }) {
  return (
    <EmptyState
      order={1}
      icon={IconLock}
      title="Not open to you"
      action={
        <LinkButton href={href} variant="default">
          Go back
        </LinkButton>
      }
    >
      {reason} Ask the engagement’s lead or an admin of your organisation.
    </EmptyState>
  );
}
