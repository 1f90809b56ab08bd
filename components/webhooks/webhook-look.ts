import { IconAlertTriangle, IconCircleCheck, IconClock, IconPlayerPause } from "@tabler/icons-react";
import type { StatusLook } from "@/components/kit/status";
import type { WebhookDto } from "@/lib/contracts/webhooks";
import type { MessageState, OffReason } from "@/lib/domain/webhooks/message";

const OFF_WORDS: Readonly<Record<OffReason, string>> = {
  person: "An administrator switched it off. What happens meanwhile is kept for 30 days and not sent.",
  gone: "It answered that it is gone (410), so it was switched off. What happens meanwhile is kept for 30 days and not sent.",
  failing:
    "It took nothing for three days, so it was switched off. What happens meanwhile is kept for 30 days and not sent.",
  secret:
    "Its secret cannot be opened any more, so nothing can be signed and it was switched off. Replace the secret, which switches it on, and give the new one to the program that takes its messages. What happens meanwhile is kept for 30 days and not sent.",
  restored:
    "Older data came back from a backup, so all webhooks were switched off. See whether this one is still wanted, and switch it on.",
};

/** Why a webhook is off, in words; null while it is on. */
export function offWords({ offReason }: WebhookDto): string | null {
  return offReason && OFF_WORDS[offReason];
}

/** How a webhook stands, at a glance. */
export function webhookLook({ isOn, lastAttempt }: WebhookDto): StatusLook {
  if (!isOn) return { word: "Off", tone: "gray", icon: IconPlayerPause };
  if (lastAttempt && !lastAttempt.delivered) return { word: "Failing", tone: "red", icon: IconAlertTriangle };
  return { word: "On", tone: "green", icon: IconCircleCheck };
}

/** The states of messages as they are shown. */
export const MESSAGE_LOOKS: Readonly<Record<MessageState, StatusLook>> = {
  waiting: { word: "Waiting", tone: "blue", icon: IconClock },
  delivered: { word: "Delivered", tone: "green", icon: IconCircleCheck },
  failed: { word: "Given up", tone: "red", icon: IconAlertTriangle },
  skipped: { word: "Not sent", tone: "gray", icon: IconPlayerPause },
};
