import { describe, expect, it } from "vitest";
import { ApiProblem } from "@/lib/client/errors";
import { fieldErrors, placeFieldErrors } from "@/lib/client/field-errors";

const invalid = new ApiProblem({
  type: "about:blank",
  title: "Invalid",
  status: 422,
  code: "invalid",
  detail: "",
  requestId: "r",
  errors: [
    { path: "name", message: "Please fill this in." },
    { path: "dueOn", message: "Not a date." },
  ],
});

describe("placeFieldErrors", () => {
  it("hands complaints to the fields the form has", () => {
    const seen: string[] = [];
    expect(placeFieldErrors(invalid, ["name", "dueOn"], (field, message) => seen.push(`${field}: ${message}`))).toBe(
      true,
    );
    expect(seen).toEqual(["name: Please fill this in.", "dueOn: Not a date."]);
  });
  it("says when one is left over", () => {
    expect(placeFieldErrors(invalid, ["name"], () => undefined)).toBe(false);
  });
  it("has nothing to place for other errors", () => {
    expect(placeFieldErrors(new Error("x"), ["name"], () => undefined)).toBe(false);
    expect(fieldErrors(new Error("x"))).toEqual([]);
  });
});
