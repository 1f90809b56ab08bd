"use client";

import { DateInput, type DateInputProps } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import { parseDay } from "@/components/kit/parse-day";

/** The longest that a press of a button takes, in milliseconds. */
const PRESS = 300;

/**
 * A calendar day, `YYYY-MM-DD` or null, typed or picked. Text that is no day stays in the field with a complaint, and
 * is handed on as it is, so that whoever takes the value refuses it too instead of going on without a day.
 */
export function DateField({
  value,
  onChange,
  onBlur,
  error,
  ...rest
}: Omit<DateInputProps, "value" | "onChange"> & {
  readonly value: string | null;
  readonly onChange: (typed: string | null) => void;
}) {
  const [unread, setUnread] = useState(false);
  const day = parseDay(value ?? "");
  return (
    <DateInput
      value={day}
      onChange={onChange}
      dateParser={parseDay}
      // Only a day is written out on leaving.
      fixOnBlur={day !== null}
      onInput={(event) => {
        const typed = event.currentTarget.value;
        setUnread(false);
        if (parseDay(typed) === null) onChange(typed.trim() || null);
      }}
      onBlur={(event) => {
        const typed = event.currentTarget.value.trim();
        // After the press that took the focus: the complaint moves the button that is being pressed.
        setTimeout(() => setUnread(typed !== "" && parseDay(typed) === null), PRESS);
        onBlur?.(event);
      }}
      error={unread && day === null ? "Not a day. Write it as 12 Dec 2026." : error}
      valueFormat="D MMM YYYY"
      placeholder="Day month year"
      leftSection={<IconCalendar size={16} aria-hidden="true" />}
      leftSectionPointerEvents="none"
      firstDayOfWeek={1}
      previousLabel="Previous month"
      nextLabel="Next month"
      clearButtonProps={{ "aria-label": "Clear the date" }}
      popoverProps={{ width: "auto" }}
      {...rest}
    />
  );
}
