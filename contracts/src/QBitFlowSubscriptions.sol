// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "./interfaces/IExecutorRegistry.sol";
import {
    Charge,
    ChargeFailure,
    ChargeGroup,
    GroupCharge,
    IQBitFlowSubscriptions,
    Mandate,
    MandateHead,
    MandateState,
    MandateStatus,
    Plan,
    TokenAllowance
} from "./interfaces/IQBitFlowSubscriptions.sol";
import {GroupCall} from "./GroupCall.sol";
import {MandateHash} from "./MandateHash.sol";
import {MandateRules} from "./MandateRules.sol";
import {MandateSlot, MandateSlots} from "./MandateSlot.sol";
import {Periods} from "./Periods.sol";
import {SubscriberPermit} from "./SubscriberPermit.sol";
import {SubscriberSignature} from "./SubscriberSignature.sol";
import {SubscriberToken} from "./SubscriberToken.sol";

/// @title The implementation of IQBitFlowSubscriptions, where what each function promises is written down
/// @dev One slot per mandate, written before any token is called. A transient lock keeps everything that writes a slot
/// out of calls in between, so that a slot read before a call is still true after it.
contract QBitFlowSubscriptions is IQBitFlowSubscriptions {
    using SubscriberToken for address;

    uint256 public constant MAX_FEE_BPS = MandateRules.MAX_FEE_BPS;
    uint256 public constant MAX_ORGANIZATION_FEE_BPS = MandateRules.MAX_ORGANIZATION_FEE_BPS;

    mapping(bytes32 mandateHash => MandateSlot) private _slots;
    uint256 private transient _entered;

    /// @dev What a group's charges add up to.
    struct Sums {
        uint256 rest;
        uint256 fee;
        uint256 organizationFee;
    }

    modifier locked() {
        _refuseReentry();
        _entered = 1;
        _;
        _entered = 0;
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activate(Mandate calldata mandate, bytes calldata signature) external locked {
        _activate(mandate, signature);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activateWithPermit(Mandate calldata mandate, bytes calldata signature, TokenAllowance calldata allowance)
        external
        locked
    {
        _activate(mandate, signature);
        SubscriberPermit.submit(allowance, mandate.plan.token, mandate.subscriber);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activateAndCharge(
        Mandate calldata mandate,
        bytes calldata signature,
        TokenAllowance calldata allowance,
        Charge calldata first
    ) external locked {
        bytes32 mandateHash = _activate(mandate, signature);
        SubscriberPermit.submit(allowance, mandate.plan.token, mandate.subscriber);
        _charge(mandateHash, MandateHash.headOf(mandate), mandate.plan, first);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function charge(Mandate calldata mandate, Charge calldata terms) external locked {
        _charge(MandateHash.ofMandate(mandate), MandateHash.headOf(mandate), mandate.plan, terms);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function chargeGroup(ChargeGroup calldata group) external locked {
        Plan calldata plan = group.plan;
        GroupCharge[] calldata charges = group.charges;
        bytes32 planHash = MandateHash.ofPlan(plan);
        if (charges.length == 1) {
            GroupCharge calldata only = charges[0];
            Charge memory terms = Charge(only.period, only.amount, group.feeBps, group.executionFee, group.viaPermit2);
            _chargeAlone(MandateHash.ofHead(only.head, planHash), only.head, plan, terms, group.gasPerTransfer);
            return;
        }
        _requireSender(plan, bytes32(0), group.feeBps, group.executionFee);
        Sums memory sums;
        for (uint256 i = 0; i < charges.length; i++) {
            _collect(group, planHash, charges[i], sums);
        }
        address token = plan.token;
        _payOut(token, plan.merchant, sums.rest, group.gasPerTransfer);
        _payOut(token, plan.feeRecipient, sums.fee, group.gasPerTransfer);
        _payOut(token, plan.organization, sums.organizationFee, group.gasPerTransfer);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function chargeBatch(ChargeGroup[] calldata groups) external {
        _refuseReentry();
        for (uint256 i = 0; i < groups.length; i++) {
            ChargeGroup calldata group = groups[i];
            if (GroupCall.run(group, this.chargeGroup.selector)) continue;
            _tellGroupFailed(group, i);
        }
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function setMaximum(MandateHead calldata head, bytes32 planHash, uint256 maximum) external {
        _requireSubscriber(head);
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        _setMaximum(mandateHash, head.uuid, _slots[mandateHash], maximum);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function setMaximumSigned(
        MandateHead calldata head,
        bytes32 planHash,
        uint256 maximum,
        uint256 deadline,
        bytes calldata signature
    ) external locked {
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        MandateSlot slot = _slots[mandateHash];
        bytes32 structHash = keccak256(
            abi.encode(MandateHash.SET_MAXIMUM_TYPEHASH, mandateHash, maximum, slot.signatureNonce(), deadline)
        );
        _requireSigned(head.subscriber, structHash, deadline, signature);
        _setMaximum(mandateHash, head.uuid, slot.signatureUsed(), maximum);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function stop(Mandate calldata mandate) external {
        _requireSubscriber(MandateHash.headOf(mandate));
        bytes32 mandateHash = MandateHash.ofMandate(mandate);
        _stop(mandateHash, mandate, _slots[mandateHash]);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function stopSigned(Mandate calldata mandate, uint256 deadline, bytes calldata signature) external locked {
        bytes32 mandateHash = MandateHash.ofMandate(mandate);
        MandateSlot slot = _slots[mandateHash];
        bytes32 structHash =
            keccak256(abi.encode(MandateHash.STOP_TYPEHASH, mandateHash, slot.signatureNonce(), deadline));
        _requireSigned(mandate.subscriber, structHash, deadline, signature);
        _stop(mandateHash, mandate, slot.signatureUsed());
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function cancel(MandateHead calldata head, bytes32 planHash) external {
        _requireSubscriber(head);
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        _cancel(mandateHash, head.uuid, _slots[mandateHash], msg.sender);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function cancelSigned(MandateHead calldata head, bytes32 planHash, uint256 deadline, bytes calldata signature)
        external
        locked
    {
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        MandateSlot slot = _slots[mandateHash];
        bytes32 structHash =
            keccak256(abi.encode(MandateHash.CANCEL_TYPEHASH, mandateHash, slot.signatureNonce(), deadline));
        _requireSigned(head.subscriber, structHash, deadline, signature);
        _cancel(mandateHash, head.uuid, slot, head.subscriber);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function cancelFor(Mandate calldata mandate) external {
        _refuseReentry();
        if (msg.sender != mandate.plan.merchant) _requireExecutor(mandate.plan.registry);
        bytes32 mandateHash = MandateHash.ofMandate(mandate);
        _cancel(mandateHash, mandate.uuid, _slots[mandateHash], msg.sender);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function mandateState(bytes32 mandateHash) external view returns (MandateState memory) {
        return _slots[mandateHash].state();
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function mandateStates(bytes32[] calldata mandateHashes) external view returns (MandateState[] memory states) {
        states = new MandateState[](mandateHashes.length);
        for (uint256 i = 0; i < mandateHashes.length; i++) {
            states[i] = _slots[mandateHashes[i]].state();
        }
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function checkCharge(Mandate calldata mandate, Charge calldata terms)
        external
        view
        returns (ChargeFailure failure)
    {
        Plan calldata plan = mandate.plan;
        failure = MandateRules.checkFees(plan, terms.feeBps, terms.executionFee, false);
        if (failure != ChargeFailure.None) return failure;
        (failure,) = MandateRules.checkCharge(
            _slots[MandateHash.ofMandate(mandate)],
            MandateHash.headOf(mandate),
            plan,
            terms.period,
            terms.amount,
            terms.executionFee
        );
        if (failure != ChargeFailure.None) return failure;
        return _checkFunds(plan.token, mandate.subscriber, terms.amount + terms.executionFee, terms.viaPermit2);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function periodStart(Mandate calldata mandate, uint256 period) external pure returns (uint256) {
        return Periods.start(mandate.firstChargeAt, mandate.plan.periodUnit, mandate.plan.periodLength, period);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function periodAt(Mandate calldata mandate, uint256 timestamp) external pure returns (bool begun, uint256 period) {
        if (timestamp < mandate.firstChargeAt) return (false, 0);
        Plan calldata plan = mandate.plan;
        return (true, Periods.indexAt(mandate.firstChargeAt, plan.periodUnit, plan.periodLength, timestamp));
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function hashMandate(Mandate calldata mandate) external pure returns (bytes32) {
        return MandateHash.ofMandate(mandate);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function hashPlan(Plan calldata plan) external pure returns (bytes32) {
        return MandateHash.ofPlan(plan);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return MandateHash.domainSeparator();
    }

    function _activate(Mandate calldata mandate, bytes calldata signature) private returns (bytes32 mandateHash) {
        bytes32 planHash = MandateHash.ofPlan(mandate.plan);
        mandateHash = MandateHash.ofHead(MandateHash.headOf(mandate), planHash);
        MandateStatus status = _slots[mandateHash].status();
        if (status == MandateStatus.Active || status == MandateStatus.Stopping) return mandateHash;
        if (status != MandateStatus.None) revert WrongStatus(mandateHash, status);
        MandateRules.requireValid(mandate);
        _requireSignedDigest(mandate.subscriber, mandateHash, signature);
        _slots[mandateHash] = MandateSlots.activated(mandate.maxPerPeriod, mandate.firstChargeAt);
        emit Activated(
            mandateHash,
            mandate.uuid,
            mandate.subscriber,
            mandate.plan.merchant,
            mandate.plan.token,
            mandate.maxPerPeriod,
            mandate.priceMicroUsd,
            mandate.firstChargeAt,
            mandate.endsAt,
            mandate.nonce,
            planHash
        );
    }

    function _charge(bytes32 mandateHash, MandateHead calldata head, Plan calldata plan, Charge calldata terms)
        private
    {
        _chargeAlone(mandateHash, head, plan, terms, gasleft());
    }

    /// @dev Straight from the subscriber to each recipient.
    function _chargeAlone(
        bytes32 mandateHash,
        MandateHead calldata head,
        Plan calldata plan,
        Charge memory terms,
        uint256 gasLimit
    ) private {
        _requireSender(plan, mandateHash, terms.feeBps, terms.executionFee);
        (ChargeFailure failure, MandateSlot charged) =
            MandateRules.checkCharge(_slots[mandateHash], head, plan, terms.period, terms.amount, terms.executionFee);
        if (failure != ChargeFailure.None) revert ChargeRefused(mandateHash, failure);
        _slots[mandateHash] = charged;
        (uint256 rest, uint256 fee, uint256 organizationFee) =
            MandateRules.split(terms.amount, terms.feeBps, plan.organizationFeeBps);
        emit Charged(mandateHash, head.uuid, terms.period, terms.amount, fee, organizationFee, terms.executionFee);
        fee += terms.executionFee;
        _pull(mandateHash, head, plan, plan.merchant, rest, terms.viaPermit2, gasLimit);
        if (fee != 0) _pull(mandateHash, head, plan, plan.feeRecipient, fee, terms.viaPermit2, gasLimit);
        if (organizationFee != 0) {
            _pull(mandateHash, head, plan, plan.organization, organizationFee, terms.viaPermit2, gasLimit);
        }
    }

    function _pull(
        bytes32 mandateHash,
        MandateHead calldata head,
        Plan calldata plan,
        address to,
        uint256 amount,
        bool viaPermit2,
        uint256 gasLimit
    ) private {
        address token = plan.token;
        if (token.pull(head.subscriber, to, amount, viaPermit2, gasLimit)) return;
        revert ChargeRefused(mandateHash, _whyRefused(token, head.subscriber, amount, viaPermit2));
    }

    /// @dev One charge of a group, into this contract; what came in is added to `sums`.
    function _collect(ChargeGroup calldata group, bytes32 planHash, GroupCharge calldata item, Sums memory sums)
        private
    {
        Plan calldata plan = group.plan;
        MandateHead calldata head = item.head;
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        MandateSlot slot = _slots[mandateHash];
        uint256 executionFee = group.executionFee;
        (ChargeFailure failure, MandateSlot charged) =
            MandateRules.checkCharge(slot, head, plan, item.period, item.amount, executionFee);
        if (failure == ChargeFailure.None) {
            GroupCall.requireGas(group.gasPerTransfer);
            _slots[mandateHash] = charged;
            address token = plan.token;
            uint256 total = item.amount + executionFee;
            if (token.pull(head.subscriber, address(this), total, group.viaPermit2, group.gasPerTransfer)) {
                (uint256 rest, uint256 fee, uint256 organizationFee) =
                    MandateRules.split(item.amount, group.feeBps, plan.organizationFeeBps);
                unchecked {
                    // Each at most 2^129, and there is no block with 2^100 of them.
                    sums.rest += rest;
                    sums.fee += fee + executionFee;
                    sums.organizationFee += organizationFee;
                }
                emit Charged(mandateHash, head.uuid, item.period, item.amount, fee, organizationFee, executionFee);
                return;
            }
            _slots[mandateHash] = slot;
            failure = _whyRefused(token, head.subscriber, total, group.viaPermit2);
        }
        emit ChargeFailed(mandateHash, head.uuid, item.period, failure);
    }

    function _payOut(address token, address to, uint256 amount, uint256 gasLimit) private {
        if (amount == 0) return;
        GroupCall.requireGas(gasLimit);
        if (!token.push(to, amount, gasLimit)) revert PayoutFailed(token, to, amount);
    }

    /// @dev A group of one fails as a charge does, and is told as one.
    function _tellGroupFailed(ChargeGroup calldata group, uint256 index) private {
        bytes memory reason = GroupCall.reason();
        if (group.charges.length == 1 && bytes4(reason) == ChargeRefused.selector) {
            (bytes32 mandateHash, ChargeFailure failure) = GroupCall.chargeRefused(reason);
            GroupCharge calldata only = group.charges[0];
            emit ChargeFailed(mandateHash, only.head.uuid, only.period, failure);
            return;
        }
        emit GroupFailed(group.plan.merchant, group.plan.token, index, reason);
    }

    function _whyRefused(address token, address subscriber, uint256 amount, bool viaPermit2)
        private
        view
        returns (ChargeFailure)
    {
        ChargeFailure failure = _checkFunds(token, subscriber, amount, viaPermit2);
        return failure == ChargeFailure.None ? ChargeFailure.TokenRefused : failure;
    }

    function _checkFunds(address token, address subscriber, uint256 amount, bool viaPermit2)
        private
        view
        returns (ChargeFailure)
    {
        if (token.balanceOf(subscriber) < amount) return ChargeFailure.InsufficientBalance;
        if (token.allowanceOf(subscriber, viaPermit2) < amount) return ChargeFailure.InsufficientAllowance;
        return ChargeFailure.None;
    }

    function _setMaximum(bytes32 mandateHash, bytes16 uuid, MandateSlot slot, uint256 maximum) private {
        MandateStatus status = slot.status();
        if (status != MandateStatus.Active && status != MandateStatus.Stopping) {
            revert WrongStatus(mandateHash, status);
        }
        if (maximum > MandateRules.MAX_AMOUNT) revert MaximumTooLarge(maximum, MandateRules.MAX_AMOUNT);
        _slots[mandateHash] = slot.withMaximum(maximum);
        emit MaximumSet(mandateHash, uuid, maximum);
    }

    function _stop(bytes32 mandateHash, Mandate calldata mandate, MandateSlot slot) private {
        MandateStatus status = slot.status();
        if (status != MandateStatus.Active) revert WrongStatus(mandateHash, status);
        slot = MandateRules.stopped(slot, mandate);
        _slots[mandateHash] = slot;
        emit Stopped(mandateHash, mandate.uuid, slot.status(), slot.lastPeriod());
    }

    function _cancel(bytes32 mandateHash, bytes16 uuid, MandateSlot slot, address by) private {
        MandateStatus status = slot.status();
        if (status == MandateStatus.Cancelled) revert WrongStatus(mandateHash, status);
        _slots[mandateHash] = slot.withStatus(MandateStatus.Cancelled);
        emit Cancelled(mandateHash, uuid, by);
    }

    function _refuseReentry() private view {
        if (_entered != 0) revert Reentered();
    }

    function _requireSubscriber(MandateHead calldata head) private view {
        _refuseReentry();
        if (msg.sender != head.subscriber) revert NotSubscriber(msg.sender);
    }

    /// @dev The merchant, who must leave the fees as signed, or an executor.
    function _requireSender(Plan calldata plan, bytes32 mandateHash, uint256 feeBps, uint256 executionFee)
        private
        view
    {
        bool byMerchant = msg.sender == plan.merchant;
        if (!byMerchant) _requireExecutor(plan.registry);
        ChargeFailure failure = MandateRules.checkFees(plan, feeBps, executionFee, byMerchant);
        if (failure != ChargeFailure.None) revert ChargeRefused(mandateHash, failure);
    }

    function _requireExecutor(address registry) private view {
        bytes4 selector = IExecutorRegistry.isExecutor.selector;
        bool allowed;
        assembly ("memory-safe") {
            mstore(0, selector)
            mstore(0x04, caller())
            allowed := staticcall(gas(), registry, 0, 0x24, 0, 0x20)
            allowed := and(allowed, and(gt(returndatasize(), 0x1f), eq(mload(0), 1)))
        }
        if (!allowed) revert NotExecutor(msg.sender);
    }

    function _requireSigned(address signer, bytes32 structHash, uint256 deadline, bytes calldata signature) private {
        if (block.timestamp > deadline) revert SignatureExpired(deadline, block.timestamp);
        _requireSignedDigest(signer, structHash, signature);
    }

    function _requireSignedDigest(address signer, bytes32 structHash, bytes calldata signature) private {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", MandateHash.domainSeparator(), structHash));
        if (!SubscriberSignature.isValid(signer, digest, signature)) revert SignatureInvalid(signer);
    }
}
