"use client";

import { Divider, Drawer, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ControlForm } from "@/components/controls/control-form";
import { ControlUses } from "@/components/controls/control-uses";
import { NATURE_LOOKS } from "@/components/controls/control-words";
import { EvidenceList } from "@/components/controls/evidence-list";
import { LookBadge } from "@/components/kit/status-badge";
import { useLeaveGuard } from "@/components/kit/use-leave-guard";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import type { ControlDetailDto, ControlRecordDto, EvidenceOfferDto } from "@/lib/contracts/controls";

/** A shared control at full length: what it says and shows, and each worksheet that uses it. Null for a new one. */
export function ControlDrawer(props: {
  readonly engagementId: string;
  readonly control: ControlRecordDto | null;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { control, mayWrite } = props;
  const [changed, setChanged] = useState(false);
  const guard = useLeaveGuard(changed, props.onClose);
  useReturnFocus();
  const offers = useOffers(control?.id ?? null, mayWrite);
  return (
    <Drawer
      opened
      onClose={guard.close}
      closeOnEscape={!guard.asking}
      size="lg"
      title={control ? control.title : "A new shared control"}
    >
      <Stack gap="md">
        {mayWrite ? (
          <ControlForm
            engagementId={props.engagementId}
            control={control}
            offers={offers}
            onChanged={setChanged}
            onCancel={guard.close}
            onReload={props.onSaved}
            onSaved={() => {
              props.onSaved();
              props.onClose();
            }}
          />
        ) : (
          control && <ReadControl control={control} />
        )}
        {control ? (
          <>
            <Divider label="Where it is used" labelPosition="left" />
            <ControlUses control={control} onChanged={props.onSaved} />
          </>
        ) : null}
      </Stack>
      {guard.question}
    </Drawer>
  );
}

/** Evidence that worksheets have on the control for themselves; none until it is read, and where nobody may take it. */
function useOffers(id: string | null, wanted: boolean): readonly EvidenceOfferDto[] {
  const [offers, setOffers] = useState<readonly EvidenceOfferDto[]>([]);
  useEffect(() => {
    if (id === null || !wanted) return;
    let given = true;
    api.get<ControlDetailDto>(`/controls/${id}`).then(
      (detail) => given && setOffers(detail.offers),
      // Without them the control can be read and changed all the same.
      () => undefined,
    );
    return () => {
      given = false;
    };
  }, [id, wanted]);
  return offers;
}

function ReadControl({ control }: { readonly control: ControlRecordDto }) {
  return (
    <Stack gap="sm">
      <LookBadge look={NATURE_LOOKS[control.nature]} />
      <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {control.description || "Nothing is written about what it does."}
      </Text>
      <Text size="sm">
        <Text span c="dimmed" size="sm">
          Owner{" "}
        </Text>
        {control.owner || "—"}
      </Text>
      <Divider label="Evidence" labelPosition="left" />
      <EvidenceList evidence={control.evidence} />
    </Stack>
  );
}
