// Keeps the pages true: each list in them is compared with the code it describes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as api from "@qbitflow/api";
import { loadNetworks } from "@qbitflow/chains";
import { commands, exitCodes, readArguments } from "@qbitflow/cli";
import * as sdk from "@qbitflow/sdk";
import { readConfig } from "@qbitflow/server";
import { describe, expect, test } from "vitest";
import { liveBlockersOf } from "../apps/server/src/live-gate.ts";
import { statusTransitions } from "../packages/core/src/checkout-session/status.ts";
import { subscriptionTransitions } from "../packages/core/src/subscription/status.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];
const decisions = readdirSync(join(root, "docs/decisions")).map((name) => `docs/decisions/${name}`);

/** Text in backticks outside of fenced blocks. */
const withoutBlocks = (text: string): string => text.replace(/^```.*?^```$/gms, "");
const codes = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? "");
/** Cells of every table row, without the frame. */
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => (row ?? "").split(/ ?(?<!\\)\| ?/).map((cell) => cell.trim()));
const rowOf = (text: string, first: string): string[] | undefined =>
  rows(text).find(([cell]) => cell === `\`${first}\``);
const section = (text: string, heading: string): string => {
  const [, after = ""] = text.split(`\n${heading}\n`);
  return after.split(/^#{1,2} /m)[0] ?? "";
};
interface Schema {
  readonly properties?: object;
  readonly required?: readonly string[];
}
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

/** Sources of a folder, tests left out. */
function sources(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true }) as string[];
  return names
    .filter((name) => name.endsWith(".ts") && !/\.test\.ts$|testing\.ts$|node_modules|(^|\/)dist\//.test(name))
    .map((name) => read(join(folder, name)));
}

describe("docs/api.md", () => {
  const page = read("docs/api.md");
  const nameOf = ({ auth, method }: api.Route) => (auth === "socket" ? "WS" : method);
  /** Served beside the route table; those of /dev in the local default alone. */
  const besides = ["GET /metrics", "GET /v1/openapi.json", "POST /dev/rpc", "POST /dev/try/:kind?"];

  test("names every route and alias, and none that is not there", () => {
    const table = api.routes.flatMap((route) =>
      [route.path, ...(route.aliases ?? [])].map((path) => `${nameOf(route)} ${path}`),
    );
    const named = sorted(codes(page).filter((code) => /^(GET|POST|PUT|DELETE|WS) \//.test(code)));
    expect(named).toEqual(expect.arrayContaining(sorted(table)));
    expect(named.filter((name) => !table.includes(name) && !besides.includes(name))).toEqual([]);
  });

  const answers = new Map(Object.entries(api).map(([name, value]) => [value as unknown, name]));
  /** How the page writes an answer. */
  function answerOf({ answer }: api.Route): string | undefined {
    const known = answers.get(answer);
    if (known !== undefined) return known;
    const schema = answer as { items?: unknown; properties?: { items?: { items?: unknown }; nextCursor?: unknown } };
    const item = answers.get(schema.items ?? schema.properties?.items?.items);
    if (schema.items !== undefined) return `${item}[]`;
    return schema.properties?.nextCursor === undefined ? `\`{items: ${item}[]}\`` : `list of ${item}`;
  }

  test.each(api.routes.map((route) => [route.id, route] as const))("%s: its fields and its answer", (_id, route) => {
    const [, fields = "", answer = ""] = rowOf(page, `${nameOf(route)} ${route.path}`) ?? [];
    const named = codes(fields).filter((code) => !code.includes(" "));
    const wanted = [route.query, route.body].flatMap((schema) => {
      const { properties = {}, required = [] } = (schema ?? {}) as Schema;
      return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
    });
    expect(sorted(named)).toEqual(sorted(wanted));
    expect(answer.replace(/^frames: /, "").replace(/, no pages$/, "")).toBe(answerOf(route));
  });

  test("describes the fields of every resource", () => {
    const schemas = new Map(Object.entries(api).map(([name, value]) => [name, value as Schema]));
    const described = [...section(page, "## Resources").matchAll(/^- \*\*(\w+)\*\* (.*)$/gm)];
    for (const [, name = "", text = ""] of described) {
      const { properties = {}, required = [] } = schemas.get(name) ?? {};
      const inherited = Object.keys(schemas.get(text.split(",")[0] ?? "")?.properties ?? {});
      const wanted = Object.keys(properties).filter((field) => !inherited.includes(field));
      const named = codes(text.replace(/\([^)]*\)/g, ""));
      expect(sorted(named), name).toEqual(
        sorted(wanted.map((field) => (required.includes(field) ? field : `${field}?`))),
      );
    }
    const names = new Set(described.map(([, name]) => name));
    const answers = api.routes.flatMap(({ path }) => [
      ...(rows(page).find(([route]) => route?.endsWith(` ${path}\``))?.[2] ?? "").matchAll(/\b[A-Z]\w+/g),
    ]);
    expect(answers.length).toBeGreaterThan(20);
    // The pages' own are at /docs alone.
    const ofPages = /^(Checkout|Mandate|Portal|Maximum|Allowance)/;
    expect(answers.map(([name]) => name).filter((name) => !names.has(name) && !ofPages.test(name))).toEqual([]);
  });

  test("names every transaction type", () => {
    for (const type of api.statusQueryTypes) expect(page).toContain(`\`${type}\``);
  });
});

test("docs/errors.md says of every code what the catalogue says, and of no other", () => {
  const wanted = Object.entries(api.errorCodes).map(([code, { status, sentence, whatToDo }]) => [
    String(status),
    `\`${code}\``,
    sentence,
    whatToDo,
  ]);
  expect(rows(read("docs/errors.md")).slice(1)).toEqual(wanted);
  const named = pages.flatMap((page) => [...read(page).matchAll(/(?:4\d\d|503) `([a-z_]+)`/g)].map(([, code]) => code));
  expect(named.filter((code) => !Object.hasOwn(api.errorCodes, code ?? ""))).toEqual([]);
});

describe("docs/configuration.md", () => {
  const page = read("docs/configuration.md");
  const table = rows(page.split("## Networks")[0] ?? "").slice(1);
  const variables = table.map(([name = ""]) => name.replaceAll("`", ""));
  const concrete = (name: string) => name.replace("<NETWORK>", "BASE").replace("<SYMBOL>", "ETH");

  /** The variables that reading a configuration asks for. */
  function asked(env: Record<string, string>): string[] {
    const names = new Set<string>();
    const spy = new Proxy(env, {
      get: (target, name: string) => {
        names.add(name);
        return target[name];
      },
    });
    readConfig(spy);
    return [...names];
  }

  test("names every variable the server reads, and none that it does not", () => {
    const env = { NETWORKS: "base", RPC_URL_BASE: "https://rpc.example", PUBLIC_URL: "https://pay.example" };
    const read = [...asked(env), ...asked({})].map((name) =>
      name === "RPC_URL_ETHEREUM" ? "CHAINLINK_RPC_URL" : name.replace(/_(BASE|LOCAL)$/, "_<NETWORK>"),
    );
    expect(readConfig({ PRICE_FIXED_ETH: "2" }).fixedPrices).toEqual({ ETH: "2" });
    expect(sorted(variables)).toEqual(sorted([...read, "PRICE_FIXED_<SYMBOL>"]));
  });

  test.each(table)("%s: its default and its example are such", (name = "", fallback = "", example = "") => {
    const variable = name.replaceAll("`", "");
    const base = {
      DATABASE_URL: "postgres://x/y",
      NETWORKS: "base",
      RPC_URL_BASE: "https://a.example",
      RPC_URL_BASE_SEPOLIA: "https://b.example",
      PUBLIC_URL: "https://c.example",
    };
    const [value] = codes(example);
    expect(() => readConfig({ ...base, [concrete(variable)]: value })).not.toThrow();
    const [said] = codes(fallback);
    if (said === undefined || said.includes("RPC_URL")) return;
    expect(readConfig({ [variable]: said.replace("<PORT>", "3000") })).toEqual(readConfig({}));
  });

  test("names what the command line and the SDK read", () => {
    const text = [...sources("packages/cli/src"), ...sources("packages/sdk/src")].join("\n");
    for (const [, name = ""] of text.matchAll(/\benv\.([A-Z][A-Z_]+)/g)) expect(page).toContain(`\`${name}\``);
  });

  test("lists every network with its confirmations and currencies", () => {
    const named = rows(section(page, "## Networks")).slice(1);
    const real = loadNetworks().flatMap(({ network }) =>
      network.local
        ? []
        : [
            [
              `\`${network.slug}\``,
              String(network.confirmations),
              [network.nativeCurrency, ...network.tokens].map(({ symbol }) => symbol).join(", "),
            ],
          ],
    );
    expect(named.map(([first]) => first).sort()).toEqual(real.map(([first]) => first).sort());
    expect(named).toEqual(expect.arrayContaining(real));
  });
});

describe("docs/cli.md", () => {
  const page = read("docs/cli.md");
  const table = rows(section(page, "## Commands")).slice(1);

  test("lists every command in order, and no other", () => {
    expect(table.map(([name]) => name)).toEqual(commands.map(({ name }) => `\`${name}\``));
  });

  test.each(commands.map((command) => [command.name, command] as const))("%s: its options", (name, command) => {
    const [, options = ""] = rowOf(page, name) ?? [];
    const wanted = command.options.map(([option]) =>
      option.endsWith("?") ? `[\`--${option.slice(0, -1)}\`]` : `\`--${option}\``,
    );
    expect(options.split(" ").filter(Boolean).sort()).toEqual(wanted.sort());
  });

  test("every command line on every page is one", () => {
    const lines = pages.flatMap((path) => [
      ...read(path).matchAll(/qbitflow (?:-- )?((?:[a-z]+ )?[a-z]+)((?: --?[a-z].*)?)/g),
    ]);
    const names = commands.map(({ name }) => name);
    const used = lines.flatMap(([, name = "", rest = ""]) => {
      const known = names.find((candidate) => name === candidate || name.split(" ")[0] === candidate);
      return known === undefined ? [] : [{ known, rest }];
    });
    expect(used.length).toBeGreaterThan(15);
    for (const { known, rest } of used) {
      const options = commands
        .find((command) => command.name === known)
        ?.options.map(([option]) => option.replace("?", ""));
      for (const [, flag = ""] of rest.matchAll(/--([a-z-]+)/g))
        expect([...(options ?? []), "json", "help"], known).toContain(flag);
    }
    const shown = pages.flatMap((path) =>
      [...read(path).matchAll(/run -s qbitflow -- (.*)$/gm)].map(([, line]) => line),
    );
    expect(shown.length).toBeGreaterThan(10);
    for (const line of shown) {
      const words = [...(line ?? "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match.slice(1).join(""));
      const end = words.findIndex((word) => ["|", ">", "&", "#", "&&"].includes(word));
      expect(readArguments(end < 0 ? words : words.slice(0, end), commands), line).toHaveProperty("wants");
    }
  });

  test("explains every exit code", () => {
    expect(
      rows(section(page, "## Exit codes"))
        .slice(1)
        .map(([code]) => Number(code)),
    ).toEqual(Object.values(exitCodes));
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

test("docs/sdk.md and docs/python.md name every method, and none that is not there", () => {
  const client = new sdk.QBitFlow({ apiKey: "sk_1_test_x", baseUrl: "http://localhost" });
  const methods = Object.entries(client).flatMap(([service, value]) =>
    methodsOf(value).map((name) => `${service}.${name}`),
  );
  const page = read("docs/sdk.md");
  const named = codes(page).flatMap((code) => /^([a-zA-Z]+\.[a-zA-Z]+)(\(.*\))?$/.exec(code)?.[1] ?? []);
  expect(sorted(named)).toEqual(sorted(methods));
  // Python has the same ones: e2e/sdk-drift.
  const inPython = [...read("docs/python.md").matchAll(/`([a-z_]+\.[a-z_]+)\(/g)].map(([, name = ""]) => name);
  expect(sorted(inPython)).toEqual(
    sorted(methods.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))),
  );
  const routes = api.routes.map(({ method, path }) => `${method} ${path}`);
  const mentioned = codes(page).filter((code) => /^[A-Z]+ \//.test(code));
  expect(mentioned.filter((route) => !routes.includes(route))).toEqual([]);
});

describe("docs/events.md", () => {
  const page = read("docs/events.md");
  const text = sources("packages/core/src").join("\n");

  test("lists every type of event, and no other", () => {
    // The name of each change is made here alone.
    expect(text).toMatch(/`checkout_session\.\$\{[\w.]*status\}`/);
    const statuses = Object.values(statusTransitions).flat();
    expect(text).toMatch(/`subscription\.\$\{[\w.]*status\}`/);
    const written = [
      ...text.matchAll(/type: ["']((?:checkout_session|payment|subscription|mandate|bill|usage)\.[a-zA-Z_]+)["']/g),
      ...text.matchAll(/["']((?:checkout_session|payment)\.[a-zA-Z]+)["']/g),
    ].map(([, type]) => type ?? "");
    const types = sorted([
      ...written,
      ...statuses.map((status) => `checkout_session.${status}`),
      ...Object.values(subscriptionTransitions)
        .flat()
        .map((status) => `subscription.${status}`),
      ...["stopped", "cancelled"].map((how) => `subscription.mandate_${how}`),
    ]);
    expect(types).toContain("payment.reverted");
    expect(
      sorted(
        rows(section(page, "## The event log"))
          .slice(1)
          .map(([type = ""]) => type.replaceAll("`", "")),
      ),
    ).toEqual(types);
  });

  test("lists every status a webhook can tell", () => {
    const named = rows(section(page, "## Statuses in webhooks"))
      .slice(1)
      .map(([status = ""]) => status.replaceAll("`", ""));
    expect(sorted(named)).toEqual(sorted(Object.values(statusTransitions).flat()));
    for (const status of api.transactionStatuses) expect(read("docs/concepts.md")).toContain(`| \`${status}\` |`);
  });
});

test("docs/webhooks.md names every body with its fields, and the guards of the SDK", () => {
  const table = rows(section(read("docs/webhooks.md"), "## What is sent")).slice(1);
  const bodies = Object.entries(api).filter(([name]) => /^[A-Z]\w+Webhook$/.test(name)) as [string, Schema][];
  expect(sorted(table.map(([body = ""]) => body))).toEqual(sorted(bodies.map(([name]) => name)));
  for (const [body = "", guard = "", , fields = ""] of table) {
    const { properties = {}, required = [] } = (api as unknown as Record<string, Schema>)[body] ?? {};
    const wanted = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
    expect(codes(fields), body).toEqual(wanted);
    expect(Object.keys(sdk), body).toContain(/`(\w+)\(event\)`/.exec(guard)?.[1]);
  }
});

/** One page per task, named by README.md under "Read on". */
const tasks = ["quick-start", "subscriptions", "usage", "test-clock", "webhooks", "going-live"];

test.each(tasks)("docs/%s.md can be followed in TypeScript, in Python and by curl", (name) => {
  const languages = ["**TypeScript**", "**Python**", "**curl**"];
  const page = read(`docs/${name}.md`);
  expect(section(read("README.md"), "## Read on").split("And what is behind")[0]).toContain(`(docs/${name}.md)`);
  const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const has = (language: string, pattern: RegExp) =>
    blocks.filter(([, kind, code = ""]) => kind === language && pattern.test(code)).length;
  expect(languages.filter((language) => !page.includes(language))).toEqual([]);
  expect(has("ts", /from "@qbitflow\/sdk"/)).toBeGreaterThan(0);
  expect(has("python", /^from qbitflow import/m)).toBe(has("ts", /from "@qbitflow\/sdk"/));
  expect(has("sh", /^curl /m)).toBeGreaterThan(0);
});

describe("docs/going-live.md", () => {
  const page = read("docs/going-live.md");

  test("lists every reason against live keys, in the words of the server", () => {
    const local = readConfig({});
    const facts = { fixedPrices: true };
    const reasons = [
      ...liveBlockersOf(local, facts),
      ...liveBlockersOf(readConfig({ SECRET_KEY: "0".repeat(64) }), facts),
    ];
    expect(
      sorted(
        rows(section(page, "## The live gate"))
          .slice(1)
          .map(([reason = ""]) => reason.replaceAll("`", "")),
      ),
    ).toEqual(sorted(reasons));
  });

  test("quotes lines that are really logged, and readiness in its own words", () => {
    const text = [...sources("packages/core/src"), ...sources("apps/server/src")].join("\n");
    const lines = rows(page.split("Lines worth an alert")[1] ?? "").slice(1);
    expect(lines.length).toBeGreaterThan(3);
    for (const [line = ""] of lines) expect(text).toContain(`"${line.replaceAll("`", "")}"`);
    for (const words of ["not complete yet", "does not answer", "not read yet", "halted: ", " behind the head"]) {
      expect(text).toContain(words);
      expect(page).toContain(words);
    }
  });
});

describe.each([...pages, ...decisions])("%s", (page) => {
  const text = read(page);

  test("links to what exists", () => {
    for (const [, target = ""] of withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? join(root, page) : resolve(root, dirname(page), path);
      expect(existsSync(file), target).toBe(true);
      if (anchor === undefined) continue;
      const headings = [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        heading
          .toLowerCase()
          .replace(/[^a-z0-9 -]/g, "")
          .replaceAll(" ", "-"),
      );
      expect(headings, target).toContain(anchor);
    }
  });

  test("names paths that exist", () => {
    const top = readdirSync(root).filter((name) => !["node_modules", ".git", ".data"].includes(name));
    const short = readdirSync(join(root, "packages"));
    // What a build writes is not there in a fresh clone.
    const isBuilt = (code: string) => code.startsWith("contracts/out/");
    const named = codes(text).filter((code) => /^[\w.-]+(\/[\w.-]+)+\/?$/.test(code) && !isBuilt(code));
    for (const path of named) {
      const [first = "", ...rest] = path.split("/");
      if (top.includes(first)) expect(existsSync(join(root, path)), path).toBe(true);
      else if (short.includes(first)) {
        // "core/webhook/sign.ts" is short for the file in the package's src.
        const places = [join("packages", first, "src", ...rest), join("packages", path)];
        expect(
          places.some((place) => existsSync(join(root, place))),
          path,
        ).toBe(true);
      }
    }
  });

  test("names no registry and no path of one machine", () => {
    expect(text).not.toMatch(/\b(registry|proxy|index|pypi|packages?)\.[\w-]+\.(org|com|io|dev)\b/);
    expect(text).not.toMatch(/(^|[\s`"'(=])\/(home|root|tmp|work|Users|usr|var|opt|mnt)\//m);
  });
});

test("the tree in docs/architecture.md is the repository's", () => {
  const block = /^```\n(.*?)^```$/ms.exec(read("docs/architecture.md"))?.[1] ?? "";
  const above: { indent: number; path: string }[] = [];
  for (const line of block.split("\n")) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    const entries = line
      .trim()
      .split(/\s{2,}/)
      .filter((entry, index) => index === 0 || /^[\w.]+\/$/.test(entry));
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    for (const entry of entries) expect(existsSync(join(root, above.at(-1)?.path ?? "", entry)), entry).toBe(true);
    const path = join(above.at(-1)?.path ?? "", entries[0] ?? "");
    if (path.endsWith("/")) above.push({ indent, path });
  }
  expect(block).toContain("apps/");
});

test("every npm command on the pages is one", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const used = pages.flatMap((page) => [...read(page).matchAll(/\bnpm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)]);
  expect(used.length).toBeGreaterThan(10);
  for (const [line, run, bare] of used) expect(Object.keys(scripts), line).toContain(run ?? bare);
});

test("README.md is short", () => {
  expect(read("README.md").trimEnd().split("\n").length).toBeLessThan(120);
});
