"use client";

import { Calendar } from "@mantine/dates";
import { useState } from "react";

/** What the calendar under a date field is given; days are `YYYY-MM-DD`. */
export interface DateCalendarProps {
  readonly day: string | null;
  readonly onPick: (day: string) => void;
}

/**
 * The calendar of a DateField, which loads it when the field is first used. The focus stays in the field: a press
 * here does not take it.
 */
export function DateCalendar({ day, onPick }: DateCalendarProps) {
  const [seen, setSeen] = useState({ day, date: day ?? undefined });
  // A day that is typed turns the pages to its month.
  if (seen.day !== day) setSeen({ day, date: day ?? seen.date });
  return (
    <Calendar
      __preventFocus
      {...(seen.date ? { date: seen.date } : {})}
      onDateChange={(date) => setSeen({ day, date })}
      firstDayOfWeek={1}
      previousLabel="Previous month"
      nextLabel="Next month"
      getDayProps={(date) => ({ selected: date === day, onClick: () => onPick(date) })}
      getMonthControlProps={(date) => ({ selected: day?.slice(0, 7) === date.slice(0, 7) })}
      getYearControlProps={(date) => ({ selected: day?.slice(0, 4) === date.slice(0, 4) })}
    />
  );
}
