import { RefusedError } from "../errors.ts";

/** The public routes behind a session's link, as a browser asks them: it keeps the session's cookie. */
export class Browser {
  readonly #checkoutUrl: string;
  #cookie: string | undefined;

  /** @param uuid the session's */
  constructor(serverUrl: string, uuid: string) {
    this.#checkoutUrl = `${serverUrl.replace(/\/v1$/, "")}/v1/checkout/${uuid}`;
  }

  /** @throws RefusedError */
  async ask<T>(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#checkoutUrl}${path}`, {
      method,
      headers: {
        ...(this.#cookie !== undefined && { cookie: this.#cookie }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    this.#cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? this.#cookie;
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new RefusedError(answer.error ?? `The server answered ${response.status}.`, answer);
    return answer;
  }
}
