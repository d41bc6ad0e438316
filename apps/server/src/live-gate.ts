import type { Config } from "./config.ts";

/** Why this configuration is not safe for live payments, each as the rest of "…: ". Empty = live keys are served. */
export function liveBlockersOf(config: Config, facts: { readonly fixedPrices: boolean }): string[] {
  const reasons: string[] = [];
  if (config.local) reasons.push("it runs its own local chain (name real ones in NETWORKS)");
  if (facts.fixedPrices) reasons.push("prices are fixed (name markets in RATES)");
  if (!config.publicUrl.startsWith("https://")) reasons.push("PUBLIC_URL does not begin with https://");
  if (config.secretKey === undefined) reasons.push("SECRET_KEY is not set, so a generated one seals the secrets");
  else if (isWeak(config.secretKey)) reasons.push("SECRET_KEY is not random");
  if (config.databaseUrl === undefined) reasons.push("the database is the embedded one (set DATABASE_URL)");
  if (config.allowPrivateWebhooks) reasons.push("ALLOW_PRIVATE_WEBHOOKS is true");
  return reasons;
}

/** A key typed by hand: few different bytes. 32 random ones have 30 on average, and fewer than 16 practically never. */
function isWeak(key: Uint8Array): boolean {
  return new Set(key).size < 16;
}
