import { Alert, Text } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { TextLink } from "@/components/kit/text-link";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Says of a worksheet that cannot be written now that the register has changed since: what stands here stays. */
export function RegisterNote({ worksheet }: { readonly worksheet: WorksheetDto }) {
  const { sharedControls, sections, engagementId } = worksheet;
  const behind = sharedControls.filter(({ upToDate }) => !upToDate);
  if (behind.length === 0) return null;
  const nameOf = (itemId: string) => {
    const control = sections?.definition?.content.items.controls.find(({ id }) => id === itemId);
    return control?.label || control?.title || "A control";
  };
  const latest =
    behind
      .map(({ changedAt }) => changedAt)
      .sort()
      .at(-1) ?? null;
  return (
    <Alert color="yellow" icon={<IconShieldLock size={18} aria-hidden="true" />} mb="md" py="xs">
      <Text size="sm" component="div">
        {behind.map(({ itemId }) => nameOf(itemId)).join(", ")}: the{" "}
        <TextLink href={`/engagements/${engagementId}/controls`} size="sm">
          register of controls
        </TextLink>{" "}
        was changed <DateText value={latest} />. This worksheet keeps what it said when it was submitted; a signature on
        it is not touched by that.
      </Text>
    </Alert>
  );
}
