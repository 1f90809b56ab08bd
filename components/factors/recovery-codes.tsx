"use client";

import { Button, Checkbox, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import classes from "@/components/factors/recovery-codes.module.css";
import { useLeaveWarning } from "@/components/kit/use-leave-warning";

/** New recovery codes, the one time that they are shown. `onKept` is called once the person says to have kept them. */
export function RecoveryCodes(props: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { codes } = props;
  const [kept, setKept] = useState(false);
  useLeaveWarning(!kept);
  const text = textOf(codes);
  return (
    <Stack gap="md">
      <Text>
        Each of these codes stands in once for your passkey or app, for the day when neither is at hand. They are shown
        this one time. Keep them where you keep what nobody else may see, and not on the device that they stand in for.
      </Text>
      <div data-print="codes">
        <Text className={classes.printed}>Countervail: recovery codes of {window.location.host}. Each works once.</Text>
        <ol className={classes.codes} aria-label="Recovery codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </div>
      <Group gap="xs">
        <CopyButton value={text} timeout={2500}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          variant="default"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="countervail-recovery-codes.txt"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Download
        </Button>
        <Button variant="default" onClick={printCodes} leftSection={<IconPrinter size={16} aria-hidden />}>
          Print
        </Button>
      </Group>
      <Checkbox label="I have kept them" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <div>
        <Button disabled={!kept} onClick={props.onKept}>
          Continue
        </Button>
      </div>
    </Stack>
  );
}

function textOf(codes: readonly string[]): string {
  const head = `Countervail: recovery codes of ${window.location.host}. Each works once.`;
  return `${[head, "", ...codes].join("\n")}\n`;
}

/** Prints the codes and nothing else of the page. */
function printCodes(): void {
  const { dataset } = document.documentElement;
  dataset.print = "codes";
  window.addEventListener("afterprint", () => delete dataset.print, { once: true });
  window.print();
}
