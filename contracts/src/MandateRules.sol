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

/// @notice What a mandate must be, and when it may be charged how much.
library MandateRules {
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

    /// @notice Refuses what no subscriber may agree to, or could never be charged. Reads each member by its type.
    function requireValid(Mandate calldata mandate) internal view {
        Plan calldata plan = mandate.plan;
        if (plan.maxFeeBps > MAX_FEE_BPS) revert IQBitFlowSubscriptions.FeeTooHigh(plan.maxFeeBps, MAX_FEE_BPS);
        if (plan.organizationFeeBps > MAX_ORGANIZATION_FEE_BPS) {
            revert IQBitFlowSubscriptions.OrganizationFeeTooHigh(plan.organizationFeeBps, MAX_ORGANIZATION_FEE_BPS);
        }
        _require(_isPayable(plan.merchant), "merchant");
        _require(_isPayable(plan.feeRecipient) || plan.maxFeeBps == 0 && plan.maxExecutionFee == 0, "feeRecipient");
        _require(_isPayable(plan.organization) || plan.organizationFeeBps == 0, "organization");
        _require(plan.token.code.length != 0, "token");
        _require(plan.kind <= PAY_AS_YOU_GO, "kind");
        _require(plan.periodUnit <= Periods.MONTHS, "periodUnit");
        uint256 longest = plan.periodUnit == Periods.MONTHS ? MAX_MONTHS : MAX_SECONDS;
        _require(plan.periodLength != 0 && plan.periodLength <= longest, "periodLength");
        _require(plan.registry != address(this), "registry");
        _require(mandate.subscriber != address(this), "subscriber");
        _require(mandate.maxPerPeriod != 0 && mandate.maxPerPeriod <= MAX_AMOUNT, "maxPerPeriod");
        _require(mandate.firstChargeAt <= MAX_TIME, "firstChargeAt");
        _require(mandate.endsAt == 0 || mandate.endsAt > mandate.firstChargeAt, "endsAt");
    }

    /// @notice Whether this sender may ask for these fees.
    function checkFees(Plan calldata plan, uint256 feeBps, uint256 executionFee, bool byMerchant)
        internal
        pure
        returns (ChargeFailure)
    {
        if (byMerchant ? feeBps != plan.maxFeeBps : feeBps > plan.maxFeeBps) return ChargeFailure.FeeNotAllowed;
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
        MandateStatus status = slot.status();
        if (status != MandateStatus.Active) {
            if (status == MandateStatus.None) return (ChargeFailure.NotActive, slot);
            if (status == MandateStatus.Cancelled) return (ChargeFailure.Cancelled, slot);
            if (status == MandateStatus.Ended || period > slot.lastPeriod()) return (ChargeFailure.Ended, slot);
        }
        if (head.endsAt != 0 && block.timestamp >= head.endsAt) return (ChargeFailure.Ended, slot);
        if (amount == 0) return (ChargeFailure.AmountMissing, slot);
        uint256 maximum = slot.maximum();
        // In this form nothing overflows.
        if (amount > maximum || executionFee > maximum - amount) return (ChargeFailure.MaximumExceeded, slot);
        (ChargeFailure failure, uint256 endsAt) = _checkPeriod(slot, head, plan, period);
        if (failure != ChargeFailure.None) return (failure, slot);
        return (ChargeFailure.None, slot.charged(period + 1, endsAt));
    }

    function _checkPeriod(MandateSlot slot, MandateHead calldata head, Plan calldata plan, uint256 period)
        private
        view
        returns (ChargeFailure failure, uint256 endsAt)
    {
        uint256 next = slot.nextPeriod();
        if (period < next) return (ChargeFailure.AlreadyCharged, 0);
        if (period > MandateSlots.MAX_PERIOD) return (ChargeFailure.NotDue, 0);
        (uint256 anchor, uint256 unit, uint256 length) = (head.firstChargeAt, plan.periodUnit, plan.periodLength);
        uint256 beginsAt = period == next ? slot.nextPeriodAt() : Periods.start(anchor, unit, length, period);
        if (block.timestamp < beginsAt) return (ChargeFailure.NotDue, 0);
        endsAt = Periods.start(anchor, unit, length, period + 1);
        if (block.timestamp >= endsAt) return (ChargeFailure.PeriodOver, 0);
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

    /// @dev Nothing gets out of this contract again, and what goes to the zero address is nobody's.
    function _isPayable(address recipient) private view returns (bool) {
        return recipient != address(0) && recipient != address(this);
    }

    function _require(bool condition, string memory member) private pure {
        if (!condition) revert IQBitFlowSubscriptions.MandateInvalid(member);
    }
}
