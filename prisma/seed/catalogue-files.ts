import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import {
  articleRowFile,
  claimFile,
  finalCheckFile,
  keyOptionFile,
  manifestFile,
  mappingFile,
  requirementFile,
} from "@/lib/contracts/catalogue-files";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { inconsistencies } from "@/lib/domain/catalogue/consistency";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";

/** The folder of the catalogue that this version of the code brings. */
export const CATALOGUE_FOLDER = join(process.cwd(), "prisma", "catalogue", "2026-11-24");

/**
 * Reads and checks the data files of one catalogue.
 * @throws Error that names the file and the place when a shape is wrong, or what does not fit together
 */
export async function readCatalogueFiles(folder: string = CATALOGUE_FOLDER): Promise<Catalogue> {
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(JSON.parse(await readFile(join(folder, name), "utf8")));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new Error(`Catalogue file ${name}, at ${issue?.path.join(".")}: ${issue?.message}`);
  };
  const requirements = await Promise.all(
    STANDARD_VERSIONS.map(async (version) =>
      (await read(`requirements-${version}.json`, requirementFile)).map((requirement) => ({ version, ...requirement })),
    ),
  );
  const catalogue: Catalogue = {
    manifest: await read("manifest.json", manifestFile),
    requirements: requirements.flat(),
    mappings: await read("mappings.json", mappingFile),
    articleRows: await read("article-rows.json", articleRowFile),
    claims: await read("claims.json", claimFile),
    keyOptions: await read("key-options.json", keyOptionFile),
    finalChecks: await read("final-checks.json", finalCheckFile),
  };
  const problems = inconsistencies(catalogue);
  if (problems.length > 0) throw new Error(`The catalogue does not fit together: ${problems.slice(0, 5).join("; ")}.`);
  return catalogue;
}
