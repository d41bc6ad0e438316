// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPermit2} from "./interfaces/IPermit2.sol";
import {IQBitFlowCheckout, Relay, Terms} from "./interfaces/IQBitFlowCheckout.sol";
import {IAuthorizationToken} from "./interfaces/IAuthorizationToken.sol";
import {PaymentHash} from "./PaymentHash.sol";
import {TokenPermit} from "./TokenPermit.sol";
import {TokenTransfer} from "./TokenTransfer.sol";

/// @title The implementation of IQBitFlowCheckout, where what each function promises is written down
/// @dev Has no storage at all: nothing to reenter for, nothing to own. Signatures are used up where they are checked
/// (the token's permit nonce, Permit2's nonce, the EIP-3009 nonce).
contract QBitFlowCheckout is IQBitFlowCheckout {
    using TokenPermit for address;
    using TokenTransfer for address;

    uint256 public constant MAX_FEE_BPS = 1000;
    uint256 public constant MAX_ORGANIZATION_FEE_BPS = 1000;

    uint256 private constant BPS = 10_000;
    /// More than there is of any coin; below it nothing in here overflows.
    uint256 private constant MAX_AMOUNT = type(uint128).max;
    IPermit2 private constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    /// @inheritdoc IQBitFlowCheckout
    function payNative(Terms calldata terms) external payable {
        if (terms.token != address(0)) revert NotNative(terms.token);
        if (msg.value != terms.amount) revert NativeAmountMismatch(msg.value, terms.amount);
        (uint256 rest, uint256 fee, uint256 organizationFee) = _accept(terms, PaymentHash.ofTerms(terms), msg.sender);
        TokenTransfer.sendNative(terms.merchant, rest);
        if (fee != 0) TokenTransfer.sendNative(terms.feeRecipient, fee);
        if (organizationFee != 0) TokenTransfer.sendNative(terms.organization, organizationFee);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payToken(Terms calldata terms) external {
        _acceptAndPull(terms, PaymentHash.ofTerms(terms), msg.sender);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithPermit(Terms calldata terms, uint8 v, bytes32 r, bytes32 s) external {
        terms.token.permit(msg.sender, terms.amount, terms.deadline, v, r, s);
        _acceptAndPull(terms, PaymentHash.ofTerms(terms), msg.sender);
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithDaiPermit(Terms calldata terms, uint8 v, bytes32 r, bytes32 s) external {
        uint256 nonce = terms.token.nonceOf(msg.sender);
        terms.token.permitDai(msg.sender, nonce, terms.deadline, v, r, s);
        _acceptAndPull(terms, PaymentHash.ofTerms(terms), msg.sender);
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
        address token = terms.token;
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        uint256 commitment = uint256(PaymentHash.ofGasless(termsHash, relay));
        uint256 nonce = token.nonceOf(payer);
        token.permit(payer, terms.amount + relay.fee, commitment, v, r, s);
        token.requireUsed(payer, nonce);
        _acceptAndPull(terms, termsHash, payer);
        if (relay.fee != 0) token.pull(payer, relay.recipient, relay.fee);
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
        address token = terms.token;
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        uint256 commitment = uint256(PaymentHash.ofGasless(termsHash, relay));
        uint256 nonce = token.nonceOf(payer);
        token.permitDai(payer, nonce, commitment, v, r, s);
        token.requireUsed(payer, nonce);
        _acceptAndPull(terms, termsHash, payer);
        if (relay.fee != 0) token.pull(payer, relay.recipient, relay.fee);
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
        (uint256 rest, uint256 fee, uint256 organizationFee) = _accept(terms, termsHash, payer);
        (IPermit2.TokenPermissions[] memory permitted, IPermit2.SignatureTransferDetails[] memory parts) =
            _parts(terms, relay, rest, fee, organizationFee);
        PERMIT2.permitWitnessTransferFrom(
            IPermit2.PermitBatchTransferFrom(permitted, nonce, terms.deadline),
            parts,
            payer,
            PaymentHash.ofGasless(termsHash, relay),
            PaymentHash.WITNESS_TYPE,
            signature
        );
    }

    /// @inheritdoc IQBitFlowCheckout
    function payWithAuthorization(Terms calldata terms, Relay calldata relay, address payer, bytes calldata signature)
        external
    {
        bytes32 termsHash = PaymentHash.ofTerms(terms);
        (uint256 rest, uint256 fee, uint256 organizationFee) = _accept(terms, termsHash, payer);
        _receive(terms, relay, payer, PaymentHash.ofGasless(termsHash, relay), signature);
        address token = terms.token;
        token.push(terms.merchant, rest);
        if (fee != 0) token.push(terms.feeRecipient, fee);
        if (organizationFee != 0) token.push(terms.organization, organizationFee);
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

    /// @dev Checks what no payer may agree to, splits the amount (platform first, organization on the rest, both
    /// rounded down) and announces the payment; what follows moves exactly that, or all of it reverts.
    function _accept(Terms calldata terms, bytes32 termsHash, address payer)
        private
        returns (uint256 rest, uint256 fee, uint256 organizationFee)
    {
        uint256 amount = terms.amount;
        uint256 feeBps = terms.feeBps;
        uint256 organizationFeeBps = terms.organizationFeeBps;
        if (block.timestamp > terms.deadline) revert PaymentExpired(terms.deadline, block.timestamp);
        if (feeBps > MAX_FEE_BPS) revert FeeTooHigh(feeBps, MAX_FEE_BPS);
        if (organizationFeeBps > MAX_ORGANIZATION_FEE_BPS) {
            revert OrganizationFeeTooHigh(organizationFeeBps, MAX_ORGANIZATION_FEE_BPS);
        }
        if (amount == 0) revert AmountMissing();
        if (amount > MAX_AMOUNT) revert AmountTooLarge(amount, MAX_AMOUNT);
        unchecked {
            fee = amount * feeBps / BPS;
            rest = amount - fee;
            organizationFee = rest * organizationFeeBps / BPS;
            rest -= organizationFee;
        }
        emit Payment(terms.uuid, payer, terms.merchant, termsHash, terms.token, amount, fee, organizationFee);
    }

    function _acceptAndPull(Terms calldata terms, bytes32 termsHash, address payer) private {
        (uint256 rest, uint256 fee, uint256 organizationFee) = _accept(terms, termsHash, payer);
        address token = terms.token;
        token.pull(payer, terms.merchant, rest);
        if (fee != 0) token.pull(payer, terms.feeRecipient, fee);
        if (organizationFee != 0) token.pull(payer, terms.organization, organizationFee);
    }

    /// @dev Permit2 moves each part straight from the payer to its recipient; a part of nothing is left out.
    function _parts(Terms calldata terms, Relay calldata relay, uint256 rest, uint256 fee, uint256 organizationFee)
        private
        view
        returns (IPermit2.TokenPermissions[] memory permitted, IPermit2.SignatureTransferDetails[] memory parts)
    {
        permitted = new IPermit2.TokenPermissions[](4);
        parts = new IPermit2.SignatureTransferDetails[](4);
        uint256 count = _addPart(permitted, parts, 0, terms.token, terms.merchant, rest);
        count = _addPart(permitted, parts, count, terms.token, terms.feeRecipient, fee);
        count = _addPart(permitted, parts, count, terms.token, terms.organization, organizationFee);
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
