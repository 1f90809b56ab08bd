import { expect, it } from "vitest";
import { problemReply } from "@/lib/server/problem";

it("says of a pooler that loses statements that the operator has to set something, and keeps its inside", async () => {
  for (const code of ["26000", "42P05"]) {
    const cause = { originalCode: code, originalMessage: 'prepared statement "cv_secret"', kind: "postgres", code };
    const error = Object.assign(new Error("Database error."), {
      code: "P2039",
      meta: { driverAdapterError: { cause } },
    });
    const reply = problemReply(error, "r1");
    const problem = (await reply.json()) as { readonly detail: string };
    expect([reply.status, problem]).toMatchObject([503, { code: "unavailable", requestId: "r1" }]);
    expect(problem.detail).toContain("operator");
    expect(problem.detail).not.toContain("cv_secret");
  }
});
