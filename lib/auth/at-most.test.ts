import { expect, it } from "vitest";
import { atMost } from "./at-most";

/** Works that end when they are told to, and what became of each. */
function makeWorks() {
  const limited = atMost(2);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) =>
    limited(() => {
      begun.push(name);
      return new Promise<string>((done, fail) => ends.set(name, (error) => (error ? fail(error) : done(name))));
    });
  return { begun, work, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

it("lets as many go on as it was told, and the others in their order", async () => {
  const { begun, work, end } = makeWorks();
  const [a, b, c, d] = ["a", "b", "c", "d"].map(work);
  expect(begun).toEqual(["a", "b"]);
  end("b");
  expect(await b).toBe("b");
  expect(begun).toEqual(["a", "b", "c"]);
  end("a");
  await a;
  expect(begun).toEqual(["a", "b", "c", "d"]);
  end("c");
  end("d");
  expect(await Promise.all([c, d])).toEqual(["c", "d"]);
});

it("goes on after one that failed, which fails alone, and after all have ended", async () => {
  const { begun, work, end } = makeWorks();
  const [a, b, c] = ["a", "b", "c"].map(work);
  end("a", new Error("It does not go."));
  await expect(a).rejects.toThrow("It does not go.");
  end("b");
  await b;
  end("c");
  expect(await c).toBe("c");
  const again = ["d", "e", "f"].map(work);
  expect(begun).toEqual(["a", "b", "c", "d", "e"]);
  for (const name of ["d", "e"]) end(name);
  await Promise.all(again.slice(0, 2));
  end("f");
  expect(await again[2]).toBe("f");
});
