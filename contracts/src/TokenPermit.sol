// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout} from "./interfaces/IQBitFlowCheckout.sol";

/// @notice Permits for this contract as spender. Whether the token reverted is not asked: sent by the payer it does not
/// matter, and relayed it proves nothing, see `requireUsed`.
library TokenPermit {
    /// @notice EIP-2612.
    function permit(address token, address owner, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        internal
    {
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0xd505accf00000000000000000000000000000000000000000000000000000000)
            mstore(add(data, 0x04), owner)
            mstore(add(data, 0x24), address())
            mstore(add(data, 0x44), value)
            mstore(add(data, 0x64), deadline)
            mstore(add(data, 0x84), v)
            mstore(add(data, 0xa4), r)
            mstore(add(data, 0xc4), s)
            pop(call(gas(), token, 0, data, 0xe4, 0, 0))
        }
    }

    /// @notice DAI's own, older than EIP-2612: the whole allowance or none.
    function permitDai(address token, address holder, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s)
        internal
    {
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0x8fcbaf0c00000000000000000000000000000000000000000000000000000000)
            mstore(add(data, 0x04), holder)
            mstore(add(data, 0x24), address())
            mstore(add(data, 0x44), nonce)
            mstore(add(data, 0x64), expiry)
            mstore(add(data, 0x84), 1)
            mstore(add(data, 0xa4), v)
            mstore(add(data, 0xc4), r)
            mstore(add(data, 0xe4), s)
            pop(call(gas(), token, 0, data, 0x104, 0, 0))
        }
    }

    /// @notice The number of permits of `owner` that the token has used up.
    function nonceOf(address token, address owner) internal view returns (uint256 nonce) {
        bool success;
        assembly ("memory-safe") {
            mstore(0, 0x7ecebe0000000000000000000000000000000000000000000000000000000000)
            mstore(0x04, owner)
            success := staticcall(gas(), token, 0, 0x24, 0, 0x20)
            success := and(success, gt(returndatasize(), 0x1f))
            nonce := mload(0)
        }
        if (!success) revert IQBitFlowCheckout.PermitFailed(token, owner);
    }

    /// @notice A token without permit may have a fallback that accepts any call (WETH), and everybody's standing
    /// allowance would be open to a relayed payment. Only a nonce used up since `nonceBefore` proves a signature.
    function requireUsed(address token, address owner, uint256 nonceBefore) internal view {
        unchecked {
            if (nonceOf(token, owner) != nonceBefore + 1) revert IQBitFlowCheckout.PermitFailed(token, owner);
        }
    }
}
