/** The wallet interface of EIP-1193, as far as it is used here. */
export interface Eip1193Provider {
  request(call: { method: string; params?: unknown }): Promise<unknown>;
  on?(event: string, listener: (value: never) => void): unknown;
  removeListener?(event: string, listener: (value: never) => void): unknown;
}

/** `0x1a` or 26 → 26. Wallets answer both. */
export function chainIdNumber(value: unknown): number {
  return Number(typeof value === "string" || typeof value === "number" ? value : Number.NaN);
}

export function toHex(value: number | bigint): `0x${string}` {
  return `0x${value.toString(16)}`;
}
