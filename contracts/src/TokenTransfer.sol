// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout} from "./interfaces/IQBitFlowCheckout.sol";

/// @notice Moves tokens, those included that return nothing; an answer other than true, or no contract at all, reverts.
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
            success := call(gas(), token, 0, data, 0x64, 0, 0x20)
            switch returndatasize()
            case 0 { success := and(success, iszero(iszero(extcodesize(token)))) }
            default { success := and(success, and(gt(returndatasize(), 0x1f), eq(mload(0), 1))) }
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
            success := call(gas(), token, 0, data, 0x44, 0, 0x20)
            switch returndatasize()
            case 0 { success := and(success, iszero(iszero(extcodesize(token)))) }
            default { success := and(success, and(gt(returndatasize(), 0x1f), eq(mload(0), 1))) }
        }
        if (!success) revert IQBitFlowCheckout.TokenTransferFailed(token, address(this), to, amount);
    }

    /// @notice Nothing can get out of the contract again, and what goes to the zero address is nobody's.
    function refuseRecipient(address to) internal view {
        if (to == address(0) || to == address(this)) revert IQBitFlowCheckout.RecipientRefused(to);
    }

    function refuseNoToken(address token) internal view {
        if (token.code.length == 0) revert IQBitFlowCheckout.NotAToken(token);
    }
}
