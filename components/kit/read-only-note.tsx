import { Alert } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** Says that a page can be read but not changed, and why or whom to ask. */
export function ReadOnlyNote({ children }: { readonly children: ReactNode }) {
  return (
    <Alert color="gray" icon={<IconLock size={18} aria-hidden="true" />} mb="md" py="xs">
      {children}
    </Alert>
  );
}
