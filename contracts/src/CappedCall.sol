// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    ChargeGroup,
    GroupCharge,
    IQBitFlowSubscriptions,
    SingleCharge
} from "./interfaces/IQBitFlowSubscriptions.sol";

/// @notice Runs parts of a batch in calls of this contract to itself, with their own gas and as the same sender.
library CappedCall {
    /// What a charge uses besides its transfers, and a group besides its charges; both with room to spare.
    uint256 private constant PER_CHARGE = 40_000;
    uint256 private constant PER_GROUP = 60_000;
    /// Merchant, fee recipient, organization.
    uint256 private constant RECIPIENTS = 3;
    /// Left for telling that it failed.
    uint256 private constant RESERVE = 20_000;
    /// Errors in here are shorter.
    uint256 private constant MAX_REASON = 132;

    /// @return success Otherwise `reason` tells, until the next call.
    function runGroup(ChargeGroup calldata group, uint64 gasPerTransfer, bytes4 selector)
        internal
        returns (bool success)
    {
        GroupCharge[] calldata charges = group.charges;
        uint256 gasLimit;
        unchecked {
            // Below 2^64, times what fits into calldata.
            gasLimit = (uint256(gasPerTransfer) + PER_CHARGE) * (charges.length + RECIPIENTS) + PER_GROUP;
        }
        requireGas(gasFor(gasLimit));
        assembly ("memory-safe") {
            // Where the group is, the gas, the group's head of fourteen words, its charges: as the ABI has them.
            let data := mload(0x40)
            let size := mul(charges.length, 0x120)
            mstore(data, selector)
            mstore(add(data, 0x04), 0x40)
            mstore(add(data, 0x24), gasPerTransfer)
            calldatacopy(add(data, 0x44), group, 0x1c0)
            mstore(add(data, 0x204), 0x1e0)
            mstore(add(data, 0x224), charges.length)
            calldatacopy(add(data, 0x244), charges.offset, size)
            success := delegatecall(gasLimit, address(), data, add(size, 0x244), 0, 0)
        }
    }

    function limitOfSingle(uint64 gasPerTransfer) internal pure returns (uint256) {
        unchecked {
            return (uint256(gasPerTransfer) + PER_CHARGE) * RECIPIENTS + PER_GROUP;
        }
    }

    /// @return success Otherwise `reason` tells, until the next call.
    function runSingle(SingleCharge calldata single, uint256 gasLimit, bytes4 selector)
        internal
        returns (bool success)
    {
        requireGas(gasFor(gasLimit));
        assembly ("memory-safe") {
            // Mandate and terms are the very words that follow the selector.
            let data := mload(0x40)
            mstore(data, selector)
            calldatacopy(add(data, 0x04), single, 0x2e0)
            success := delegatecall(gasLimit, address(), data, 0x2e4, 0, 0)
        }
    }

    /// @notice The error of the call that just failed; empty when its gas ran out.
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

    /// @notice The failure in a ChargeRefused.
    function chargeRefused(bytes memory text) internal pure returns (ChargeFailure) {
        uint256 failureNumber;
        assembly ("memory-safe") {
            failureNumber := mload(add(text, 0x44))
        }
        return ChargeFailure(failureNumber);
    }

    /// @notice What has to be left for a call to really get `gasLimit`: it gets at most 63/64 of what is there.
    function gasFor(uint256 gasLimit) internal pure returns (uint256) {
        unchecked {
            return gasLimit + gasLimit / 63 + RESERVE;
        }
    }

    function requireGas(uint256 needed) internal view {
        if (gasleft() < needed) revert IQBitFlowSubscriptions.GasTooLow(gasleft(), needed);
    }
}
