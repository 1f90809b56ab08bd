"use client";

import { hideNotification, notificationsStore } from "@mantine/notifications";
import { useSyncExternalStore } from "react";
import { lazyPart, useFetchedSoon } from "@/components/kit/lazy-part";
import classes from "@/components/kit/lazy-part.module.css";

const NoticeStack = lazyPart(() => import("@/components/frame/notice-stack").then((module) => module.NoticeStack), {
  what: "Notifications",
  NotLoaded: PlainNotices,
});

const SOON = [NoticeStack];

/** Where notifications appear. What draws them comes soon after the page, or with the first one. */
export function Notices() {
  const needed = useSyncExternalStore(notificationsStore.subscribe, hadAny, () => false);
  useFetchedSoon(SOON);
  return needed ? <NoticeStack /> : null;
}

let seen = false;

/** Once there was a notification it stays, for the last one to fade out. */
function hadAny(): boolean {
  seen ||= notificationsStore.getState().notifications.length > 0;
  return seen;
}

/** The notifications without what usually draws them: they stay until they are closed. */
function PlainNotices() {
  const { notifications, queue } = useSyncExternalStore(
    notificationsStore.subscribe,
    notificationsStore.getState,
    notificationsStore.getState,
  );
  return (
    <div className={classes.floating}>
      {[...notifications, ...queue].map(({ id, title, message }) => (
        <div key={id} role="alert" className={classes.told}>
          {title ? <p className={classes.title}>{title}</p> : null}
          {message ? <div>{message}</div> : null}
          <div className={classes.acts}>
            <button type="button" onClick={() => id && hideNotification(id)}>
              Close
            </button>
          </div>
        </div>
      ))}
    </div>
  );
}
