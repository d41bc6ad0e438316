// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Mandate, MandateHead, Plan} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Signing} from "./Signing.sol";

/// @notice What subscribers sign, written down a second time, apart from the contract. Calls nothing but cheatcodes, so
/// that it can stand between `vm.prank` and the call that is meant.
library MandateSigning {
    string internal constant PLAN_TYPE =
        "Plan(address merchant,address token,uint8 kind,uint8 periodUnit,uint32 periodLength,address feeRecipient,uint16 maxFeeBps,address organization,uint16 organizationFeeBps,address registry,uint256 maxExecutionFee)";
    string internal constant MANDATE_TYPE =
        "Mandate(bytes16 uuid,address subscriber,uint256 maxPerPeriod,uint256 priceMicroUsd,uint64 firstChargeAt,uint64 endsAt,uint256 nonce,Plan plan)";

    function domain(address subscriptions) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("QBitFlow Subscriptions"),
                keccak256("1"),
                block.chainid,
                subscriptions
            )
        );
    }

    function planHash(Plan memory plan) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(PLAN_TYPE)),
                plan.merchant,
                plan.token,
                plan.kind,
                plan.periodUnit,
                plan.periodLength,
                plan.feeRecipient,
                plan.maxFeeBps,
                plan.organization,
                plan.organizationFeeBps,
                plan.registry,
                plan.maxExecutionFee
            )
        );
    }

    function mandateHash(Mandate memory terms) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(string.concat(MANDATE_TYPE, PLAN_TYPE))),
                terms.uuid,
                terms.subscriber,
                terms.maxPerPeriod,
                terms.priceMicroUsd,
                terms.firstChargeAt,
                terms.endsAt,
                terms.nonce,
                planHash(terms.plan)
            )
        );
    }

    function headOf(Mandate memory terms) internal pure returns (MandateHead memory) {
        return MandateHead(
            terms.uuid,
            terms.subscriber,
            terms.maxPerPeriod,
            terms.priceMicroUsd,
            terms.firstChargeAt,
            terms.endsAt,
            terms.nonce
        );
    }

    function sign(uint256 key, address subscriptions, bytes32 structHash) internal view returns (bytes memory) {
        return Signing.packed(Signing.typed(key, domain(subscriptions), structHash));
    }

    function setMaximum(bytes32 hash, uint256 maximum, uint256 nonce, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("SetMaximum(bytes32 mandateHash,uint256 maximum,uint256 nonce,uint256 deadline)");
        return keccak256(abi.encode(typeHash, hash, maximum, nonce, deadline));
    }

    function stop(bytes32 hash, uint256 nonce, uint256 deadline) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Stop(bytes32 mandateHash,uint256 nonce,uint256 deadline)");
        return keccak256(abi.encode(typeHash, hash, nonce, deadline));
    }

    function cancel(bytes32 hash, uint256 nonce, uint256 deadline) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Cancel(bytes32 mandateHash,uint256 nonce,uint256 deadline)");
        return keccak256(abi.encode(typeHash, hash, nonce, deadline));
    }
}
