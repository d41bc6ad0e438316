// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice An EIP-1271 wallet with one owner. Its signature is the owner's, with a byte in front if so wished.
contract SmartWallet {
    address private immutable owner;

    constructor(address newOwner) {
        owner = newOwner;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bytes calldata inner = signature.length == 66 ? signature[1:] : signature;
        address signer = ecrecover(hash, uint8(inner[64]), bytes32(inner[:32]), bytes32(inner[32:64]));
        return signer == owner ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function execute(address target, bytes calldata data) external {
        (bool success,) = target.call(data);
        require(success, "wallet call failed");
    }
}
