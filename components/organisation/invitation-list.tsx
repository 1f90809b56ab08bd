import { List, ListItem, Text } from "@mantine/core";
import { DateText } from "@/components/kit/date-text";
import type { InvitationRowDto } from "@/lib/contracts/people";

/** The invitations that nobody has taken yet. */
export function InvitationList({ invitations }: { readonly invitations: readonly InvitationRowDto[] }) {
  if (invitations.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No invitation is open.
      </Text>
    );
  }
  return (
    <List size="sm" aria-label="Open invitations">
      {invitations.map(({ id, name, email, expiresAt }) => (
        <ListItem key={id}>
          {name}, {email}: open until <DateText value={expiresAt} plain />
        </ListItem>
      ))}
    </List>
  );
}
