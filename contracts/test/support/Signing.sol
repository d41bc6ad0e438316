// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {vm} from "./Vm.sol";

struct Signature {
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice What payers sign, written down a second time, apart from the contract.
library Signing {
    string internal constant TERMS_TYPE =
        "PaymentTerms(bytes16 uuid,address merchant,address token,uint256 amount,address feeRecipient,uint16 feeBps,address organization,uint16 organizationFeeBps,uint64 deadline)";
    string internal constant GASLESS_TYPE =
        "GaslessPayment(PaymentTerms terms,uint256 relayFee,address relayFeeRecipient)";
    string internal constant TOKEN_PERMISSIONS_TYPE = "TokenPermissions(address token,uint256 amount)";

    function termsHash(Terms memory terms) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(bytes(TERMS_TYPE)),
                terms.uuid,
                terms.merchant,
                terms.token,
                terms.amount,
                terms.feeRecipient,
                terms.feeBps,
                terms.organization,
                terms.organizationFeeBps,
                terms.deadline
            )
        );
    }

    function gaslessHash(Terms memory terms, Relay memory relay) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(bytes(string.concat(GASLESS_TYPE, TERMS_TYPE)));
        return keccak256(abi.encode(typeHash, termsHash(terms), relay.fee, relay.recipient));
    }

    function typed(uint256 key, bytes32 domain, bytes32 structHash) internal pure returns (Signature memory signature) {
        (signature.v, signature.r, signature.s) =
            vm.sign(key, keccak256(abi.encodePacked("\x19\x01", domain, structHash)));
    }

    function packed(Signature memory signature) internal pure returns (bytes memory) {
        return abi.encodePacked(signature.r, signature.s, signature.v);
    }

    function permit(ITestToken token, uint256 key, address spender, uint256 value, uint256 deadline)
        internal
        view
        returns (Signature memory)
    {
        address owner = vm.addr(key);
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, owner, spender, value, token.nonces(owner), deadline));
        return typed(key, token.DOMAIN_SEPARATOR(), structHash);
    }

    function daiPermit(ITestToken token, uint256 key, address spender, uint256 expiry)
        internal
        view
        returns (Signature memory)
    {
        address holder = vm.addr(key);
        bytes32 typeHash = keccak256("Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)");
        bytes32 structHash = keccak256(abi.encode(typeHash, holder, spender, token.nonces(holder), expiry, true));
        return typed(key, token.DOMAIN_SEPARATOR(), structHash);
    }

    function authorization(
        ITestToken token,
        uint256 key,
        address from,
        address to,
        Terms memory terms,
        Relay memory relay
    ) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        uint256 value = terms.amount + relay.fee;
        bytes32 structHash =
            keccak256(abi.encode(typeHash, from, to, value, 0, terms.deadline, gaslessHash(terms, relay)));
        return packed(typed(key, token.DOMAIN_SEPARATOR(), structHash));
    }

    /// @notice `amounts` are the parts that get something, in the order merchant, fee, organization, relay.
    function permit2(
        uint256 key,
        address spender,
        Terms memory terms,
        Relay memory relay,
        uint256[] memory amounts,
        uint256 nonce
    ) internal view returns (bytes memory) {
        bytes32[] memory permitted = new bytes32[](amounts.length);
        for (uint256 i = 0; i < amounts.length; i++) {
            permitted[i] = keccak256(abi.encode(keccak256(bytes(TOKEN_PERMISSIONS_TYPE)), terms.token, amounts[i]));
        }
        bytes32 typeHash = keccak256(
            bytes(
                string.concat(
                    "PermitBatchWitnessTransferFrom(TokenPermissions[] permitted,address spender,uint256 nonce,uint256 deadline,GaslessPayment witness)",
                    GASLESS_TYPE,
                    TERMS_TYPE,
                    TOKEN_PERMISSIONS_TYPE
                )
            )
        );
        bytes32 structHash = keccak256(
            abi.encode(
                typeHash,
                keccak256(abi.encodePacked(permitted)),
                spender,
                nonce,
                terms.deadline,
                gaslessHash(terms, relay)
            )
        );
        return packed(typed(key, ITestToken(Deployed.PERMIT2).DOMAIN_SEPARATOR(), structHash));
    }
}
