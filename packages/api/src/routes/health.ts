import { Health, Ready } from "../health.ts";
import type { Route } from "../route.ts";

export const healthRoutes = [
  {
    id: "health",
    method: "GET",
    path: "/healthz",
    auth: "public",
    tag: "Operations",
    summary: "The process answers",
    answer: Health,
    errors: [],
    example: { answer: { status: "ok" } },
  },
  {
    id: "ready",
    method: "GET",
    path: "/readyz",
    auth: "public",
    tag: "Operations",
    summary: "Every part works; 503 when one does not",
    answer: Ready,
    errors: [],
    example: {
      answer: {
        ready: true,
        live: { ready: false, reasons: ["prices are fixed"] },
        parts: [{ name: "database", ok: true, detail: "answers" }],
      },
    },
  },
] as const satisfies readonly Route[];
