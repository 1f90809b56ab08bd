"use client";

import { DateInput, type DateInputProps } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";

/** A calendar day, `YYYY-MM-DD` or null, typed or picked. Typing understands `12 Dec 2026` and `2026-12-12`. */
export function DateField({
  value,
  onChange,
  ...rest
}: Omit<DateInputProps, "value" | "onChange"> & {
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}) {
  return (
    <DateInput
      value={value || null}
      onChange={onChange}
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
