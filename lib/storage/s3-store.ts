import { createReadStream } from "node:fs";
import { addAbortSignal, finished, Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Config } from "@/lib/config";
import { Failure } from "@/lib/contracts/failure";
import { logger } from "@/lib/logger";
import { type BlobStore, isBlobKey, type OpenBlob, type StoredObject } from "@/lib/storage/blob-store";

type Settings = NonNullable<Config["evidence"]["s3"]>;

/** A bucket that says nothing for so long while it is waited for is away (milliseconds). */
const SILENCE_MS = 15_000;
/** In milliseconds. */
const CONNECT_MS = 5_000;
/** A file that is sent goes at least so fast, in bytes a millisecond. */
const SLOWEST_LINE = 100;

/**
 * A store in a bucket of S3 or of something that speaks like it. An object is written only where there is none yet, so
 * that nothing is overwritten; with Object Lock on the bucket nobody else can either. The library is loaded at the first
 * use: most installations have none.
 * @param silenceMs how long it is waited for while it says nothing, in milliseconds
 */
export function s3Store(settings: Settings, silenceMs = SILENCE_MS): BlobStore {
  const { bucket: Bucket } = settings;
  let client: Promise<S3Client> | undefined;
  const library = () => import("@aws-sdk/client-s3");
  const open = () => {
    client ??= connect(settings, silenceMs);
    return client;
  };
  const head = async (key: string, signal?: AbortSignal) => {
    const Key = checked(key);
    const { HeadObjectCommand } = await library();
    const ask = async () => (await open()).send(new HeadObjectCommand({ Bucket, Key }), { abortSignal: signal });
    return orUnavailable(ask().catch(unlessStatus(null, 404)), signal);
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
      const requestTimeout = silenceMs + draft.size / SLOWEST_LINE;
      await orUnavailable(s3.send(put, { requestTimeout }).catch(unlessStatus(undefined, 409, 412))).finally(() =>
        Body.destroy(),
      );
    },
    open: async (key, signal) => {
      const found = await head(key, signal);
      if (!found) return null;
      const { GetObjectCommand } = await library();
      const s3 = await open();
      const object = { Bucket, Key: checked(key) };
      // The second reading has to be of what the first one was.
      const same = found.ETag === undefined ? {} : { IfMatch: found.ETag };
      const read = async () => {
        const reply = await orUnavailable(
          s3.send(new GetObjectCommand({ ...object, ...same }), { abortSignal: signal }),
          signal,
        );
        const bytes = bytesOf(reply.Body as Readable, silenceMs);
        return signal ? addAbortSignal(signal, bytes) : bytes;
      };
      return { size: found.ContentLength ?? 0, read, close: async () => undefined } satisfies OpenBlob;
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

async function connect(
  { endpoint, region, accessKeyId, secretAccessKey }: Settings,
  requestTimeout: number,
): Promise<S3Client> {
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
    // Who does not know the question "may I send?" never answers it, and the file would wait for that until its time is over.
    expectContinueHeader: false,
    // Until it begins to answer; how long its bytes are waited for is measured where they are read.
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout, throwOnRequestTimeout: true },
  });
}

function checked(key: string): string {
  if (!isBlobKey(key)) throw new RangeError(`"${key}" is no key of a blob.`);
  return key;
}

function unlessStatus<T>(instead: T, ...statuses: readonly number[]): (error: unknown) => T {
  return (error) => {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    if (statuses.includes($metadata?.httpStatusCode ?? 0)) return instead;
    throw error;
  };
}

/**
 * The bytes as they come. That the connection breaks meanwhile, or nothing comes that is waited for, is told as it is of a
 * call. Whoever ends it ends the connection at once, also where nothing comes: a generator would wait for the next bytes
 * first.
 */
function bytesOf(body: Readable, silenceMs: number): Readable {
  let timer: NodeJS.Timeout | undefined;
  const read = new Readable({
    read: () => {
      // A reader who takes a while is not the bucket's silence.
      clearTimeout(timer);
      timer = setTimeout(() => read.destroy(away(new Error(`Nothing came for ${silenceMs} ms.`))), silenceMs);
      body.resume();
    },
    destroy: (error, done) => {
      clearTimeout(timer);
      body.destroy();
      done(error);
    },
  });
  body.on("data", (chunk: Buffer) => {
    clearTimeout(timer);
    if (!read.push(chunk)) body.pause();
  });
  body.once("end", () => {
    clearTimeout(timer);
    read.push(null);
  });
  finished(body, (error) => {
    if (error && !read.destroyed) read.destroy(away(error));
  });
  body.pause();
  return read;
}

/** Whoever waits for a reply learns that files are away; why is for the operator's log. Who ended it waits no more. */
async function orUnavailable<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw signal?.aborted ? error : away(error);
  }
}

function away(error: unknown): Failure {
  logger().error({ err: error }, "the file store cannot be used");
  return new Failure("unavailable", "Files cannot be stored or read right now. Please try again in a little while.", {
    retryAfter: 30,
  });
}
