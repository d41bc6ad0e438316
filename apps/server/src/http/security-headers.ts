import { randomBytes } from "node:crypto";
import type { FastifyReply } from "fastify";

/** On every answer. */
export const everywhere: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin-allow-popups",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

/** Answers that are data load nothing. */
export const DATA_CSP = "default-src 'none'; frame-ancestors 'none'";

/** A fresh nonce for the pages' inline parts. */
export function newNonce(): string {
  return randomBytes(16).toString("base64url");
}

export interface PagePolicy {
  readonly nonce: string;
  /** Origins the page's scripts talk to besides its own, such as a public RPC or WalletConnect's relay. */
  readonly connect?: readonly string[];
  readonly frame?: readonly string[];
}

/** Sends a page: nothing inline without the nonce, nothing from elsewhere, no framing. */
export function sendPage(reply: FastifyReply, html: string, policy: PagePolicy): FastifyReply {
  const connect = ["'self'", ...(policy.connect ?? [])].join(" ");
  const frame = policy.frame === undefined || policy.frame.length === 0 ? "'none'" : policy.frame.join(" ");
  const csp = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${policy.nonce}'`,
    `style-src 'self' 'nonce-${policy.nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    `frame-src ${frame}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return reply
    .header("content-security-policy", csp)
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(html);
}
