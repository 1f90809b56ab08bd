"use client";

import { Button, Code, Text } from "@mantine/core";
import { IconPlugX } from "@tabler/icons-react";
import { EmptyState } from "@/components/kit/empty-state";

/** Shown when a page failed on the server or in the browser. `digest` names the entry in the server's log. */
export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <EmptyState
      order={1}
      icon={IconPlugX}
      title="This page failed to load"
      action={<Button onClick={reset}>Try again</Button>}
    >
      Nothing that was saved is lost. Try again in a moment; if it stays like this, tell your operator
      {error.digest ? (
        <Text span inherit>
          {" "}
          the number <Code fz="inherit">{error.digest}</Code>
        </Text>
      ) : (
        " when it happened"
      )}
      .
    </EmptyState>
  );
}
