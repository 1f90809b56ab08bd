import type { ServiceContext } from "@/lib/auth/context";
import { Failure } from "@/lib/contracts/failure";
import { publicPage } from "@/lib/server/page";
import { type Bucket, limit } from "@/lib/server/rate-limit";

/** What a link in a mail opens; or that it opens nothing; or, in words, that it was not even looked up. */
export type OpenedLink<T> =
  | { readonly kind: "open"; readonly data: T }
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly message: string };

/** Looks a link up for its page. Look-ups are counted: who tries links out leaves events, and not without end. */
export async function openLink<T>(
  bucket: Bucket,
  find: (context: ServiceContext) => Promise<T>,
): Promise<OpenedLink<T>> {
  const context = await publicPage();
  try {
    await limit(context, bucket);
    return { kind: "open", data: await find(context) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.code === "too_many_requests" ? { kind: "refused", message: error.message } : { kind: "gone" };
  }
}
