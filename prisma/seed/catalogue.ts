import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import { asOwner } from "@/lib/auth/open";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import { type Clock, systemClock } from "@/lib/clock";
import { catalogueDigest, insertCatalogue } from "@/lib/data/catalogue-load";
import { openDatabase } from "@/lib/db/database";
import { isDuplicate } from "@/lib/db/errors";
import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { NO_MAIL } from "@/lib/mail/mailer";
import { OperatorError } from "@/lib/operator-error";
import { NO_SIGNER } from "@/lib/signing/client";
import { readCatalogueFiles } from "./catalogue-files";

/** What loading did. */
export interface CatalogueLoad {
  readonly id: string;
  /** False when this very catalogue was there already. */
  readonly loaded: boolean;
}

/**
 * Loads the catalogue that this code brings, as the owner of the tables, with one event in the system's chain.
 * Loading again changes nothing; an older catalogue stays beside the new one, for engagements that began with it.
 * @param ownerUrl address as the owner; the application's role may not write the catalogue
 * @throws OperatorError when another content was loaded under the same id
 */
export async function loadCatalogue(ownerUrl: string, clock: Clock = systemClock): Promise<CatalogueLoad> {
  const catalogue = await readCatalogueFiles();
  const database = openDatabase(ownerUrl, "any");
  try {
    return await load(
      {
        database,
        clock,
        secrets: NO_SECRETS,
        mail: NO_MAIL,
        signer: NO_SIGNER,
        requestId: "catalogue",
        url: "",
        address: "unknown",
        actor: null,
      },
      catalogue,
    );
  } finally {
    await database.close();
  }
}

async function load(context: ServiceContext, catalogue: Catalogue): Promise<CatalogueLoad> {
  const { id } = catalogue.manifest;
  const digest = createHash("sha256")
    .update(canonicalize(catalogue) ?? "")
    .digest("hex");
  if (await isLoaded(context, id, digest)) return { id, loaded: false };
  try {
    await asOwner(context, "loading the catalogue", {}, async (tx) => {
      await insertCatalogue(tx, catalogue, digest);
      const detail = { catalogueVersion: id, digest, counts: catalogue.manifest.counts };
      tx.record(
        makeEvent(SYSTEM_LOG, tx.now, null, { action: "catalogue.loaded", requestId: context.requestId, detail }),
      );
    });
    return { id, loaded: true };
  } catch (error) {
    // Another start was quicker; what it loaded has to be the same.
    if (isDuplicate(error) && (await isLoaded(context, id, digest))) return { id, loaded: false };
    throw error;
  }
}

async function isLoaded(context: ServiceContext, id: string, digest: string): Promise<boolean> {
  const known = await asOwner(context, "looking for the catalogue", { readOnly: true }, (tx) =>
    catalogueDigest(tx, id),
  );
  if (known === null) return false;
  if (known === digest) return true;
  throw new OperatorError(
    `The database holds another catalogue ${id} than this version brings; a changed catalogue needs a new id.`,
  );
}
