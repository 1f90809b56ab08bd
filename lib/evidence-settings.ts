import { z } from "zod";
import { FILE_LIMITS, type FileLimits } from "./domain/evidence/file-limits";

/** An S3-compatible store in the place of the data folder. Holds a secret: never log it. */
export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where a virus scanner listens. */
export type ScannerSetting = { readonly host: string; readonly port: number } | { readonly path: string };

/** How evidence's files are stored and looked at. */
export interface EvidenceSettings {
  /** Undefined: files lie in the data folder. */
  readonly s3: S3Settings | undefined;
  readonly limits: FileLimits;
  /** Undefined: files are not scanned. */
  readonly scanner: ScannerSetting | undefined;
  /** Whether links of evidence may be tried: an outgoing request to an address that a person chose. */
  readonly linkCheck: boolean;
}

const megabytes = (most: number) => z.coerce.number().int().min(1).max(most);

const clamd = z.string().transform((text, context): ScannerSetting => {
  if (text.startsWith("/")) return { path: text };
  const url = URL.canParse(`tcp://${text}`) ? new URL(`tcp://${text}`) : null;
  if (url?.hostname && url.port && url.pathname === "" && url.search === "" && url.username === "") {
    return { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(url.port) };
  }
  context.addIssue("has to be HOST:PORT of clamd, or the path of its socket");
  return z.NEVER;
});

/** The environment variables about evidence. */
export const EVIDENCE_VARIABLES = {
  COUNTERVAIL_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  COUNTERVAIL_S3_BUCKET: z.string().min(1).optional(),
  COUNTERVAIL_S3_REGION: z.string().min(1).default("us-east-1"),
  COUNTERVAIL_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  COUNTERVAIL_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  COUNTERVAIL_FILE_MB: megabytes(1_000).optional(),
  COUNTERVAIL_WORKSHEET_FILES: z.coerce.number().int().min(1).max(10_000).optional(),
  COUNTERVAIL_ORGANISATION_MB: megabytes(10_000_000).optional(),
  COUNTERVAIL_CLAMD: clamd.optional(),
  COUNTERVAIL_LINK_CHECK: z.enum(["0", "1"]).default("0"),
} as const;

type Values = z.output<z.ZodObject<typeof EVIDENCE_VARIABLES>>;

/** The settings that the variables make. @returns a sentence in their place when one is missing beside others */
export function evidenceSettings(values: Values): EvidenceSettings | string {
  const {
    COUNTERVAIL_S3_ENDPOINT: endpoint,
    COUNTERVAIL_S3_BUCKET: bucket,
    COUNTERVAIL_S3_ACCESS_KEY_ID: accessKeyId,
    COUNTERVAIL_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = values;
  const given = { endpoint, bucket, accessKeyId, secretAccessKey };
  const some = Object.values(given).some((value) => value !== undefined);
  if (some && !(endpoint && bucket && accessKeyId && secretAccessKey)) {
    return "An S3 store needs COUNTERVAIL_S3_ENDPOINT, _BUCKET, _ACCESS_KEY_ID and _SECRET_ACCESS_KEY together.";
  }
  const region = values.COUNTERVAIL_S3_REGION;
  const size = (given: number | undefined, usual: number) => (given === undefined ? usual : given * 1_000_000);
  return {
    s3:
      endpoint && bucket && accessKeyId && secretAccessKey
        ? { endpoint, bucket, accessKeyId, secretAccessKey, region }
        : undefined,
    limits: {
      ...FILE_LIMITS,
      fileBytes: size(values.COUNTERVAIL_FILE_MB, FILE_LIMITS.fileBytes),
      worksheetFiles: values.COUNTERVAIL_WORKSHEET_FILES ?? FILE_LIMITS.worksheetFiles,
      organisationBytes: size(values.COUNTERVAIL_ORGANISATION_MB, FILE_LIMITS.organisationBytes),
    },
    scanner: values.COUNTERVAIL_CLAMD,
    linkCheck: values.COUNTERVAIL_LINK_CHECK === "1",
  };
}
