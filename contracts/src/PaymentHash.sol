// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Relay, Terms} from "./interfaces/IQBitFlowCheckout.sol";

/// @notice EIP-712 hashes of what a payer signs.
library PaymentHash {
    // Literals, as the compiler hashes nothing else beforehand; a test compares them with the types.
    bytes32 internal constant TERMS_TYPEHASH = keccak256(
        "PaymentTerms(bytes16 uuid,address merchant,address token,uint256 amount,address feeRecipient,uint16 feeBps,address organization,uint16 organizationFeeBps,uint64 deadline)"
    );
    bytes32 internal constant GASLESS_TYPEHASH = keccak256(
        "GaslessPayment(PaymentTerms terms,uint256 relayFee,address relayFeeRecipient)PaymentTerms(bytes16 uuid,address merchant,address token,uint256 amount,address feeRecipient,uint16 feeBps,address organization,uint16 organizationFeeBps,uint64 deadline)"
    );
    /// What Permit2 puts behind its own part of the type it checks.
    string internal constant WITNESS_TYPE =
        "GaslessPayment witness)GaslessPayment(PaymentTerms terms,uint256 relayFee,address relayFeeRecipient)PaymentTerms(bytes16 uuid,address merchant,address token,uint256 amount,address feeRecipient,uint16 feeBps,address organization,uint16 organizationFeeBps,uint64 deadline)TokenPermissions(address token,uint256 amount)";

    /// @dev Hashes the words as they were sent, which spares decoding them twice. A word with bits outside its type
    /// reverts where the contract reads it, and otherwise gives a hash that no quote has.
    function ofTerms(Terms calldata terms) internal pure returns (bytes32 termsHash) {
        bytes32 typeHash = TERMS_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), terms, 0x120)
            termsHash := keccak256(words, 0x140)
        }
    }

    function ofGasless(bytes32 termsHash, Relay calldata relay) internal pure returns (bytes32 gaslessHash) {
        bytes32 typeHash = GASLESS_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            mstore(add(words, 0x20), termsHash)
            calldatacopy(add(words, 0x40), relay, 0x40)
            gaslessHash := keccak256(words, 0x80)
        }
    }
}
