// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Checks ERC-6492 signatures: those of smart wallets that may not be deployed yet
/// @notice To deploy a wallet it calls whatever address with whatever data the signature names. So it is a contract of
/// its own, that nobody ever gives an allowance or a right to.
interface ISignatureVerifier {
    /// @notice Deploys (or prepares) the wallet as the signature says, if it has to, and asks the wallet by EIP-1271.
    /// @param signature `abi.encode(factory, factoryCalldata, signature)` and the 32 bytes of ERC-6492's mark.
    /// @return Whether the wallet takes the signature. Reverts only for one that is not encoded so.
    function verify(address signer, bytes32 hash, bytes calldata signature) external returns (bool);
}
