"use client";

import { Input, Popover, TextInput, type TextInputProps } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { type ComponentType, useEffect, useRef, useState } from "react";
import type { DateCalendarProps } from "@/components/kit/date-calendar";
import { parseDay } from "@/components/kit/parse-day";
import { MONTHS } from "@/lib/domain/format-date";

/** The longest that a press of a button takes, in milliseconds. */
const PRESS = 300;

/**
 * A calendar day, `YYYY-MM-DD` or null, typed or picked. Text that is no day stays in the field with a complaint, and
 * is handed on as it is, so that whoever takes the value refuses it too instead of going on without a day.
 *
 * The field itself is there with the page. Its calendar is loaded when the field is first used, and what is typed does
 * not wait for it: without a connection the field is one to type in.
 */
export function DateField({
  value,
  onChange,
  onBlur,
  error,
  clearable = false,
  ...rest
}: Omit<TextInputProps, "value" | "onChange" | "type" | "ref"> & {
  readonly value: string | null;
  readonly onChange: (typed: string | null) => void;
  /** Whether a button in the field takes the day out again. */
  readonly clearable?: boolean;
}) {
  const day = parseDay(value ?? "");
  const [text, setText] = useState(written(day));
  const [opened, setOpened] = useState(false);
  const [unread, setUnread] = useState(false);
  const [Calendar, load] = useCalendar();
  const isOpen = useRef(opened);
  isOpen.current = opened;
  // A day from elsewhere shows; while somebody types, theirs stays as they write it.
  useEffect(() => {
    if (!isOpen.current) setText(written(day));
  }, [day]);

  const open = () => {
    load();
    setOpened(true);
  };
  const take = (picked: string | null) => {
    setText(written(picked));
    setUnread(false);
    setOpened(false);
    onChange(picked);
  };
  const leave = () => {
    setOpened(false);
    // Only a day is written out on leaving.
    if (day !== null) setText(written(day));
    // After the press that took the focus: the complaint moves the button that is being pressed.
    setTimeout(() => setUnread(text.trim() !== "" && parseDay(text) === null), PRESS);
  };
  const isClearable = clearable && day !== null && !rest.readOnly && !rest.disabled;
  return (
    <Popover
      opened={opened && Calendar !== null}
      onChange={setOpened}
      disabled={Boolean(rest.readOnly || rest.disabled)}
      position="bottom-start"
      trapFocus={false}
      withRoles={false}
    >
      <Popover.Target>
        <TextInput
          placeholder="Day month year"
          autoComplete="off"
          leftSection={<IconCalendar size={16} aria-hidden="true" />}
          leftSectionPointerEvents="none"
          {...(isClearable
            ? { rightSection: <Input.ClearButton aria-label="Clear the date" onClick={() => take(null)} /> }
            : {})}
          {...rest}
          value={text}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setText(typed);
            setUnread(false);
            open();
            onChange(parseDay(typed) ?? (typed.trim() || null));
          }}
          onFocus={open}
          onClick={open}
          onPointerEnter={load}
          onKeyDown={(event) => {
            if (event.key === "Escape") setOpened(false);
          }}
          onBlur={(event) => {
            leave();
            onBlur?.(event);
          }}
          error={unread && day === null ? "Not a day. Write it as 12 Dec 2026." : error}
        />
      </Popover.Target>
      <Popover.Dropdown onMouseDown={(event) => event.preventDefault()}>
        {Calendar ? <Calendar day={day} onPick={take} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

/** `2026-12-09` as `9 Dec 2026`; no day is no text. */
function written(day: string | null): string {
  const [year, month, date] = day?.split("-") ?? [];
  return year ? `${Number(date)} ${MONTHS[Number(month) - 1]?.slice(0, 3)} ${year}` : "";
}

/** The calendar once it is there, and what fetches it. What failed is tried again at the next use. */
function useCalendar(): [ComponentType<DateCalendarProps> | null, () => void] {
  const [calendar, setCalendar] = useState<{ readonly Part: ComponentType<DateCalendarProps> } | null>(null);
  const load = () => {
    if (calendar) return;
    import("@/components/kit/date-calendar").then(
      ({ DateCalendar }) => setCalendar((before) => before ?? { Part: DateCalendar }),
      () => undefined,
    );
  };
  return [calendar?.Part ?? null, load];
}
