"use client";

import { Box, Button, Skeleton } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { useRefresh } from "@/components/kit/refresh";
import type { OrganisationRef } from "@/lib/contracts/session";

/** Once in an engagement it is looked at, and it brings a form with all that checks one. */
const InviteForm = lazyPart(() => import("@/components/people/invite-form").then((module) => module.InviteForm), {
  what: "The form",
  loading: () => <Skeleton height={240} maw={480} role="status" aria-label="Loading the form" />,
  place: "here",
});

/** Opens what names the assessor company, and keeps what was typed there while it is closed. */
export function InviteAssessor(props: {
  readonly engagementId: string;
  readonly firms: readonly OrganisationRef[];
  /** Whether one was asked already, and has not accepted. */
  readonly again: boolean;
}) {
  const { again, ...form } = props;
  const refresh = useRefresh();
  const button = useRef<HTMLButtonElement>(null);
  const formId = useId();
  const [opened, setOpened] = useState(false);
  const [asked, setAsked] = useState(false);
  const Chevron = opened ? IconChevronUp : IconChevronDown;
  const toggle = () => {
    setAsked(true);
    setOpened(!opened);
  };
  const end = () => {
    setOpened(false);
    setAsked(false);
    // What was pressed is gone.
    button.current?.focus({ preventScroll: true });
    refresh();
  };
  return (
    <>
      <Button
        ref={button}
        variant="default"
        rightSection={<Chevron size={16} aria-hidden="true" />}
        aria-expanded={opened}
        aria-controls={asked ? formId : undefined}
        onClick={toggle}
        onPointerEnter={InviteForm.fetch}
        onFocus={InviteForm.fetch}
      >
        {again ? "Invite another one, or make a new link" : "Invite an assessor company"}
      </Button>
      {asked ? (
        <Box id={formId} mt="md" hidden={!opened}>
          <InviteForm {...form} onInvited={end} />
        </Box>
      ) : null}
    </>
  );
}
