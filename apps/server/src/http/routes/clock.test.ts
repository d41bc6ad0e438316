import { expect, test } from "vitest";
import { testServer } from "../../../test/server.ts";

test("a server with public networks tells the time and does not move it", async () => {
  await using server = await testServer();
  const shown = await server.call("GET", "/v1/clock");
  expect(shown.json()).toMatchObject({ offsetSeconds: 0, canMove: false, moving: false });
  const moved = await server.call("POST", "/v1/clock/advance", { body: { value: 35, unit: "days" } });
  expect([moved.statusCode, moved.json().code]).toEqual([409, "clock_not_local"]);
  expect((await server.call("GET", "/v1/clock", { key: null })).statusCode).toBe(401);
});
