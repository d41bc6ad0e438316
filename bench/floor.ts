// The floor of an HTTP route on this machine: bare Fastify and one prepared statement, on the same database.
// Run as a process of its own: DATABASE_URL in, the port on the first line out.
import Fastify from "fastify";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(
  "create table if not exists floor (id bigint generated always as identity primary key, body jsonb not null)",
);
const app = Fastify();

app.post("/insert", async (request) => {
  const { rows } = await pool.query({
    name: "insert",
    text: "insert into floor (body) values ($1) returning id",
    values: [request.body],
  });
  return { id: rows[0].id };
});

app.get<{ Params: { id: string } }>("/select/:id", async (request) => {
  const { rows } = await pool.query({
    name: "select",
    text: "select id, body from floor where id = $1",
    values: [request.params.id],
  });
  return rows[0];
});

await app.listen({ port: 0, host: "127.0.0.1" });
console.log(new URL(app.listeningOrigin).port);
