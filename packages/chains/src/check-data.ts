/** A data file or an override that is not what it must be; the message names the place. */
export class NetworkDataError extends Error {
  override readonly name = "NetworkDataError";
}

/** Reads fields of untrusted data with errors that name the place, and refuses fields nobody reads. */
export class Checked {
  readonly #place: string;
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #unread: Set<string>;

  constructor(value: unknown, place: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new NetworkDataError(`${place} must be an object.`);
    }
    this.#place = place;
    this.#fields = value as Record<string, unknown>;
    this.#unread = new Set(Object.keys(value));
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  text(field: string, pattern = /^[\p{L}\p{N} ._/:-]{1,100}$/u): string {
    const value = this.#read(field);
    if (typeof value !== "string" || !pattern.test(value)) this.refuse(field, `must be text that matches ${pattern}`);
    return value as string;
  }

  integer(field: string, minimum: number, maximum: number): number {
    const value = this.#read(field);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < minimum || value > maximum) {
      this.refuse(field, `must be an integer from ${minimum} to ${maximum}`);
    }
    return value as number;
  }

  flag(field: string): boolean {
    const value = this.#read(field);
    if (typeof value !== "boolean") this.refuse(field, "must be true or false");
    return value as boolean;
  }

  object(field: string): Checked {
    return new Checked(this.#read(field), `${this.#place}.${field}`);
  }

  list(field: string): Checked[] {
    const value = this.#read(field);
    if (!Array.isArray(value)) this.refuse(field, "must be a list");
    return (value as unknown[]).map((entry, index) => new Checked(entry, `${this.#place}.${field}[${index}]`));
  }

  texts(field: string): string[] {
    const value = this.#read(field);
    if (!Array.isArray(value) || value.some((entry) => typeof entry !== "string")) {
      this.refuse(field, "must be a list of text");
    }
    return value as string[];
  }

  /** Throws when a field is there that nothing has read: a typo must not pass in silence. */
  done(): void {
    const [unknown] = this.#unread;
    if (unknown !== undefined) this.refuse(unknown, "is not a known field");
  }

  /** Throws with this place and the field's name. */
  refuse(field: string, why: string): never {
    throw new NetworkDataError(`${this.#place}.${field} ${why}.`);
  }

  #read(field: string): unknown {
    this.#unread.delete(field);
    return this.#fields[field];
  }
}
