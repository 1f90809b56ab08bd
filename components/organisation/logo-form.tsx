"use client";

import { Button, FileInput, Group, Image, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { fieldErrors } from "@/lib/client/field-errors";
import { type ChangeLogoInput, type LogoDto, MOST_LOGO_BYTES } from "@/lib/contracts/logo";
import { sizeWords } from "@/lib/domain/evidence/file-rules";

/** The logo as it is, and for administrators a way to set another one or to take it away. */
export function LogoForm({ stored, readOnly }: { readonly stored: LogoDto; readonly readOnly: boolean }) {
  const { logo } = stored;
  return (
    <Stack gap="md" maw={560}>
      {logo ? <Shown logo={logo} /> : <Text>There is no logo.</Text>}
      {readOnly ? null : <Change stored={stored} />}
      {stored.updatedBy ? (
        <Text size="sm" c="dimmed">
          Last changed by {stored.updatedBy.name}, <DateText value={stored.updatedAt} />.
        </Text>
      ) : null}
    </Stack>
  );
}

function Shown({ logo }: { readonly logo: NonNullable<LogoDto["logo"]> }) {
  return (
    <figure style={{ margin: 0 }}>
      {/* On white, as paper is, whatever the screen's colours are. */}
      <Image
        src={`/api/v1/organisation/logo/picture?of=${logo.sha256.slice(0, 16)}`}
        alt={logo.alt}
        w="auto"
        maw="100%"
        mah={120}
        p={12}
        bg="white"
        style={{ border: "1px solid var(--mantine-color-default-border)" }}
      />
      <Text component="figcaption" size="sm" c="dimmed">
        “{logo.alt}”, {logo.width} × {logo.height} pixels, {sizeWords(logo.size)}
      </Text>
    </figure>
  );
}

function Change({ stored: { logo, version } }: { readonly stored: LogoDto }) {
  const refresh = useRefresh();
  const { run, busy, error, clear } = useAction();
  const [file, setFile] = useState<File | null>(null);
  const picture = useRef<HTMLButtonElement>(null);
  const [alt, setAlt] = useState(logo?.alt ?? "");
  const put = (wanted: () => Promise<ChangeLogoInput>, said: string) =>
    run(async () => {
      try {
        await api.put<LogoDto>("/organisation/logo", await wanted());
      } catch (caught) {
        if (isProblem(caught, "stale")) refresh();
        throw caught;
      }
      notifications.show({ color: "green", title: "Saved", message: said });
      setFile(null);
      refresh();
    });
  const set = (chosen: File) =>
    put(async () => ({ version, alt, picture: await base64Of(chosen) }), "It stands on what is printed from now on.");
  const takeAway = async () => {
    await put(async () => ({ version, alt: null, picture: null }), "There is no logo any more.");
    // The button that was pressed goes with the logo.
    picture.current?.focus();
  };
  const choose = (chosen: File | null) => {
    clear();
    setFile(chosen);
  };
  const unfit = file === null ? null : unfitWords(file);
  const wrong = (field: keyof ChangeLogoInput) => fieldErrors(error).find(({ path }) => path === field)?.message;
  const [wrongPicture, wrongAlt] = [unfit ?? wrong("picture"), wrong("alt")];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file && unfit === null) void set(file);
      }}
    >
      <Stack gap="md">
        <FileInput
          ref={picture}
          label={logo ? "Another picture" : "Picture"}
          description="What a camera notes beside a picture, such as where it was taken, is not kept"
          placeholder="Choose a PNG or JPEG"
          accept="image/png,image/jpeg"
          value={file}
          onChange={choose}
          clearable
          clearButtonProps={{ "aria-label": "Choose none" }}
          error={wrongPicture}
        />
        <TextInput
          label="What it shows"
          description="Read aloud to those who do not see it, such as: Harbour Lane Payments"
          value={alt}
          maxLength={200}
          onChange={(event) => setAlt(event.currentTarget.value)}
          error={wrongAlt}
        />
        <ProblemAlert error={wrongPicture || wrongAlt ? null : error} />
        <Group gap="xs">
          <Button type="submit" loading={busy} disabled={!file || unfit !== null || alt.trim() === ""}>
            {logo ? "Use this one" : "Set the logo"}
          </Button>
          {logo ? (
            <Button variant="default" disabled={busy} onClick={takeAway}>
              Take the logo away
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

/** What can be said of a file before it is sent; null for one that may be right. */
function unfitWords({ size }: File): string | null {
  if (size === 0) return "The file is empty.";
  return size > MOST_LOGO_BYTES ? `It has ${sizeWords(size)}. At most 512 kB.` : null;
}

/** In pieces, because a call takes only so many arguments. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
