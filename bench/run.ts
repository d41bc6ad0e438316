// `npm run bench`: every figure next to its floor, in one run; a table, and test-artifacts/bench.json.
// `npm run bench -- http scan` runs only those parts.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchBilling } from "./billing.ts";
import { benchGas } from "./gas.ts";
import { benchHttp } from "./http.ts";
import { benchPage } from "./page.ts";
import { benchScan } from "./scan.ts";
import { benchStart } from "./start.ts";
import { printTable, type Row } from "./table.ts";
import { benchWebhook } from "./webhook.ts";

const parts: Record<string, { title: string; run: () => Promise<Row[]> }> = {
  http: { title: "HTTP on PostgreSQL, 32 connections", run: benchHttp },
  scan: { title: "Reading the chain", run: benchScan },
  webhook: { title: "From block to webhook", run: benchWebhook },
  start: { title: "Start and memory of the local default", run: benchStart },
  page: { title: "The checkout page", run: benchPage },
  billing: { title: "Bills: charged, settled, written down", run: benchBilling },
  gas: { title: "Gas of real transactions", run: benchGas },
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}
const results: Record<string, Row[]> = {};
for (const [name, { title, run }] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const rows = await run();
  results[name] = rows;
  printTable(title, rows);
}
const directory = join(import.meta.dirname, "../test-artifacts");
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
const missed = Object.values(results)
  .flat()
  .filter(({ met }) => !met);
console.log(missed.length === 0 ? "\nevery goal met" : `\n${missed.length} goals missed`);
process.exitCode = missed.length === 0 ? 0 : 1;
