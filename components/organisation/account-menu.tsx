"use client";

import { Menu, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useOpenAtOnce } from "@/components/frame/use-open-at-once";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { ConfirmReason } from "@/components/kit/confirm-reason";
import { useRefresh } from "@/components/kit/refresh";
import { ACCOUNT_ACTS, type AccountAct, actsOn } from "@/components/organisation/account-acts";
import { AccountFace } from "@/components/organisation/account-face";
import { HandedOverNote } from "@/components/organisation/handed-over";
import { api } from "@/lib/client/api";
import type { AccountDto, HandedOver } from "@/lib/contracts/people";

/** What an administrator can do to somebody's account, each after a confirmation; it is open when it comes. */
export function AccountMenu({ account }: { readonly account: AccountDto }) {
  const { id, name, email, secondFactor, disabled } = account;
  const menu = useOpenAtOnce();
  const refresh = useRefresh();
  const [asked, setAsked] = useState<AccountAct | "factors" | null>(null);
  const [handed, setHanded] = useState<HandedOver | null>(null);
  const act = asked && asked !== "factors" ? ACCOUNT_ACTS[asked] : null;
  const run = async () => {
    const reply = await act?.run(id);
    if (reply && "mail" in reply) setHanded(reply);
    refresh();
  };
  const askReset = async (reason: string) => {
    await api.post(`/organisation/people/${id}/factor-reset`, { reason });
    notifications.show({
      color: "green",
      title: "Asked",
      message: "A second administrator has to agree within a day.",
    });
    refresh();
  };
  const close = () => setAsked(null);
  return (
    <>
      <Menu opened={menu.opened} onChange={menu.onChange} position="bottom-end" withinPortal>
        <Menu.Target>
          <AccountFace name={name} ref={menu.button} />
        </Menu.Target>
        <Menu.Dropdown>
          {actsOn(account).map((one) => (
            <Menu.Item key={one} onClick={() => setAsked(one)} color={ACCOUNT_ACTS[one].danger ? "red" : undefined}>
              {ACCOUNT_ACTS[one].label}
            </Menu.Item>
          ))}
          {secondFactor && !disabled ? (
            <Menu.Item onClick={() => setAsked("factors")} color="red">
              Remove second factors…
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <ConfirmAct
        opened={act !== null}
        onClose={close}
        title={act?.title(name) ?? ""}
        confirm={act?.confirm ?? ""}
        danger={act?.danger ?? false}
        onConfirm={run}
      >
        {act?.explanation}
      </ConfirmAct>
      <ConfirmReason
        opened={asked === "factors"}
        onClose={close}
        title={`Remove the second factors of ${name}?`}
        confirm="Ask for it"
        danger
        maxLength={500}
        onConfirm={askReset}
      >
        This is for somebody who has lost every factor and recovery code. A second administrator has to agree within a
        day; then app, passkeys and codes are gone, all sessions end, API tokens are revoked, and the person sets a
        factor up anew. Make sure, not by mail alone, that it is really them who asks.
      </ConfirmReason>
      <Modal opened={handed !== null} onClose={() => setHanded(null)} title="A link for a new password" size="lg">
        {handed ? <HandedOverNote handed={handed} title={`The password of ${name} has ended`} email={email} /> : null}
      </Modal>
    </>
  );
}
