import pino, { type Logger } from "pino";
import type { LogLevel } from "./config.ts";

const secretFields = [
  "key",
  "apiKey",
  "testApiKey",
  "secret",
  "webhookSecret",
  "privateKey",
  "password",
  "ticket",
  "signature",
  "authorization",
  "cookie",
  "headers['x-api-key']",
  "headers.cookie",
  "headers.authorization",
];

/** Of a longer text the beginning is told: an error may hold what a stranger sent, and searching takes time. */
const MAX_TEXT = 8_192;

/** Up to a space, so that no secret is cut in two and not known again. */
function beginning(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, Math.max(0, text.lastIndexOf(" ", MAX_TEXT)))} …`;
}

/** Query values and long parts of paths of URLs carry keys and tokens; user info carries passwords. */
export function withoutUrlSecrets(text: string): string {
  return beginning(text)
    .replace(/(\w{1,20}:\/\/)[^\s/@]+@/g, "$1***@")
    .replace(/((?:https?|wss?):\/\/[^\s?"']+)\?[^\s"']*/g, "$1?***")
    .replace(/(?:https?|wss?):\/\/[^\s"']+/g, (url) => url.replace(/(?<![:/])\/[\w.~-]{20,}(?=\/|\?|$|\W)/g, "/***"))
    .replace(/\bsk_\w{1,20}_(test|live)_[\w-]+/g, "sk_***")
    .replace(/\bwhsec_[\w+/=-]+/g, "whsec_***");
}

/** JSON lines on standard output, one per event, with secrets left out. */
export function createLogger(level: LogLevel): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: secretFields.flatMap((field) => [field, field.startsWith("headers") ? `req.${field}` : `*.${field}`]),
      censor: "***",
    },
    serializers: {
      err: (error: unknown) => {
        const { type, message, stack } = pino.stdSerializers.err(error as Error);
        return { type, message: withoutUrlSecrets(String(message)), stack: withoutUrlSecrets(String(stack)) };
      },
      // What core's loops say of a failure.
      error: (error: unknown) => (typeof error === "string" ? withoutUrlSecrets(error) : error),
    },
    hooks: {
      logMethod(args, method) {
        const last = args.length - 1;
        if (typeof args[last] === "string") args[last] = withoutUrlSecrets(args[last]);
        method.apply(this, args);
      },
    },
  });
}
