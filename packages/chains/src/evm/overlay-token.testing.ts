import { concatHex, encodeAbiParameters, type Hex, size, toFunctionSelector, toHex } from "viem";

/** What a function answers instead of the token's own: ABI-encoded data, or null for a revert. */
export type Overlay = Readonly<Record<string, Hex | null>>;

export const textAnswer = (text: string): Hex => encodeAbiParameters([{ type: "string" }], [text]);

/**
 * Runtime code of a token that is `implementation` by DELEGATECALL (own storage, own EIP-712 domain), but for the
 * functions named in `overlay` (`"name()"`).
 */
export function overlayTokenCode(implementation: Hex, overlay: Overlay): Hex {
  const entries = Object.entries(overlay).map(([signature, answer]) => ({
    selector: toFunctionSelector(signature),
    answer,
  }));
  // selector = calldata[0] >> 224
  const head = "0x5f3560e01c";
  // calldatacopy; delegatecall; returndatacopy; revert or return
  const forward = (at: number) =>
    concatHex([
      "0x365f5f375f5f365f73",
      implementation,
      "0x5af43d5f5f3e61",
      toHex(at + 42, { size: 2 }),
      "0x573d5ffd5b3d5ff3",
    ]);
  const forwardAt = size(head) + entries.length * 11;
  let at = forwardAt + size(forward(0));
  const bodies = entries.map(({ answer }) => {
    const body = answer === null ? "0x5b5f5ffd" : answerCode(at, answer);
    const placed = { at, body };
    at += size(body);
    return placed;
  });
  // if (selector == …) goto its body
  const checks = entries.map(({ selector }, index) =>
    concatHex(["0x8063", selector, "0x1461", toHex(bodies[index]?.at ?? 0, { size: 2 }), "0x57"]),
  );
  return concatHex([head, ...checks, forward(forwardAt), ...bodies.map(({ body }) => body)]);
}

/** codecopy(0, behind this code, length); return(0, length) */
function answerCode(at: number, answer: Hex): Hex {
  const length = toHex(size(answer), { size: 2 });
  return concatHex(["0x5b61", length, "0x61", toHex(at + 14, { size: 2 }), "0x5f3961", length, "0x5ff3", answer]);
}
