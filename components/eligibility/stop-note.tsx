import { Alert, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Why the gate stops at an answer, with the way out. */
export function StopNote({ message, children }: { readonly message: string; readonly children?: ReactNode }) {
  return (
    <Alert color="orange" mt="xs" p="sm">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{message}</Text>
        {children}
      </Stack>
    </Alert>
  );
}
