import { createReadStream } from "node:fs";
import { finished, Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Config } from "@/lib/config";
import { Failure } from "@/lib/contracts/failure";
import { logger } from "@/lib/logger";
import { type BlobStore, isBlobKey, type OpenBlob, type StoredObject } from "@/lib/storage/blob-store";

type Settings = NonNullable<Config["evidence"]["s3"]>;

/**
 * A store in a bucket of S3 or of something that speaks like it. An object is written only where there is none yet, so
 * that nothing is overwritten; with Object Lock on the bucket nobody else can either. The library is loaded at the first
 * use: most installations have none.
 */
export function s3Store(settings: Settings): BlobStore {
  const { bucket: Bucket } = settings;
  let client: Promise<S3Client> | undefined;
  const library = () => import("@aws-sdk/client-s3");
  const open = () => {
    client ??= connect(settings);
    return client;
  };
  const head = async (key: string) => {
    const Key = checked(key);
    const { HeadObjectCommand } = await library();
    return orNull(async () => (await open()).send(new HeadObjectCommand({ Bucket, Key })));
  };
  return {
    has: async (key) => (await head(key)) !== null,
    put: async (key, draft, { replace = false } = {}) => {
      const { PutObjectCommand } = await library();
      const s3 = await open();
      const object = { Bucket, Key: checked(key), ContentLength: draft.size, ContentType: "application/octet-stream" };
      const Body = createReadStream(draft.path);
      const put = new PutObjectCommand({ ...object, Body, ...(replace ? {} : { IfNoneMatch: "*" }) });
      // What is there already stays: its key says that it is the same.
      await orUnavailable(s3.send(put).catch(unlessStatus(undefined, 409, 412)));
    },
    open: async (key) => {
      const found = await head(key);
      return found && openObject(settings, await open(), checked(key), found.ContentLength ?? 0, found.ETag);
    },
    list: async function* () {
      const { paginateListObjectsV2 } = await library();
      for await (const page of paginateListObjectsV2({ client: await open() }, { Bucket })) {
        for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
          if (isBlobKey(Key) && LastModified) yield { key: Key, size: Size, at: LastModified } satisfies StoredObject;
        }
      }
    },
    remove: async (key) => {
      const { DeleteObjectCommand } = await library();
      await orUnavailable((await open()).send(new DeleteObjectCommand({ Bucket, Key: checked(key) })));
    },
  };
}

async function connect({ endpoint, region, accessKeyId, secretAccessKey }: Settings): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // What is not Amazon's seldom has a host name for each bucket, nor the newer checksums.
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
  });
}

function openObject({ bucket }: Settings, s3: S3Client, key: string, size: number, etag: string | undefined): OpenBlob {
  return {
    size,
    read: async () => {
      const { GetObjectCommand } = await import("@aws-sdk/client-s3");
      // The second reading has to be of what the first one was.
      const same = etag === undefined ? {} : { IfMatch: etag };
      const get = new GetObjectCommand({ Bucket: bucket, Key: key, ...same });
      return bytesOf((await orUnavailable(s3.send(get))).Body as Readable);
    },
    close: async () => undefined,
  };
}

function checked(key: string): string {
  if (!isBlobKey(key)) throw new RangeError(`"${key}" is no key of a blob.`);
  return key;
}

function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  return orUnavailable<T | null>(work().catch(unlessStatus(null, 404)));
}

function unlessStatus<T>(instead: T, ...statuses: readonly number[]): (error: unknown) => T {
  return (error) => {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    if (statuses.includes($metadata?.httpStatusCode ?? 0)) return instead;
    throw error;
  };
}

/**
 * The bytes as they come. That the connection breaks meanwhile is told as it is of a call. Whoever ends it ends the
 * connection at once, also where nothing comes: a generator would wait for the next bytes first.
 */
function bytesOf(body: Readable): Readable {
  const read = new Readable({
    read: () => void body.resume(),
    destroy: (error, done) => {
      body.destroy();
      done(error);
    },
  });
  body.on("data", (chunk: Buffer) => {
    if (!read.push(chunk)) body.pause();
  });
  body.once("end", () => read.push(null));
  finished(body, (error) => {
    if (error && !read.destroyed) read.destroy(away(error));
  });
  body.pause();
  return read;
}

/** Whoever waits for a reply learns that files are away; why is for the operator's log. */
async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw away(error);
  }
}

function away(error: unknown): Failure {
  logger().error({ err: error }, "the file store cannot be used");
  return new Failure("unavailable", "Files cannot be stored or read right now. Please try again in a little while.", {
    retryAfter: 30,
  });
}
