import type { ThreadDto } from "@/lib/contracts/review";

/** Which threads are shown. */
export type ThreadView = "all" | "open" | "resolved" | "none";

/** The threads of a view, the oldest first. */
export function threadsInView(threads: readonly ThreadDto[], view: ThreadView): readonly ThreadDto[] {
  const shown = threads.filter(({ resolvedAt }) => {
    if (view === "none") return false;
    return view === "all" || (view === "open") === (resolvedAt === null);
  });
  return shown.sort((a, b) => a.openedAt.localeCompare(b.openedAt));
}

/** The views to choose from, each with how many threads it has. */
export function threadFilters(threads: readonly ThreadDto[]): { readonly value: ThreadView; readonly label: string }[] {
  const count = (view: ThreadView) => threadsInView(threads, view).length;
  return [
    { value: "all", label: `All threads ${count("all")}` },
    { value: "open", label: `Open ${count("open")}` },
    { value: "resolved", label: `Resolved ${count("resolved")}` },
    { value: "none", label: "None" },
  ];
}
