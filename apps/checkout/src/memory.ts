import type { AskedPayment, SentPayment, SignedPayment } from "./flow/state.ts";

/** What a browser keeps about a session over reloads and tabs. No customer data. */
export interface Remembered {
  readonly sent?: SentPayment;
  readonly asked?: AskedPayment;
  /** Good for this one payment, and gone as soon as the server has answered. */
  readonly signed?: SignedPayment;
  /** This browser typed the details, so the server will tell them to it again. */
  readonly typed?: boolean;
  /** The wallet used last, to connect again without asking. */
  readonly walletId?: string;
  /** The page went on to the merchant by itself once: it does not a second time. */
  readonly wentOn?: boolean;
}

/** Local storage may be forbidden or full: the page then works, without memory. */
export class Memory {
  readonly #key: string;
  #fallback: Remembered = {};

  constructor(uuid: string) {
    this.#key = `qbitflow:${uuid}`;
  }

  read(): Remembered {
    try {
      const text = localStorage.getItem(this.#key);
      return text ? (JSON.parse(text) as Remembered) : this.#fallback;
    } catch {
      return this.#fallback;
    }
  }

  /** Sets fields; `undefined` removes one. */
  write(change: { [K in keyof Remembered]?: Remembered[K] | undefined }): void {
    const next = Object.fromEntries(
      Object.entries({ ...this.read(), ...change }).filter(([, value]) => value !== undefined),
    ) as Remembered;
    this.#fallback = next;
    try {
      localStorage.setItem(this.#key, JSON.stringify(next));
    } catch {
      // Kept in this page's memory only.
    }
  }

  /** Calls back when another tab changed something. Returns how to stop. */
  onChange(listener: (remembered: Remembered) => void): () => void {
    const hear = (event: StorageEvent) => {
      if (event.key === this.#key) listener(this.read());
    };
    window.addEventListener("storage", hear);
    return () => window.removeEventListener("storage", hear);
  }
}
