import { z } from "zod";
import { partKey, saveSectionInput } from "@/lib/contracts/section";
import { PART_KEYS, type PartKey } from "@/lib/domain/worksheet/sections";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { saveSection } from "@/lib/services/worksheet/save-section";

/** A section with every field filled to its limit fits. */
const LIMIT = 2_500_000;

/** Each part has a shape of its own, so each has a handler of its own behind the one address. */
function handlerOf<K extends PartKey>(key: K) {
  return route(
    {
      ...{ bearer: "write", versionOf: "section", limit: LIMIT },
      params: worksheetParams.extend({ section: z.literal(key) }),
      body: saveSectionInput(key),
    },
    ({ context, params, body }) => saveSection(context, params.worksheetId, key, body),
  );
}

const HANDLERS = Object.fromEntries(PART_KEYS.map((key) => [key, handlerOf(key)])) as Readonly<
  Record<PartKey, ReturnType<typeof handlerOf>>
>;

const unknownSection = route(
  { bearer: "write", params: worksheetParams.extend({ section: z.never() }) },
  async () => undefined,
);

const spec = {
  bearer: "write",
  versionOf: "section",
  params: worksheetParams.extend({ section: partKey }),
  body: z.union(PART_KEYS.map((key) => saveSectionInput(key))),
} as const;

const put = async (...[request, given]: Parameters<typeof unknownSection>) => {
  const section = partKey.safeParse((await given.params).section);
  return section.success ? HANDLERS[section.data](request, given) : unknownSection(request, given);
};
/** What the handlers behind it are made of, in one. */
export const PUT: typeof unknownSection = Object.assign(put, { spec });
