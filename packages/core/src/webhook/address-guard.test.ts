import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { describe, expect, it } from "vitest";
import {
  AddressRefusedError,
  createDnsResolve,
  isPublicAddress,
  type ResolvedAddress,
  resolveTarget,
} from "./address-guard.ts";

const refusedAddresses =
  `0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 169.254.169.254
  172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.1
  239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::7f00:1 fe80::1 fe80::1%eth0
  fc00::1 fd12:3456::1 ff02::1 64:ff9b::7f00:1 64:ff9b:1::1 2001:db8::1 2002:7f00:1:: 2001::1 3fff::1 100::1 not-an-address`.split(
    /\s+/,
  );
const publicAddresses = [
  "1.1.1.1",
  "8.8.8.8",
  "100.63.255.255",
  "172.32.0.1",
  "192.167.1.1",
  "2606:4700::1111",
  "2a00:1450::1",
];

describe("an address", () => {
  it.each(refusedAddresses)("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(publicAddresses)("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));
});

describe("a webhook's target", () => {
  const resolvesTo = (...addresses: string[]) => ({
    allowPrivate: false,
    resolve: async (): Promise<ResolvedAddress[]> =>
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
  });
  const noDns = { allowPrivate: false, resolve: async () => Promise.reject(new Error("asked DNS")) };

  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://169.254.169.254/latest/meta-data",
    "http://①②⑦.0.0.1/",
  ])("%s is refused however it is spelled", async (url) => {
    await expect(resolveTarget(new URL(url), noDns)).rejects.toThrow(AddressRefusedError);
  });

  it("is refused when its name leads inside, even with one address of several", async () => {
    const url = new URL("https://shop.example/hook");
    await expect(resolveTarget(url, resolvesTo("169.254.169.254"))).rejects.toThrow(/169\.254\.169\.254/);
    await expect(resolveTarget(url, resolvesTo("8.8.8.8", "10.0.0.1"))).rejects.toThrow(AddressRefusedError);
    await expect(resolveTarget(url, resolvesTo("::ffff:10.0.0.1"))).rejects.toThrow(AddressRefusedError);
    await expect(resolveTarget(url, resolvesTo())).rejects.toThrow(AddressRefusedError);
  });

  it("is what was resolved when that is public, or when the operator allows private ones", async () => {
    const url = new URL("https://shop.example/hook");
    expect(await resolveTarget(url, resolvesTo("8.8.8.8"))).toEqual([{ address: "8.8.8.8", family: 4 }]);
    const local = await resolveTarget(new URL("http://[::1]:3000/"), { allowPrivate: true });
    expect(local).toEqual([{ address: "::1", family: 6 }]);
  });

  it("is http or https", async () => {
    await expect(resolveTarget(new URL("ftp://8.8.8.8/"), noDns)).rejects.toThrow(AddressRefusedError);
  });
});

describe("a name", () => {
  /** A name server that knows one address for every name but those that begin with "silent". */
  async function nameServer(address: string) {
    const asked: string[] = [];
    const socket = createSocket("udp4", (query, from) => {
      const name = query.subarray(13, 13 + (query[12] ?? 0)).toString();
      asked.push(name);
      if (name === "silent") return;
      const isIpv4 = query.readUInt16BE(query.indexOf(0, 12) + 1) === 1;
      const question = query.subarray(12, query.indexOf(0, 12) + 5);
      const head = Buffer.concat([
        query.subarray(0, 2),
        Buffer.from([0x81, 0x80, 0, 1, 0, isIpv4 ? 1 : 0, 0, 0, 0, 0]),
      ]);
      const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, ...address.split(".").map(Number)]);
      socket.send(Buffer.concat([head, question, ...(isIpv4 ? [answer] : [])]), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const resolve = createDnsResolve({ servers: [`127.0.0.1:${socket.address().port}`], timeoutMs: 300 });
    return { resolve, asked, [Symbol.dispose]: () => socket.close() };
  }

  it("is asked of DNS, and what it says is judged", async () => {
    using inside = await nameServer("10.0.0.7");
    const url = new URL("https://shop.example/hook");
    await expect(resolveTarget(url, { allowPrivate: false, ...inside })).rejects.toThrow(/leads to 10\.0\.0\.7/);
    using outside = await nameServer("8.8.4.4");
    const found = await resolveTarget(url, { allowPrivate: false, ...outside });
    expect(found).toEqual([{ address: "8.8.4.4", family: 4 }]);
  });

  it("whose server is silent holds nobody else up", async () => {
    using server = await nameServer("8.8.4.4");
    const url = (host: string) => new URL(`https://${host}.example/hook`);
    const ask = (host: string) => resolveTarget(url(host), { allowPrivate: false, ...server });
    const silent = Array.from({ length: 40 }, () => ask("silent").catch((error: Error) => error));
    let isAnySettled = false;
    void Promise.race(silent).then(() => {
      isAnySettled = true;
    });
    expect(await ask("shop")).toHaveLength(1);
    expect((await lookup("localhost")).address).not.toBe("");
    expect(isAnySettled).toBe(false);
    for (const outcome of await Promise.all(silent)) expect(outcome).toBeInstanceOf(Error);
  });
});
