import { randomBytes, randomFillSync } from "node:crypto";
import type { Ids } from "@qbitflow/core";

/** Random bytes are drawn for so many uuids at once: a call for each costs more than the uuid. */
const POOL_BYTES = 4096;
const UUID_BYTES = 16;

/** Version 7 uuids: 48 bits of milliseconds, then random; within a millisecond they keep their order by a counter. */
export function createIds(): Ids {
  let lastMs = 0;
  let counter = 0;
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  const draw = (): Buffer => {
    if (used >= POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    used += UUID_BYTES;
    return pool.subarray(used - UUID_BYTES, used);
  };
  return {
    uuid() {
      const bytes = draw();
      const nowMs = Math.max(Date.now(), lastMs);
      counter = nowMs === lastMs ? counter + 1 : bytes.readUInt16BE(6) & 0x7ff;
      // The 12 counter bits are full: borrow the next millisecond, so that order holds.
      lastMs = counter > 0xfff ? nowMs + 1 : nowMs;
      if (counter > 0xfff) counter = 0;
      bytes.writeUIntBE(lastMs, 0, 6);
      bytes.writeUInt16BE(0x7000 | counter, 6);
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
      const hex = bytes.toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
    token: (bytes) => randomBytes(bytes).toString("base64url"),
  };
}
