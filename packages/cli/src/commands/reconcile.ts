import { openAdministration, readConfig } from "@qbitflow/server";
import { accepted } from "../administer.ts";
import type { Command } from "../command.ts";
import { reconcile as compare, reconciliationText } from "../compare-books.ts";
import { exitCodes } from "../exit-codes.ts";

export const reconcile: readonly Command[] = [
  {
    name: "reconcile",
    summary: "Compare the books with the chains; ends with 1 where they differ",
    options: [["rebuild?", "Bring the books in order where the chain says how.", "flag"]],
    notes: ["It may be interrupted and run again at any moment."],
    examples: ["qbitflow reconcile", "qbitflow reconcile --rebuild --json"],
    run: async (input, { env, tell }) => {
      const administration = openAdministration(readConfig(env));
      try {
        const ask = (step: object) => administration.ask({ command: "reconcile", input: step });
        const answer = await compare(ask, { rebuild: input.rebuild === true, tell });
        if (!("reconciliation" in answer)) return accepted(answer);
        const { reconciliation } = answer;
        return {
          body: reconciliation,
          text: reconciliationText(reconciliation),
          exitCode: reconciliation.equal ? exitCodes.done : exitCodes.refused,
        };
      } finally {
        await administration.close();
      }
    },
  },
];
