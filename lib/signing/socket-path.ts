import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Config } from "@/lib/config";

/** What the address of a Unix socket may be long: 104 bytes on macOS, 108 on Linux, the zero at its end included. */
const LONGEST = 100;

/**
 * Where the signer listens: the path of the settings, or `socket` in its own folder. A path that is too long for a socket
 * gives way to a folder of its own under the system's temporary folder, named after the signer's.
 */
export function signerSocketPath({
  signerSocket,
  signerFolder,
}: Pick<Config, "signerSocket" | "signerFolder">): string {
  if (signerSocket !== undefined) return resolve(signerSocket);
  const folder = resolve(signerFolder);
  const path = join(folder, "socket");
  if (Buffer.byteLength(path) <= LONGEST) return path;
  const name = createHash("sha256")
    .update(`${process.getuid?.() ?? 0}:${folder}`)
    .digest("hex")
    .slice(0, 16);
  return join(tmpdir(), `countervail-${name}`, "socket");
}
