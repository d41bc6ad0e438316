import { expect, test } from "vitest";
import { testServer } from "../../../test/server.ts";

test.each(["GET", "POST"] as const)("%s force-cancel of an unknown subscription is 404", async (method) => {
  await using server = await testServer();
  for (const uuid of ["0197c89d-d0e9-7c9a-9886-fe7709919695", "nonsense"]) {
    const answer = await server.call(method, `/v1/transaction/subscription/processing/force-cancel/${uuid}`);
    expect(answer.statusCode).toBe(404);
  }
});
