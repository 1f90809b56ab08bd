"use client";

import { Skeleton } from "@mantine/core";
import { lazyPart } from "@/components/kit/lazy-part";

/** The text editor, loaded when a page shows one: it weighs more than the rest of the page. */
export const LazyNarrativeEditor = lazyPart(
  () => import("@/components/worksheet/narrative/narrative-editor").then((module) => module.NarrativeEditor),
  {
    what: "The editor",
    place: "here",
    loading: () => <Skeleton height={150} radius="sm" role="status" aria-label="Loading the editor" />,
  },
);
