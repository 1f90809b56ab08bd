import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { toolAvailable } from "@/test/tools";
import { ROOT } from "../../scripts/support/run-program";
import type { Certificate } from "./certificate";

/** Debian puts it where only root looks. */
const PROGRAM = ["nginx", "/usr/sbin/nginx"].find((name) =>
  name.includes("/") ? existsSync(name) : toolAvailable(name),
);

/** Whether nginx can be started here. */
export const nginxAvailable = PROGRAM !== undefined;

/** The ports of a running nginx and of the app behind it. */
export interface Ports {
  readonly http: number;
  readonly https: number;
  readonly app: number;
}

/**
 * Starts nginx with the shipped example, in which only the name, the ports and the certificate's files are others.
 * @returns what ends it
 * @throws Error when the example is not what was expected, or nginx does not take it
 */
export async function startNginx(certificate: Certificate, ports: Ports): Promise<() => Promise<void>> {
  const { folder } = certificate;
  const example = await readFile(join(ROOT, "deploy/nginx/countervail.conf"), "utf8");
  const changes: readonly (readonly [RegExp, string])[] = [
    [/server 127\.0\.0\.1:3000;/g, `server 127.0.0.1:${ports.app};`],
    [/https:\/\/ccw\.example\$/g, `https://localhost:${ports.https}$`],
    [/\/etc\/nginx\/tls\/ccw\.example\.pem/g, certificate.certificateFile],
    [/\/etc\/nginx\/tls\/ccw\.example\.key/g, certificate.keyFile],
    [/server_name ccw\.example;/g, "server_name localhost;"],
    [/listen 443 ssl/g, `listen 127.0.0.1:${ports.https} ssl`],
    [/listen 80/g, `listen 127.0.0.1:${ports.http}`],
  ];
  const site = changes.reduce((text, [there, here]) => {
    if (!there.test(text)) throw new Error(`The example has no ${there.source} any more.`);
    return text.replace(there, here);
  }, example);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  await writeFile(join(folder, "site.conf"), site);
  await writeFile(
    join(folder, "nginx.conf"),
    // Its workers read a folder that is only ours.
    `${process.getuid?.() === 0 ? "user root;" : ""} pid ${folder}/nginx.pid; error_log ${folder}/error.log warn; events {}
     http { access_log off; ${paths.join(" ")} include ${folder}/site.conf; }`,
  );
  const args = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log"), "-g", "daemon off;"];
  const child = spawn(PROGRAM ?? "nginx", args, { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (let tries = 0; !(await answers(ports.https)); tries += 1) {
    if (child.exitCode !== null || tries > 200) {
      child.kill();
      throw new Error(
        `nginx does not start: ${words}${await readFile(join(folder, "error.log"), "utf8").catch(() => "")}`,
      );
    }
    await pause(50);
  }
  return async () => {
    child.kill("SIGTERM");
    await ended;
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
