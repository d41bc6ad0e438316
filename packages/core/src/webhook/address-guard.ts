import { lookup, Resolver } from "node:dns/promises";
import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

/** A webhook may not go where its host leads: into the operator's own network. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

const IPV4_REFUSED: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local; cloud metadata
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
];

// Inside 2000::/3, the only part of IPv6 that is the public Internet.
const IPV6_REFUSED: readonly (readonly [string, number])[] = [
  ["2001::", 23], // protocol assignments; Teredo
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: an IPv4 address inside
  ["3fff::", 20], // documentation
];

const refusedV4 = new BlockList();
for (const [net, prefix] of IPV4_REFUSED) refusedV4.addSubnet(net, prefix, "ipv4");
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");
const refusedV6 = new BlockList();
for (const [net, prefix] of IPV6_REFUSED) refusedV6.addSubnet(net, prefix, "ipv6");

/** True for an address of the public Internet. IPv4 inside IPv6 (mapped, translated, tunnelled) is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refusedV4.check(address, "ipv4");
  if (!isIPv6(address)) return false;
  return publicV6.check(address, "ipv6") && !refusedV6.check(address, "ipv6");
}

/** As this machine knows names, with its hosts file. */
const resolveHere: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * By DNS alone, from `servers` where given; each is asked twice. `lookup` waits in one of the few threads that all name look-ups of the
 * process share: with four names whose server never answers, a merchant would cut the chains off, too.
 */
export function createDnsResolve({
  servers,
  timeoutMs = 2_000,
}: {
  readonly servers?: readonly string[];
  readonly timeoutMs?: number;
} = {}): Resolve {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  return async (hostname) => {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    if (v4.status === "rejected" && v6.status === "rejected") throw v4.reason;
    return [
      ...(v4.status === "fulfilled" ? v4.value.map((address) => ({ address, family: 4 as const })) : []),
      ...(v6.status === "fulfilled" ? v6.value.map((address) => ({ address, family: 6 as const })) : []),
    ];
  };
}

const resolveByDns = createDnsResolve();

/**
 * The addresses a URL's host stands for, all of them public (any, where `allowPrivate`). The caller must connect to one
 * of these and not resolve again. The URL parser has turned decimal, octal and hex spellings of IPv4 into dotted form.
 * Throws AddressRefusedError, and what the resolver throws.
 */
export async function resolveTarget(
  url: URL,
  options: { readonly allowPrivate: boolean; readonly resolve?: Resolve },
): Promise<readonly ResolvedAddress[]> {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new AddressRefusedError(`Webhooks go to http and https URLs, not to ${url.protocol}`);
  }
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(hostname);
  const addresses: readonly ResolvedAddress[] =
    family === 0
      ? await (options.resolve ?? (options.allowPrivate ? resolveHere : resolveByDns))(hostname)
      : [{ address: hostname, family: family === 6 ? 6 : 4 }];
  if (addresses.length === 0) throw new AddressRefusedError(`${hostname} has no address.`);
  const refused = addresses.find(({ address }) => !isPublicAddress(address));
  if (refused && !options.allowPrivate) {
    throw new AddressRefusedError(`${hostname} leads to ${refused.address}, which is not a public address.`);
  }
  return addresses;
}
