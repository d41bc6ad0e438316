import { concatHex, encodeAbiParameters, getContractAddress, type Hex, keccak256, toHex } from "viem";
import { deploymentProxyAddress } from "../generated/deployment.ts";

const MARK: Hex = `0x${"6492".repeat(16)}`;

/** A smart wallet that takes a signature when it is keccak256(digest, secret); deployed by anybody through CREATE2. */
export function macWallet(secret: Hex) {
  // mem[0..64] = hash, secret; mem[0] = (signature's first word == keccak256(mem[0..64])) * magic; return it
  const runtime = concatHex([
    concatHex(["0x6004355f52", "0x7f", secret, "0x602052"]),
    concatHex(["0x60405f20", "0x60643514"]),
    concatHex(["0x7f", `0x1626ba7e${"0".repeat(56)}`, "0x025f5260205ff3"]),
  ]);
  const length = toHex((runtime.length - 2) / 2, { size: 2 });
  const creationCode = concatHex(["0x61", length, "0x80", "0x600a5f395ff3", runtime]);
  const salt = secret;
  const deployment = concatHex([salt, creationCode]);
  const address = getContractAddress({
    opcode: "CREATE2",
    from: deploymentProxyAddress,
    salt,
    bytecode: creationCode,
  });
  const sign = (digest: Hex): Hex => keccak256(concatHex([digest, secret]));
  return {
    address,
    deployment: { to: deploymentProxyAddress as Hex, data: deployment },
    sign,
    /** The same signature with how to deploy the wallet. */
    signUndeployed(digest: Hex): Hex {
      const types = [{ type: "address" }, { type: "bytes" }, { type: "bytes" }] as const;
      return concatHex([encodeAbiParameters(types, [deploymentProxyAddress, deployment, sign(digest)]), MARK]);
    },
  };
}
