#!/usr/bin/env node
import { run } from "./run.ts";

const { exitCode, output, errorOutput } = await run(process.argv.slice(2), process.env, (line) => {
  process.stderr.write(`${line}\n`);
});
if (output !== "") process.stdout.write(`${output}\n`);
if (errorOutput !== "") process.stderr.write(`${errorOutput}\n`);
process.exitCode = exitCode;
