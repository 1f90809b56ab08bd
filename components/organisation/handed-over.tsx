"use client";

import { Alert } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { CopyLink } from "@/components/kit/copy-link";
import type { HandedOver } from "@/lib/contracts/people";

/** How a link got on its way: by mail, or by the hand of whoever reads this. */
export function HandedOverNote(props: {
  readonly handed: HandedOver;
  /** What has happened, as the note's title. */
  readonly title: string;
  readonly email: string;
}) {
  const { handed, title, email } = props;
  if (handed.link === null) {
    return (
      <Alert color="green" icon={<IconMail size={18} aria-hidden="true" />} title={title} role="status">
        A mail with the link is on its way to {email}.
      </Alert>
    );
  }
  return (
    <CopyLink title={title} link={handed.link}>
      {handed.mail === "failed" ? "The mail could not be sent, so hand the link over yourself. " : null}
      Send this link to {email}. It works once and is not shown again.
    </CopyLink>
  );
}
