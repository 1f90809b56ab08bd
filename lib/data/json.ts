import type { Prisma } from "@/lib/db/generated/client";

/** A value of the domain as the database's JSON takes it. The domain's types hold plain JSON through and through. */
export function asJson(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
