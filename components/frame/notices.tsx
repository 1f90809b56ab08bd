"use client";

import { notificationsStore } from "@mantine/notifications";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";

const NoticeStack = dynamic(() => import("@/components/frame/notice-stack").then((module) => module.NoticeStack), {
  ssr: false,
});

/** Where notifications appear. What draws them comes with the first one. */
export function Notices() {
  const needed = useSyncExternalStore(notificationsStore.subscribe, hadAny, () => false);
  return needed ? <NoticeStack /> : null;
}

let seen = false;

/** Once there was a notification it stays, for the last one to fade out. */
function hadAny(): boolean {
  seen ||= notificationsStore.getState().notifications.length > 0;
  return seen;
}
