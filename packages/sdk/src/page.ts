import { QBitFlowError } from "./errors.ts";

export interface ListOptions {
  /** Items per page, 1 to 100. The server's default unless set. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** A list as the API answers it. */
export interface ListAnswer<T> {
  items: T[];
  nextCursor: string | null;
}

type FetchPage<T> = (cursor: string | undefined) => Promise<ListAnswer<T>>;

/** One page of a list; iterating it goes on over all further pages, fetched as they are needed. */
export class Page<T> implements AsyncIterable<T> {
  readonly items: T[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
  readonly #fetchPage: FetchPage<T>;

  constructor(answer: ListAnswer<T>, fetchPage: FetchPage<T>) {
    this.items = answer.items;
    this.nextCursor = answer.nextCursor ?? null;
    this.#fetchPage = fetchPage;
  }

  get hasNext(): boolean {
    return this.nextCursor !== null;
  }

  /** The page after this one; null after the last. */
  async next(): Promise<Page<T> | null> {
    if (this.nextCursor === null) return null;
    const answer = await this.#fetchPage(this.nextCursor);
    if (answer.nextCursor === this.nextCursor) {
      // Without this, a server that repeats itself would keep the caller's loop running for ever.
      throw new QBitFlowError(
        "The server answered a list with the same cursor twice. Start again from the first page.",
        {
          code: "cursor_repeated",
        },
      );
    }
    return new Page(answer, this.#fetchPage);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (let page: Page<T> | null = this; page !== null; page = await page.next()) yield* page.items;
  }
}

/**
 * What a list method answers: `await` it for its first page, or put it in `for await` for every item of every page.
 * Nothing is sent before one of the two.
 */
export class PageRequest<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #fetchPage: FetchPage<T>;
  readonly #cursor: string | undefined;
  #first: Promise<Page<T>> | undefined;

  constructor(fetchPage: FetchPage<T>, cursor?: string) {
    this.#fetchPage = fetchPage;
    this.#cursor = cursor;
  }

  // biome-ignore lint/suspicious/noThenProperty: being awaitable is the point of this class.
  then<R = Page<T>, E = never>(
    onFulfilled?: ((page: Page<T>) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.#firstPage().then(onFulfilled, onRejected);
  }

  catch<E = never>(onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null): Promise<Page<T> | E> {
    return this.#firstPage().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Page<T>> {
    return this.#firstPage().finally(onFinally);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this.#firstPage();
  }

  #firstPage(): Promise<Page<T>> {
    this.#first ??= this.#fetchPage(this.#cursor).then((answer) => new Page(answer, this.#fetchPage));
    return this.#first;
  }
}
