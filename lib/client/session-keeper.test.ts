import { describe, expect, it } from "vitest";
import { ApiProblem } from "@/lib/client/errors";
import { problemOf } from "@/lib/client/read-reply";
import { heldUntilSignedIn, keepSession, personOnPage } from "@/lib/client/session-keeper";

const ended = new ApiProblem(problemOf(401, "", null));

/** Work that finds no session so many times, and a keeper that notes how often it was asked. */
function stage(times: number, signedIn: () => Promise<void> = async () => {}) {
  let left = times;
  let asked = 0;
  const letGo = keepSession({
    personId: "u1",
    signedIn: () => {
      asked += 1;
      return signedIn();
    },
  });
  const work = async () => {
    left -= 1;
    if (left >= 0) throw ended;
    return "done";
  };
  return { work, letGo, asked: () => asked };
}

describe("a request that finds no session", () => {
  it("waits for the sign-in and is done then", async () => {
    const { work, letGo, asked } = stage(1);
    expect(personOnPage()).toBe("u1");
    expect(await heldUntilSignedIn(work)).toBe("done");
    expect(asked()).toBe(1);
    letGo();
  });

  it("fails where nobody looks after a session, and when signing in does not help", async () => {
    const { work, letGo, asked } = stage(99);
    await expect(heldUntilSignedIn(work)).rejects.toBe(ended);
    expect(asked()).toBe(3);
    letGo();
    expect(personOnPage()).toBeNull();
    await expect(heldUntilSignedIn(work)).rejects.toBe(ended);
    expect(asked()).toBe(3);
  });

  it("is given up with the wait, and other failures pass", async () => {
    const gone = new DOMException("Aborted", "AbortError");
    const { work, letGo } = stage(1, () => Promise.reject(gone));
    await expect(heldUntilSignedIn(work)).rejects.toBe(gone);
    const other = new ApiProblem(problemOf(403, "", null));
    await expect(heldUntilSignedIn(() => Promise.reject(other))).rejects.toBe(other);
    letGo();
  });
});
