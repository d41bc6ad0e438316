// The TypeScript SDK, the Python SDK and the server's OpenAPI document say the same: every route that wants a key is asked by a
// method of both SDKs, both send the same to it, and what they take and answer has the document's names, required fields,
// types and enumerations.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { QBitFlow } from "@qbitflow/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPython, runPython } from "../harness/python.ts";
import { besides, calls, withoutMethod } from "./calls.ts";
import { type Recorder, type Seen, startRecorder } from "./recorder.ts";
import { type PythonSdk, without } from "./shape.ts";
import { type Claim, objections } from "./typescript.ts";
import * as wanted from "./wanted.ts";

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const methods = sorted([...calls.map(({ method }) => method), ...besides]);
const answering = calls.filter(({ method }) => !wanted.answersItself.includes(method));

test("every route for keys is asked by methods of the SDKs, or is left to others for a reason", () => {
  const asked = sorted(calls.map(({ operation }) => operation));
  const left = Object.keys(withoutMethod);
  expect(sorted([...asked, ...left])).toEqual(sorted(wanted.operations.keys()));
  expect(left.filter((operation) => asked.includes(operation))).toEqual([]);
});

describe("the TypeScript SDK", () => {
  test("has these methods and no others", () => {
    const client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: "http://localhost" });
    const found = Object.entries(client).flatMap(([service, value]) =>
      methodsOf(value).map((name) => `${service}.${name}`),
    );
    expect(sorted(found)).toEqual(methods);
  });

  test("takes, answers and reads in webhooks what the document says", async () => {
    const of = (method: string) => `sdk.QBitFlow["${method.split(".").join('"]["')}"]`;
    const answers = answering.map((call): Claim => {
      return { name: `answer of ${call.method}`, sdk: `Answer<${of(call.method)}>`, wire: wanted.answerOf(call) };
    });
    const takes = calls.flatMap((call): Claim[] => {
      const place = wanted.placeOfObject(call);
      if (place === undefined) return [];
      const claim = { sdk: `Taken<${of(call.method)}, ${place}>`, isNarrower: call.operation === "createSession" };
      return [{ ...claim, name: `taken by ${call.method}`, wire: { type: "object", fields: wanted.takenBy(call) } }];
    });
    const told = Object.entries(wanted.events).map(([name, wire]): Claim => ({ name, sdk: `sdk.${name}`, wire }));
    const parts: Claim[] = [
      { name: "Duration", sdk: "sdk.Duration", wire: wanted.duration },
      { name: "UsageEvent", sdk: "Sent<sdk.UsageEvent>", wire: wanted.usageEvent },
      { name: "TransactionTypeQuery", sdk: "sdk.TransactionTypeQuery", wire: wanted.statusTypes },
    ];
    expect(takes.length).toBeGreaterThan(20);
    expect(await objections([...answers, ...takes, ...told, ...parts])).toBe("");
  });
});

describe("what the SDKs send", () => {
  let recorder: Recorder;
  let seen: Seen[];
  let seenOfPython: Seen[];
  let python: PythonSdk;
  beforeAll(async () => {
    recorder = await startRecorder(wanted.operations, wanted.requests);
    const client = new QBitFlow({ apiKey: "sk_1_test_x", baseUrl: recorder.url, maxRetries: 0 });
    for (const { method, given } of calls) await call(client, method, given);
    seen = recorder.taken();
    if (!hasPython()) return;
    const printed = await runPython([join(import.meta.dirname, "python_sdk.py")], {
      input: JSON.stringify(calls),
      env: { QBITFLOW_API_KEY: "sk_1_test_x", QBITFLOW_BASE_URL: recorder.url },
    });
    python = JSON.parse(printed) as PythonSdk;
    seenOfPython = recorder.taken();
  });
  afterAll(() => recorder.close());

  test("goes to its route, with a key against repetition where the document has one", () => {
    const told = seen.map(({ operation, isIdempotent }) => ({ operation, isIdempotent }));
    const said = wanted.requests.map(({ operation }) => {
      return { operation, isIdempotent: wanted.operationOf(operation).isIdempotent };
    });
    expect(told).toEqual(said);
  });

  test("has every name that the document has there, and no other", () => {
    const namesOf = (value: unknown) => sorted(Object.keys(value ?? {}));
    for (const [index, request] of wanted.requests.entries()) {
      const { query, body } = wanted.sentBy(request);
      expect(namesOf(seen[index]?.query), request.method).toEqual(sorted(query));
      expect(namesOf(seen[index]?.body), request.method).toEqual(sorted(body));
      const options = seen[index]?.body.options;
      if (options === undefined) continue;
      expect(namesOf(options)).toEqual(namesOf({ subscriptionType: "", ...wanted.optionsOf(request.method) }));
    }
  });

  describe.skipIf(!hasPython())("and the Python SDK", () => {
    test("sends exactly the same, and reads the document's examples", () => {
      expect(seenOfPython).toEqual(seen);
    });

    test("has the same methods, in snake_case", () => {
      expect(sorted(Object.keys(python.methods))).toEqual(sorted(methods.map(snake)));
    });

    test.each(answering.map((one) => [one.method, one] as const))("%s answers what the document says", (name, one) => {
      expect(python.methods[snake(name)]?.answers).toEqual(wanted.answerOf(one));
    });

    const taking = calls.filter((one) => wanted.placeOfObject(one) !== undefined);
    test.each(taking.map((one) => [one.method, one] as const))("%s takes what the document says", (name, one) => {
      // The other spelling is for clients of 1.x; the TypeScript one had it.
      expect(python.methods[snake(name)]?.takes).toEqual(without(wanted.takenBy(one), "customerUuid"));
    });

    const parts = {
      Duration: wanted.duration,
      UsageEvent: wanted.usageEvent,
      TransactionTypeQuery: wanted.statusTypes,
    };
    test.each(Object.entries({ ...wanted.events, ...parts }))("%s is the document's", (name, wire) => {
      expect(python.types[name]).toEqual(wire);
    });

    test("its types have the names of the TypeScript SDK's", () => {
      const source = readFileSync(join(import.meta.dirname, "../../packages/sdk/src/types.ts"), "utf8");
      const names = [...source.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
      // Inputs are named arguments in Python, and each language says by itself what an amount, a time and a union is.
      const alone = /Input$|Update$|^(SessionItem|SessionSettings|Usd|Timestamp|WebhookEvent)$/;
      const ofPython = ["Amount", "Time", "UnknownEvent", "UsageOfSubscription"];
      const inPython = Object.keys(python.types).filter((name) => !ofPython.includes(name));
      expect(sorted(inPython)).toEqual(sorted(names.filter((name) => !alone.test(name))));
    });
  });
});

/** With the inherited ones. */
function methodsOf(value: object): string[] {
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(value); type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    names.push(...Object.getOwnPropertyNames(type).filter((name) => name !== "constructor"));
  }
  return names;
}

async function call(client: QBitFlow, method: string, given: readonly unknown[]): Promise<void> {
  const [service = "", name = ""] = method.split(".");
  type Service = Record<string, (...given: readonly unknown[]) => unknown>;
  const answer = (client as unknown as Record<string, Service>)[service]?.[name]?.(...given);
  if (name === "iterate") for await (const item of answer as AsyncIterable<unknown>) void item;
  else await answer;
}
