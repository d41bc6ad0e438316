import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCodes } from "@qbitflow/api";
import { ChainUnavailableError } from "@qbitflow/chains";
import { DomainError, type ErrorKind } from "@qbitflow/core";
import { expect, test } from "vitest";
import { errorAnswer } from "./error-answer.ts";

const root = join(import.meta.dirname, "../../../..");
const sources = [
  ...globSync("packages/core/src/**/*.ts", { cwd: root }),
  ...globSync("apps/server/src/**/*.ts", { cwd: root }),
];

/** Every `new DomainError("kind", "code", …)` that the code can throw. */
function thrownCodes(): { kind: ErrorKind; code: string; file: string }[] {
  return sources
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return [...text.matchAll(/DomainError\(\s*"(\w+)",\s*"(\w+)"/g)].map(([, kind, code]) => ({
        kind: kind as ErrorKind,
        code: code ?? "",
        file,
      }));
    });
}

test("every code that is thrown is in the catalogue, so that it is documented", () => {
  const thrown = thrownCodes();
  expect(thrown.length).toBeGreaterThan(20);
  for (const { code, file } of thrown) expect(errorCodes, `${code} in ${file}`).toHaveProperty(code);
});

test("every code of the catalogue is expected in some test", () => {
  const tests = ["packages/core", "apps/server"].flatMap((folder) =>
    globSync(`${folder}/src/**/*.test.ts`, { cwd: root }),
  );
  const expected = tests.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  const untested = Object.keys(errorCodes).filter((code) => !expected.includes(`"${code}"`));
  expect(untested).toEqual([]);
});

test("an answer has the status of its code, a 400 names something, and long lists are cut", () => {
  for (const [code, { status }] of Object.entries(errorCodes)) {
    const answer = errorAnswer(new DomainError("invalid", code, "No."), "r1");
    expect(answer).toMatchObject({ code, status, error: "No.", requestId: "r1" });
    expect(answer.errors?.length ?? 0).toBe(status === 400 ? 1 : 0);
  }
  const chainDown = errorAnswer(new ChainUnavailableError("no endpoint answers"), "r1");
  expect(chainDown).toMatchObject({ code: "unavailable", status: 503 });
  const fields = Array.from({ length: 1000 }, (_, index) => ({ field: `f${index}`, message: "is wrong" }));
  expect(errorAnswer(new DomainError("invalid", "validation_failed", "No.", { fields }), "r1").errors).toHaveLength(20);
});
