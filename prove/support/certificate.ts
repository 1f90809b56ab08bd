import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTool } from "@/test/tools";

/** A certificate for localhost, signed by itself and good for a day, in a folder of its own. */
export interface Certificate {
  readonly folder: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Both in PEM. */
  readonly certificate: string;
  readonly key: string;
  readonly remove: () => Promise<void>;
}

/** Makes a certificate with openssl. It is one for RSA, with which key exchanges without forward secrecy would work. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), "countervail-tls-"));
  const certificateFile = join(folder, "localhost.pem");
  const keyFile = join(folder, "localhost.key");
  runTool("openssl", [
    ..."req -x509 -newkey rsa:2048 -noenc -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost".split(" "),
    ...["-keyout", keyFile, "-out", certificateFile],
  ]);
  return {
    folder,
    certificateFile,
    keyFile,
    certificate: await readFile(certificateFile, "utf8"),
    key: await readFile(keyFile, "utf8"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
