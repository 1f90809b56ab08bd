import Ajv, { type ValidateFunction } from "ajv/dist/2020.js";
import type { TokenScope } from "@/lib/domain/access/token-rights";
import type { Reply } from "../support/client";

/** An operation as the description has it. */
export interface Described {
  /** `METHOD /path/[parameter]`, as the route files have it. */
  readonly handler: string;
  /** The status of success. */
  readonly success: string;
  /** The scope that a token needs; null where none is let in. */
  readonly scope: TokenScope | null;
  /** Asked by nobody in particular. */
  readonly open: boolean;
  readonly upload: boolean;
  /** A change over a version, which `If-Match` may name. */
  readonly takesVersion: boolean;
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: { readonly Problem: Response } };
}

interface Operation {
  readonly security: readonly object[];
  readonly parameters: readonly { readonly name: string }[];
  readonly "x-token-scope"?: TokenScope;
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, Response>>;
}

/** The description of the API, read as a client would read it. */
export class Description {
  readonly operations = new Map<string, Described>();
  readonly #ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  readonly #validators = new Map<object, ValidateFunction>();

  private constructor(readonly document: Document) {
    this.#ajv.addSchema({ $id: "api", ...document });
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const handler = `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, "[$1]")}`;
        this.operations.set(handler, describedOf(handler, operation));
      }
    }
  }

  /** @param document the description as it came */
  static of(document: unknown): Description {
    return new Description(document as Document);
  }

  /** What of a reply is not as it is described, or null. */
  whatDiffers({ responses }: Described, reply: Reply): string | null {
    const failed = reply.status >= 400;
    const one = responses[String(reply.status)];
    if (!failed && one === undefined) return `${reply.status} is not described`;
    const tag = reply.headers.etag !== undefined;
    if (!failed && tag !== (one?.headers?.ETag !== undefined))
      return `an ETag ${tag ? "that" : "is missing that"} is described otherwise`;
    const [media, described] = this.#bodyOf(failed ? this.document.components.responses.Problem : one);
    if (media === null) return reply.text === "" ? null : `a body that is not described: ${reply.text.slice(0, 200)}`;
    const type = (reply.headers["content-type"] ?? "").split(";")[0];
    // A file is of its own kind.
    if (media === "application/octet-stream") return null;
    if (type !== media) return `${type}, not ${media}`;
    return described ? this.#whatFails(described, reply.json) : null;
  }

  #bodyOf(response: Response | undefined): readonly [media: string | null, schema?: object | undefined] {
    const [body] = Object.entries(response?.content ?? {});
    return body ? [body[0], body[1].schema] : [null];
  }

  #whatFails(schema: object, value: unknown): string | null {
    const validate = this.#validatorOf(schema);
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`;
  }

  #validatorOf(schema: object): ValidateFunction {
    const known = this.#validators.get(schema) ?? this.#ajv.compile(pointingTo(schema));
    this.#validators.set(schema, known);
    return known;
  }
}

/** The same schema, whose references lead into the document. */
function pointingTo(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/')) as object;
}

function describedOf(handler: string, operation: Operation): Described {
  const { security, parameters, requestBody, responses } = operation;
  return {
    handler,
    success: Object.keys(responses).find((status) => status !== "default") ?? "200",
    scope: operation["x-token-scope"] ?? null,
    open: security.some((way) => Object.keys(way).length === 0),
    takesVersion: parameters.some(({ name }) => name === "If-Match"),
    upload: requestBody !== undefined && "application/octet-stream" in requestBody.content,
    responses,
  };
}
