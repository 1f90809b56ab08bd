import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Contents, digestOf } from "@/lib/cli/document/content";
import type { Head } from "@/lib/cli/document/head";
import { targetOf } from "@/lib/cli/target";
import { isSame } from "@/lib/domain/same";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";
import { readIfThere, writeDurably } from "@/lib/durable";

const stored = z.object({ countervail: z.literal(1), sections: z.record(z.string(), z.array(z.unknown())) });

function fileOf(path: string, { worksheet }: Head): string {
  return join(dirname(path), ".countervail", `${worksheet}.json`);
}

/** How many contents of a section are kept: a copy of the file from before a conflict finds what it was written on, too. */
const KEPT = 5;

/**
 * What a file was written on, kept in the folder `.countervail` beside it, so that changes of two people can be put together.
 * Contents that are not what the head says are none.
 */
export async function readBase(path: string, head: Head): Promise<Contents> {
  const kept = await readKept(path, head);
  const known = Object.entries(head.sections).flatMap(([key, written]) => {
    const content = kept[key]?.find((one) => digestOf(one) === written?.sha256);
    return content === undefined ? [] : [[key, content]];
  });
  return Object.fromEntries(known) as Contents;
}

async function readKept(path: string, head: Head): Promise<Readonly<Record<string, readonly unknown[]>>> {
  try {
    return stored.parse(JSON.parse((await readIfThere(fileOf(path, head))) ?? "")).sections;
  } catch {
    return {};
  }
}

/** Keeps what a file is written on from now on. */
export async function keepBase(path: string, head: Head, contents: Contents): Promise<void> {
  const file = fileOf(path, head);
  const kept = await readKept(path, head);
  const sections = Object.fromEntries(
    Object.entries(contents).map(([key, content]) => {
      const earlier = (kept[key] ?? []).filter((one) => !isSame(one, content));
      return [key, [content, ...earlier].slice(0, KEPT)];
    }),
  );
  await mkdir(dirname(file), { recursive: true });
  await writeDurably(await targetOf(file), `${JSON.stringify({ countervail: 1, sections }, null, 1)}\n`);
}

/** What a section was written on; null where it is not known. */
export function baseOf<K extends PartKey>(base: Contents, key: K): SectionContent<K> | null {
  return (base[key] as SectionContent<K> | undefined) ?? null;
}
