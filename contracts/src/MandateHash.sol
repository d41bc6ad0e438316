// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Mandate, MandateHead, Plan} from "./interfaces/IQBitFlowSubscriptions.sol";

/// @notice EIP-712 hashes of what a subscriber signs.
/// @dev Words are hashed as they were sent. One with bits outside its type gives a hash that was never activated, as
/// activation reads each member by its type.
library MandateHash {
    // Literals, as the compiler hashes nothing else beforehand; a test compares them with the types.
    bytes32 internal constant PLAN_TYPEHASH = keccak256(
        "Plan(address merchant,address token,uint8 kind,uint8 periodUnit,uint32 periodLength,address feeRecipient,uint16 maxFeeBps,address organization,uint16 organizationFeeBps,address registry,uint256 maxExecutionFee)"
    );
    bytes32 internal constant MANDATE_TYPEHASH = keccak256(
        "Mandate(bytes16 uuid,address subscriber,uint256 maxPerPeriod,uint256 priceMicroUsd,uint64 firstChargeAt,uint64 endsAt,uint256 nonce,Plan plan)Plan(address merchant,address token,uint8 kind,uint8 periodUnit,uint32 periodLength,address feeRecipient,uint16 maxFeeBps,address organization,uint16 organizationFeeBps,address registry,uint256 maxExecutionFee)"
    );
    bytes32 internal constant SET_MAXIMUM_TYPEHASH =
        keccak256("SetMaximum(bytes32 mandateHash,uint256 maximum,uint256 nonce,uint256 deadline)");
    bytes32 internal constant STOP_TYPEHASH = keccak256("Stop(bytes32 mandateHash,uint256 nonce,uint256 deadline)");
    bytes32 internal constant CANCEL_TYPEHASH = keccak256("Cancel(bytes32 mandateHash,uint256 nonce,uint256 deadline)");
    bytes32 internal constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant NAME_HASH = keccak256("QBitFlow Subscriptions");
    bytes32 internal constant VERSION_HASH = keccak256("1");

    function ofPlan(Plan calldata plan) internal pure returns (bytes32 planHash) {
        bytes32 typeHash = PLAN_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), plan, 0x160)
            planHash := keccak256(words, 0x180)
        }
    }

    function ofHead(MandateHead calldata head, bytes32 planHash) internal pure returns (bytes32 mandateHash) {
        bytes32 typeHash = MANDATE_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), head, 0xe0)
            mstore(add(words, 0x100), planHash)
            mandateHash := keccak256(words, 0x120)
        }
    }

    function ofMandate(Mandate calldata mandate) internal pure returns (bytes32) {
        return ofHead(headOf(mandate), ofPlan(mandate.plan));
    }

    /// @notice A mandate's first seven words.
    function headOf(Mandate calldata mandate) internal pure returns (MandateHead calldata head) {
        assembly ("memory-safe") {
            head := mandate
        }
    }

    /// @dev Hashed each time, as a fork of the chain has another id.
    function domainSeparator() internal view returns (bytes32 separator) {
        (bytes32 typeHash, bytes32 nameHash, bytes32 versionHash) = (DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH);
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            mstore(add(words, 0x20), nameHash)
            mstore(add(words, 0x40), versionHash)
            mstore(add(words, 0x60), chainid())
            mstore(add(words, 0x80), address())
            separator := keccak256(words, 0xa0)
        }
    }

    /// @notice What is signed: EIP-712's hash of a struct in this contract's domain.
    function digestOf(bytes32 structHash) internal view returns (bytes32 digest) {
        bytes32 separator = domainSeparator();
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, hex"1901")
            mstore(add(words, 0x02), separator)
            mstore(add(words, 0x22), structHash)
            digest := keccak256(words, 0x42)
        }
    }
}
