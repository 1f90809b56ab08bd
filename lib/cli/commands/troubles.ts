import type { Sheet } from "@/lib/cli/document/sheet";

/** What stops a file from being sent, a line for each as compilers write them. */
export function troublesIn(path: string, { troubles }: Pick<Sheet, "troubles">): string {
  return troubles.map(({ line, message }) => `${path}:${line}: ${message}`).join("\n");
}
