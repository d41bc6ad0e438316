// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    IQBitFlowSubscriptions,
    Mandate,
    MandateHead,
    MandateStatus,
    Plan
} from "./interfaces/IQBitFlowSubscriptions.sol";
import {MandateSlot, MandateSlots} from "./MandateSlot.sol";
import {Periods} from "./Periods.sol";
import {PlanWords} from "./PlanWords.sol";

/// @notice What a mandate must be, and when it may be charged how much.
library MandateRules {
    using PlanWords for MandateHead;
    using PlanWords for Plan;

    uint256 internal constant MAX_FEE_BPS = 1000;
    uint256 internal constant MAX_ORGANIZATION_FEE_BPS = 1000;
    uint256 internal constant FIXED = 0;
    uint256 internal constant PAY_AS_YOU_GO = 1;

    /// More than there is of any token; below it nothing in here overflows.
    uint256 internal constant MAX_AMOUNT = type(uint128).max;
    uint256 private constant MAX_TIME = type(uint40).max / 2;
    uint256 private constant MAX_SECONDS = 3650 days;
    uint256 private constant MAX_MONTHS = 120;
    uint256 private constant BPS = 10_000;

    /// @notice Refuses what no subscriber may agree to, or could never be charged. Whoever can sign can be
    /// subscriber, and a registry that is none lets nobody charge.
    function requireValid(Mandate calldata mandate) internal view {
        Plan calldata plan = mandate.plan;
        _requireFees(plan);
        if (!_isPayable(plan.merchant)) revert IQBitFlowSubscriptions.MandateInvalid("merchant");
        if (plan.token.code.length == 0) revert IQBitFlowSubscriptions.MandateInvalid("token");
        if (plan.kind > PAY_AS_YOU_GO) revert IQBitFlowSubscriptions.MandateInvalid("kind");
        uint256 unit = plan.periodUnit;
        if (unit > Periods.MONTHS) revert IQBitFlowSubscriptions.MandateInvalid("periodUnit");
        uint256 length = plan.periodLength;
        if (length == 0 || length > (unit == Periods.MONTHS ? MAX_MONTHS : MAX_SECONDS)) {
            revert IQBitFlowSubscriptions.MandateInvalid("periodLength");
        }
        uint256 maximum = mandate.maxPerPeriod;
        if (maximum == 0 || maximum > MAX_AMOUNT) revert IQBitFlowSubscriptions.MandateInvalid("maxPerPeriod");
        uint256 firstChargeAt = mandate.firstChargeAt;
        if (firstChargeAt > MAX_TIME) revert IQBitFlowSubscriptions.MandateInvalid("firstChargeAt");
        uint256 endsAt = mandate.endsAt;
        if (endsAt != 0 && endsAt <= firstChargeAt) revert IQBitFlowSubscriptions.MandateInvalid("endsAt");
    }

    /// @dev Whoever may get a fee has to be payable.
    function _requireFees(Plan calldata plan) private view {
        uint256 feeBps = plan.maxFeeBps;
        if (feeBps > MAX_FEE_BPS) revert IQBitFlowSubscriptions.FeeTooHigh(feeBps, MAX_FEE_BPS);
        if (feeBps | plan.maxExecutionFee != 0 && !_isPayable(plan.feeRecipient)) {
            revert IQBitFlowSubscriptions.MandateInvalid("feeRecipient");
        }
        uint256 organizationFeeBps = plan.organizationFeeBps;
        if (organizationFeeBps > MAX_ORGANIZATION_FEE_BPS) {
            revert IQBitFlowSubscriptions.OrganizationFeeTooHigh(organizationFeeBps, MAX_ORGANIZATION_FEE_BPS);
        }
        if (organizationFeeBps != 0 && !_isPayable(plan.organization)) {
            revert IQBitFlowSubscriptions.MandateInvalid("organization");
        }
    }

    /// @notice Whether this sender may ask for these fees.
    function checkFees(Plan calldata plan, uint256 feeBps, uint256 executionFee, bool byMerchant)
        internal
        pure
        returns (ChargeFailure)
    {
        if (byMerchant ? feeBps != plan.maxFeeBpsOf() : feeBps > plan.maxFeeBpsOf()) {
            return ChargeFailure.FeeNotAllowed;
        }
        if (executionFee > (byMerchant ? 0 : plan.maxExecutionFee)) return ChargeFailure.ExecutionFeeNotAllowed;
        return ChargeFailure.None;
    }

    /// @notice Whether the mandate may be charged now, and its slot afterwards.
    function checkCharge(
        MandateSlot slot,
        MandateHead calldata head,
        Plan calldata plan,
        uint256 period,
        uint256 amount,
        uint256 executionFee
    ) internal view returns (ChargeFailure, MandateSlot) {
        if (!slot.isActive()) {
            MandateStatus status = slot.status();
            if (status == MandateStatus.None) return (ChargeFailure.NotActive, slot);
            if (status == MandateStatus.Cancelled) return (ChargeFailure.Cancelled, slot);
            if (status == MandateStatus.Ended || period > slot.lastPeriod()) return (ChargeFailure.Ended, slot);
        }
        if (_isOver(head.endsAtOf())) return (ChargeFailure.Ended, slot);
        if (amount == 0) return (ChargeFailure.AmountMissing, slot);
        uint256 next = slot.nextPeriod();
        if (period < next) return (ChargeFailure.AlreadyCharged, slot);
        if (period > MandateSlots.MAX_PERIOD) return (ChargeFailure.NotDue, slot);
        unchecked {
            // In this form nothing wraps around.
            uint256 maximum = slot.maximum();
            if (amount > maximum || executionFee > maximum - amount) return (ChargeFailure.MaximumExceeded, slot);
            (uint256 unit, uint256 length) = plan.periodOf();
            uint256 anchor = head.firstChargeAtOf();
            uint256 beginsAt = slot.nextPeriodAt();
            if (period != next) beginsAt = Periods.start(anchor, unit, length, period);
            if (block.timestamp < beginsAt) return (ChargeFailure.NotDue, slot);
            uint256 endsAt = Periods.start(anchor, unit, length, period + 1);
            if (block.timestamp >= endsAt) return (ChargeFailure.PeriodOver, slot);
            return (ChargeFailure.None, slot.charged(period + 1, endsAt));
        }
    }

    /// @notice The slot of a mandate that its subscriber stops.
    function stopped(MandateSlot slot, Mandate calldata mandate) internal view returns (MandateSlot) {
        Plan calldata plan = mandate.plan;
        if (plan.kind == FIXED) return slot.withStatus(MandateStatus.Ended);
        uint256 last = 0;
        if (block.timestamp >= mandate.firstChargeAt) {
            last = Periods.indexAt(mandate.firstChargeAt, plan.periodUnit, plan.periodLength, block.timestamp) + 1;
        }
        if (last > MandateSlots.MAX_PERIOD) return slot.withStatus(MandateStatus.Ended);
        return slot.withLastPeriod(last).withStatus(MandateStatus.Stopping);
    }

    /// @notice Platform first, organization on the rest, both rounded down.
    function split(uint256 amount, uint256 feeBps, uint256 organizationFeeBps)
        internal
        pure
        returns (uint256 rest, uint256 fee, uint256 organizationFee)
    {
        unchecked {
            fee = amount * feeBps / BPS;
            rest = amount - fee;
            organizationFee = rest * organizationFeeBps / BPS;
            rest -= organizationFee;
        }
    }

    function _isOver(uint256 endsAt) private view returns (bool) {
        return endsAt != 0 && block.timestamp >= endsAt;
    }

    /// @dev Nothing gets out of this contract again, and what goes to the zero address is nobody's.
    function _isPayable(address recipient) private view returns (bool) {
        return uint160(recipient) != 0 && recipient != address(this);
    }
}
