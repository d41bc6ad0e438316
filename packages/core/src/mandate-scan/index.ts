export { confirmMandateEvents } from "./confirm.ts";
export { isConfirmedIn } from "./is-confirmed.ts";
export { revertMandateEvents } from "./revert.ts";
export { runSettling, settleRelayed } from "./settle.ts";
export { takeMandateEvents } from "./take.ts";
export { hasWaitingMandates } from "./waiting.ts";
