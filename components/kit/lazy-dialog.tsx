"use client";

import { type ComponentType, useState } from "react";
import { type LazyPart, lazyPart } from "@/components/kit/lazy-part";
import { useOpenOnceThere } from "@/components/kit/use-open-once-there";

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/**
 * A dialog whose script loads when it is first asked for. It is there from then on, so that it closes as it opened.
 * @param what names it at the beginning of a sentence, for when it does not load: “The question”
 */
export function lazyDialog<P extends DialogProps>(
  load: () => Promise<ComponentType<P>>,
  what: string,
): ComponentType<P> {
  const part = lazyPart<LoadedProps<P>>(
    async () => {
      const Dialog = await load();
      return ({ given }) => <Loaded Dialog={Dialog} given={given} />;
    },
    { what },
  );
  return (props: P) => <Asked Part={part} given={props} />;
}

interface LoadedProps<P> {
  readonly given: P;
}

function Asked<P extends DialogProps>({ Part, given }: LoadedProps<P> & { readonly Part: LazyPart<LoadedProps<P>> }) {
  const [asked, setAsked] = useState(false);
  if (given.opened && !asked) setAsked(true);
  const leave = () => {
    setAsked(false);
    given.onClose();
  };
  return asked ? <Part given={given} onLeave={leave} /> : null;
}

function Loaded<P extends DialogProps>({ Dialog, given }: LoadedProps<P> & { readonly Dialog: ComponentType<P> }) {
  return <Dialog {...given} opened={useOpenOnceThere(given.opened)} />;
}
