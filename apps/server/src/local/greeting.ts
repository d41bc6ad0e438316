import type { DevFile } from "./dev-file.ts";

/** What a person sees when the local default is ready. */
export function greeting({ checkoutUrl, testApiKey }: DevFile): string {
  return `
QBitFlow is ready, on a test chain of its own. Prices are made up; nothing here has value.

  Pay something   ${checkoutUrl}
  API reference   ${checkoutUrl}/docs
  Test key        ${testApiKey}

Create a checkout session:

  curl ${checkoutUrl}/v1/transaction/session-checkout \\
    -H 'X-API-Key: ${testApiKey}' \\
    -H 'Content-Type: application/json' \\
    -d '{"productId": 1}'

or with the SDK:

  import { QBitFlow } from "@qbitflow/sdk";
  const client = new QBitFlow({ apiKey: "${testApiKey}", baseUrl: "${checkoutUrl}" });
  const { link } = await client.oneTimePayments.createSession({ productId: 1 });

and open its link.
`;
}
