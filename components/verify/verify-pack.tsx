"use client";

import { Box, Button, FileInput, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconFileZip, IconShieldCheck } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { SectionCard } from "@/components/kit/section-card";
import { ReportView } from "@/components/verify/report-view";
import type { PackReport } from "@/lib/domain/pack/report";
import { parseFingerprint } from "@/lib/domain/proof/keys";

/** What both fields for archives have. */
const ARCHIVE = {
  placeholder: "Choose a file",
  accept: ".zip,application/zip",
  leftSection: <IconFileZip size={16} aria-hidden="true" />,
  clearable: true,
} as const;

/** The rules and the cryptography: no other page has them. */
const loadRules = () => import("@/components/verify/verify-in-browser");

/** Chooses a pack and shows what it proves. Everything happens in the browser. */
export function VerifyPack() {
  const [pack, setPack] = useState<File | null>(null);
  const [older, setOlder] = useState<File | null>(null);
  const [fingerprint, setFingerprint] = useState("");
  const [problem, setProblem] = useState<{ readonly pack?: string; readonly root?: string }>({});
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<PackReport | null>(null);
  const result = useRef<HTMLDivElement>(null);

  const verify = async () => {
    const root = fingerprint.trim() === "" ? null : parseFingerprint(fingerprint);
    const wrong = {
      ...(pack ? {} : { pack: "Choose the pack that you were given." }),
      ...(fingerprint.trim() !== "" && root === null
        ? { root: "A fingerprint has sixteen groups of four digits or letters from a to f." }
        : {}),
    };
    setProblem(wrong);
    if (!pack || wrong.root) return;
    setBusy(true);
    try {
      const rules = await loadRules().catch(() => null);
      if (!rules) {
        setProblem({ pack: "The check could not be fetched. Go online and load this page again." });
        return;
      }
      const { verifyInBrowser } = rules;
      setReport(await verifyInBrowser(pack, { root, older, now: new Date() }));
      result.current?.focus();
    } catch {
      setProblem({
        pack: "The file could not be read. Choose it again, and load this page again if that does not help.",
      });
    } finally {
      setBusy(false);
    }
  };
  // Fetched at the first touch of the form, before a file can be chosen: from then on it works without a connection.
  // What fails here is told when somebody asks for the outcome.
  const ahead = () => void loadRules().catch(() => undefined);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) setPack(file);
  };

  return (
    <>
      <SectionCard
        title="The pack"
        description="The files stay on this machine: they are read by this page and sent nowhere."
      >
        <Box
          component="form"
          onPointerEnter={ahead}
          onFocus={ahead}
          onDragEnter={ahead}
          onDragOver={(event: DragEvent) => event.preventDefault()}
          onDrop={drop}
          onSubmit={(event: { readonly preventDefault: () => void }) => {
            event.preventDefault();
            void verify();
          }}
        >
          <Stack gap="md" maw="44rem">
            <FileInput
              {...ARCHIVE}
              label="Pack"
              description="The zip archive that you were given. You can also drop it here."
              value={pack}
              onChange={setPack}
              error={problem.pack}
              clearButtonProps={{ "aria-label": "Take the pack away" }}
            />
            <TextInput
              label="Fingerprint of the root key"
              description="From the service itself, not from the pack. Without it nobody can tell whose pack this is."
              value={fingerprint}
              onChange={(event) => setFingerprint(event.currentTarget.value)}
              error={problem.root}
              autoComplete="off"
              spellCheck={false}
              styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            />
            <FileInput
              {...ARCHIVE}
              label="An older pack"
              description="If you have one: then it is also checked that history was not rewritten between the two."
              value={older}
              onChange={setOlder}
              clearButtonProps={{ "aria-label": "Take the older pack away" }}
            />
            <Group>
              <Button type="submit" loading={busy} leftSection={<IconShieldCheck size={16} aria-hidden="true" />}>
                Verify
              </Button>
              <Text size="sm" c="dimmed">
                The same check comes with every pack as a program, <code>verify.mjs</code>.
              </Text>
            </Group>
          </Stack>
        </Box>
      </SectionCard>
      <div ref={result} tabIndex={-1} aria-live="polite">
        {report ? <ReportView report={report} /> : null}
      </div>
    </>
  );
}
