"use client";

import { Button, Group, Modal, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import classes from "@/components/account/account.module.css";
import { ConfirmRemoval } from "@/components/account/confirm-removal";
import { PasskeyList } from "@/components/account/passkey-list";
import { RenamePasskey } from "@/components/account/rename-passkey";
import { AppSetUp } from "@/components/factors/app-set-up";
import { PasskeySetUp } from "@/components/factors/passkey-set-up";
import { RecoveryCodes } from "@/components/factors/recovery-codes";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { SectionCard } from "@/components/kit/section-card";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { passkeysWork } from "@/lib/client/passkey";
import type { SendOptions } from "@/lib/client/send";
import type { FactorAddedDto, FactorsDto, PasskeyDto, TotpStartDto } from "@/lib/contracts/factors";

type Dialog =
  | { readonly kind: "add_passkey" | "remove_app" }
  | { readonly kind: "rename" | "remove_passkey"; readonly passkey: PasskeyDto }
  | { readonly kind: "app"; readonly start: TotpStartDto }
  | { readonly kind: "codes"; readonly codes: readonly string[] };

const USUAL: SendOptions = {};

/** What one shows beside the password: passkeys, the app, recovery codes. */
export function FactorsCard({ initial }: { readonly initial: FactorsDto }) {
  const [factors, setFactors] = useState(initial);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { run, busy, error } = useAction();
  const reload = () =>
    run(async () => {
      setFactors(await api.get<FactorsDto>("/me/factors"));
    });
  const added = ({ recoveryCodes }: FactorAddedDto) => {
    setDialog(recoveryCodes.length > 0 ? { kind: "codes", codes: recoveryCodes } : null);
    void reload();
  };
  const beginApp = () =>
    run(async () => setDialog({ kind: "app", start: await api.post<TotpStartDto>("/me/factors/app", {}) }));
  const newCodes = () =>
    run(async () => {
      const { recoveryCodes } = await api.post<{ recoveryCodes: string[] }>("/me/factors/recovery-codes", {});
      setDialog({ kind: "codes", codes: recoveryCodes });
    }).then(reload);
  return (
    <SectionCard title="Second factor" description="What you show beside your password. At least one is always there.">
      <ProblemAlert error={error} mb="sm" />
      <Part
        title="Passkeys"
        action={
          <Button variant="default" size="xs" onClick={() => setDialog({ kind: "add_passkey" })}>
            Add a passkey
          </Button>
        }
      >
        <PasskeyList
          passkeys={factors.passkeys}
          onRename={(passkey) => setDialog({ kind: "rename", passkey })}
          onRemove={(passkey) => setDialog({ kind: "remove_passkey", passkey })}
        />
      </Part>
      <Part
        title="Authenticator app"
        action={
          factors.totp ? (
            <Button variant="default" size="xs" onClick={() => setDialog({ kind: "remove_app" })}>
              Remove the app
            </Button>
          ) : (
            <Button variant="default" size="xs" loading={busy} onClick={beginApp}>
              Set up an app
            </Button>
          )
        }
      >
        <Text size="sm" c="dimmed">
          {factors.totp ? (
            <>
              Set up <DateText value={factors.totpSince} />. For another phone{" "}
              {factors.passkeys.length > 0 ? "remove it" : "add a passkey first, then remove it"} and set it up anew.
            </>
          ) : (
            "No app is set up."
          )}
        </Text>
      </Part>
      <Part
        title="Recovery codes"
        action={
          <Button variant="default" size="xs" loading={busy} onClick={newCodes}>
            Make new codes
          </Button>
        }
      >
        <Text size="sm" c="dimmed">
          {factors.recoveryCodesLeft} of ten are left. New ones make the old ones void.
        </Text>
      </Part>
      <Dialogs dialog={dialog} onClose={() => setDialog(null)} onAdded={added} onChanged={reload} />
    </SectionCard>
  );
}

function Part(props: { readonly title: string; readonly action: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={classes.part}>
      <Group justify="space-between" gap="xs" mb={6}>
        <Title order={3}>{props.title}</Title>
        {props.action}
      </Group>
      {props.children}
    </div>
  );
}

function Dialogs(props: {
  readonly dialog: Dialog | null;
  readonly onClose: () => void;
  readonly onAdded: (added: FactorAddedDto) => void;
  readonly onChanged: () => void;
}) {
  const { dialog, onClose, onAdded, onChanged } = props;
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "add_passkey":
      return (
        <Modal opened onClose={onClose} title="Add a passkey">
          {passkeysWork() ? (
            <PasskeySetUp options={USUAL} onAdded={onAdded} />
          ) : (
            <Text>This browser cannot work with passkeys. Open this page in a newer one, or set up an app.</Text>
          )}
        </Modal>
      );
    case "app":
      return (
        <Modal opened onClose={onClose} title="Set up the authenticator app" closeOnClickOutside={false}>
          <AppSetUp start={dialog.start} options={USUAL} onAdded={onAdded} />
        </Modal>
      );
    case "codes":
      return (
        <Modal
          opened
          onClose={onClose}
          title="Your new recovery codes"
          closeOnClickOutside={false}
          closeOnEscape={false}
          withCloseButton={false}
        >
          <RecoveryCodes codes={dialog.codes} onKept={onClose} />
        </Modal>
      );
    case "rename":
      return <RenamePasskey passkey={dialog.passkey} onRenamed={onChanged} onClose={onClose} />;
    case "remove_passkey":
      return (
        <ConfirmRemoval
          title={`Remove “${dialog.passkey.name}”?`}
          confirm="Remove the passkey"
          onConfirm={() => api.delete(`/me/factors/passkeys/${dialog.passkey.id}`).then(onChanged)}
          onClose={onClose}
        >
          It no longer signs you in here. On the device itself it stays until you delete it there.
        </ConfirmRemoval>
      );
    case "remove_app":
      return (
        <ConfirmRemoval
          title="Remove the authenticator app?"
          confirm="Remove the app"
          onConfirm={() => api.delete("/me/factors/app").then(onChanged)}
          onClose={onClose}
        >
          Its codes are no longer taken. A passkey has to be there in its place.
        </ConfirmRemoval>
      );
  }
}
