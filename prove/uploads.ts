import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { Problem } from "@/lib/contracts/problem";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { HOSTILE_FILES, type HostileFile } from "@/test/hostile-files";
import { type App, sharedApp } from "./support/app";
import type { Client } from "./support/client";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { makeWorkbook, must } from "./support/workbook";

const EVIDENCE = { section: "validation", itemId: null, title: "Hostile", url: "", shows: "" } as const;
const POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";
/** How much more than before the web server may hold while it takes files (bytes). */
const MOST_MEMORY = 300_000_000;
/** What is on its way when the refusal is written may still be taken from the wire. */
const LEEWAY = 12_000_000;

/**
 * Hostile files over HTTP: each has the verdict that is written down beside it, what is too large is refused at the limit
 * and not after it was read, and the server's memory stays where it is. The long form also sends one that trickles.
 */
export const prove: Proof = async ({ short }) => {
  const findings = new Findings();
  const app = await sharedApp();
  const { clients, worksheetIds } = await makeWorkbook(app, "Uploads", 1, 1);
  const [client] = clients;
  const [worksheetId = ""] = worksheetIds;
  if (!client) throw new Error("Nobody is in the workbook.");
  const body = { ...EVIDENCE, collectedOn: "2026-11-20", validUntil: null };
  const { id } = must<EvidenceDto>(await client.send("POST", `/api/v1/worksheets/${worksheetId}/evidence`, { body }));
  const watch = await watchMemory(await app.pidOf("web"));
  for (const file of HOSTILE_FILES) await sendHostile(client, { worksheetId, id }, file, findings);
  await sendMany(client, id, findings);
  const announced = await sendTooMuch(app, client, id, true);
  const endless = await sendUntilAnswered(app, client, id);
  for (const { reply, sent } of [announced, endless]) {
    findings.expect(/^HTTP\/1\.1 413 /.test(reply), `what is too large was answered ${reply.slice(0, 60)}`);
    findings.expect(sent <= FILE_LIMITS.fileBytes + LEEWAY, `${sent} bytes were taken before the refusal`);
  }
  const slow = short ? "" : await sendSlowly(app, client, id, findings);
  const { peak, growth } = watch.end();
  findings.expect(growth < MOST_MEMORY, `the web server grew by ${megabytes(growth)}`);
  await lookAtFolder(app.dataFolder, findings);
  const ready = await client.send("GET", "/readyz");
  findings.expect(ready.status === 200, `/readyz answers ${ready.status}`);
  return findings.result(
    `${HOSTILE_FILES.length} files with their verdicts; 25 MB + 1 refused after ${megabytes(announced.sent)} when it says so and after ${megabytes(endless.sent)} when it does not${slow}; the web server held ${megabytes(peak)} at most, ${megabytes(growth)} more than before`,
  );
};

async function sendHostile(
  client: Client,
  { worksheetId, id }: { readonly worksheetId: string; readonly id: string },
  { what, name, bytes, rule }: HostileFile,
  findings: Findings,
): Promise<void> {
  const reply = await client.send("POST", `/api/v1/evidence/${id}/files?name=${encode(name)}`, { raw: bytes() });
  const problem = reply.json as Partial<Problem> | undefined;
  if (rule !== null) {
    // A name that is no text at all is refused before it is one.
    const byShape = rule === "name" && reply.status === 400;
    const asSaid = reply.status === 422 && problem?.code === "file_refused" && problem.rule === rule;
    findings.expect(byShape || asSaid, `${what}: ${reply.status} ${problem?.code} ${problem?.rule}, not ${rule}`);
    return;
  }
  findings.expect(reply.status === 201, `${what}: ${reply.status} ${reply.text.slice(0, 200)}`);
  const file = reply.status === 201 ? must<EvidenceDto>(reply).files.at(-1) : undefined;
  if (!file) return;
  const back = await client.send("GET", `/api/v1/worksheets/${worksheetId}/files/${file.sha256}`);
  const { headers } = back;
  findings.expect(back.status === 200, `${what}: came back as ${back.status}`);
  findings.expect(headers["content-security-policy"] === POLICY, `${what}: ${headers["content-security-policy"]}`);
  findings.expect(
    /^attachment; filename\*=UTF-8''/.test(headers["content-disposition"] ?? ""),
    `${what}: not attached`,
  );
  findings.expect(headers["x-content-type-options"] === "nosniff", `${what}: may be sniffed`);
  findings.expect(headers["cache-control"] === "no-store", `${what}: may be cached`);
}

/** Percent-encodes also what is no text, as only a program would send it. */
function encode(name: string): string {
  return name.isWellFormed() ? encodeURIComponent(name) : "%ED%A0%80.txt";
}

/** Some of the largest files that are taken, all at once. */
async function sendMany(client: Client, id: string, findings: Findings): Promise<void> {
  const line = Buffer.from("evidence ".repeat(1_000));
  const replies = await Promise.all(
    Array.from({ length: 6 }, (_, index) => {
      const words = Buffer.concat([Buffer.from(`${index} `), ...Array.from({ length: 2_700 }, () => line)]);
      return client.send("POST", `/api/v1/evidence/${id}/files?name=large-${index}.txt`, { raw: words });
    }),
  );
  for (const { status, text } of replies)
    findings.expect(status === 201, `a large file: ${status} ${text.slice(0, 200)}`);
}

interface Taken {
  readonly reply: string;
  /** Bytes of the body that went out before the connection was closed. */
  readonly sent: number;
}

/** Who still sends when the connection is closed may lose the answer with it, by chance: TCP drops what was not read yet. */
async function sendUntilAnswered(app: App, client: Client, id: string): Promise<Taken> {
  let taken = await sendTooMuch(app, client, id, false);
  for (let more = 0; more < 5 && taken.reply === ""; more += 1) taken = await sendTooMuch(app, client, id, false);
  return taken;
}

/** Sends twice as much as is allowed, or says so and stops. */
function sendTooMuch(app: App, client: Client, id: string, announce: boolean): Promise<Taken> {
  const size = FILE_LIMITS.fileBytes * 2;
  const length = announce ? `Content-Length: ${FILE_LIMITS.fileBytes + 1}` : "Transfer-Encoding: chunked";
  const chunk = Buffer.from("x".repeat(65_536));
  const framed = announce ? chunk : Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]);
  return new Promise((resolve) => {
    const socket = connect(app.port, "127.0.0.1");
    let reply = "";
    let sent = 0;
    const pour = () => {
      // Nobody sends on once there is an answer.
      while (reply === "" && sent < size && !socket.destroyed) {
        sent += chunk.length;
        if (!socket.write(framed)) return;
      }
    };
    socket.on("data", (part: Buffer) => {
      reply += part.toString("latin1");
    });
    socket.on("drain", pour);
    socket.once("error", () => undefined);
    socket.once("close", () => resolve({ reply, sent: Math.min(sent, socket.bytesWritten) }));
    socket.write(headOf(app, client, `/api/v1/evidence/${id}/files?name=large.txt`, length));
    // Whoever announces too much is to be refused before anything else is sent.
    if (!announce) pour();
  });
}

/** A byte, and then nothing. */
async function sendSlowly(app: App, client: Client, id: string, findings: Findings): Promise<string> {
  const begin = performance.now();
  const reply = await new Promise<string>((resolve) => {
    const socket = connect(app.port, "127.0.0.1");
    let text = "";
    socket.on("data", (part: Buffer) => {
      text += part.toString("latin1");
    });
    socket.once("error", () => undefined);
    socket.once("close", () => resolve(text));
    socket.write(headOf(app, client, `/api/v1/evidence/${id}/files?name=slow.txt`, "Content-Length: 1000"));
    socket.write("x");
  });
  const seconds = (performance.now() - begin) / 1_000;
  findings.expect(/^HTTP\/1\.1 408 /.test(reply), `silence was answered ${reply.slice(0, 60)}`);
  findings.expect(seconds < FILE_LIMITS.silenceMs / 1_000 + 30, `silence was borne for ${seconds.toFixed(0)} s`);
  return `; silence refused after ${seconds.toFixed(0)} s`;
}

function headOf(app: App, client: Client, path: string, length: string): string {
  const lines = [`POST ${path} HTTP/1.1`, `Host: ${new URL(app.url).host}`, `Origin: ${app.url}`];
  return [...lines, `Cookie: ${client.cookie}`, "Content-Type: application/octet-stream", length, "", ""].join("\r\n");
}

async function watchMemory(pid: number) {
  const read = async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]) * 1_024;
  const before = await read();
  let peak = before;
  const timer = setInterval(() => {
    void read().then(
      (now) => {
        peak = Math.max(peak, now);
      },
      () => undefined,
    );
  }, 50);
  return {
    end: () => {
      clearInterval(timer);
      return { peak, growth: peak - before };
    },
  };
}

/** Nothing lies where a name pointed, and no draft is left. */
async function lookAtFolder(dataFolder: string, findings: Findings): Promise<void> {
  const blobs = join(dataFolder, "blobs");
  const drafts = await readdir(join(blobs, "drafts"));
  findings.expect(drafts.length === 0, `${drafts.length} drafts are left`);
  const entries = await readdir(blobs, { recursive: true, withFileTypes: true });
  const odd = entries.filter((entry) => entry.isFile() && !/^[0-9a-f]{64}$/.test(entry.name));
  findings.expect(odd.length === 0, `${odd[0]?.name} lies in the store`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
