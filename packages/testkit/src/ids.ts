import { createHash } from "node:crypto";
import type { Clock, Ids } from "@qbitflow/core";

/** The same ids in every run: version 7 uuids by the given clock, ascending, and tokens from a counter. */
export function seededIds(clock: Clock, seed = "test"): Ids {
  let count = 0;
  const bytes = (): Buffer => createHash("sha512").update(`${seed}:${++count}`).digest();
  return {
    uuid() {
      const random = bytes().toString("hex");
      const time = clock.now().getTime().toString(16).padStart(12, "0");
      // The counter stands in the high random bits, so that ids of one millisecond are in order.
      const order = (count & 0xfffffff).toString(16).padStart(7, "0");
      const high = order.slice(0, 3);
      const low = `${order.slice(3)}${random}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-8${low.slice(0, 3)}-${low.slice(3, 15)}`;
    },
    token(length) {
      return Buffer.concat([bytes(), bytes()]).subarray(0, length).toString("base64url");
    },
  };
}
