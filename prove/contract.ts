import type { Problem } from "@/lib/contracts/problem";
import type { TokenScope } from "@/lib/domain/access/token-rights";
import { type Described, Description } from "./contract/description";
import type { Asked } from "./fuzz/example";
import { EXAMPLES } from "./fuzz/examples";
import { Stage } from "./fuzz/stage";
import { putApiToken } from "./support/account-rows";
import { sharedApp } from "./support/app";
import { Client, type Reply } from "./support/client";
import { Findings } from "./support/findings";
import { findHandlers } from "./support/handlers";
import type { Proof } from "./support/proof";
import { asSuperuser } from "./support/sql";

const API = "/api/v1";
/** What answers every address that nothing else does is no operation. */
const NOWHERE = `${API}/[...rest]`;
/** So many states at most the worker brings a thing through while it is asked for. */
const MOST_REPLIES = 20;

/**
 * Asks every operation of the description of the API, as the running app serves it: by nobody, by a person as an example
 * says, and by tokens of both scopes. Each status, media type, header and body is the one that the description names, and
 * no handler is without an operation.
 */
export const prove: Proof = async () => {
  const app = await sharedApp();
  return asSuperuser(app, async (sql) => {
    const findings = new Findings();
    const stage = await Stage.make(app, sql, 5);
    const description = Description.of((await new Client(app).send("GET", `${API}/openapi.json`)).json);
    const handlers = (await findHandlers()).filter((one) => one.includes(` ${API}/`) && !one.endsWith(` ${NOWHERE}`));
    for (const handler of handlers.filter((one) => !description.operations.has(one))) {
      findings.add(`${handler} is not described`);
    }
    for (const handler of [...description.operations.keys()].filter((one) => !handlers.includes(one))) {
      findings.add(`${handler} is described, and nobody answers it`);
    }
    const contract = new Contract(stage, description, findings);
    // In the order in which the examples follow one another elsewhere: some leave what others would be refused for.
    for (const handler of handlers) {
      const described = description.operations.get(handler);
      if (described) await contract.hold(described);
    }
    return findings.result(contract.figure());
  });
};

/** The description held against what the app answers. */
class Contract {
  #asked = 0;
  #bodies = 0;
  #denied = 0;

  constructor(
    readonly stage: Stage,
    readonly description: Description,
    readonly findings: Findings,
  ) {}

  figure(): string {
    const { size } = this.description.operations;
    return `${this.#asked} requests over ${size} operations, ${this.#bodies} bodies of success as described, ${this.#denied} refusals of tokens and of nobody`;
  }

  async hold(described: Described): Promise<void> {
    await this.#byNobody(described);
    await this.#byTokens(described);
    await this.#byWrongVersion(described);
    await this.#byExample(described);
  }

  /** What needs somebody is answered to nobody with a problem. */
  async #byNobody(described: Described): Promise<void> {
    if (described.open) return;
    const reply = await this.#send(described, new Client(this.stage.app), await this.#example(described));
    this.#denied += 1;
    this.#isProblem(described, reply, 401, "sign_in_required", "nobody");
  }

  /** As the description says it: the scope that is named is let in, the other and an address without one are not. */
  async #byTokens(described: Described): Promise<void> {
    const { handler, scope } = described;
    for (const given of ["read", "write"] as const) {
      const asked = await this.#example(described);
      const client = await this.#tokenOf(asked, given);
      if (!client) continue;
      const reply = await this.#send(described, client, asked);
      const who = `a token to ${given}`;
      if (scope === null || (scope === "write" && given === "read")) {
        this.#denied += 1;
        this.#isProblem(described, reply, 403, "forbidden", who);
      } else {
        this.#asDescribed(described, reply, who);
        this.findings.expect(reply.status !== 401, `${handler} does not let ${who} in`);
        const limits = [reply.headers["ratelimit-policy"], reply.headers.ratelimit].every(Boolean);
        this.findings.expect(limits, `${handler} tells ${who} nothing of its limit`);
      }
    }
  }

  /** A version that nothing has, in place of the one in the example, is answered with 412 and what is stored. */
  async #byWrongVersion(described: Described): Promise<void> {
    if (!described.takesVersion) return;
    const asked = await this.#example(described);
    const { version: _, baseVersion: __, ...body } = { ...(asked.body as Record<string, unknown> | undefined) };
    const query = new URLSearchParams(asked.query);
    query.delete("version");
    const under = { ...asked, body, query: query.toString() };
    const reply = await this.#send(described, this.stage.client(asked.by ?? "lead"), under, { "if-match": '"999999"' });
    this.#asDescribed(described, reply, "a version that nothing has");
    const { code, current, given } = (reply.json ?? {}) as Partial<Problem>;
    const known = EXAMPLES[described.handler]?.refusal === code;
    const told = code === "precondition_failed" && given === 999999 && current !== undefined;
    this.findings.expect(
      told || known,
      `${described.handler} answers a version that nothing has with ${reply.status} ${code}: ${reply.text.slice(0, 200)}`,
    );
  }

  /** Whoever has what is there gets it no second time. */
  async #isKnown(described: Described, asked: Asked, first: Reply): Promise<void> {
    const { etag } = first.headers;
    if (!described.handler.startsWith("GET ") || first.status !== 200 || etag === undefined) return;
    const client = this.stage.client(asked.by ?? "lead");
    const ask = (tag: string) => this.#send(described, client, asked, { "if-none-match": tag });
    let known = etag;
    let again = await ask(known);
    // The worker looks through files and makes exports meanwhile: then it is another reply, and that one is known next.
    for (let turn = 0; turn < MOST_REPLIES && again.status === 200 && again.headers.etag !== known; turn += 1) {
      known = again.headers.etag ?? "";
      again = await ask(known);
    }
    this.#asDescribed(described, again, "whoever has it");
    const same = again.status === 304 && again.text === "";
    this.findings.expect(same, `${described.handler} sends again what is known: ${again.status}`);
  }

  /** By a person: the example succeeds, or is refused as the fuzz knows it to be. */
  async #byExample(described: Described): Promise<void> {
    const { handler } = described;
    const asked = await this.#example(described);
    const reply = await this.#send(described, this.stage.client(asked.by ?? "lead"), asked);
    this.#asDescribed(described, reply, "its example");
    await this.#isKnown(described, asked, reply);
    if (String(reply.status) === described.success) return;
    const code = (reply.json as Partial<Problem> | undefined)?.code;
    const known = [EXAMPLES[handler]?.refusal, "too_many_requests"];
    this.findings.expect(
      known.includes(code),
      `${handler} answers its example with ${reply.status} ${code}: ${reply.text.slice(0, 200)}`,
    );
  }

  async #example({ handler }: Described): Promise<Asked> {
    return (await EXAMPLES[handler]?.ask(this.stage, 0)) ?? {};
  }

  async #tokenOf({ by = "lead" }: Asked, scope: TokenScope): Promise<Client | null> {
    const person = this.stage.people[by === "anonymous" ? "lead" : by];
    const { token } = await putApiToken(this.stage.sql, person.userId, scope);
    return new TokenClient(this.stage.app, token);
  }

  async #send(
    { handler, upload }: Described,
    client: Client,
    asked: Asked,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const [method = "", pattern = ""] = handler.split(" ");
    const path = pattern.replace(
      /\[(\w+)\]/g,
      (_all, name: string) => asked.params?.[name] ?? this.stage.parameter(name),
    );
    const query = !asked.query ? "" : `?${asked.query}`;
    const changes = method !== "GET";
    const body = changes && !upload ? { body: asked.body ?? {} } : {};
    const raw = upload ? { raw: JSON.stringify(asked.body ?? "A file of the contract.") } : {};
    this.#asked += 1;
    const reply = await client.send(method, path + query, { ...body, ...raw, headers });
    // Whoever was asked about may be signed out now.
    if (handler.includes("/session/")) await this.stage.renew(asked.by ?? "lead");
    return reply;
  }

  #isProblem(described: Described, reply: Reply, status: number, code: string, who: string): void {
    const { handler } = described;
    const { code: found } = (reply.json ?? {}) as Partial<Problem>;
    const same = reply.status === status && found === code;
    this.findings.expect(same, `${handler} answers ${who} with ${reply.status} ${found}, not ${status} ${code}`);
    this.#asDescribed(described, reply, who);
  }

  /** Status, media type and body are those that the description names. */
  #asDescribed(described: Described, reply: Reply, who: string): void {
    const wrong = this.description.whatDiffers(described, reply);
    if (wrong === null) this.#bodies += String(reply.status) === described.success ? 1 : 0;
    else this.findings.add(`${described.handler} to ${who}: ${wrong}`);
  }
}

/** A program: it has a token, and neither a cookie nor a page that it comes from. */
class TokenClient extends Client {
  constructor(
    app: Client["app"],
    readonly token: string,
  ) {
    super(app);
  }

  override send(method: string, path: string, sending: Parameters<Client["send"]>[2] = {}): Promise<Reply> {
    const headers = { origin: undefined, authorization: `Bearer ${this.token}`, ...sending.headers };
    return super.send(method, path, { ...sending, headers });
  }
}
