"use client";

import type { ReactNode } from "react";
import { Arrival } from "@/components/door/arrival";
import { ChangePasswordStep } from "@/components/door/change-password-step";
import { DoorStep } from "@/components/door/door-step";
import { EnrolStep } from "@/components/door/enrol-step";
import type { BegunSignIn, Entrant } from "@/components/door/entrant";
import { FactorStep } from "@/components/door/factor-step";
import { RecoveryCodes } from "@/components/factors/recovery-codes";
import type { FactorAddedDto } from "@/lib/contracts/factors";
import type { SessionStage } from "@/lib/domain/security/session-life";

/** A step after the first. */
export type LaterStep =
  | { readonly at: BegunSignIn["stage"] }
  | { readonly at: "codes"; readonly added: FactorAddedDto };

interface LaterStepsProps {
  readonly step: LaterStep;
  readonly entrant: Entrant;
  readonly demo: boolean;
  readonly onStage: (stage: SessionStage) => void;
  readonly onCodes: (added: FactorAddedDto) => void;
  /** The way back to the beginning. */
  readonly after: ReactNode;
}

/** What follows on password or passkey: the second factor, and what is due at the first time. */
export function LaterSteps(props: LaterStepsProps & { readonly onArrive: () => void }) {
  return (
    <Arrival key={props.step.at} onArrive={props.onArrive}>
      <Step {...props} />
    </Arrival>
  );
}

function Step(props: LaterStepsProps) {
  const { step, onStage, onCodes, after } = props;
  if (step.at === "factor") {
    return <FactorStep entrant={props.entrant} demo={props.demo} onStage={onStage} after={after} />;
  }
  if (step.at === "enrol") {
    const added = (one: FactorAddedDto) => (one.recoveryCodes.length > 0 ? onCodes(one) : onStage(one.stage));
    return <EnrolStep after={after} onAdded={added} />;
  }
  if (step.at === "codes") {
    return (
      <DoorStep title="Keep your recovery codes" lead="Your second factor is set up. One thing more before you go on.">
        <RecoveryCodes codes={step.added.recoveryCodes} onKept={() => onStage(step.added.stage)} />
      </DoorStep>
    );
  }
  return <ChangePasswordStep onStage={onStage} after={after} />;
}
