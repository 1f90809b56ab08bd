"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Arrival } from "@/components/door/arrival";
import type { BegunSignIn, Entrant } from "@/components/door/entrant";
import type { LaterStep } from "@/components/door/later-steps";
import { LaterSteps } from "@/components/door/lazy-later-steps";
import { PasswordStep } from "@/components/door/password-step";
import type { SsoWay } from "@/components/door/sso-way";
import { StartOver } from "@/components/door/start-over";
import type { DemoSignInsDto } from "@/lib/contracts/factors";
import type { SessionStage } from "@/lib/domain/security/session-life";

type Step = { readonly at: "password" } | LaterStep;

/** What the flow is told. */
export interface SignInFlowProps {
  /** The sign-in that the browser's session has come to; null when there is none. */
  readonly begun: BegunSignIn | null;
  /** The address to begin with. */
  readonly email?: string;
  /** Title and sentence of the first step. */
  readonly title: string;
  readonly lead: ReactNode;
  /** The demo's people, in demo mode alone; `ask` where they are not offered but their codes are filled in. */
  readonly demo: DemoSignInsDto | "ask" | null;
  /** How one comes in by an identity provider; null where one does not. */
  readonly sso: SsoWay | null;
  /** Called once the person is in. */
  readonly onDone: () => void;
}

/** A sign-in from its first step to its last: password or passkey, second factor, and what is due at the first time. */
export function SignInFlow(props: SignInFlowProps) {
  const { begun, demo, onDone } = props;
  const [step, setStep] = useState<Step>({ at: begun?.stage ?? "password" });
  const [entrant, setEntrant] = useState<Entrant>({
    email: props.email ?? "",
    password: "",
    name: begun?.name ?? null,
  });
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  // A step that follows another takes the focus: to its first field, or to its title where there is none.
  const arrive = () => {
    if (shown.current === step) return;
    shown.current = step;
    const target =
      place.current?.querySelector<HTMLElement>("input:not([type=hidden]):not([type=checkbox])") ??
      place.current?.querySelector<HTMLElement>("[data-step-title]");
    target?.focus();
  };

  // The first step may be taken in another window, which the page hears of.
  useEffect(() => {
    if (begun) setStep((now) => (now.at === "password" ? { at: begun.stage } : now));
  }, [begun]);

  const goOn = (stage: SessionStage) => (stage === "full" ? onDone() : setStep({ at: stage }));
  const startOver = (
    <StartOver
      onDone={() => {
        setEntrant({ email: "", password: "", name: null });
        setStep({ at: "password" });
      }}
    />
  );
  return (
    <div ref={place}>
      {step.at === "password" ? (
        <Arrival key="password" onArrive={arrive}>
          <PasswordStep {...props} entrant={entrant} onChange={setEntrant} onStage={goOn} />
        </Arrival>
      ) : (
        <LaterSteps
          step={step}
          entrant={entrant}
          demo={demo !== null}
          onStage={goOn}
          onCodes={(added) => setStep({ at: "codes", added })}
          after={startOver}
          onArrive={arrive}
        />
      )}
    </div>
  );
}
