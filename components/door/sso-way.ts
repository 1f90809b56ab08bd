/**
 * How one comes in by an identity provider: in the page, to whichever the address leads, or in a window of its own beside a
 * page that stays.
 */
export type SsoWay =
  | {
      readonly kind: "page";
      readonly next: string;
      /** The provider is to ask who one is, because it sent somebody who did not come in. */
      readonly anew: boolean;
    }
  | { readonly kind: "window"; readonly connectionId: string };
