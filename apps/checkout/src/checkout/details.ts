import type { CheckoutCustomer } from "@qbitflow/api";
import { checkDetails } from "../flow/details.ts";
import type { FieldErrors, FieldName } from "../flow/state.ts";
import { ServerRefused, serverProblem } from "../server.ts";
import { say, words } from "../words.ts";
import type { Page } from "./page.ts";

/** Checks and saves what was typed; the server's field errors come back to their fields. */
export async function saveDetails({ store, server, memory }: Page, typed: CheckoutCustomer): Promise<void> {
  const { customer, errors } = checkDetails(typed);
  if (Object.keys(errors).length > 0) return store.dispatch({ type: "details/refused", errors });
  store.dispatch({ type: "details/saving" });
  try {
    const session = await server.saveCustomer(customer);
    memory.write({ typed: true });
    store.dispatch({ type: "session/read", session, nowMs: Date.now() });
    store.dispatch({ type: "details/known", customer });
    store.dispatch({ type: "details/close" });
  } catch (error) {
    const fields = error instanceof ServerRefused ? fieldErrors(error) : {};
    const known = Object.keys(fields).length > 0;
    const message = known ? undefined : say(serverProblem(error)).text || words.details.failed;
    store.dispatch({ type: "details/refused", errors: fields, ...(message === undefined ? {} : { message }) });
  }
}

function fieldErrors(error: ServerRefused): FieldErrors {
  const errors: FieldErrors = {};
  for (const { field, message } of error.fields) {
    // `/email`, `body.email` and `email` all name the same field.
    const name = field.split(/[./]/).at(-1) as FieldName;
    if (name === "name" || name === "lastName" || name === "email") errors[name] ??= message;
  }
  return errors;
}

/** Fetches what this browser typed before a reload; the server tells it to nobody else. */
export async function recallDetails({ store, server, memory }: Page): Promise<void> {
  const { session, details } = store.get();
  if (details.customer || !memory.read().typed || !session.isOwner || session.needsCustomer) return;
  const customer = await server.customer().catch(() => undefined);
  if (customer) store.dispatch({ type: "details/known", customer });
}

/** Opens the form again, with what was typed. */
export async function editDetails(page: Page): Promise<void> {
  await recallDetails(page);
  page.store.dispatch({ type: "details/edit" });
}
