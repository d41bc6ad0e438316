// The exchanges that prices come from, where a test reaches no Internet: their hosts, their TLS and their formats, behind a
// proxy that processes take by HTTPS_PROXY.
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import type { Certificate } from "./certificate.ts";

/** USD, as the exchanges write it. */
const PRICES: Readonly<Record<string, string>> = { ETH: "3000.00", USDC: "1.0000", USDT: "1.0000", EURC: "1.0800" };

type Exchange = (url: URL) => unknown;
const exchanges: Readonly<Record<string, Exchange>> = {
  "api.exchange.coinbase.com": ({ pathname }) => ({
    price: PRICES[/^\/products\/(\w+)-USD\/ticker$/.exec(pathname)?.[1] ?? ""],
    time: new Date().toISOString(),
  }),
  "api.kraken.com": ({ searchParams }) => {
    const pair = searchParams.get("pair") ?? "";
    const price = PRICES[pair.replace(/USD$/, "")];
    return { error: [], result: { [pair]: { a: [price, "1", "1"], b: [price, "1", "1"] } } };
  },
  "api.binance.com": ({ searchParams }) =>
    (JSON.parse(searchParams.get("symbols") ?? "[]") as string[]).map((symbol) => {
      const price = PRICES[symbol.replace(/USDT$/, "")];
      return { symbol, bidPrice: price, askPrice: price };
    }),
};

/** Whose names the certificate has to carry. */
export const exchangeHosts = Object.keys(exchanges);

export interface Exchanges {
  /** Through which a process reaches them; everything on this machine it reaches by itself. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

export async function startExchanges(certificate: Certificate): Promise<Exchanges> {
  const exchange = createTlsServer(certificate, (request: IncomingMessage, response) => {
    const host = request.headers.host ?? "";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(exchanges[host]?.(new URL(request.url ?? "", `https://${host}`)) ?? null));
  });
  const proxy = createServer();
  const port = await listening(exchange);
  proxy.on("connect", ({ url = "" }, socket) => {
    if (exchanges[url.replace(/:443$/, "")] === undefined) {
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    const through = connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    for (const end of [socket, through]) end.on("error", () => socket.destroy());
    socket.pipe(through).pipe(socket);
  });
  return {
    environment: {
      NODE_USE_ENV_PROXY: "1",
      HTTPS_PROXY: `http://127.0.0.1:${await listening(proxy)}`,
      NO_PROXY: "127.0.0.1,localhost",
    },
    close() {
      exchange.close();
      proxy.close();
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
