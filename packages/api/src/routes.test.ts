import { readFileSync } from "node:fs";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import { errorCodes } from "./errors.ts";
import { generalErrors } from "./route.ts";
import { routes } from "./routes/index.ts";

test("every route has a name and a place of its own", () => {
  expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
  const places = routes.flatMap((route) =>
    [route.path, ...(route.aliases ?? [])].map((path) => `${route.method} ${path}`),
  );
  expect(new Set(places).size).toBe(places.length);
});

describe.each(routes.map((route) => [route.id, route] as const))("route %s", (_id, route) => {
  test("says what it is for", () => {
    expect(route.summary.length).toBeGreaterThan(5);
    expect(route.path).toMatch(/^\/(v1\/|healthz$|readyz$)/);
  });

  test("has an answer schema that its example fits", () => {
    expect([...Value.Errors(route.answer, route.example.answer)]).toEqual([]);
  });

  test("has a body example exactly where it has a body, and it fits", () => {
    expect(route.example.body !== undefined).toBe(route.body !== undefined);
    if (route.body !== undefined) expect([...Value.Errors(route.body, route.example.body)]).toEqual([]);
  });

  test("names only parameters of its query schema in its query example", () => {
    const names = [...new URLSearchParams(route.example.query ?? "").keys()];
    expect(Object.keys(route.query?.properties ?? {})).toEqual(expect.arrayContaining(names));
  });

  test("names only known error codes", () => {
    for (const code of [...route.errors, ...generalErrors(route)]) expect(errorCodes).toHaveProperty(code);
  });
});

test("every POST that creates something of the merchant's honours Idempotency-Key", () => {
  const creating = routes.filter(({ id, method }) => method === "POST" && /^create(?!StatusTicket)/.test(id));
  expect(creating.length).toBeGreaterThan(2);
  for (const route of creating) expect(route.creates, route.id).toBe(true);
});

test("docs/errors.md lists every code", () => {
  const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  for (const code of Object.keys(errorCodes)) expect(page).toContain(`\`${code}\``);
});
