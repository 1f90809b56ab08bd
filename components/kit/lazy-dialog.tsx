"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { GOING_ON, goesOn } from "@/components/kit/goes-on";
import { type ComingProps, type LazyPart, lazyPart, useFetchedSoon } from "@/components/kit/lazy-part";
import classes from "@/components/kit/lazy-part.module.css";
import { useOpenOnceThere } from "@/components/kit/use-open-once-there";

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/**
 * A dialog whose script loads soon after the page, or when it is first asked for: then the page says so, and whoever types
 * or points elsewhere meanwhile, or presses Escape, no longer asks. It is there from then on, so that it closes as it opened.
 * @param what names it at the beginning of a sentence, for when it does not load: “The question”
 */
export function lazyDialog<P extends DialogProps>(
  load: () => Promise<ComponentType<P>>,
  what: string,
): ComponentType<P> {
  const part = lazyPart<LoadedProps<P>>(
    async () => {
      const Dialog = await load();
      return (props) => <Loaded Dialog={Dialog} {...props} />;
    },
    { what, Coming },
  );
  const soon = [part];
  return (props: P) => <Asked Part={part} soon={soon} given={props} />;
}

interface LoadedProps<P> {
  readonly given: P;
  readonly onThere: (there: boolean) => void;
}

interface AskedProps<P> {
  readonly Part: LazyPart<LoadedProps<P>>;
  readonly soon: readonly Pick<LazyPart<never>, "fetch">[];
  readonly given: P;
}

function Asked<P extends DialogProps>({ Part, soon, given }: AskedProps<P>) {
  const [asked, setAsked] = useState(false);
  const [isThere, setIsThere] = useState(false);
  useFetchedSoon(soon);
  if (given.opened && !asked) setAsked(true);
  // Not asked for any more before it came.
  if (!given.opened && asked && !isThere) setAsked(false);
  const leave = () => {
    setAsked(false);
    given.onClose();
  };
  return asked ? <Part given={given} onThere={setIsThere} onLeave={leave} /> : null;
}

function Loaded<P extends DialogProps>(props: LoadedProps<P> & { readonly Dialog: ComponentType<P> }) {
  const { Dialog, given, onThere } = props;
  useEffect(() => onThere(true), [onThere]);
  return <Dialog {...given} opened={useOpenOnceThere(given.opened)} />;
}

/** Says that a dialog was asked for and comes, unless it comes at once. */
function Coming({ onLeave }: ComingProps) {
  const [words, setWords] = useState("");
  // What is in a status from its beginning is not read out.
  useEffect(() => setWords("Loading…"), []);
  // The same listeners throughout: one that is renewed while an event is on its way does not hear of it.
  const latest = useRef(onLeave);
  latest.current = onLeave;
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const over = new AbortController();
    const leave = (event: Event) => {
      // Without it here, a click on its button would reach what is beneath.
      if (goesOn(event) && !note.current?.contains(event.target as Element)) latest.current?.();
    };
    // Once the event has passed that asked.
    const timer = setTimeout(() => {
      for (const kind of GOING_ON) document.addEventListener(kind, leave, { capture: true, signal: over.signal });
    });
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, []);
  return (
    <div ref={note} className={`${classes.floating} ${classes.coming}`}>
      <div className={classes.told}>
        <div role="status">{words}</div>
        <div className={classes.acts}>
          <button type="button" onClick={onLeave}>
            Not now
          </button>
        </div>
      </div>
    </div>
  );
}
