import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** Says above a page what holds for the whole service at the moment. */
export function ServiceNotice({ children }: { readonly children: ReactNode }) {
  return (
    <Alert color="orange" role="status" icon={<IconAlertTriangle size={18} aria-hidden="true" />} mb="md" py="xs">
      {children}
    </Alert>
  );
}
