import {
  ErrorAnswer,
  type ErrorCode,
  errorCodes,
  generalErrors,
  type Route,
  routes,
  SessionWebhook,
  SubscriptionWebhook,
  UsageWebhook,
} from "@qbitflow/api";
import type { TSchema } from "typebox";

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of every route of the table. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    for (const path of [route.path, ...(route.aliases ?? [])]) {
      const template = path.replaceAll(/:(\w+)/g, "{$1}");
      paths[template] = { ...paths[template], [route.method.toLowerCase()]: operation(route, path) };
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "QBitFlow API",
      version: "1",
      description: "Checkout in crypto without custody: sessions, payments, customers, products and webhooks.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    webhooks: {
      session: webhook("A session's status changed, or a bill was paid or failed", SessionWebhook),
      subscription: webhook("A subscription's status changed", SubscriptionWebhook),
      usage: webhook("Usage came to 80 % or 100 % of the customer's limit", UsageWebhook),
    },
    components: {
      schemas: { Error: ErrorAnswer },
      securitySchemes: { apiKey: { type: "apiKey", in: "header", name: "X-API-Key" } },
    },
  };
}

function webhook(summary: string, schema: TSchema): Json {
  return {
    post: {
      tags: ["Webhooks"],
      summary,
      requestBody: { required: true, content: { "application/json": { schema } } },
      responses: { "2XX": { description: "Taken. Anything else is tried again." } },
    },
  };
}

function operation(route: Route, path: string): Json {
  const isAlias = path !== route.path;
  return {
    operationId: isAlias ? `${route.id}_alias` : route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    ...(isAlias && { deprecated: true }),
    security: route.auth === "key" ? [{ apiKey: [] }] : route.id === "statusSocket" ? [{ apiKey: [] }, {}] : [],
    parameters: parameters(route, path),
    ...(route.body !== undefined && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: route.body, example: route.example.body } },
      },
    }),
    responses: {
      [route.auth === "socket" ? "101" : "200"]: {
        description: route.auth === "socket" ? "The WebSocket opens; each frame is this." : "Done.",
        content: { "application/json": { schema: route.answer, example: route.example.answer } },
      },
      ...errorResponses(route),
    },
  };
}

function parameters(route: Route, path: string): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: name === "id" && route.tag === "Products" ? "integer" : "string" },
  }));
  const inQuery = Object.entries(route.query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: (route.query as { required?: string[] } | undefined)?.required?.includes(name) ?? false,
    schema,
  }));
  const idempotency = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: "Same key and same body: same answer, for 24 h.",
    schema: { type: "string", maxLength: 255 },
  };
  return [...inPath, ...inQuery, ...(route.creates === true ? [idempotency] : [])];
}

function errorResponses(route: Route): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set<ErrorCode>([...route.errors, ...generalErrors(route)])) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: Json = {};
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[String(status)] = {
      description: codes.map((code) => `\`${code}\`: ${errorCodes[code].sentence}`).join("\n\n"),
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    };
  }
  return responses;
}
