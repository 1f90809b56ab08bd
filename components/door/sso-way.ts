/**
 * How one comes in by an identity provider: in the page, to whichever the address leads, or in a window of its own beside a
 * page that stays.
 */
export type SsoWay =
  | { readonly kind: "page"; readonly next: string }
  | { readonly kind: "window"; readonly connectionId: string };
