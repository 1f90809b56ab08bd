import { Group } from "@mantine/core";
import {
  IconBan,
  IconCircleCheck,
  IconDeviceMobile,
  IconDeviceMobileOff,
  IconKeyOff,
  IconLock,
} from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import type { AccountDto } from "@/lib/contracts/people";

const ACTIVE: StatusLook = { word: "Active", tone: "green", icon: IconCircleCheck };
const DISABLED: StatusLook = { word: "Disabled", tone: "red", icon: IconBan };
const LOCKED: StatusLook = { word: "Locked", tone: "orange", icon: IconLock };
const NO_PASSWORD: StatusLook = { word: "New password due", tone: "yellow", icon: IconKeyOff };
const FACTOR: StatusLook = { word: "Set up", tone: "green", icon: IconDeviceMobile };
const NO_FACTOR: StatusLook = { word: "Not yet", tone: "gray", icon: IconDeviceMobileOff };

/** The state of an account in a word, for sorting and filtering. */
export function stateOf({ disabled, locked }: AccountDto): "active" | "disabled" | "locked" {
  if (disabled) return "disabled";
  return locked ? "locked" : "active";
}

/** How an account stands. */
export function AccountState({ account }: { readonly account: AccountDto }) {
  const { disabled, locked, lockedUntil, passwordEnded } = account;
  return (
    <Group gap={6}>
      {disabled ? <LookBadge look={DISABLED} /> : null}
      {locked ? <LookBadge look={LOCKED} title="Too many failed attempts" /> : null}
      {locked ? (
        <span>{lockedUntil ? <DateText value={lockedUntil} /> : "until an administrator unlocks it"}</span>
      ) : null}
      {passwordEnded ? <LookBadge look={NO_PASSWORD} title="An administrator ended the password" /> : null}
      {disabled || locked || passwordEnded ? null : <LookBadge look={ACTIVE} />}
    </Group>
  );
}

/** Whether a second factor is set up. */
export function FactorState({ account }: { readonly account: AccountDto }) {
  return <LookBadge look={account.secondFactor ? FACTOR : NO_FACTOR} />;
}
