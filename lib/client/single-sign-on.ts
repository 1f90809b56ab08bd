import { api } from "@/lib/client/api";
import { SsoError } from "@/lib/client/errors";
import { SIGNING_IN, sendSignIn } from "@/lib/client/sign-in";
import type { SsoPlaceDto } from "@/lib/contracts/single-sign-on";
import { SSO_TROUBLES, type SsoPurpose, ssoTroubleWords } from "@/lib/contracts/sso-words";

/** Where people of an address's domain sign in. @throws ApiProblem not_found, NetworkError */
export async function findProvider(email: string): Promise<string> {
  return (await api.post<SsoPlaceDto>("/session/sso", { email: email.trim() }, SIGNING_IN)).connectionId;
}

/**
 * Leaves the page for an identity provider.
 * @param anew has the provider ask who one is, whoever it remembers
 * @throws ApiProblem, NetworkError
 */
export async function goToProvider(
  connectionId: string,
  purpose: SsoPurpose,
  { next = "/", anew = false }: { readonly next?: string; readonly anew?: boolean } = {},
): Promise<void> {
  const { url } = (await sendSignIn(`signin/${encodeURIComponent(connectionId)}`, {
    purpose,
    next,
    anew: anew ? "yes" : "no",
  })) as {
    url: string;
  };
  window.location.assign(url);
}

const CHANNEL = "countervail.sso";

/** What the window says before it closes. */
interface Done {
  readonly purpose: string;
  readonly trouble: string | null;
}

/**
 * Opens a window in which the person signs in at their identity provider. Call it right in the handler of a click, before
 * anything is waited for. @throws SsoError when the browser opens none
 */
export function openProviderWindow(connectionId: string, purpose: SsoPurpose): void {
  const place = `/sign-in/go?${new URLSearchParams({ to: connectionId, for: purpose })}`;
  const opened = window.open(place, "_blank", "popup,width=520,height=720");
  if (!opened) throw new SsoError("Your browser did not open a window. Allow windows for this site, and try again.");
}

/**
 * Shows again who one is at the identity provider, in a window of its own. What the provider's pages do is not seen from
 * here: the window itself tells how it ended. @throws SsoError; the browser's AbortError when the signal fired
 */
export function stepUpInWindow(connectionId: string, signal: AbortSignal): Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<void>((resolve, reject) => {
    channel.onmessage = ({ data }: MessageEvent<Done>) => {
      if (data.purpose !== "step_up") return;
      if (data.trouble === null) resolve();
      else reject(new SsoError(ssoTroubleWords(data.trouble) ?? SSO_TROUBLES.busy));
    };
    signal.addEventListener("abort", () => reject(new DOMException("Aborted", "AbortError")));
    openProviderWindow(connectionId, "step_up");
  }).finally(() => channel.close());
}

/** Tells the page that opened this window how it ended, and closes it where the browser allows that. */
export function closeProviderWindow(done: Done): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(done);
  channel.close();
  window.close();
}
