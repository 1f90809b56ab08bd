"use client";

import { useEffect, useReducer, useState } from "react";
import { LaterSteps } from "@/components/door/lazy-later-steps";
import { lazyPart, NotLoadedMessage, type NotLoadedProps, useFetchedSoon } from "@/components/kit/lazy-part";
import type { GuardedSession } from "@/components/session/guarded-session";
import classes from "@/components/session/session.module.css";
import { type Asked, SessionWatch } from "@/components/session/session-watch";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { keepSession } from "@/lib/client/session-keeper";
import { hearTabs, SIGNING_IN, tellTabs } from "@/lib/client/sign-in";
import type { SessionDto } from "@/lib/contracts/factors";

const EndingDialog = lazyPart(
  () => import("@/components/session/ending-dialog").then((module) => module.EndingDialog),
  {
    what: "The warning that your sign-in ends soon",
  },
);
const LockDialog = lazyPart(() => import("@/components/session/lock-dialog").then((module) => module.LockDialog), {
  what: "The sign-in",
  // The page is covered at once, whatever the dialog's scripts take.
  loading: () => <div className={classes.cover} />,
  NotLoaded: LockNotLoaded,
});

/** By the time that they are needed the network may be gone, and with it nobody's words. */
const SOON = [EndingDialog, LockDialog, LaterSteps];

/** What people do on a page. Moving the pointer is none of it: a desk that is knocked moves it too. */
const DOINGS = ["keydown", "pointerdown", "wheel", "touchmove"] as const;

/**
 * Stands beside a signed-in page: warns before its session ends, then covers the page, which stays as it is, until its
 * person has signed in again.
 */
export function SessionGuard({ session }: { readonly session: GuardedSession }) {
  const { person, singleSignOn, idleMinutes, ends, demo } = session;
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [watch] = useState(
    () =>
      new SessionWatch(person.id, idleMinutes, ends, {
        ask,
        now: () => Date.now(),
        after: (milliseconds, act) => {
          const timer = setTimeout(act, milliseconds);
          return () => clearTimeout(timer);
        },
        tell: tellTabs,
        onChange: redraw,
      }),
  );
  useEffect(() => {
    watch.start();
    const letGo = keepSession({ personId: person.id, signedIn: (signal) => watch.signedIn(signal) });
    const deafen = hearTabs(() => void watch.look());
    const ignore = watchPage(watch);
    return () => {
      letGo();
      deafen();
      ignore();
      watch.stop();
    };
  }, [watch, person.id]);
  useFetchedSoon(SOON);
  const { view } = watch;
  if (view.kind === "ending") {
    return (
      <EndingDialog
        endsAt={view.endsAt}
        canStay={view.extends}
        onStay={() => void watch.stay()}
        onUnderstood={() => watch.understood()}
        onLeave={() => watch.understood()}
      />
    );
  }
  if (view.kind === "open") return null;
  return (
    <LockDialog
      person={person}
      begun={view.begun}
      other={view.other}
      demo={demo}
      singleSignOn={singleSignOn}
      onSignedIn={() => {
        tellTabs();
        void watch.look();
      }}
    />
  );
}

/** The lock without its form: nothing of the page is seen or reached, as beneath the form. */
function LockNotLoaded({ again }: NotLoadedProps) {
  return (
    <dialog
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal();
      }}
      className={classes.bare}
      aria-label="Locked"
      onCancel={(event) => event.preventDefault()}
      onClose={(event) => event.currentTarget.showModal()}
    >
      <NotLoadedMessage what="The sign-in" again={again} />
    </dialog>
  );
}

/** How long a token that replaces another may be under way to the browser (milliseconds). */
const NEW_TOKEN_TIME = 400;

/**
 * Asks how the session stands. The server takes a replaced token no longer, while its reply with the new one may still be
 * on the way: so what seems to be gone is asked for once more.
 */
async function ask(caused: boolean): Promise<Asked> {
  const asked = await askOnce(caused);
  if (asked.kind !== "gone") return asked;
  await new Promise((resolve) => setTimeout(resolve, NEW_TOKEN_TIME));
  return askOnce(caused);
}

async function askOnce(caused: boolean): Promise<Asked> {
  try {
    const options = { ...SIGNING_IN, retries: 1, background: !caused };
    return { kind: "there", session: await api.get<SessionDto>("/session", options) };
  } catch (error) {
    return { kind: isProblem(error, "sign_in_required") ? "gone" : "unknown" };
  }
}

/** Hears what the person does, and when the page comes to the front. */
function watchPage(watch: SessionWatch): () => void {
  const touched = () => watch.touched();
  const wake = () => document.visibilityState === "visible" && watch.wake();
  // A page from the browser's memory may be of a session that has ended since.
  const shown = (event: PageTransitionEvent) => event.persisted && void watch.look();
  for (const doing of DOINGS) window.addEventListener(doing, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("focus", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", shown);
  return () => {
    for (const doing of DOINGS) window.removeEventListener(doing, touched, { capture: true });
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("focus", wake);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", shown);
  };
}
