// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MandateState, MandateStatus} from "./interfaces/IQBitFlowSubscriptions.sol";

/// @notice All that is stored of a mandate, in one word. From the lowest bit: maximum 128, next period 24, where it
/// begins 40, signature nonce 24, last period 24, status 8.
type MandateSlot is uint256;

using MandateSlots for MandateSlot global;

library MandateSlots {
    uint256 internal constant MAX_PERIOD = type(uint24).max - 1;
    uint256 private constant MAX_NONCE = type(uint24).max;

    /// @dev A mandate's hash is its slot's key as it is: it is a hash already, and the contract stores nothing else.
    function load(bytes32 mandateHash) internal view returns (MandateSlot slot) {
        assembly ("memory-safe") {
            slot := sload(mandateHash)
        }
    }

    function store(MandateSlot slot, bytes32 mandateHash) internal {
        assembly ("memory-safe") {
            sstore(mandateHash, slot)
        }
    }

    function activated(uint256 maximum_, uint256 firstChargeAt) internal pure returns (MandateSlot) {
        return MandateSlot.wrap(maximum_ | firstChargeAt << 152 | uint256(MandateStatus.Active) << 240);
    }

    function isActive(MandateSlot slot) internal pure returns (bool) {
        return MandateSlot.unwrap(slot) >> 240 == uint256(MandateStatus.Active);
    }

    function status(MandateSlot slot) internal pure returns (MandateStatus) {
        return MandateStatus(MandateSlot.unwrap(slot) >> 240);
    }

    function maximum(MandateSlot slot) internal pure returns (uint256) {
        return uint128(MandateSlot.unwrap(slot));
    }

    function nextPeriod(MandateSlot slot) internal pure returns (uint256) {
        return uint24(MandateSlot.unwrap(slot) >> 128);
    }

    function nextPeriodAt(MandateSlot slot) internal pure returns (uint256) {
        return uint40(MandateSlot.unwrap(slot) >> 152);
    }

    function signatureNonce(MandateSlot slot) internal pure returns (uint256) {
        return uint24(MandateSlot.unwrap(slot) >> 192);
    }

    function lastPeriod(MandateSlot slot) internal pure returns (uint256) {
        return uint24(MandateSlot.unwrap(slot) >> 216);
    }

    /// @dev A stopped mandate has had its last charge with this one.
    function charged(MandateSlot slot, uint256 next, uint256 nextAt) internal pure returns (MandateSlot) {
        uint256 word = MandateSlot.unwrap(slot);
        MandateSlot result = MandateSlot.wrap(word & ~(uint256(type(uint64).max) << 128) | next << 128 | nextAt << 152);
        return slot.isActive() ? result : result.withStatus(MandateStatus.Ended);
    }

    function withStatus(MandateSlot slot, MandateStatus newStatus) internal pure returns (MandateSlot) {
        return MandateSlot.wrap(uint240(MandateSlot.unwrap(slot)) | uint256(newStatus) << 240);
    }

    function withMaximum(MandateSlot slot, uint256 newMaximum) internal pure returns (MandateSlot) {
        return MandateSlot.wrap(MandateSlot.unwrap(slot) >> 128 << 128 | newMaximum);
    }

    function withLastPeriod(MandateSlot slot, uint256 last) internal pure returns (MandateSlot) {
        return MandateSlot.wrap(MandateSlot.unwrap(slot) & ~(uint256(type(uint24).max) << 216) | last << 216);
    }

    /// @dev Checked, so that a nonce never comes again: after 2^24 signatures there is only the own transaction.
    function signatureUsed(MandateSlot slot) internal pure returns (MandateSlot) {
        assert(slot.signatureNonce() < MAX_NONCE);
        return MandateSlot.wrap(MandateSlot.unwrap(slot) + (1 << 192));
    }

    function state(MandateSlot slot) internal pure returns (MandateState memory) {
        return MandateState({
            status: slot.status(),
            nextPeriod: slot.nextPeriod(),
            nextPeriodAt: slot.nextPeriodAt(),
            maximum: slot.maximum(),
            signatureNonce: slot.signatureNonce(),
            lastPeriod: slot.lastPeriod()
        });
    }
}
