import { constants, copyFile, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * The chain node writes its state in place, so a kill in the middle of a write leaves half a file. It therefore
 * writes `live.json`, whole copies of which become `saved.json`, and it loads only the latter.
 */
export interface StateFiles {
  readonly live: string;
  readonly saved: string;
  /** Makes the newest whole state the saved one; false when there is none. */
  choose(): Promise<boolean>;
  /** Copies the live state, if it is whole and newer than the last copy. */
  save(): Promise<void>;
  /** Puts away a state that the node cannot load, so that it can start anew; nothing is deleted. */
  putAway(): Promise<void>;
}

async function modifiedMs(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}

/** Cheap check for a file that is being written: whole JSON ends with its bracket. */
async function looksWhole(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) return false;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer.toString() === "}";
  } finally {
    await file.close();
  }
}

async function isWhole(path: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}

/** The state files of a local chain in a directory. */
export function createStateFiles(directory: string): StateFiles {
  const live = join(directory, "live.json");
  const saved = join(directory, "saved.json");
  const copy = join(directory, "copy.json");
  let copiedMs: number | null = null;

  async function choose(): Promise<boolean> {
    if ((await modifiedMs(live)) !== null && (await isWhole(live))) {
      await rename(live, saved);
      return true;
    }
    await rm(live, { force: true });
    return (await modifiedMs(saved)) !== null && (await isWhole(saved));
  }

  async function save(): Promise<void> {
    const beforeMs = await modifiedMs(live);
    if (beforeMs === null || beforeMs === copiedMs || !(await looksWhole(live))) return;
    await copyFile(live, copy, constants.COPYFILE_FICLONE);
    if ((await modifiedMs(live)) !== beforeMs || !(await looksWhole(copy))) return;
    await rename(copy, saved);
    copiedMs = beforeMs;
  }

  async function putAway(): Promise<void> {
    if ((await modifiedMs(saved)) !== null) await rename(saved, join(directory, "unreadable.json"));
  }

  return { live, saved, choose, save, putAway };
}
