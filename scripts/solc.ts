/**
 * The compiler of the npm package `solc`: for our own builds, and behind the command line that forge speaks
 * (`--version`, `--standard-json`). No compiler is ever downloaded.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";

interface Compiler {
  version(): string;
  compile(input: string): string;
}

interface ContractOutput {
  abi: unknown[];
  evm: {
    bytecode: { object: string };
    deployedBytecode: { object: string; immutableReferences?: Record<string, unknown> };
  };
}

interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, ContractOutput>>;
}

/** What `compileContract` gives. */
export interface CompiledContract {
  readonly name: string;
  readonly abi: readonly unknown[];
  readonly creationCode: `0x${string}`;
  /** What lies at its address; null where that is another for each deployment, as it holds immutables. */
  readonly runtimeCode: `0x${string}` | null;
}

const root = dirname(import.meta.dirname);
const compiler = createRequire(import.meta.url)("solc") as Compiler;

const remappings = ["@openzeppelin/contracts/=node_modules/@openzeppelin/contracts/"];
const outputSelection = {
  "*": {
    "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences"],
  },
};

/** How contracts that we deploy are compiled; part of their addresses. */
const released = {
  optimizer: { enabled: true, runs: 1_000_000 },
  viaIR: true,
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none", appendCBOR: false },
  remappings,
  outputSelection,
};

/** How most tokens out there were compiled: for gas figures that compare. */
const ordinary = { optimizer: { enabled: true, runs: 200 }, evmVersion: "cancun", remappings, outputSelection };

/**
 * Compiles one contract with nothing but what it imports: names and numbers of other sources reach the bytecode, and a
 * new contract beside it must not change its address. Throws with the compiler's words on an error or a warning.
 */
export function compileContract(path: string, style: "released" | "ordinary" = "released"): CompiledContract {
  const name = posix.basename(path, ".sol");
  const settings = style === "released" ? released : ordinary;
  const input = { language: "Solidity", sources: readWithImports(path), settings };
  const output = JSON.parse(compiler.compile(JSON.stringify(input))) as Output;
  if (output.errors?.length) throw new Error(output.errors.map((error) => error.formattedMessage).join("\n"));
  const contract = output.contracts?.[path]?.[name];
  if (!contract) throw new Error(`${path} holds no contract ${name}.`);
  const { bytecode, deployedBytecode } = contract.evm;
  const hasImmutables = Object.keys(deployedBytecode.immutableReferences ?? {}).length > 0;
  return {
    name,
    abi: contract.abi,
    creationCode: `0x${bytecode.object}`,
    runtimeCode: hasImmutables ? null : `0x${deployedBytecode.object}`,
  };
}

/** Every source that `path` needs, by its name from the repository's root. */
function readWithImports(path: string): Record<string, { content: string }> {
  const sources: Record<string, { content: string }> = {};
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (sources[next]) continue;
    const file = join(root, next);
    if (!existsSync(file)) throw new Error(`${next} is imported but is not there.`);
    const content = readFileSync(file, "utf8");
    sources[next] = { content };
    for (const [, imported = ""] of content.matchAll(/^\s*import\s[^"']*["']([^"']+)["']/gm)) {
      waiting.push(imported.startsWith(".") ? posix.join(posix.dirname(next), imported) : `node_modules/${imported}`);
    }
  }
  return sources;
}

function speakToForge(args: readonly string[]): void {
  if (args.includes("--version")) {
    process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${compiler.version()}\n`);
  } else if (args.includes("--standard-json")) {
    process.stdout.write(compiler.compile(readFileSync(0, "utf8")));
  } else {
    process.stderr.write("Only --version and --standard-json are spoken here.\n");
    process.exitCode = 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) speakToForge(process.argv.slice(2));
