import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type ErrorCode, errorCodes } from "@qbitflow/api";
import { DomainError } from "@qbitflow/core";
import { errorAnswer } from "./error-answer.ts";

/** What Node's parser says of a request that no route ever sees. */
const codeOf: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: "headers_too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** Answers a request that is no HTTP, too large or too slow, as every other failure is answered, and ends its connection. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  // Reset by the other side: nobody is there to read it.
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = codeOf[error.code ?? ""] ?? "validation_failed";
  const message = code === "validation_failed" ? "The request is malformed." : errorCodes[code].sentence;
  const answer = errorAnswer(new DomainError("invalid", code, message), randomUUID());
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "X-Content-Type-Options: nosniff",
    `X-Request-Id: ${answer.requestId}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
