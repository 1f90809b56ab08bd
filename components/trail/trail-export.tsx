"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useAction } from "@/components/kit/use-action";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";

/** The whole trail as JSON Lines, a line for each event. `path` names the events, by the parts of the API's address. */
export function TrailExport({ path }: { readonly path: readonly string[] }) {
  const { run, busy } = useAction({ notify: true });
  return (
    <Button
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      onClick={() => run(() => download(apiPath(...path, "export"), "trail.jsonl"))}
    >
      Export as JSON Lines
    </Button>
  );
}
