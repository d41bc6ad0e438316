import { DomainError } from "@qbitflow/core";

const MAX_ID = 2n ** 63n - 1n;

/** A number in a path. One that cannot exist is unknown, like any other. @throws DomainError not_found */
export function numberId(text: string, thing: string): bigint {
  const id = /^[1-9]\d{0,18}$/.test(text) ? BigInt(text) : 0n;
  if (id < 1n || id > MAX_ID)
    throw new DomainError("not_found", "not_found", `There is no ${thing} ${text.slice(0, 40)}.`);
  return id;
}

/** A uuid in a path or query, in lower case. @throws DomainError not_found */
export function uuidId(text: string, thing: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new DomainError("not_found", "not_found", `There is no ${thing} of this uuid.`);
}
