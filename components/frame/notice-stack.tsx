"use client";

import { Notifications } from "@mantine/notifications";

/** Draws the notifications that there are. */
export function NoticeStack() {
  return <Notifications position="bottom-right" limit={4} />;
}
