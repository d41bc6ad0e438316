// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Relay, Terms} from "./interfaces/IQBitFlowCheckout.sol";

/// @notice EIP-712 hashes of what a payer signs.
library PaymentHash {
    bytes internal constant TERMS_TYPE =
        "PaymentTerms(bytes16 uuid,address merchant,address token,uint256 amount,address feeRecipient,uint16 feeBps,address organization,uint16 organizationFeeBps,uint64 deadline)";
    bytes internal constant GASLESS_TYPE =
        "GaslessPayment(PaymentTerms terms,uint256 relayFee,address relayFeeRecipient)";
    bytes32 internal constant TERMS_TYPEHASH = keccak256(TERMS_TYPE);
    bytes32 internal constant GASLESS_TYPEHASH = keccak256(bytes.concat(GASLESS_TYPE, TERMS_TYPE));

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

    function ofGasless(bytes32 termsHash, Relay calldata relay) internal pure returns (bytes32) {
        return keccak256(abi.encode(GASLESS_TYPEHASH, termsHash, relay.fee, relay.recipient));
    }
}
