import { testDb } from "@qbitflow/testkit";
import { expect, it } from "vitest";
import { simulate } from "./simulation.testing.ts";

const STEPS = 250;

it("rows, statuses and deliveries are right at each moment of chains that reorganise and workers that die", async () => {
  const db = await testDb();
  try {
    const simulation = await simulate(db, { seed: 1, steps: STEPS });
    expect(simulation.crashes).toBeGreaterThan(STEPS / 10);
    expect(simulation.reorganisations).toBeGreaterThan(STEPS / 20);
  } finally {
    await db.close();
  }
}, 120_000);
