// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout} from "./interfaces/IQBitFlowCheckout.sol";

/// @notice Moves coins and tokens, the tokens included that return nothing. Any other answer than true, no contract at
/// the token's address, a recipient who cannot be paid: each reverts.
library TokenTransfer {
    /// @notice From `from`, by the allowance this contract has.
    function pull(address token, address from, address to, uint256 amount) internal {
        refuseRecipient(to);
        bool success;
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0x23b872dd00000000000000000000000000000000000000000000000000000000) // transferFrom
            mstore(add(data, 0x04), from)
            mstore(add(data, 0x24), to)
            mstore(add(data, 0x44), amount)
            mstore(0, 0)
            success := call(gas(), token, 0, data, 0x64, 0, 0x20)
            if iszero(and(success, eq(mload(0), 1))) {
                success := and(success, lt(returndatasize(), iszero(iszero(extcodesize(token)))))
            }
        }
        if (!success) revert IQBitFlowCheckout.TokenTransferFailed(token, from, to, amount);
    }

    /// @notice From what this contract received in this very call.
    function push(address token, address to, uint256 amount) internal {
        refuseRecipient(to);
        bool success;
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0xa9059cbb00000000000000000000000000000000000000000000000000000000) // transfer
            mstore(add(data, 0x04), to)
            mstore(add(data, 0x24), amount)
            mstore(0, 0)
            success := call(gas(), token, 0, data, 0x44, 0, 0x20)
            if iszero(and(success, eq(mload(0), 1))) {
                success := and(success, lt(returndatasize(), iszero(iszero(extcodesize(token)))))
            }
        }
        if (!success) revert IQBitFlowCheckout.TokenTransferFailed(token, address(this), to, amount);
    }

    /// @notice The native coin. What the recipient answers is not copied: it could be made long to waste gas.
    function sendNative(address to, uint256 amount) internal {
        refuseRecipient(to);
        bool success;
        assembly ("memory-safe") {
            success := call(gas(), to, amount, 0, 0, 0, 0)
        }
        if (!success) revert IQBitFlowCheckout.NativeTransferFailed(to, amount);
    }

    /// @notice Nothing gets out of this contract again, and what goes to the zero address is nobody's.
    function refuseRecipient(address to) internal view {
        bool refused;
        assembly ("memory-safe") {
            refused := or(iszero(to), eq(to, address()))
        }
        if (refused) revert IQBitFlowCheckout.RecipientRefused(to);
    }

    function refuseNoToken(address token) internal view {
        if (token.code.length == 0) revert IQBitFlowCheckout.NotAToken(token);
    }
}
