// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChargeFailure, ChargeGroup, GroupCharge, IQBitFlowSubscriptions} from "./interfaces/IQBitFlowSubscriptions.sol";

/// @notice Runs one group of a batch in its own call with its own gas, as the same sender.
library GroupCall {
    /// What a charge uses besides its transfers, and a group besides its charges; both with room to spare.
    uint256 private constant PER_CHARGE = 40_000;
    uint256 private constant PER_GROUP = 60_000;
    /// Merchant, fee recipient, organization.
    uint256 private constant RECIPIENTS = 3;
    /// Left for telling that a group failed.
    uint256 private constant RESERVE = 20_000;
    /// Errors in here are shorter.
    uint256 private constant MAX_REASON = 132;

    /// @return success Otherwise `reason` tells, until the next call.
    function run(ChargeGroup calldata group, bytes4 selector) internal returns (bool success) {
        GroupCharge[] calldata charges = group.charges;
        uint256 perTransfer = group.gasPerTransfer;
        uint256 gasLimit = (perTransfer + PER_CHARGE) * (charges.length + RECIPIENTS) + PER_GROUP;
        requireGas(gasLimit);
        assembly ("memory-safe") {
            // The group's head of fifteen words, then its charges, as the ABI has them.
            let data := mload(0x40)
            let size := mul(charges.length, 0x120)
            mstore(data, selector)
            mstore(add(data, 0x04), 0x20)
            calldatacopy(add(data, 0x24), group, 0x1e0)
            mstore(add(data, 0x204), 0x200)
            mstore(add(data, 0x224), charges.length)
            calldatacopy(add(data, 0x244), charges.offset, size)
            success := delegatecall(gasLimit, address(), data, add(size, 0x244), 0, 0)
        }
    }

    /// @notice The error of the group that just failed; empty when its gas ran out.
    function reason() internal pure returns (bytes memory text) {
        uint256 limit = MAX_REASON;
        assembly ("memory-safe") {
            text := mload(0x40)
            let size := returndatasize()
            if gt(size, limit) { size := limit }
            mstore(text, size)
            returndatacopy(add(text, 0x20), 0, size)
            mstore(0x40, add(text, add(0x40, limit)))
        }
    }

    function chargeRefused(bytes memory text) internal pure returns (bytes32 mandateHash, ChargeFailure failure) {
        uint256 failureNumber;
        assembly ("memory-safe") {
            mandateHash := mload(add(text, 0x24))
            failureNumber := mload(add(text, 0x44))
        }
        return (mandateHash, ChargeFailure(failureNumber));
    }

    /// @notice That a call really gets `gasLimit`, as a call gets at most 63/64 of what is there.
    function requireGas(uint256 gasLimit) internal view {
        uint256 needed = gasLimit + gasLimit / 63 + RESERVE;
        if (gasleft() < needed) revert IQBitFlowSubscriptions.GasTooLow(gasleft(), needed);
    }
}
