"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useSyncExternalStore } from "react";
import classes from "@/components/kit/lazy-part.module.css";

/** Before each further try to load a script (milliseconds). The bundler has tried twice by itself each time. */
const PAUSES = [300, 1200];

/** After a page is there, what may be needed when the network is gone is fetched (milliseconds). */
const SOON = 5_000;

/** What stands where a part could not be loaded: tries again, or gives up where that can be. */
export interface NotLoadedProps {
  readonly again: () => void;
  readonly onLeave?: (() => void) | undefined;
}

/** What says that a part is on its way. */
export type ComingProps = Pick<NotLoadedProps, "onLeave">;

/** How a part that loads late behaves. */
export interface LazyPartOptions<P> {
  /** Names the part at the beginning of a sentence: “The search”. */
  readonly what: string;
  /** Stands in its place until it is there, and beside a floating message when it never came. */
  readonly loading?: (props: P) => ReactNode;
  /** Says that it is on its way, to whoever asked for it and may take that back. Not there once it came, or did not. */
  readonly Coming?: ComponentType<ComingProps>;
  /** Where the message stands if it does not load: in its place, or above the page for what opens there. Default `floating`. */
  readonly place?: "here" | "floating";
  /** Whether the server draws it too. */
  readonly onServer?: boolean;
  /** In place of the message that it did not load. */
  readonly NotLoaded?: ComponentType<NotLoadedProps>;
}

/** A part that loads late. `onLeave` is called when the person does without it: whoever asked for it takes that back. */
export type LazyPart<P> = ComponentType<P & { readonly onLeave?: () => void }> & {
  /** Loads it ahead of need. Never rejects: what fails is tried again when it is needed. */
  readonly fetch: () => void;
};

/**
 * A component whose script loads when it is first drawn. A script that does not come (no network, or another version of the
 * app since the page was opened) takes nothing else along: in its place the page says so, and offers to try again. No
 * failure is remembered, so that the next try loads anew.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  options: LazyPartOptions<P>,
): LazyPart<P> {
  const script = new Script<Leavable<P>>(load as () => Promise<ComponentType<Leavable<P>>>, options);
  const drawn = (props: Leavable<P>) => <Part script={script} given={props} />;
  return Object.assign(drawn, { fetch: () => void script.fetch().catch(() => undefined) });
}

type Leavable<P> = P & { readonly onLeave?: () => void };

/** The script of one part, whichever places of a page draw it. */
class Script<P extends { readonly onLeave?: () => void }> {
  private readonly listeners = new Set<() => void>();
  private underWay: Promise<ComponentType<P>> | null = null;
  private ready: ComponentType<P> | null = null;
  private shown: ComponentType<P> | null = null;
  private failed = false;

  constructor(
    private readonly load: () => Promise<ComponentType<P>>,
    readonly options: LazyPartOptions<P>,
  ) {}

  /** Loads it unless it is there or on its way. @throws what the last try threw */
  async fetch(): Promise<ComponentType<P>> {
    this.underWay ??= patiently(this.load);
    try {
      this.ready = await this.underWay;
      return this.ready;
    } catch (error) {
      this.underWay = null;
      throw error;
    }
  }

  /** What to draw: the part, or what waits for it. It stays the same until a failed part is tried again. */
  readonly read = (): ComponentType<P> => {
    this.shown ??= this.ready ?? (this.attempt() as unknown as ComponentType<P>);
    return this.shown;
  };

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Loads a part anew that failed, wherever it is drawn. */
  readonly again = () => {
    if (!this.failed) return;
    this.failed = false;
    this.shown = null;
    for (const listener of this.listeners) listener();
  };

  private attempt() {
    return lazy(async (): Promise<{ default: ComponentType<P> }> => {
      try {
        return { default: await this.fetch() };
      } catch {
        this.failed = true;
        return { default: (props: P) => <Missing script={this} given={props} /> };
      }
    });
  }
}

interface PartProps<P extends { readonly onLeave?: () => void }> {
  readonly script: Script<P>;
  readonly given: P;
}

function Part<P extends { readonly onLeave?: () => void }>({ script, given }: PartProps<P>) {
  const Shown = useSyncExternalStore(script.subscribe, script.read, script.options.onServer ? script.read : nothing);
  // Asked for anew, after it did not load before.
  useEffect(script.again, []);
  const { Coming, loading } = script.options;
  const meanwhile = loading?.(given) ?? null;
  if (!Shown) return meanwhile;
  const coming = Coming ? <Coming onLeave={given.onLeave} /> : null;
  return (
    <Suspense
      fallback={
        <>
          {meanwhile}
          {coming}
        </>
      }
    >
      <Shown {...given} />
    </Suspense>
  );
}

function Missing<P extends { readonly onLeave?: () => void }>({ script, given }: PartProps<P>) {
  const { again, options } = script;
  const { NotLoaded, what, place = "floating" } = options;
  const floating = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const online = () => {
      // What opens above the page does not come over what somebody has gone on with.
      if (floating.current && !floating.current.contains(document.activeElement)) return;
      again();
    };
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [again]);
  if (NotLoaded) return <NotLoaded again={again} onLeave={given.onLeave} />;
  const message = <NotLoadedMessage what={what} again={again} onLeave={given.onLeave} takesFocus={place !== "here"} />;
  if (place === "here") return message;
  return (
    <>
      {options.loading?.(given)}
      <div ref={floating} className={classes.floating}>
        {message}
      </div>
    </>
  );
}

/**
 * Fetches parts in the idle time after the page is there, because by the time that they are needed the network may be gone.
 * @param parts a list that stays the same
 */
export function useFetchedSoon(parts: readonly Pick<LazyPart<never>, "fetch">[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of parts) part.fetch();
    }, SOON);
    return () => clearTimeout(timer);
  }, [parts]);
}

/** Says that a part could not be loaded. Plain elements: nothing else has to be loaded for it. */
export function NotLoadedMessage(props: NotLoadedProps & { readonly what: string; readonly takesFocus?: boolean }) {
  const { what, again, onLeave, takesFocus } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // A dialog beneath holds the keys, so that nobody would get here by Tab.
    if (takesFocus) button.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div role="alert" className={classes.told}>
      <p className={classes.title}>{what} could not be loaded</p>
      <p>
        What you typed is still here. Check the connection and try again. If it stays like this, Countervail may have
        been updated: copy what is not saved, then load the page again.
      </p>
      <div className={classes.acts}>
        <button ref={button} type="button" onClick={again}>
          Try again
        </button>
        {onLeave ? (
          <button type="button" onClick={onLeave}>
            Not now
          </button>
        ) : null}
      </div>
    </div>
  );
}

const nothing = () => null;

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
