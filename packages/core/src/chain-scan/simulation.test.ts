import { testDb } from "@qbitflow/testkit";
import { expect, it } from "vitest";
import { Simulation, violations } from "./simulation.testing.ts";

const STEPS = Number(process.env.SIMULATION_STEPS ?? 300);
const SEED = Number(process.env.SIMULATION_SEED ?? 1);

it(`rows, statuses and deliveries are right after each of ${STEPS} steps of chains that reorganise and workers that die`, async () => {
  const db = await testDb((process.env.SIMULATION_DB as "pglite" | "postgres" | undefined) ?? "pglite");
  try {
    const simulation = await Simulation.create(db, SEED);
    for (let step = 1; step <= STEPS; step++) {
      await simulation.step();
      expect(await violations(simulation), `step ${step} of seed ${SEED}`).toEqual([]);
    }
    await simulation.settle();
    expect(await violations(simulation), "settled").toEqual([]);
    const told = await db.query<{ status: string; count: bigint }>(
      "select status, count(*) as count from checkout_session group by status order by status",
    );
    console.log({ crashes: simulation.crashes, reorganisations: simulation.reorganisations }, told);
    const matches = await db.query(
      "select match, orphaned_at is null as stands, count(*) as count from payment group by 1, 2 order by 1, 2",
    );
    console.log(matches);
    expect(simulation.crashes).toBeGreaterThan(STEPS / 20);
  } finally {
    await db.close();
  }
}, 600_000);
