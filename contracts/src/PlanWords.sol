// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MandateHead, Plan} from "./interfaces/IQBitFlowSubscriptions.sol";

/// @notice Members as the words they were sent as. What is charged was hashed and activated, so its bits were checked or
/// signed; a plan that never was activated moves nothing.
library PlanWords {
    function merchantOf(Plan calldata plan) internal pure returns (address merchant) {
        assembly ("memory-safe") {
            merchant := calldataload(plan)
        }
    }

    function tokenOf(Plan calldata plan) internal pure returns (address token) {
        assembly ("memory-safe") {
            token := calldataload(add(plan, 0x20))
        }
    }

    function periodOf(Plan calldata plan) internal pure returns (uint256 unit, uint256 length) {
        assembly ("memory-safe") {
            unit := calldataload(add(plan, 0x60))
            length := calldataload(add(plan, 0x80))
        }
    }

    function feeRecipientOf(Plan calldata plan) internal pure returns (address feeRecipient) {
        assembly ("memory-safe") {
            feeRecipient := calldataload(add(plan, 0xa0))
        }
    }

    function maxFeeBpsOf(Plan calldata plan) internal pure returns (uint256 maxFeeBps) {
        assembly ("memory-safe") {
            maxFeeBps := calldataload(add(plan, 0xc0))
        }
    }

    function organizationOf(Plan calldata plan) internal pure returns (address organization, uint256 feeBps) {
        assembly ("memory-safe") {
            organization := calldataload(add(plan, 0xe0))
            feeBps := calldataload(add(plan, 0x100))
        }
    }

    function registryOf(Plan calldata plan) internal pure returns (address registry) {
        assembly ("memory-safe") {
            registry := calldataload(add(plan, 0x120))
        }
    }

    function uuidOf(MandateHead calldata head) internal pure returns (bytes16 uuid) {
        assembly ("memory-safe") {
            uuid := calldataload(head)
        }
    }

    function subscriberOf(MandateHead calldata head) internal pure returns (address subscriber) {
        assembly ("memory-safe") {
            subscriber := calldataload(add(head, 0x20))
        }
    }

    function firstChargeAtOf(MandateHead calldata head) internal pure returns (uint256 firstChargeAt) {
        assembly ("memory-safe") {
            firstChargeAt := calldataload(add(head, 0x80))
        }
    }

    function endsAtOf(MandateHead calldata head) internal pure returns (uint256 endsAt) {
        assembly ("memory-safe") {
            endsAt := calldataload(add(head, 0xa0))
        }
    }
}
