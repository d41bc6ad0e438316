import { dbKinds, testDb } from "@qbitflow/testkit";
import { expect, it } from "vitest";
import { simulate } from "./simulation.testing.ts";

const STEPS = 1_500;

it.each(dbKinds.flatMap((kind) => [11, 12].map((seed) => ({ kind, seed }))))(
  `rows, statuses and deliveries are right at each of ${STEPS} moments on $kind, seed $seed`,
  async ({ kind, seed }) => {
    const db = await testDb(kind);
    try {
      const simulation = await simulate(db, { seed, steps: STEPS });
      expect(simulation.crashes).toBeGreaterThan(STEPS / 10);
    } finally {
      await db.close();
    }
  },
  600_000,
);
