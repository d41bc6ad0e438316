/** What the exit page needs to know of a mandate, to travel in a link's fragment or a file: our server never sees it. */
import type { PortalState } from "@qbitflow/api";
import { withoutOverrides } from "../format.ts";

export interface ExitTerms {
  readonly version: 1;
  readonly chainId: number;
  readonly network: string;
  readonly contract: string;
  readonly product: string;
  readonly organization: string;
  readonly symbol: string;
  /** The contract's struct, integers as decimal texts. */
  readonly mandate: Readonly<Record<string, unknown>> & { readonly plan: Readonly<Record<string, unknown>> };
}

/** `/exit#…` with the terms of the portal's mandate; undefined without one. */
export function exitLink({ mandate, productName, organizationName }: PortalState): string | undefined {
  if (!mandate) return undefined;
  const terms = {
    version: 1,
    chainId: mandate.network.chainId,
    network: mandate.network.name,
    contract: mandate.contract,
    product: productName,
    organization: organizationName,
    symbol: mandate.currency.symbol,
    mandate: mandate.terms,
  };
  return `/exit#${encodeURIComponent(JSON.stringify(terms))}`;
}

/** From a fragment, a pasted link or a file's text; whoever wrote it is a stranger. Undefined when it is none of these. */
export function parseTerms(text: string): ExitTerms | undefined {
  const fragment = text.includes("#") ? text.slice(text.indexOf("#") + 1) : text;
  try {
    const trimmed = fragment.trim();
    const terms = JSON.parse(trimmed.startsWith("{") ? trimmed : decodeURIComponent(trimmed)) as ExitTerms;
    const { mandate } = terms;
    const known = terms.version === 1 && Number.isInteger(terms.chainId) && isAddress(terms.contract);
    if (!known || !isAddress(mandate?.subscriber) || !isAddress(mandate?.plan?.token)) return undefined;
    const readable = (name: "network" | "product" | "organization" | "symbol") => withoutOverrides(String(terms[name]));
    return {
      ...terms,
      network: readable("network"),
      product: readable("product"),
      organization: readable("organization"),
      symbol: readable("symbol"),
    };
  } catch {
    return undefined;
  }
}

function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value);
}
