// What an SDK and the server's OpenAPI document say of the same thing, in a form that no language owns. Another SDK's types
// are compared by one more reader that gives `SdkTypes`, and one more line in drift.test.ts.

export interface FieldShape {
  readonly required: boolean;
  /** Where only certain texts or numbers are allowed. */
  readonly values?: readonly string[];
}

export type ObjectShape = Readonly<Record<string, FieldShape>>;

/** Every type that an SDK has for what goes over the wire, by the SDK's name for it. */
export type SdkTypes = ReadonlyMap<string, ObjectShape>;
