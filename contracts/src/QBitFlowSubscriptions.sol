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
    SingleCharge,
    TokenAllowance,
    TokenPermit2612
} from "./interfaces/IQBitFlowSubscriptions.sol";
import {CappedCall} from "./CappedCall.sol";
import {MandateHash} from "./MandateHash.sol";
import {MandateRules} from "./MandateRules.sol";
import {MandateSlot, MandateSlots} from "./MandateSlot.sol";
import {Periods} from "./Periods.sol";
import {PlanWords} from "./PlanWords.sol";
import {SubscriberPermit} from "./SubscriberPermit.sol";
import {SubscriberSignature} from "./SubscriberSignature.sol";
import {SubscriberToken} from "./SubscriberToken.sol";

/// @title The implementation of IQBitFlowSubscriptions, where what each function promises is written down
/// @dev One slot per mandate, written before any token is called. Where a slot or balance is used after a call, a
/// transient lock keeps out everything that writes one.
contract QBitFlowSubscriptions is IQBitFlowSubscriptions {
    using PlanWords for MandateHead;
    using PlanWords for Plan;
    using SubscriberToken for address;

    uint256 public constant MAX_FEE_BPS = MandateRules.MAX_FEE_BPS;
    uint256 public constant MAX_ORGANIZATION_FEE_BPS = MandateRules.MAX_ORGANIZATION_FEE_BPS;

    uint256 private transient _entered;

    /// @dev What a group's charges have in common, and what they add up to.
    struct GroupTerms {
        bytes32 planHash;
        uint256 feeBps;
        uint256 executionFee;
        bool viaPermit2;
        uint256 gasPerTransfer;
        /// What has to be left before a transfer for it to get that much.
        uint256 gasNeeded;
        uint256 rest;
        uint256 fee;
        uint256 organizationFee;
    }

    /// @dev Where a charge comes from.
    struct Pull {
        address token;
        address from;
        bool viaPermit2;
        uint256 gasLimit;
    }

    modifier locked() {
        _refuseReentry();
        _entered = 1;
        _;
        _entered = 0;
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activate(Mandate calldata mandate, bytes calldata signature) external {
        _activate(mandate, signature);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activateWithPermit(Mandate calldata mandate, bytes calldata signature, TokenPermit2612 calldata permit)
        external
    {
        _activate(mandate, signature);
        SubscriberPermit.submit(permit, mandate.plan.tokenOf(), MandateHash.headOf(mandate).subscriberOf());
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activateWithAllowance(
        Mandate calldata mandate,
        bytes calldata signature,
        TokenAllowance calldata allowance
    ) external {
        _activate(mandate, signature);
        SubscriberPermit.submit(allowance, mandate.plan.token, mandate.subscriber, mandate.maxPerPeriod);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function activateAndCharge(
        Mandate calldata mandate,
        bytes calldata signature,
        TokenAllowance calldata allowance,
        Charge calldata first
    ) external {
        _refuseReentry();
        bytes32 mandateHash = _activate(mandate, signature);
        SubscriberPermit.submit(allowance, mandate.plan.token, mandate.subscriber, mandate.maxPerPeriod);
        _charge(mandateHash, MandateHash.headOf(mandate), mandate.plan, first);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function charge(Mandate calldata mandate, Charge calldata terms) external {
        _refuseReentry();
        _charge(MandateHash.ofMandate(mandate), MandateHash.headOf(mandate), mandate.plan, terms);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function chargeGroup(ChargeGroup calldata group, uint64 gasPerTransfer) external locked {
        Plan calldata plan = group.plan;
        _requireSender(plan, bytes32(0), group.feeBps, group.executionFee);
        GroupTerms memory terms;
        terms.planHash = MandateHash.ofPlan(plan);
        terms.executionFee = group.executionFee;
        terms.viaPermit2 = group.viaPermit2;
        terms.feeBps = group.feeBps;
        terms.gasPerTransfer = gasPerTransfer;
        terms.gasNeeded = CappedCall.gasFor(gasPerTransfer);
        GroupCharge[] calldata charges = group.charges;
        for (uint256 i = 0; i < charges.length; i++) {
            _collect(plan, terms, charges[i]);
        }
        _payOut(plan.token, plan.merchant, terms.rest, terms);
        _payOut(plan.token, plan.feeRecipient, terms.fee, terms);
        _payOut(plan.token, plan.organization, terms.organizationFee, terms);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function chargeBatch(ChargeGroup[] calldata groups, SingleCharge[] calldata singles, uint64 gasPerTransfer)
        external
    {
        _refuseReentry();
        for (uint256 i = 0; i < groups.length; i++) {
            ChargeGroup calldata group = groups[i];
            if (CappedCall.runGroup(group, gasPerTransfer, this.chargeGroup.selector)) continue;
            emit GroupFailed(group.plan.merchant, group.plan.token, i, CappedCall.reason());
        }
        uint256 gasLimit = CappedCall.limitOfSingle(gasPerTransfer);
        for (uint256 i = 0; i < singles.length; i++) {
            if (CappedCall.runSingle(singles[i], gasLimit, this.charge.selector)) continue;
            _tellSingleFailed(singles[i], CappedCall.reason());
        }
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function setMaximum(MandateHead calldata head, bytes32 planHash, uint256 maximum) external {
        _requireSubscriber(head);
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        _setMaximum(mandateHash, head.uuid, MandateSlots.load(mandateHash), maximum);
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
        MandateSlot slot = MandateSlots.load(mandateHash);
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
        _stop(mandateHash, mandate, MandateSlots.load(mandateHash));
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function stopSigned(Mandate calldata mandate, uint256 deadline, bytes calldata signature) external locked {
        bytes32 mandateHash = MandateHash.ofMandate(mandate);
        MandateSlot slot = MandateSlots.load(mandateHash);
        bytes32 structHash =
            keccak256(abi.encode(MandateHash.STOP_TYPEHASH, mandateHash, slot.signatureNonce(), deadline));
        _requireSigned(mandate.subscriber, structHash, deadline, signature);
        _stop(mandateHash, mandate, slot.signatureUsed());
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function cancel(MandateHead calldata head, bytes32 planHash) external {
        _requireSubscriber(head);
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        _cancel(mandateHash, head.uuid, MandateSlots.load(mandateHash), msg.sender);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function cancelSigned(MandateHead calldata head, bytes32 planHash, uint256 deadline, bytes calldata signature)
        external
        locked
    {
        bytes32 mandateHash = MandateHash.ofHead(head, planHash);
        MandateSlot slot = MandateSlots.load(mandateHash);
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
        _cancel(mandateHash, mandate.uuid, MandateSlots.load(mandateHash), msg.sender);
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function mandateState(bytes32 mandateHash) external view returns (MandateState memory) {
        return MandateSlots.load(mandateHash).state();
    }

    /// @inheritdoc IQBitFlowSubscriptions
    function mandateStates(bytes32[] calldata mandateHashes) external view returns (MandateState[] memory states) {
        states = new MandateState[](mandateHashes.length);
        for (uint256 i = 0; i < mandateHashes.length; i++) {
            states[i] = MandateSlots.load(mandateHashes[i]).state();
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
            MandateSlots.load(MandateHash.ofMandate(mandate)),
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
        MandateHead calldata head = MandateHash.headOf(mandate);
        bytes32 planHash = MandateHash.ofPlan(mandate.plan);
        mandateHash = MandateHash.ofHead(head, planHash);
        MandateRules.requireValid(mandate);
        // Before the slot is read: a wallet that is deployed for its signature may call in here.
        address subscriber = head.subscriberOf();
        _requireSignedDigest(subscriber, mandateHash, signature);
        if (_isActivated(mandateHash)) return mandateHash;
        MandateSlots.activated(head.maxPerPeriod, head.firstChargeAtOf()).store(mandateHash);
        emit Activated(
            mandateHash,
            head.uuidOf(),
            subscriber,
            head.maxPerPeriod,
            head.priceMicroUsd,
            head.firstChargeAtOf(),
            head.endsAtOf(),
            head.nonce,
            planHash
        );
    }

    function _isActivated(bytes32 mandateHash) private view returns (bool) {
        MandateSlot slot = MandateSlots.load(mandateHash);
        if (MandateSlot.unwrap(slot) == 0) return false;
        MandateStatus status = slot.status();
        if (status == MandateStatus.Active || status == MandateStatus.Stopping) return true;
        revert WrongStatus(mandateHash, status);
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
        (ChargeFailure failure, MandateSlot charged) = MandateRules.checkCharge(
            MandateSlots.load(mandateHash), head, plan, terms.period, terms.amount, terms.executionFee
        );
        if (failure != ChargeFailure.None) revert ChargeRefused(mandateHash, failure);
        charged.store(mandateHash);
        (address organization, uint256 organizationFeeBps) = plan.organizationOf();
        (uint256 rest, uint256 fee, uint256 organizationFee) =
            MandateRules.split(terms.amount, terms.feeBps, organizationFeeBps);
        emit Charged(mandateHash, head.uuidOf(), terms.period, terms.amount, fee, organizationFee, terms.executionFee);
        unchecked {
            // The maximum, below 2^128, is not exceeded.
            fee += terms.executionFee;
        }
        Pull memory pull;
        pull.token = plan.tokenOf();
        pull.from = head.subscriberOf();
        pull.viaPermit2 = terms.viaPermit2;
        pull.gasLimit = gasLimit;
        _pull(mandateHash, pull, plan.merchantOf(), rest);
        if (fee != 0) _pull(mandateHash, pull, plan.feeRecipientOf(), fee);
        if (organizationFee != 0) _pull(mandateHash, pull, organization, organizationFee);
    }

    function _pull(bytes32 mandateHash, Pull memory pull, address to, uint256 amount) private {
        if (pull.token.pull(pull.from, to, amount, pull.viaPermit2, pull.gasLimit)) return;
        revert ChargeRefused(mandateHash, _whyRefused(pull.token, pull.from, amount, pull.viaPermit2));
    }

    /// @dev One charge of a group, into this contract; what came in is added to the group's sums.
    function _collect(Plan calldata plan, GroupTerms memory terms, GroupCharge calldata item) private {
        MandateHead calldata head = item.head;
        bytes32 mandateHash = MandateHash.ofHead(head, terms.planHash);
        MandateSlot slot = MandateSlots.load(mandateHash);
        (ChargeFailure failure, MandateSlot charged) =
            MandateRules.checkCharge(slot, head, plan, item.period, item.amount, terms.executionFee);
        if (failure == ChargeFailure.None) {
            CappedCall.requireGas(terms.gasNeeded);
            charged.store(mandateHash);
            address token = plan.tokenOf();
            uint256 total = item.amount + terms.executionFee;
            if (token.pull(head.subscriberOf(), address(this), total, terms.viaPermit2, terms.gasPerTransfer)) {
                _tellCharged(plan, terms, item, mandateHash);
                return;
            }
            slot.store(mandateHash);
            failure = _whyRefused(token, head.subscriberOf(), total, terms.viaPermit2);
        }
        emit ChargeFailed(mandateHash, head.uuidOf(), item.period, failure);
    }

    function _tellCharged(Plan calldata plan, GroupTerms memory terms, GroupCharge calldata item, bytes32 mandateHash)
        private
    {
        (, uint256 organizationFeeBps) = plan.organizationOf();
        uint256 amount = item.amount;
        uint256 executionFee = terms.executionFee;
        (uint256 rest, uint256 fee, uint256 organizationFee) =
            MandateRules.split(amount, terms.feeBps, organizationFeeBps);
        unchecked {
            // Each below 2^129, and no block holds 2^100 of them.
            terms.rest += rest;
            terms.fee += fee + executionFee;
            terms.organizationFee += organizationFee;
        }
        emit Charged(mandateHash, item.head.uuidOf(), item.period, amount, fee, organizationFee, executionFee);
    }

    function _payOut(address token, address to, uint256 amount, GroupTerms memory terms) private {
        if (amount == 0) return;
        CappedCall.requireGas(terms.gasNeeded);
        if (!token.push(to, amount, terms.gasPerTransfer)) revert PayoutFailed(token, to, amount);
    }

    function _tellSingleFailed(SingleCharge calldata single, bytes memory reason) private {
        // Without a word of ours, the token used up the gas.
        ChargeFailure failure = ChargeFailure.TokenRefused;
        if (bytes4(reason) == ChargeRefused.selector) failure = CappedCall.chargeRefused(reason);
        else if (bytes4(reason) == NotExecutor.selector) failure = ChargeFailure.NotExecutor;
        bytes32 mandateHash = MandateHash.ofMandate(single.mandate);
        emit ChargeFailed(mandateHash, single.mandate.uuid, single.terms.period, failure);
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
        slot.withMaximum(maximum).store(mandateHash);
        emit MaximumSet(mandateHash, uuid, maximum);
    }

    function _stop(bytes32 mandateHash, Mandate calldata mandate, MandateSlot slot) private {
        MandateStatus status = slot.status();
        if (status != MandateStatus.Active) revert WrongStatus(mandateHash, status);
        slot = MandateRules.stopped(slot, mandate);
        slot.store(mandateHash);
        emit Stopped(mandateHash, mandate.uuid, slot.status(), slot.lastPeriod());
    }

    function _cancel(bytes32 mandateHash, bytes16 uuid, MandateSlot slot, address by) private {
        MandateStatus status = slot.status();
        if (status == MandateStatus.Cancelled) revert WrongStatus(mandateHash, status);
        slot.withStatus(MandateStatus.Cancelled).store(mandateHash);
        emit Cancelled(mandateHash, uuid, by);
    }

    function _refuseReentry() private view {
        if (_entered != 0) revert Reentered();
    }

    function _requireSubscriber(MandateHead calldata head) private view {
        _refuseReentry();
        if (msg.sender != head.subscriberOf()) revert NotSubscriber(msg.sender);
    }

    /// @dev The merchant, who must leave the fees as signed, or an executor.
    function _requireSender(Plan calldata plan, bytes32 mandateHash, uint256 feeBps, uint256 executionFee)
        private
        view
    {
        bool byMerchant = msg.sender == plan.merchantOf();
        if (!byMerchant) _requireExecutor(plan.registryOf());
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
        if (!SubscriberSignature.isValid(signer, MandateHash.digestOf(structHash), signature)) {
            revert SignatureInvalid(signer);
        }
    }
}
