export interface PlaceholderValues {
  readonly uuid: string;
  /** `payment`, `createSubscription` or `createPAYGSubscription`. */
  readonly transactionType: string;
}

/** Replaces `{{UUID}}` and `{{TRANSACTION_TYPE}}`, URL-encoded, as often as they stand there. Nothing else changes. */
export function replacePlaceholders(url: string, values: PlaceholderValues): string {
  return url
    .replaceAll("{{UUID}}", () => encodeURIComponent(values.uuid))
    .replaceAll("{{TRANSACTION_TYPE}}", () => encodeURIComponent(values.transactionType));
}
