// npm run contracts -- build   compiles contracts/src and writes what server and pages need of it
//                      check   fails when what `build` would write is not what is committed, or Solidity is not formatted
//                      test    forge's tests, on the very code that `build` writes (further arguments go to forge), and
//                              gas, unless the arguments choose tests
//                      gas     fails when gas differs from contracts/snapshots (`gas --write` records it anew)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type Address, getContractAddress, type Hex, keccak256, stringToHex } from "viem";
import { type CompiledContract, compileContract } from "./solc.ts";

const root = dirname(import.meta.dirname);
const generated = "packages/chains/src/evm/generated";
/** What is generated: each module's contracts by the names their exports begin with. */
const modules: Record<string, Record<string, string>> = {
  checkout: { checkout: "contracts/src/QBitFlowCheckout.sol" },
  subscriptions: {
    subscriptions: "contracts/src/QBitFlowSubscriptions.sol",
    executorRegistry: "contracts/src/ExecutorRegistry.sol",
    signatureVerifier: "contracts/src/SignatureVerifier.sol",
  },
  "test-tokens": {
    testUsdc: "contracts/src/test-tokens/TestUSDC.sol",
    testUsdt: "contracts/src/test-tokens/TestUSDT.sol",
    testDai: "contracts/src/test-tokens/TestDAI.sol",
  },
};
/** Deployed at the same address on every chain that people use. */
const deploymentProxy: Address = "0x4e59b44847b379578588920cA78FbF26c0B4956C";
/** Permit2's, on every chain that has it. */
const permit2Address: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
const salt: Hex = stringToHex("QBitFlow 1", { size: 32 });

const header =
  "// Written by `npm run contracts -- build`; `npm run contracts -- check` compares it with contracts/src.\n";

function takesArguments({ abi }: CompiledContract): boolean {
  const parts = abi as readonly { type: string; inputs?: readonly unknown[] }[];
  return parts.some(({ type, inputs }) => type === "constructor" && inputs?.length);
}

/** A contract's ABI, creation code, its code's hash, and its address where that does not depend on an argument. */
function contractExports(contract: CompiledContract, prefix: string): string {
  const { abi, creationCode: bytecode, runtimeCode } = contract;
  const address = getContractAddress({ opcode: "CREATE2", from: deploymentProxy, salt, bytecode });
  return [
    `export const ${prefix}Abi = ${JSON.stringify(abi, null, 2)} as const;\n`,
    ...(takesArguments(contract) ? [] : [`export const ${prefix}Address = "${address}" as const;\n`]),
    `export const ${prefix}CreationCode =\n  "${bytecode}" as const;\n`,
    ...(runtimeCode === null
      ? []
      : [
          `/** Of the code at its address. */\nexport const ${prefix}CodeHash = "${keccak256(runtimeCode)}" as const;\n`,
        ]),
  ].join("\n");
}

/** Every generated file by its path from the repository's root. */
function generate(compiled: ReadonlyMap<string, CompiledContract>): Map<string, string> {
  const permit2 = readFileSync(join(root, "contracts/test/fixtures/permit2.hex"), "utf8").trim();
  const files = new Map([
    [
      `${generated}/deployment.ts`,
      `${header}\nexport const deploymentProxyAddress = "${deploymentProxy}" as const;\n\nexport const deploymentSalt = "${salt}" as const;\n`,
    ],
    [
      `${generated}/permit2.ts`,
      `${header}\nexport const permit2Address = "${permit2Address}" as const;\n\n/** Permit2 is Uniswap's (MIT licence): its runtime code, for local chains only. */\nexport const permit2RuntimeCode =\n  "${permit2}" as const;\n`,
    ],
  ]);
  for (const [module, contracts] of Object.entries(modules)) {
    const parts = Object.entries(contracts).map(([prefix, path]) => {
      const contract = compiled.get(path);
      if (!contract) throw new Error(`${path} was not compiled.`);
      return contractExports(contract, prefix);
    });
    files.set(`${generated}/${module}.ts`, `${header}\n${parts.join("\n")}`);
  }
  return files;
}

/** Tests deploy these bytes, so that what is tested is what is deployed. */
function writeForTests(contracts: Iterable<CompiledContract>): void {
  const directory = join(root, "contracts/out/creation");
  mkdirSync(directory, { recursive: true });
  for (const { name, creationCode } of contracts) writeFileSync(join(directory, `${name}.hex`), creationCode);
}

function staleFiles(files: ReadonlyMap<string, string>): string[] {
  return [...files.keys()].filter((path) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, "utf8") !== files.get(path);
  });
}

/** The platform's own binary: the package's JavaScript wrapper would be orphaned by a kill. */
function forge(args: readonly string[], stdout: "inherit" | "pipe" = "inherit"): { code: number; output: string } {
  const binary = process.platform === "win32" ? "forge.exe" : "forge";
  const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/forge-${platform}/package.json`);
  const path = `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH ?? ""}`;
  const result = spawnSync(join(dirname(manifest), "bin", binary), args, {
    cwd: root,
    stdio: ["inherit", stdout, "inherit"],
    encoding: "utf8",
    env: { ...process.env, PATH: path },
  });
  if (result.error) throw result.error;
  return { code: result.status ?? 1, output: result.stdout ?? "" };
}

const gasSnapshot = ["snapshot", "--match-path", "contracts/test/*/gas.t.sol", "--snap", "contracts/snapshots/gas.txt"];

function test(args: readonly string[]): number {
  const { code } = forge(["test", ...args]);
  if (code !== 0 || args.some((argument) => argument !== "--json")) return code;
  // Apart from standard output, where `--json` has its answer.
  const gas = forge([...gasSnapshot, "--check"], "pipe");
  if (gas.code !== 0) console.error(`${gas.output}\nGas differs. If it may: npm run contracts -- gas --write`);
  return gas.code;
}

function run([command, ...args]: readonly string[]): number {
  const paths = Object.values(modules).flatMap((contracts) => Object.values(contracts));
  const compiled = new Map(paths.map((path) => [path, compileContract(path)]));
  const files = generate(compiled);
  switch (command) {
    case "build": {
      mkdirSync(join(root, generated), { recursive: true });
      for (const [path, text] of files) writeFileSync(join(root, path), text);
      console.log(`${files.size} files written to ${generated}`);
      return 0;
    }
    case "check": {
      const stale = staleFiles(files);
      for (const path of stale) console.error(`${path} is stale: run npm run contracts -- build`);
      if (stale.length === 0) console.log("The generated files are what contracts/src compiles to.");
      return forge(["fmt", "--check", "contracts"]).code === 0 && stale.length === 0 ? 0 : 1;
    }
    case "test":
      writeForTests(compiled.values());
      return test(args);
    case "gas":
      writeForTests(compiled.values());
      return forge([...gasSnapshot, ...(args.includes("--write") ? [] : ["--check"])]).code;
    default:
      console.error("npm run contracts -- build | check | test | gas [--write]");
      return 2;
  }
}

process.exitCode = run(process.argv.slice(2));
