// Written by `npm run contracts -- build`; `npm run contracts -- check` compares it with contracts/src.

export const deploymentProxyAddress = "0x4e59b44847b379578588920cA78FbF26c0B4956C" as const;

export const deploymentSalt = "0x51426974466c6f77203100000000000000000000000000000000000000000000" as const;
