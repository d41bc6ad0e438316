// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPermit2} from "./interfaces/IPermit2.sol";
import {IQBitFlowCheckout, Relay, Terms} from "./interfaces/IQBitFlowCheckout.sol";
import {IAuthorizationToken, IDaiPermitToken, IPermitToken} from "./interfaces/ISignedTokens.sol";
import {PaymentHash} from "./PaymentHash.sol";
import {TokenTransfer} from "./TokenTransfer.sol";

/// @title The implementation of IQBitFlowCheckout, where what each function promises is written down
/// @dev Has no storage at all: nothing to reenter for, nothing to own. Signatures are used up where they are checked
/// (the token's permit nonce, Permit2's nonce, the EIP-3009 nonce).
contract QBitFlowCheckout is IQBitFlowCheckout {
    using TokenTransfer for address;

    uint256 public constant MAX_FEE_BPS = 1000;
    uint256 public constant MAX_ORGANIZATION_FEE_BPS = 1000;

    struct Fees {
        uint256 platform;
        uint256 organization;
        /// What the merchant gets.
        uint256 rest;
    }

    struct Signature {
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    uint256 private constant BPS = 10_000;
    IPermit2 private constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);
    string private constant WITNESS_TYPE = string(
        bytes.concat(
            "GaslessPayment witness)",
            PaymentHash.GASLESS_TYPE,
            PaymentHash.TERMS_TYPE,
            "TokenPermissions(address token,uint256 amount)"
        )
    );

    /// @inheritdoc IQBitFlowCheckout
    function payNative(Terms calldata terms) external payable {
        if (terms.token != address(0)) revert NotNative(terms.token);
        if (msg.value != terms.amount) revert NativeAmountMismatch(msg.value, terms.amount);
        Fees memory fees = _accept(terms, PaymentHash.ofTerms(terms), msg.sender);
        _sendNative(terms.merchant, fees.rest);
        if (fees.platform != 0) _sendNative(terms.feeRecipient, fees.platform);
        if (fees.organization != 0) _sendNative(terms.organization, fees.organization);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payToken(Terms calldata terms) external {
        _pull(terms, msg.sender, _accept(terms, PaymentHash.ofTerms(terms), msg.sender));
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithPermit(Terms calldata terms, uint8 v, bytes32 r, bytes32 s) external {
        Fees memory fees = _accept(terms, PaymentHash.ofTerms(terms), msg.sender);
        _permit(terms.token, msg.sender, terms.amount, terms.deadline, Signature(v, r, s));
        _pull(terms, msg.sender, fees);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithDaiPermit(Terms calldata terms, uint8 v, bytes32 r, bytes32 s) external {
        Fees memory fees = _accept(terms, PaymentHash.ofTerms(terms), msg.sender);
        _permitDai(terms.token, msg.sender, _nonce(terms.token, msg.sender), terms.deadline, Signature(v, r, s));
        _pull(terms, msg.sender, fees);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithPermitRelayed(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        Fees memory fees = _accept(terms, termsHash, payer);
        uint256 commitment = uint256(PaymentHash.ofGasless(termsHash, relay));
        uint256 nonce = _nonce(terms.token, payer);
        bool success =
            _permit(terms.token, payer, terms.amount + relay.fee, commitment, Signature(v, r, s));
        _requireUsed(terms.token, payer, nonce, success);
        _pull(terms, payer, fees);
        if (relay.fee != 0) terms.token.pull(payer, relay.recipient, relay.fee);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithDaiPermitRelayed(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        Fees memory fees = _accept(terms, termsHash, payer);
        uint256 commitment = uint256(PaymentHash.ofGasless(termsHash, relay));
        uint256 nonce = _nonce(terms.token, payer);
        bool success = _permitDai(terms.token, payer, nonce, commitment, Signature(v, r, s));
        _requireUsed(terms.token, payer, nonce, success);
        _pull(terms, payer, fees);
        if (relay.fee != 0) terms.token.pull(payer, relay.recipient, relay.fee);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithPermit2(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        uint256 nonce,
        bytes calldata signature
    ) external {
        // Permit2 takes an address without code for a token that returns nothing.
        terms.token.refuseNoToken();
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        Fees memory fees = _accept(terms, termsHash, payer);
        (IPermit2.TokenPermissions[] memory permitted, IPermit2.SignatureTransferDetails[] memory parts) =
            _parts(terms, relay, fees);
        PERMIT2.permitWitnessTransferFrom(
            IPermit2.PermitBatchTransferFrom(permitted, nonce, terms.deadline),
            parts,
            payer,
            PaymentHash.ofGasless(termsHash, relay),
            WITNESS_TYPE,
            signature
        );
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithAuthorization(Terms calldata terms, Relay calldata relay, address payer, bytes calldata signature)
        external
    {
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        Fees memory fees = _accept(terms, termsHash, payer);
        _receive(terms, relay, payer, PaymentHash.ofGasless(termsHash, relay), signature);
        address token = terms.token;
        token.push(terms.merchant, fees.rest);
        if (fees.platform != 0) token.push(terms.feeRecipient, fees.platform);
        if (fees.organization != 0) token.push(terms.organization, fees.organization);
        if (relay.fee != 0) token.push(relay.recipient, relay.fee);
    }

    /// @inheritdoc IQBitFlowCheckout
    function hashTerms(Terms calldata terms) external pure returns (bytes32) {
        return PaymentHash.ofTerms(terms);
    }

    /// @inheritdoc IQBitFlowCheckout
    function hashGasless(Terms calldata terms, Relay calldata relay) external pure returns (bytes32) {
        return PaymentHash.ofGasless(PaymentHash.ofTerms(terms), relay);
    }

    /// @dev Checks what the payer cannot be asked to give, splits the amount and announces the payment; what follows
    /// moves exactly that or reverts it all.
    function _accept(Terms calldata terms, bytes32 termsHash, address payer) private returns (Fees memory fees) {
        uint256 amount = terms.amount;
        if (block.timestamp > terms.deadline) revert PaymentExpired(terms.deadline, block.timestamp);
        if (terms.feeBps > MAX_FEE_BPS) revert FeeTooHigh(terms.feeBps, MAX_FEE_BPS);
        if (terms.organizationFeeBps > MAX_ORGANIZATION_FEE_BPS) {
            revert OrganizationFeeTooHigh(terms.organizationFeeBps, MAX_ORGANIZATION_FEE_BPS);
        }
        if (amount == 0) revert AmountMissing();
        fees.platform = amount * terms.feeBps / BPS;
        unchecked {
            // Both fees are at most a tenth, and amount * 1000 did not overflow.
            fees.rest = amount - fees.platform;
            fees.organization = fees.rest * terms.organizationFeeBps / BPS;
            fees.rest -= fees.organization;
        }
        emit Payment(
            terms.uuid, payer, terms.merchant, termsHash, terms.token, amount, fees.platform, fees.organization
        );
    }

    function _pull(Terms calldata terms, address payer, Fees memory fees) private {
        address token = terms.token;
        token.pull(payer, terms.merchant, fees.rest);
        if (fees.platform != 0) token.pull(payer, terms.feeRecipient, fees.platform);
        if (fees.organization != 0) token.pull(payer, terms.organization, fees.organization);
    }

    /// @dev What a recipient answers is not copied: it could be made long to waste the payer's gas.
    function _sendNative(address to, uint256 amount) private {
        TokenTransfer.refuseRecipient(to);
        bool success;
        assembly ("memory-safe") {
            success := call(gas(), to, amount, 0, 0, 0, 0)
        }
        if (!success) revert NativeTransferFailed(to, amount);
    }

    function _permit(address token, address owner, uint256 value, uint256 deadline, Signature memory signature)
        private
        returns (bool success)
    {
        (success,) = token.call(
            abi.encodeCall(
                IPermitToken.permit, (owner, address(this), value, deadline, signature.v, signature.r, signature.s)
            )
        );
    }

    function _permitDai(address token, address holder, uint256 nonce, uint256 expiry, Signature memory signature)
        private
        returns (bool success)
    {
        (success,) = token.call(
            abi.encodeCall(
                IDaiPermitToken.permit,
                (holder, address(this), nonce, expiry, true, signature.v, signature.r, signature.s)
            )
        );
    }

    function _nonce(address token, address owner) private view returns (uint256) {
        token.refuseNoToken();
        return IPermitToken(token).nonces(owner);
    }

    /// @dev "Did not revert" proves nothing: a token without permit may have a fallback that accepts any call (WETH),
    /// and then everybody's standing allowance would be open. Only a nonce that was used up proves a signature.
    function _requireUsed(address token, address payer, uint256 nonceBefore, bool success) private view {
        unchecked {
            if (!success || IPermitToken(token).nonces(payer) != nonceBefore + 1) revert PermitFailed(token, payer);
        }
    }

    /// @dev Permit2 moves each part straight from the payer to its recipient; a part of nothing is left out.
    function _parts(Terms calldata terms, Relay calldata relay, Fees memory fees)
        private
        view
        returns (IPermit2.TokenPermissions[] memory permitted, IPermit2.SignatureTransferDetails[] memory parts)
    {
        permitted = new IPermit2.TokenPermissions[](4);
        parts = new IPermit2.SignatureTransferDetails[](4);
        uint256 count = _addPart(permitted, parts, 0, terms.token, terms.merchant, fees.rest);
        count = _addPart(permitted, parts, count, terms.token, terms.feeRecipient, fees.platform);
        count = _addPart(permitted, parts, count, terms.token, terms.organization, fees.organization);
        count = _addPart(permitted, parts, count, terms.token, relay.recipient, relay.fee);
        assembly ("memory-safe") {
            mstore(permitted, count)
            mstore(parts, count)
        }
    }

    function _addPart(
        IPermit2.TokenPermissions[] memory permitted,
        IPermit2.SignatureTransferDetails[] memory parts,
        uint256 index,
        address token,
        address to,
        uint256 amount
    ) private view returns (uint256) {
        if (amount == 0) return index;
        TokenTransfer.refuseRecipient(to);
        permitted[index] = IPermit2.TokenPermissions(token, amount);
        parts[index] = IPermit2.SignatureTransferDetails(to, amount);
        unchecked {
            return index + 1;
        }
    }

    /// @dev 65 bytes go the way that every version of the token has; it takes such signatures of EIP-1271 wallets, too,
    /// where the token takes them at all.
    function _receive(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        bytes32 nonce,
        bytes calldata signature
    ) private {
        IAuthorizationToken token = IAuthorizationToken(terms.token);
        uint256 value = terms.amount + relay.fee;
        if (signature.length == 65) {
            token.receiveWithAuthorization(
                payer,
                address(this),
                value,
                0,
                terms.deadline,
                nonce,
                uint8(signature[64]),
                bytes32(signature[:32]),
                bytes32(signature[32:64])
            );
        } else {
            token.receiveWithAuthorization(payer, address(this), value, 0, terms.deadline, nonce, signature);
        }
    }
}
