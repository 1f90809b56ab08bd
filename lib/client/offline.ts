/** True when the browser says that it has no connection. False may still mean an unreachable server. */
export function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}
