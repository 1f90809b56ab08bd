/** True when the browser says that it has no connection. False may still mean an unreachable server. */
export function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}

/** Calls back on every change between online and offline; returns the function that stops it. Browser only. */
export function watchConnection(onChange: (offline: boolean) => void): () => void {
  const report = () => onChange(isOffline());
  window.addEventListener("online", report);
  window.addEventListener("offline", report);
  return () => {
    window.removeEventListener("online", report);
    window.removeEventListener("offline", report);
  };
}
