import type { QBitFlow, SessionInput, SessionItem } from "@qbitflow/sdk";
import { connect } from "../api-client.ts";
import type { Command, Input } from "../command.ts";
import { UsageError } from "../errors.ts";
import { api } from "../options.ts";
import { durationOf, textOf, usdOf, wholeNumberOf } from "../values.ts";

const uuid = ["uuid", "The session's uuid."] as const;

function itemOf(input: Input): SessionItem {
  const productId = wholeNumberOf(input, "productId", { least: 1, most: Number.MAX_SAFE_INTEGER });
  const [productName, price] = [textOf(input, "name"), usdOf(input, "price")];
  const description = textOf(input, "description");
  const isNamed = productName !== undefined || price !== undefined || description !== undefined;
  if (productId !== undefined && !isNamed) return { productId };
  if (productId === undefined && productName !== undefined && price !== undefined) {
    return { productName, description: description ?? productName, price };
  }
  throw new UsageError("Say what is sold: --product-id, or --name and --price.");
}

function settingsOf(input: Input): Omit<SessionInput, keyof SessionItem> {
  const settings = {
    customerUUID: textOf(input, "customer"),
    webhookUrl: textOf(input, "webhookUrl"),
    successUrl: textOf(input, "successUrl"),
    cancelUrl: textOf(input, "cancelUrl"),
    reference: textOf(input, "reference"),
    expiresInMinutes: wholeNumberOf(input, "expiresIn", { least: 10, most: 1440 }),
  };
  return settings;
}

/** The session's kind follows from its options. @throws UsageError where they are of none */
function create(client: QBitFlow, input: Input) {
  const session = { ...itemOf(input), ...settingsOf(input) };
  const [frequency, trialPeriod] = [durationOf(input, "frequency"), durationOf(input, "trial")];
  const minPeriods = wholeNumberOf(input, "minPeriods", { least: 1, most: 1_000 });
  const freeCredits = usdOf(input, "freeCredits");
  const isMetered = input.payg === true;
  if (frequency === undefined) {
    if (isMetered || trialPeriod !== undefined || minPeriods !== undefined || freeCredits !== undefined)
      throw new UsageError("A subscription needs --frequency, such as 1mo.");
    return client.oneTimePayments.createSession(session);
  }
  if (isMetered) {
    return client.payAsYouGo.createSession({ ...session, frequency, trialPeriod, minPeriods, freeCredits });
  }
  if (freeCredits !== undefined) throw new UsageError("--free-credits are of pay-as-you-go: add --payg.");
  return client.subscriptions.createSession({ ...session, frequency, trialPeriod, minPeriods });
}

export const sessions: readonly Command[] = [
  {
    name: "sessions create",
    summary: "Make a checkout session: a link to be paid",
    options: [
      ["product-id?", "A product of yours; or --name and --price."],
      ["name?", "What is sold, where it is no product."],
      ["description?", "Left out: the name."],
      ["price?", "USD: 24.90. Of a unit with --payg."],
      ["frequency?", "Makes it a subscription. A number and s, min, h, d, w, mo or y: 1mo."],
      ["payg?", "Billed by usage at the end of each period.", "flag"],
      ["trial?", "Time before the first bill: 14d."],
      ["min-periods?", "Periods before the customer may cancel."],
      ["free-credits?", "USD of usage that costs nothing, with --payg."],
      ["customer?", "An existing customer's uuid. Left out: the customer types name and email."],
      ["webhook-url?", "Where its webhooks go. Left out: the organization's default."],
      ["success-url?", "Where the customer goes after paying."],
      ["cancel-url?", "Where the customer goes after cancelling."],
      ["reference?", "Your own id for the sale."],
      ["expires-in?", "Minutes, 10 to 1440. Left out: a day."],
      ...api,
    ],
    examples: [
      "qbitflow sessions create --product-id 1",
      'qbitflow sessions create --name "Blue mug" --price 24.90 --reference order-17',
      'qbitflow sessions create --name "Pro plan" --price 20 --frequency 1mo --trial 14d',
      'qbitflow sessions create --name "API call" --price 0.01 --frequency 1mo --payg --free-credits 5 --json',
    ],
    run: async (input, context) => {
      const { client } = await connect(input, context);
      const body = await create(client, input);
      return { body: { ...body, expiresAt: new Date(body.expiresAt * 1_000).toISOString() } };
    },
  },
  {
    name: "sessions get",
    summary: "A session, and how it stands",
    options: [uuid, ...api],
    bare: "uuid",
    examples: ["qbitflow sessions get 01997c89-d0e9-7c9a-9886-fe7709919695"],
    run: async (input, context) => {
      const { client } = await connect(input, context);
      const session = await client.oneTimePayments.getSession(String(input.uuid), { closeToExpireError: false });
      const { availableCurrencies, expiresAt, ...rest } = session;
      const body = { ...rest, expiresAt: new Date(expiresAt * 1_000).toISOString() };
      return { body: { ...body, currencies: availableCurrencies.map(({ id, symbol }) => ({ id, symbol })) } };
    },
  },
  {
    name: "sessions expire",
    summary: "End a session that is not paid, before its time",
    options: [uuid, ...api],
    bare: "uuid",
    examples: ["qbitflow sessions expire 01997c89-d0e9-7c9a-9886-fe7709919695"],
    run: async (input, context) => {
      const { client } = await connect(input, context);
      const { message } = await client.oneTimePayments.expireSession(String(input.uuid));
      return { body: { uuid: input.uuid, expired: true }, text: message };
    },
  },
];
