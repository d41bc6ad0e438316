import { loadNetworks } from "@qbitflow/chains";
import type { Option } from "./command.ts";

/** Options that several commands have. */
export const organization: Option = ["organization?", "The organization's id; not needed while there is only one."];

export const mode: readonly Option[] = [
  ["test?", "In test mode (one of the two is needed).", "flag"],
  ["live?", "In live mode.", "flag"],
];

/** The slugs of all networks there are. */
export const networks: readonly string[] = loadNetworks().map(({ network }) => network.slug);

/** Of commands that speak the HTTP API. */
export const api: readonly Option[] = [
  ["api-key?", "Left out: QBITFLOW_API_KEY, else the running local default's."],
  ["base-url?", "The server's address. Left out: QBITFLOW_BASE_URL, else the running local default's."],
];
