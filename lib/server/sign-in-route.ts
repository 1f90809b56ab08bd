import { randomUUID } from "node:crypto";
import { z } from "zod";
import { handleSignIn, signInStep } from "@/lib/auth/next-auth";
import { Failure, notFound } from "@/lib/contracts/failure";
import { text } from "@/lib/contracts/text";
import { OperatorError } from "@/lib/operator-error";
import { readText } from "@/lib/server/body";
import { clientAddress } from "@/lib/server/client-address";
import { requireOwnOrigin } from "@/lib/server/origin";
import { problemReply } from "@/lib/server/problem";
import { limit } from "@/lib/server/rate-limit";
import { runtime } from "@/lib/server/runtime";

const MAX_FORM_BYTES = 8_192;
const form = z.object({ csrfToken: text(400), email: text(500), password: text(512) });

/**
 * The only door to next-auth: two of its actions, of one method and content type each, of bounded size and
 * with an address of our own to return to.
 */
export async function signInRoute(
  request: Request,
  given: { readonly params: Promise<{ readonly nextauth: string[] }> },
): Promise<Response> {
  const requestId = randomUUID();
  try {
    const { config, database, clock, secrets, mail } = runtime();
    const segments = (await given.params).nextauth;
    const step = signInStep(request.method, segments);
    if (!step) throw notFound();
    if (!config.authSecret) throw new OperatorError("COUNTERVAIL_AUTH_SECRET is not set. Start with `npm start`.");
    if (new URL(request.url).search !== "") throw new Failure("malformed", "Nothing is expected after the address.");
    const { url } = config;
    const address = clientAddress(request.headers);
    const context = { database, clock, secrets, mail, url, address, requestId, actor: null };
    if (step.method === "POST") {
      await limit(context, "sign-in");
      await checkForm(request, url);
    }
    return await handleSignIn(context, { secret: config.authSecret, url: config.url }, request, segments);
  } catch (error) {
    return problemReply(error, requestId);
  }
}

/** The form is read from a copy, because next-auth reads it again. */
async function checkForm(request: Request, ownUrl: string): Promise<void> {
  requireOwnOrigin(request, ownUrl);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new Failure("unsupported_media_type", "Send the sign-in as a form.");
  }
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(length <= MAX_FORM_BYTES)) throw new Failure("too_large", "The sign-in form is too large.");
  const fields = new URLSearchParams(await readText(request.clone(), MAX_FORM_BYTES));
  const parsed = form.safeParse(Object.fromEntries(fields));
  if (!parsed.success || fields.has("callbackUrl"))
    throw new Failure("malformed", "The sign-in form could not be read.");
}
