/** One thing in which the books and a chain are not equal. */
export interface Difference {
  readonly about: "payment" | "quote" | "session" | "mandate" | "mandate_event" | "bill" | "network";
  /** missing: on the chain and not in the books. not_on_chain: the other way round. */
  readonly what: "missing" | "not_on_chain" | "different";
  readonly network: string | null;
  /** The session's or the subscription's. */
  readonly uuid: string | null;
  readonly transactionHash?: string;
  readonly logIndex?: number;
  readonly blockNumber?: number;
  readonly mandateHash?: string;
  readonly billUuid?: string;
  /** What differs; amounts are decimal texts in base units or micro-dollars. */
  readonly fields?: readonly FieldDifference[];
  /** What a person should know, where the rest does not say it. */
  readonly message?: string;
  /** Rebuilding brought it in order. */
  readonly restored: boolean;
}

export interface FieldDifference {
  readonly field: string;
  readonly books: string | null;
  readonly chain: string | null;
}

/** Fields by name as texts; null = nothing is said. */
export type Fields = Readonly<Record<string, string | null>>;

/** Where two accounts of one thing differ. Hexadecimal is the same in any letter case. Pure. */
export function differingFields(books: Fields, chain: Fields): FieldDifference[] {
  const plain = (text: string | null | undefined) => text?.toLowerCase() ?? null;
  return Object.keys(chain)
    .filter((field) => plain(books[field]) !== plain(chain[field]))
    .map((field) => ({ field, books: books[field] ?? null, chain: chain[field] ?? null }));
}

export interface Compared<Chain, Books> {
  readonly missing: readonly Chain[];
  readonly foreign: readonly Books[];
  readonly different: readonly { readonly chain: Chain; readonly books: Books; readonly fields: FieldDifference[] }[];
}

/**
 * Pairs what a chain shows with what the books hold of it, by key. What the chain was not asked for (`isRead`) is missed
 * there by nobody. Pure.
 */
export function compareAll<Chain, Books>(
  sides: { readonly chain: readonly Chain[]; readonly books: readonly Books[] },
  how: { keyOf(one: Chain | Books): string; fieldsOf(one: Chain | Books): Fields; isRead(one: Books): boolean },
): Compared<Chain, Books> {
  const inBooks = new Map(sides.books.map((one) => [how.keyOf(one), one]));
  const onChain = new Set(sides.chain.map(how.keyOf));
  const missing: Chain[] = [];
  const different: { chain: Chain; books: Books; fields: FieldDifference[] }[] = [];
  for (const chain of sides.chain) {
    const books = inBooks.get(how.keyOf(chain));
    if (books === undefined) {
      missing.push(chain);
      continue;
    }
    const fields = differingFields(how.fieldsOf(books), how.fieldsOf(chain));
    if (fields.length > 0) different.push({ chain, books, fields });
  }
  return { missing, different, foreign: sides.books.filter((one) => !onChain.has(how.keyOf(one)) && how.isRead(one)) };
}
