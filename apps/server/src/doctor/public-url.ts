import { type Check, ok, problem, warning } from "./check.ts";

const TIMEOUT_MS = 5_000;

/** Whether customers reach a server under PUBLIC_URL, and what it says of itself. Never throws. */
export async function checkPublicUrl(publicUrl: string): Promise<readonly Check[]> {
  const name = "PUBLIC_URL";
  const advice = "Start the server, and check the proxy and the name's address.";
  let ready: { ready?: unknown; parts?: { name: string; ok: boolean; detail: string }[] };
  try {
    const response = await fetch(`${publicUrl}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
    ready = (await response.json()) as typeof ready;
  } catch {
    return [warning(name, `no server of ours answers at ${publicUrl}`, advice)];
  }
  if (typeof ready?.ready !== "boolean")
    return [warning(name, `something else than QBitFlow answers at ${publicUrl}`, advice)];
  if (ready.ready) return [ok(name, `the server at ${publicUrl} answers and is ready`)];
  const parts = (ready.parts ?? []).filter((part) => !part.ok).map((part) => `${part.name} ${part.detail}`);
  return [problem(name, `the server at ${publicUrl} is not ready: ${parts.join("; ")}`, "See what is named.")];
}
