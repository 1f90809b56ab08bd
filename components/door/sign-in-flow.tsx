"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { ChangePasswordStep } from "@/components/door/change-password-step";
import { DoorStep } from "@/components/door/door-step";
import { EnrolStep } from "@/components/door/enrol-step";
import type { BegunSignIn, Entrant } from "@/components/door/entrant";
import { FactorStep } from "@/components/door/factor-step";
import { PasswordStep } from "@/components/door/password-step";
import type { SsoWay } from "@/components/door/sso-way";
import { StartOver } from "@/components/door/start-over";
import { RecoveryCodes } from "@/components/factors/recovery-codes";
import type { DemoSignInsDto, FactorAddedDto } from "@/lib/contracts/factors";
import type { SessionStage } from "@/lib/domain/security/session-life";

type Step =
  | { readonly at: "password" | BegunSignIn["stage"] }
  | { readonly at: "codes"; readonly added: FactorAddedDto };

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
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    const target =
      place.current?.querySelector<HTMLElement>("input:not([type=hidden]):not([type=checkbox])") ??
      place.current?.querySelector<HTMLElement>("[data-step-title]");
    target?.focus();
  }, [step]);

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
        <PasswordStep {...props} entrant={entrant} onChange={setEntrant} onStage={goOn} />
      ) : null}
      {step.at === "factor" ? (
        <FactorStep entrant={entrant} demo={demo !== null} onStage={goOn} after={startOver} />
      ) : null}
      {step.at === "enrol" ? (
        <EnrolStep
          after={startOver}
          onAdded={(added) => (added.recoveryCodes.length > 0 ? setStep({ at: "codes", added }) : goOn(added.stage))}
        />
      ) : null}
      {step.at === "codes" ? (
        <DoorStep
          title="Keep your recovery codes"
          lead="Your second factor is set up. One thing more before you go on."
        >
          <RecoveryCodes codes={step.added.recoveryCodes} onKept={() => goOn(step.added.stage)} />
        </DoorStep>
      ) : null}
      {step.at === "change_password" ? <ChangePasswordStep onStage={goOn} after={startOver} /> : null}
    </div>
  );
}
