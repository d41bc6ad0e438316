import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Writes `.br` and `.gz` beside each script and style sheet of a folder, so that the server compresses nothing per request. */
export async function precompress(directory: string): Promise<void> {
  const files = (await readdir(directory)).filter((file) => /\.(js|css)$/.test(file));
  await Promise.all(files.map((file) => compress(join(directory, file))));
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  // Quality 9 costs a tenth of 11's time for a few per cent; this runs on every install.
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipSync(content, { level: 9 }))]);
}
