export type MoneyErrorReason =
  | "not_a_number"
  | "not_finite"
  | "negative"
  | "too_many_decimals"
  | "too_large"
  | "malformed"
  | "out_of_range";

/** An amount that cannot be taken as it was given. The message is a sentence a person can act on. */
export class MoneyError extends Error {
  override readonly name = "MoneyError";
  readonly reason: MoneyErrorReason;

  constructor(reason: MoneyErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
