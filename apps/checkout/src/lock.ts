const leaseMs = 5_000;

/**
 * Runs `work` while no other tab of this browser pays the same session; answers false at once when one does.
 * Web Locks need a secure context, which a phone on a local network does not have: there, a lease in local storage.
 */
export async function withPayLock(uuid: string, work: () => Promise<void>): Promise<boolean> {
  const name = `qbitflow-pay:${uuid}`;
  if (navigator.locks) {
    return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      await work();
      return true;
    });
  }
  return withLease(name, work);
}

async function withLease(name: string, work: () => Promise<void>): Promise<boolean> {
  const mine = String(Math.random());
  const held = readLease(name);
  if (held && held.until > Date.now()) return false;
  const renew = () => writeLease(name, { owner: mine, until: Date.now() + leaseMs });
  renew();
  const timer = setInterval(renew, leaseMs / 2);
  try {
    await work();
  } finally {
    clearInterval(timer);
    writeLease(name, undefined);
  }
  return true;
}

interface Lease {
  readonly owner: string;
  readonly until: number;
}

function readLease(name: string): Lease | undefined {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function writeLease(name: string, lease: Lease | undefined): void {
  try {
    if (lease) localStorage.setItem(name, JSON.stringify(lease));
    else localStorage.removeItem(name);
  } catch {
    // Without storage there is no second tab to hear of it either.
  }
}
