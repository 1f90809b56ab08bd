import { Badge, Group, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { TodayBadge } from "@/components/kit/status-badge";
import type { ArticleClaim } from "@/lib/domain/catalogue/article";

/** What is true today of a claim: status, why, dispute and sources. */
export function ClaimToday({ claim }: { readonly claim: ArticleClaim }) {
  return (
    <div>
      <TodayBadge status={claim.statusToday} />
      <Text mt={4}>{claim.statusNote}</Text>
      <DisputeNote disputed={claim.disputed} disputeReason={claim.disputeReason} />
      <SourcesNote asOf={claim.asOf} sources={claim.sources} definition={claim.definition} />
    </div>
  );
}

/** What the article says, with the mark for what it sets aside itself. */
export function ClaimReading({ claim }: { readonly claim: ArticleClaim }) {
  return (
    <div>
      <Text>{claim.articleReading}</Text>
      {claim.pciRequirement ? null : (
        <Group mt={4}>
          <Badge color="gray" leftSection={<IconInfoCircle size={13} aria-hidden="true" />}>
            Not a PCI requirement, says the article
          </Badge>
        </Group>
      )}
    </div>
  );
}
