/** A calendar day as the database's DATE column takes it: midnight UTC. */
export function fromDay(day: string): Date;
export function fromDay(day: string | null): Date | null;
export function fromDay(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}

/** A DATE column as a calendar day, `YYYY-MM-DD`. */
export function toDay(date: Date): string;
export function toDay(date: Date | null): string | null;
export function toDay(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 10);
}
