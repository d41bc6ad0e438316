import { type ErrorCode, errorCodes, generalErrors, type Route, routes } from "@qbitflow/api";
import type { FastifyInstance } from "fastify";
import type { ServerContext } from "../server-context.ts";
import { escapeHtml, withCode } from "./html.ts";
import { openApiDocument } from "./openapi.ts";
import { pageHtml } from "./page-style.ts";
import { newNonce, sendPage } from "./security-headers.ts";

interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}
interface SchemaParts {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaParts[];
  readonly const?: unknown;
  readonly items?: SchemaParts;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaParts>>;
}

/** Serves /v1/openapi.json and the reference page /docs, both made of the route table. */
export function registerDocs(app: FastifyInstance, server: ServerContext): void {
  let body: string | undefined;
  app.get("/v1/openapi.json", (_request, reply) =>
    reply
      .header("access-control-allow-origin", "*")
      .header("cross-origin-resource-policy", "cross-origin")
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(openApiDocument(server.core.policy.publicUrl))),
  );
  app.get("/docs", (_request, reply) => {
    body ??= referenceBody(server.core.policy.publicUrl);
    const nonce = newNonce();
    return sendPage(reply, pageHtml({ title: "QBitFlow API reference", body, nonce, script: searchScript }), { nonce });
  });
}

/** Shows what holds every word typed. */
const searchScript = `
const search=document.getElementById("search"),parts=[...document.querySelectorAll("[data-search]")];
search.addEventListener("input",()=>{const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean);
for(const part of parts)part.hidden=!words.every(word=>part.dataset.search.includes(word));
for(const group of document.querySelectorAll("[data-group]"))group.hidden=!group.querySelector("[data-search]:not([hidden])");});
`;

/** The reference page's body. */
export function referenceBody(publicUrl: string): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const nav = tags.map((tag) => {
    const links = routes
      .filter((route) => route.tag === tag)
      .map(
        (route) =>
          `<li data-search="${searchText(route)}"><a href="#${route.id}">${escapeHtml(route.summary)}</a></li>`,
      );
    return `<div data-group><strong>${escapeHtml(tag)}</strong><ul>${links.join("")}</ul></div>`;
  });
  const sections = tags.map((tag) => {
    const cards = routes.filter((route) => route.tag === tag).map((route) => routeCard(route, publicUrl));
    return `<div data-group><h2>${escapeHtml(tag)}</h2>${cards.join("")}</div>`;
  });
  return `<div class="wrap docs"><nav aria-label="Routes">
<p><input type="search" id="search" placeholder="Search routes and errors" aria-label="Search"></p>
${nav.join("")}<a href="#errors"><strong>Errors</strong></a></nav>
<main><h1>QBitFlow API</h1>
<p>JSON in and out. Send your key as <code>X-API-Key</code>; a test key reaches only test chains. The machine-readable form is <a href="/v1/openapi.json">/v1/openapi.json</a> (OpenAPI 3.1).
On a POST that creates, <code>Idempotency-Key</code> makes a repeated request answer as the first did, for 24 hours. Lists take <code>limit</code> and <code>cursor</code>.</p>
${sections.join("")}
<h2 id="errors">Errors</h2>
<p>Every failure answers <code>{error, code, status, requestId, errors?}</code>. <code>code</code> is stable.</p>
<div class="card"><table><thead><tr><th>Status</th><th>Code</th><th>What happened, and what to do</th></tr></thead><tbody>${errorRows()}</tbody></table></div>
</main></div>`;
}

function searchText(route: Route): string {
  return escapeHtml(
    [route.method, route.path, ...(route.aliases ?? []), route.summary, route.tag].join(" ").toLowerCase(),
  );
}

function routeCard(route: Route, publicUrl: string): string {
  const method = route.auth === "socket" ? "WS" : route.method;
  const aliases = (route.aliases ?? []).map((alias) => `<code>${escapeHtml(alias)}</code>`).join(", ");
  const codes = [...new Set<ErrorCode>([...route.errors, ...generalErrors(route)])];
  return `<section class="card" id="${route.id}" data-search="${searchText(route)}">
<p><span class="method">${method}</span><span class="path">${escapeHtml(route.path)}</span></p>
<h3>${escapeHtml(route.summary)}</h3>
${route.description === undefined ? "" : `<p>${withCode(route.description)}</p>`}
<p class="muted">${authSentence(route)}${aliases === "" ? "" : ` Also at ${aliases}.`}</p>
${fieldTable("Query", route.query as SchemaParts | undefined)}${fieldTable("Body", route.body as SchemaParts | undefined)}
${route.auth === "socket" ? "" : `<p>Request</p><pre><code>${escapeHtml(curl(route, publicUrl))}</code></pre>`}
<p>${route.auth === "socket" ? "Frame" : "Answer"}</p><pre><code>${escapeHtml(JSON.stringify(route.example.answer, null, 2))}</code></pre>
<details><summary>Errors</summary><p>${codes.map((code) => `<code>${code}</code> (${errorCodes[code].status})`).join(", ")}</p></details>
</section>`;
}

function authSentence(route: Route): string {
  if (route.auth === "key") return "Needs <code>X-API-Key</code>.";
  if (route.id === "statusSocket") return "Needs <code>X-API-Key</code> or a ticket.";
  return "Public.";
}

function curl(route: Route, publicUrl: string): string {
  const query = route.example.query === undefined ? "" : `?${route.example.query}`;
  const lines = [`curl ${route.method === "GET" ? "" : `-X ${route.method} `}'${publicUrl}${route.path}${query}'`];
  if (route.auth === "key") lines.push(`-H "X-API-Key: $KEY"`);
  if (route.example.body !== undefined) {
    lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(route.example.body)}'`);
  }
  return lines.join(" \\\n  ");
}

function fieldTable(title: string, schema: SchemaParts | undefined): string {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return "";
  const rows = fields.map(
    ({ name, type, required, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(type)}${required ? ", required" : ""}</td><td>${withCode(description)}</td></tr>`,
  );
  return `<p>${title}</p><table><tbody>${rows.join("")}</tbody></table>`;
}

function fieldsOf(schema: SchemaParts | undefined): Field[] {
  return Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
    name,
    type: typeName(field),
    required: schema?.required?.includes(name) ?? false,
    description: field.description ?? "",
  }));
}

function typeName(schema: SchemaParts): string {
  if (schema.enum !== undefined) return schema.enum.join(" | ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeName).join(" | ");
  if (schema.type === "array") return `${typeName(schema.items ?? {})}[]`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  return schema.type ?? "any";
}

function errorRows(): string {
  return Object.entries(errorCodes)
    .map(
      ([code, { status, sentence, whatToDo }]) =>
        `<tr data-search="${escapeHtml(`${code} ${sentence}`.toLowerCase())}"><td>${status}</td><td><code>${code}</code></td><td>${withCode(sentence)} ${withCode(whatToDo)}</td></tr>`,
    )
    .join("");
}
