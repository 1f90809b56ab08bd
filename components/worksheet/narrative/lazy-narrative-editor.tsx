"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";

/** The text editor, loaded when a page shows one: it weighs more than the rest of the page. */
export const LazyNarrativeEditor = dynamic(
  () => import("@/components/worksheet/narrative/narrative-editor").then((module) => module.NarrativeEditor),
  { ssr: false, loading: () => <Skeleton height={150} radius="sm" aria-label="Loading the editor" /> },
);
