/** A network's own variable: `RPC_URL`, `base-sepolia` → `RPC_URL_BASE_SEPOLIA`. */
export const variableOf = (prefix: string, slug: string): string =>
  `${prefix}_${slug.toUpperCase().replaceAll("-", "_")}`;
