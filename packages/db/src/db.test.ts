import { dbKinds, startPostgres, testDb } from "@qbitflow/testkit";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Db, isDatabaseUnavailable, isUniqueViolation, openDb } from "./index.ts";

describe.each(dbKinds)("%s", (kind) => {
  let db: Db;
  beforeAll(async () => {
    db = await testDb(kind);
    await db.script("create table thing (id bigint primary key, note text); create table other (id bigint)");
  });
  afterAll(() => db.close());

  test("every type of column arrives as the same JavaScript type", async () => {
    const [row] = await db.query<Record<string, unknown>>(
      `select 9007199254740993::int8 as big, 1::int8 as small, 1::int4 as whole, 1.50::numeric(78,2) as amount,
         '2026-03-01T12:00:00.123Z'::timestamptz as at, '{"a":[1]}'::jsonb as json, '\\x00ff'::bytea as bytes,
         array[1,9007199254740993]::int8[] as bigs, array[]::int8[] as none, array['a,"b"',null] as texts, null::int8 as nothing`,
    );
    expect(row).toMatchObject({
      big: 9007199254740993n,
      small: 1n,
      whole: 1,
      amount: "1.50",
      at: new Date("2026-03-01T12:00:00.123Z"),
      json: { a: [1] },
      bigs: [1n, 9007199254740993n],
      none: [],
      texts: ['a,"b"', null],
      nothing: null,
    });
    expect(row?.bytes).toBeInstanceOf(Uint8Array);
    expect([...((row?.bytes ?? []) as Uint8Array)]).toEqual([0, 255]);
  });

  test("every type goes in as it comes out", async () => {
    const params = [
      2n ** 63n - 1n,
      "115792089237316195423570985008687907853269984665640564039457584007913129639935",
      new Date("2026-03-01T12:00:00.123Z"),
      JSON.stringify({ a: "“\u{1f600}" }),
      new Uint8Array([0, 255]),
      ["01997c89-d0e9-7c9a-9886-fe7709919695"],
      [1n, 2n],
      true,
      null,
    ];
    const [row] = await db.query<Record<string, unknown>>(
      `select $1::int8 as a, $2::numeric(78,0) as b, $3::timestamptz as c, $4::jsonb as d, $5::bytea as e, $6::uuid[] as f,
         $7::int8[] as g, $8::boolean as h, $9::text as i`,
      params,
      { name: "all_types" },
    );
    expect(row).toMatchObject({
      a: params[0],
      b: params[1],
      c: params[2],
      d: { a: "“\u{1f600}" },
      f: params[5],
      g: params[6],
      h: true,
      i: null,
    });
    expect([...((row?.e ?? []) as Uint8Array)]).toEqual([0, 255]);
  });

  test("an exception rolls back all of a transaction, and a transaction inside joins it", async () => {
    const failing = db.transaction(async (tx) => {
      await tx.query("insert into thing values (1, 'outer')");
      await tx.transaction((inner) => inner.query("insert into thing values (2, 'inner')"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await db.query("select * from thing")).toEqual([]);
  });

  test("a failed statement inside a transaction leaves a usable database", async () => {
    await db.query("insert into thing values (5, 'there')");
    const error = await db
      .transaction((tx) => tx.query("insert into thing values (5, 'again')"))
      .catch((caught: unknown) => caught);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, "thing_pkey")).toBe(true);
    expect(isUniqueViolation(error, "another_constraint")).toBe(false);
    expect(await db.query("select note from thing where id = 5")).toEqual([{ note: "there" }]);
  });

  test("a notification arrives when its transaction committed, and not when it was rolled back", async () => {
    const heard: string[] = [];
    const stop = await db.listen("news", (payload) => heard.push(payload));
    await db
      .transaction((tx) => tx.query("select pg_notify('news', 'lost')").then(() => Promise.reject(new Error("no"))))
      .catch(() => undefined);
    await db.transaction((tx) => tx.query("select pg_notify('news', 'kept')"));
    await vi.waitFor(() => expect(heard).toEqual(["kept"]));
    await stop();
    await db.query("select pg_notify('news', 'unheard')");
    const stopAgain = await db.listen("news", (payload) => heard.push(payload));
    await db.query("select pg_notify('news', 'last')");
    await vi.waitFor(() => expect(heard).toContain("last"));
    expect(heard).toEqual(["kept", "last"]);
    await stopAgain();
  });
});

test("PGlite says so instead of hanging when the pool is asked inside a transaction", async () => {
  const db = await testDb("pglite");
  await expect(db.transaction(() => db.query("select 1"))).rejects.toThrow("the transaction's own handle");
  expect(await db.query("select 1::int as one")).toEqual([{ one: 1 }]);
  await db.close();
});

test("many may listen at once, in words the driver does not warn of", async () => {
  const db = await testDb("postgres");
  const warnings: string[] = [];
  const hear = ({ message }: Error) => warnings.push(message);
  process.on("warning", hear);
  const heard: string[] = [];
  const channels = ["a", "b", "c", "d"];
  const stops = await Promise.all(channels.map((channel) => db.listen(channel, () => heard.push(channel))));
  await Promise.all(channels.map((channel) => db.query("select pg_notify($1, '')", [channel])));
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(channels));
  await Promise.all(stops.map((stop) => stop()));
  process.off("warning", hear);
  expect(warnings).toEqual([]);
  await db.close();
});

test("on PostgreSQL a broken listening connection is made again, and the listener is told that it may have missed something", async () => {
  const postgres = await startPostgres();
  const db = await openDb({ url: postgres.url });
  const heard: string[] = [];
  await db.listen("news", (payload) => heard.push(payload));
  await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'`);
  await vi.waitFor(() => expect(heard).toContain(""), { timeout: 10_000 });
  await db.query("select pg_notify('news', 'after')");
  await vi.waitFor(() => expect(heard).toContain("after"));
  await db.close();
  await postgres.stop();
});

test("a pooled connection that breaks in a transaction fails that transaction alone", async () => {
  const postgres = await startPostgres();
  const db = await openDb({ url: postgres.url, maxConnections: 2 });
  const broken = db.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    await db.query("select pg_terminate_backend($1)", [row?.pid]);
    await tx.query("select 1");
  });
  await expect(broken).rejects.toThrow();
  expect(await db.transaction((tx) => tx.query("select 1::int as one"))).toEqual([{ one: 1 }]);
  await db.close();
  await postgres.stop();
});

test("a database that is lost is told apart from a statement that is wrong", async () => {
  await using postgres = await startedPostgres();
  const { db } = postgres;
  const failure = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
  for (const wrong of ["select 1 from nowhere", "select 1 / 0", "selec"]) {
    expect(isDatabaseUnavailable(await failure(db.query(wrong)))).toBe(false);
  }
  const waiting = failure(db.query("select pg_sleep(20)"));
  await vi.waitFor(async () => {
    const rows = await db.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'",
    );
    expect(rows).toHaveLength(1);
  });
  expect(isDatabaseUnavailable(await waiting)).toBe(true);
  await postgres.stop();
  for (let count = 0; count < 3; count++) expect(isDatabaseUnavailable(await failure(db.query("select 1")))).toBe(true);
});

async function startedPostgres() {
  const postgres = await startPostgres();
  const db = await openDb({ url: postgres.url, maxConnections: 4 });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await postgres.stop();
    isStopped = true;
  };
  const close = async () => {
    await db.close();
    await stop();
  };
  return { db, stop, [Symbol.asyncDispose]: close };
}
