import type { RequestOptions } from "../config.ts";
import type { ListOptions, PageRequest } from "../page.ts";
import type { Transport } from "../transport.ts";
import type { LoggedEvent } from "../types.ts";

export interface EventListOptions extends ListOptions {
  /** Only events of this type. */
  type?: string | undefined;
  /** Only what happened to this session and its subscription. */
  uuid?: string | undefined;
}

/** The event log of the key's mode, newest first: what webhooks tell, and what changes no status. */
export class Events {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** `await` it for one page, or `for await` it for all events. */
  list(list: EventListOptions = {}, options?: RequestOptions): PageRequest<LoggedEvent> {
    return this.#transport.list("/events", list, options);
  }

  /** Every event, page by page. */
  iterate(list: EventListOptions = {}, options?: RequestOptions): AsyncGenerator<LoggedEvent, void, undefined> {
    return this.list(list, options)[Symbol.asyncIterator]();
  }
}
