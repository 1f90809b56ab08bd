"use client";

import { Skeleton } from "@mantine/core";
import { lazyPart } from "@/components/kit/lazy-part";

const loading = () => <Skeleton height={160} aria-label="Loading" />;

// The guidance of the section is what one sees first; the others come with the first look at them.

/** What the rules say. */
export const LazyChecksTab = lazyPart(
  () => import("@/components/worksheet/panel/checks-tab").then((module) => module.ChecksTab),
  { what: "The checks", place: "here", loading },
);

/** Evidence of the section. */
export const LazyEvidenceTab = lazyPart(
  () => import("@/components/worksheet/panel/evidence-tab").then((module) => module.EvidenceTab),
  { what: "The evidence", place: "here", loading },
);

/** Threads of the section. */
export const LazyThreadsTab = lazyPart(
  () => import("@/components/worksheet/panel/threads-tab").then((module) => module.ThreadsTab),
  { what: "The threads", place: "here", loading },
);

/** What happened to the worksheet. */
export const LazyHistoryTab = lazyPart(
  () => import("@/components/worksheet/panel/history-tab").then((module) => module.HistoryTab),
  { what: "The history", place: "here", loading },
);

/** What helps to answer the criteria. */
export const LazyCriteriaGuidance = lazyPart(
  () => import("@/components/worksheet/panel/criteria-guidance").then((module) => module.CriteriaGuidance),
  { what: "The guidance", place: "here", loading },
);

/** What may be needed when the network is gone. */
export const TABS_SOON = [LazyChecksTab, LazyThreadsTab, LazyEvidenceTab, LazyCriteriaGuidance];
