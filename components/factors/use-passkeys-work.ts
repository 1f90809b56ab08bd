"use client";

import { useSyncExternalStore } from "react";
import { passkeysWork } from "@/lib/client/passkey";

const never = () => () => {};

/** Whether this browser can work with passkeys. Nothing else is assumed until the page has come to life in it. */
export function usePasskeysWork(): boolean {
  return useSyncExternalStore(never, passkeysWork, () => true);
}
