import type {
  CheckoutCustomer,
  CheckoutQuote,
  CheckoutRelayRequest,
  CheckoutState,
  CheckoutTransactionHint,
} from "@qbitflow/api";
import { type Problem, ProblemError } from "./problem.ts";

/** The API's error answer. */
export class ServerRefused extends Error {
  override readonly name = "ServerRefused";
  readonly status: number;
  readonly code: string;
  readonly fields: readonly { field: string; message: string }[];

  constructor(status: number, body: { error?: string; code?: string; errors?: { field: string; message: string }[] }) {
    super(body.error ?? `The server answered ${status}.`);
    this.status = status;
    this.code = body.code ?? "unknown";
    this.fields = body.errors ?? [];
  }
}

/** What a failed call means to the customer. */
export function serverProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ServerRefused) {
    if (error.status === 429) return { code: "tooMany" };
    if (error.status >= 500) return { code: "server" };
    return { code: "server", facts: { said: error.message } };
  }
  return { code: "server" };
}

const timeoutMs = 20_000;

/** Public routes of our server below one path. Each call throws ProblemError `offline` or ServerRefused. */
export class PublicServer {
  readonly #base: string;
  readonly #onReach: (reached: boolean) => void;

  constructor(base: string, onReach: (reached: boolean) => void) {
    this.#base = base;
    this.#onReach = onReach;
  }

  socketUrl(): string {
    const url = new URL(`${this.#base}/ws`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  protected async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#reach(method, path, body);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new ServerRefused(response.status, answer);
    return answer as T;
  }

  async #reach(method: string, path: string, body: unknown): Promise<Response> {
    try {
      const response = await fetch(this.#base + path, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      // A proxy in front answers 502 to 504 when the server itself is away.
      const away = response.status >= 502 && response.status <= 504;
      this.#onReach(!away);
      if (away) throw new ProblemError({ code: "offline" });
      return response;
    } catch (cause) {
      if (cause instanceof ProblemError) throw cause;
      this.#onReach(false);
      throw new ProblemError({ code: "offline" }, { cause });
    }
  }
}

/** The public routes of one session. */
export class CheckoutServer extends PublicServer {
  constructor(uuid: string, onReach: (reached: boolean) => void) {
    super(`/v1/checkout/${encodeURIComponent(uuid)}`, onReach);
  }

  state(): Promise<CheckoutState> {
    return this.call("GET", "");
  }

  customer(): Promise<CheckoutCustomer> {
    return this.call("GET", "/customer");
  }

  saveCustomer(customer: CheckoutCustomer): Promise<CheckoutState> {
    return this.call("PUT", "/customer", customer);
  }

  quote(currencyId: number): Promise<CheckoutQuote> {
    return this.call("POST", "/quote", { currencyId });
  }

  hint(hint: CheckoutTransactionHint): Promise<CheckoutState> {
    return this.call("POST", "/transaction", hint);
  }

  relay(request: CheckoutRelayRequest): Promise<CheckoutState> {
    return this.call("POST", "/relay", request);
  }

  cancel(): Promise<CheckoutState> {
    return this.call("POST", "/cancel");
  }
}
