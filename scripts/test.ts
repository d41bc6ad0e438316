// `npm test`: the contracts' tests (forge), then everything else (vitest), and one closing line over both.
// `npm run test:load`: the long ones (*.load.test.ts).
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(import.meta.dirname, "..");

function run(script: string, args: readonly string[], capture: boolean): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: ["ignore", capture ? "pipe" : "inherit", "inherit"],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** forge prints one JSON object: suites by name, each with its tests and their status. */
async function runForge(): Promise<Tally> {
  console.log("contracts: forge test");
  const { code, output } = await run("scripts/contracts.ts", ["test", "--json"], true);
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  try {
    const suites = JSON.parse(output.slice(output.indexOf("{"))) as Record<
      string,
      { test_results: Record<string, { status: string; reason?: string | null }> }
    >;
    for (const [suite, { test_results }] of Object.entries(suites)) {
      for (const [test, { status, reason }] of Object.entries(test_results)) {
        if (status === "Success") tally.passed += 1;
        else if (status === "Skipped") tally.skipped += 1;
        else {
          tally.failed += 1;
          console.log(`  failed: ${suite} ${test}: ${reason ?? "no reason given"}`);
        }
      }
    }
  } catch {
    console.log(output);
  }
  if (code !== 0 && tally.failed === 0) tally.failed = 1;
  console.log(`contracts: ${tally.passed} passed, ${tally.failed} failed`);
  return tally;
}

async function runVitest(load: boolean, filters: readonly string[]): Promise<Tally> {
  const directory = mkdtempSync(join(tmpdir(), "qbitflow-test-"));
  const report = join(directory, "report.json");
  try {
    const { code } = await run(
      "node_modules/vitest/vitest.mjs",
      [
        "run",
        ...(load ? ["--config", "vitest.load.config.ts"] : []),
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
        ...filters,
      ],
      false,
    );
    const result = JSON.parse(readFileSync(report, "utf8")) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numFailedTestSuites: number;
    };
    const failed = result.numFailedTests > 0 ? result.numFailedTests : code === 0 ? 0 : 1;
    return { passed: result.numPassedTests, failed, skipped: result.numPendingTests };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const [first, ...rest] = process.argv.slice(2);
const load = first === "load";
const filters = load ? rest : process.argv.slice(2);
const tallies = [...(load || filters.length > 0 ? [] : [await runForge()]), await runVitest(load, filters)];
const total = tallies.reduce((sum, tally) => ({
  passed: sum.passed + tally.passed,
  failed: sum.failed + tally.failed,
  skipped: sum.skipped + tally.skipped,
}));
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
