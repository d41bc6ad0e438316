// Node 18 has WebCrypto but not as a global. The name is put together at run time so that bundlers for edge runtimes,
// which all have the global, never see an import of a Node module.
const nodeCryptoModule = ["node", "crypto"].join(":");

/** The platform's WebCrypto: the global one, else Node 18's. */
export async function webCrypto(): Promise<Crypto> {
  if (globalThis.crypto?.subtle !== undefined) return globalThis.crypto;
  const module = (await import(/* webpackIgnore: true */ /* @vite-ignore */ nodeCryptoModule)) as {
    webcrypto: Crypto;
  };
  return module.webcrypto;
}
