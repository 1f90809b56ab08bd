import { notFound } from "@/lib/contracts/failure";
import { route } from "@/lib/server/route";

/** Every address of the API that nothing else answers: a problem like any other, not a page. */
const nothing = route({ public: true, bearer: "read" }, async () => {
  throw notFound();
});

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
