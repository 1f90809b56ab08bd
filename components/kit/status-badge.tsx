import { Badge, type BadgeProps } from "@mantine/core";
import { DISPOSITION_LOOKS, STATE_LOOKS, type StatusLook, TODAY_LOOKS, VALIDITY_LOOKS } from "@/components/kit/status";
import type { ValidityDto } from "@/lib/contracts/review";
import type { StatusToday } from "@/lib/domain/catalogue/status";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

interface LookBadgeProps extends Omit<BadgeProps, "color" | "children"> {
  readonly look: StatusLook;
  /** Said after the word, such as `r2`. */
  readonly detail?: string;
  /** Shown on hover. */
  readonly title?: string;
}

/** A badge of any look: icon, word and colour together. */
export function LookBadge({ look, detail, ...rest }: LookBadgeProps) {
  const Icon = look.icon;
  return (
    <Badge color={look.tone} leftSection={<Icon size={13} stroke={1.9} aria-hidden="true" />} {...rest}>
      {detail ? `${look.word} ${detail}` : look.word}
    </Badge>
  );
}

type Rest = Omit<LookBadgeProps, "look">;

/** A worksheet's state. */
export function StateBadge({ state, ...rest }: Rest & { readonly state: WorksheetState }) {
  return <LookBadge look={STATE_LOOKS[state]} {...rest} />;
}

/** A row's disposition. */
export function DispositionBadge({ disposition, ...rest }: Rest & { readonly disposition: Disposition }) {
  return <LookBadge look={DISPOSITION_LOOKS[disposition]} {...rest} />;
}

/** Whether a signature still holds, and that it was made on another service; `validity.reason` is the badge's title. */
export function ValidityBadge({ validity, ...rest }: Rest & { readonly validity: ValidityDto }) {
  const place = validity.elsewhere ? { detail: "(made on another service)" } : {};
  return <LookBadge look={VALIDITY_LOOKS[validity.status]} title={validity.reason || undefined} {...place} {...rest} />;
}

/** What is true today. */
export function TodayBadge({ status, ...rest }: Rest & { readonly status: StatusToday }) {
  return <LookBadge look={TODAY_LOOKS[status]} {...rest} />;
}
