import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { onBehalfOf } from "@/lib/auth/on-behalf";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import type { EmbeddedDatabase } from "@/lib/db/embedded/database";
import type { TemporaryServer } from "@/lib/db/embedded/temporary";
import { NO_MAIL } from "@/lib/mail/mailer";
import { exportEngagement } from "@/lib/services/export/export-engagement";
import { type TrailReport, verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { NO_SIGNER } from "@/lib/signing/client";
import type { BlobStore } from "@/lib/storage/blob-store";
import { fileStore } from "@/lib/storage/file-store";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { testSecrets } from "@/test/secrets";

export const NOW = new Date("2026-11-24T12:00:00.000Z");

/** A service as far as moving needs one: a database with the catalogue, a store, and nobody who listens. */
export class Service {
  readonly secrets = testSecrets();
  readonly database: Database;

  private constructor(
    readonly addresses: EmbeddedDatabase,
    readonly adminUrl: string,
    readonly store: BlobStore,
    readonly folder: string,
  ) {
    this.database = openDatabase(addresses.appUrl);
  }

  static async start(temporary: TemporaryServer, name: string): Promise<Service> {
    const addresses = await temporary.makeMigrated(name);
    await loadCatalogue(addresses.ownerUrl);
    const folder = await mkdtemp(join(tmpdir(), "countervail-move-"));
    return new Service(addresses, temporary.server.adminUrl(name), fileStore(join(folder, "stored")), folder);
  }

  get draftFolder(): string {
    return join(this.folder, "drafts");
  }

  /** Somebody, as a worker acts for them: nobody who came along has a password there yet. */
  async as(userId: string): Promise<SignedInContext> {
    const context = await onBehalfOf(this.nobody(), userId);
    if (!context) throw new Error("There is no such person.");
    return context;
  }

  /** Rows as the database's superuser sees them. */
  rows<T extends object>(sql: string): Promise<T[]> {
    return withConnection(this.adminUrl, async (client) => (await client.query<T>(sql)).rows);
  }

  /** Takes an engagement out into a file. @returns its path */
  async takeOut(leadId: string, engagementId: string): Promise<string> {
    const lead = await this.as(leadId);
    // Somebody who has just shown again who they are.
    const shown = { ...lead, actor: { ...lead.actor, stepUpAt: NOW } };
    const { lines } = await exportEngagement(shown, this.store, engagementId);
    const path = join(this.folder, `${engagementId}-${Math.trunc(performance.now())}.jsonl`);
    await pipeline(Readable.from(lines), createWriteStream(path));
    return path;
  }

  /** Compares every protected row with its events, and every chain with itself. */
  async verify(): Promise<TrailReport> {
    const owner = openDatabase(this.addresses.ownerUrl, "any");
    try {
      return await verifyWholeTrail({ ...this.nobody(), database: owner });
    } finally {
      await owner.close();
    }
  }

  /** The service itself. */
  nobody(): ServiceContext {
    return {
      ...{ secrets: this.secrets, mail: NO_MAIL, signer: NO_SIGNER, database: this.database, clock: () => NOW },
      ...{ requestId: "proof", url: "", address: "unknown", actor: null },
    };
  }

  async stop(): Promise<void> {
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
