import type { LoggedEvent } from "@qbitflow/sdk";
import { connect } from "../api-client.ts";
import type { Command } from "../command.ts";
import { api } from "../options.ts";
import { textOf, wholeNumberOf } from "../values.ts";

const lineOf = ({ id, createdAt, type, uuid = "-", data }: LoggedEvent): string =>
  `${String(id).padStart(6)}  ${createdAt}  ${type.padEnd(36)}  ${uuid}  ${JSON.stringify(data)}`;

export const events: readonly Command[] = [
  {
    name: "events list",
    summary: "The event log, newest first",
    options: [
      ["type?", "Only events of this type, such as payment.late."],
      ["uuid?", "Only what happened to this session and its subscription."],
      ["limit?", "How many, up to 10000. Left out: 20."],
      ...api,
    ],
    examples: ["qbitflow events list", "qbitflow events list --type payment.duplicate --limit 100 --json"],
    run: async (input, context) => {
      const limit = wholeNumberOf(input, "limit", { least: 1, most: 10_000 }) ?? 20;
      const { client } = await connect(input, context);
      const query = { type: textOf(input, "type"), uuid: textOf(input, "uuid"), limit: Math.min(limit, 100) };
      const items: LoggedEvent[] = [];
      for await (const event of client.events.list(query)) {
        items.push(event);
        if (items.length >= limit) break;
      }
      return { body: { items }, text: items.length === 0 ? "None." : items.map(lineOf).join("\n") };
    },
  },
  {
    name: "events resend",
    summary: "Send an event's webhook again, with the same id and body",
    options: [["id", "The event's number, as `events list` and `listen` show it; or the webhook's id."], ...api],
    bare: "id",
    notes: ["It goes to its URL, and to whoever listens with `qbitflow listen`."],
    examples: ["qbitflow events resend 31", "qbitflow events resend 0197c89e-1111-7c9a-9886-fe7709919695"],
    run: async (input, context) => {
      const { client } = await connect(input, context);
      const { message } = await client.webhooks.replay(String(input.id));
      return { body: { id: input.id, resent: true }, text: message };
    },
  },
];
