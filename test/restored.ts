import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { backUp } from "@/lib/backup/back-up";
import { checkBackup, restore } from "@/lib/backup/restore";
import { type Database, openDatabase } from "@/lib/db/database";
import { startSigner } from "@/lib/signer/start";
import { openSigner } from "@/lib/signing/client";
import type { TestDatabase } from "@/test/database";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import type { Person, World } from "@/test/world";

type Urls = Pick<TestDatabase, "appUrl" | "ownerUrl" | "signerUrl">;

/** A world whose data are copied, and the folder that everything of a test lies in. */
export class Original {
  private constructor(
    readonly world: World,
    readonly files: TestFiles,
    readonly folder: string,
    /** The folder of its signer. */
    readonly signerFolder: string,
  ) {}

  /** A signer runs beside the world from here on. */
  static async make(world: World): Promise<Original> {
    const signer = await world.startSigner();
    const folder = await mkdtemp(join(tmpdir(), "countervail-backup-"));
    return new Original(world, await makeTestFiles(), folder, signer.folder);
  }

  /** Appends events to the chains of the entity and of the system, and has them signed. */
  async grow(entity: number, system: number): Promise<void> {
    const log = organisationLog(this.world.organisationId("entity"));
    for (const chain of [...Array(entity).fill(log), ...Array(system).fill(SYSTEM_LOG)] as string[]) {
      await asSystem(this.world.alone(), "test", async (tx) => {
        tx.record(makeEvent(chain, tx.now, null, { action: "trail.viewed", requestId: "test" }));
      });
    }
    await (await this.world.startSigner()).look();
  }

  /** Makes a backup. @returns its folder, and what was found */
  async backUp(name: string, keys?: string) {
    const folder = join(this.folder, name);
    const keysFolder = keys === undefined ? undefined : join(this.folder, keys);
    const places = {
      signerFolder: this.signerFolder,
      kekFile: join(this.folder, "no-kek.json"),
      archiveFolder: join(this.folder, "archive"),
    };
    const job = { folder, keysFolder, ownerUrl: this.world.stored.ownerUrl, store: this.files.store, ...places };
    return { folder, keysFolder, report: await backUp(job) };
  }

  /** A copy of the signer's folder as it is now, as a disk that outlived the database. */
  async signerNow(): Promise<string> {
    const folder = await mkdtemp(join(this.folder, "signer-"));
    const isKept = (path: string) => !/(socket|lock|\.draft)$/.test(path);
    await cp(this.signerFolder, folder, { recursive: true, filter: isKept });
    return folder;
  }

  async remove(): Promise<void> {
    await this.files.remove();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** An installation beside the original one, with its own database, store and signer. */
export class Site {
  #database: Database | undefined;

  private constructor(
    private readonly world: World,
    readonly urls: Urls,
    readonly signerFolder: string,
    readonly files: TestFiles,
  ) {}

  static async make(world: World, urls: Urls, signerFolder: string): Promise<Site> {
    return new Site(world, urls, signerFolder, await makeTestFiles());
  }

  /** Puts a backup in place. */
  async restore(folder: string, keysFolder?: string) {
    const { signerFolder, files } = this;
    const places = {
      signerFolder,
      kekFile: join(files.root, "kek.json"),
      keysFolder,
      archiveFolder: join(files.root, "archive"),
    };
    return restore(await checkBackup(folder), {
      ownerUrl: this.urls.ownerUrl,
      files,
      now: this.world.now,
      dataFolder: files.root,
      ...places,
    });
  }

  /** Lets a signer run for a while. */
  async withSigner<T>(work: () => Promise<T>): Promise<T> {
    const { signerFolder, urls, world } = this;
    const socketPath = join(signerFolder, "socket");
    const settings = { folder: signerFolder, socketPath, databaseUrl: urls.signerUrl, clock: () => world.now };
    const running = await startSigner({ ...settings, every: 3_600_000 });
    try {
      return await work();
    } finally {
      await running.stop();
    }
  }

  /** How a person's request comes here. */
  at<T extends SignedInContext | ReturnType<World["alone"]>>(context: T): T {
    this.#database ??= openDatabase(this.urls.appUrl);
    return { ...context, database: this.#database, signer: openSigner(join(this.signerFolder, "socket")) };
  }

  /** A request of a person, who has signed in at the original. */
  async as(person: Person): Promise<SignedInContext> {
    return this.at(await this.world.as(person));
  }

  async close(): Promise<void> {
    await this.#database?.close();
    await this.files.remove();
  }
}
