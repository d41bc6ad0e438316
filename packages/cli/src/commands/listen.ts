import type { HeardDelivery } from "@qbitflow/api";
import { connect } from "../api-client.ts";
import type { Command } from "../command.ts";
import { deliveries } from "../listening/follow.ts";
import { type Forwarded, forward, targetOf } from "../listening/forward.ts";
import { api } from "../options.ts";

function lineOf({ eventId, type, uuid }: HeardDelivery, { status, error, ms }: Forwarded, time: Date): string {
  const came = `${time.toTimeString().slice(0, 8)}  ${type}  ${uuid}  → ${status ?? error} (${ms} ms)`;
  const isTaken = status !== undefined && status >= 200 && status < 300;
  return isTaken ? `${came}  event ${eventId}` : `${came}  again: qbitflow events resend ${eventId}`;
}

export const listen: readonly Command[] = [
  {
    name: "listen",
    summary: "Bring webhooks to a server on this machine, until interrupted",
    options: [["forward-to", "Its address: http://localhost:4000/hook"], ...api],
    bare: "forward-to",
    notes: [
      "Every webhook of the key's organization and mode, from now on, in order; those of sessions without any URL, too.",
      "They are signed as always: verify them with the secret that `qbitflow webhooks secret` shows.",
      "What your server refuses is not sent again by itself: `qbitflow events resend`. Ctrl-C ends with 0.",
    ],
    examples: [
      "qbitflow listen --forward-to http://localhost:4000/hook",
      "qbitflow listen http://localhost:4000/hook --json",
    ],
    isLong: true,
    run: async (input, context) => {
      const { signal, print, tell } = context;
      const target = targetOf(String(input.forwardTo));
      let count = 0;
      for await (const delivery of deliveries({ connect: () => connect(input, context), tell, signal })) {
        const forwarded = await forward(target, delivery, signal);
        if (signal.aborted) break;
        count += 1;
        const time = new Date();
        const { id, eventId, type, uuid, sequence } = delivery;
        print(
          { time: time.toISOString(), id, eventId, type, uuid, sequence, ...forwarded },
          lineOf(delivery, forwarded, time),
        );
      }
      tell(`${count} ${count === 1 ? "webhook was" : "webhooks were"} forwarded.`);
      return undefined;
    },
  },
];
