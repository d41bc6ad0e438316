// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Charge, ChargeFailure, Mandate, MandateStatus} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed} from "../support/Deployed.sol";
import {IPermit2Allowance} from "../support/Permits.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice When a charge is taken, and each reason why one is not.
contract ChargeRulesTest is SubscriptionsTest {
    function test_not_active_cancelled_and_ended() public {
        Mandate memory terms = mandate();
        approve(type(uint256).max);
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.NotActive);
        activate(terms);
        vm.prank(subscriber);
        subscriptions.stop(terms);
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.Ended);
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHashOf(terms));
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.Cancelled);
    }

    function test_a_period_is_charged_from_its_first_second_to_its_last() public {
        Mandate memory terms = mandate();
        terms.firstChargeAt = uint64(NOW + 14 days);
        activate(terms);
        approve(type(uint256).max);
        vm.warp(terms.firstChargeAt - 1);
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.NotDue);
        vm.warp(terms.firstChargeAt);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        uint256 second = subscriptions.periodStart(terms, 1);
        vm.warp(second - 1);
        refuses(terms, chargeOf(1, PRICE), ChargeFailure.NotDue);
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.AlreadyCharged);
        vm.warp(subscriptions.periodStart(terms, 2) - 1);
        chargeAs(executor, terms, chargeOf(1, PRICE));
        assertPaidOut(usdc, 2);
    }

    function test_a_missed_period_is_gone_and_the_next_is_one_charge() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        vm.warp(subscriptions.periodStart(terms, 5));
        for (uint256 period = 0; period < 5; period++) {
            refuses(terms, chargeOf(period, PRICE), ChargeFailure.PeriodOver);
        }
        chargeAs(executor, terms, chargeOf(5, PRICE));
        for (uint256 period = 0; period <= 5; period++) {
            refuses(terms, chargeOf(period, PRICE), ChargeFailure.AlreadyCharged);
        }
        vm.assertEq(stateOf(terms).nextPeriod, 6, "the one after it is next");
        assertPaidOut(usdc, 1);
    }

    function test_no_period_number_is_too_large_to_be_refused() public {
        Mandate memory terms = mandate();
        (terms.plan.periodUnit, terms.plan.periodLength) = (0, 1);
        activate(terms);
        approve(type(uint256).max);
        refuses(terms, chargeOf(type(uint24).max, PRICE), ChargeFailure.NotDue);
        refuses(terms, chargeOf(type(uint256).max, PRICE), ChargeFailure.NotDue);
        // The last number that fits, 194 days of seconds later.
        vm.warp(NOW + type(uint24).max - 1);
        chargeAs(executor, terms, chargeOf(type(uint24).max - 1, PRICE));
        vm.warp(NOW + type(uint24).max);
        refuses(terms, chargeOf(type(uint24).max, PRICE), ChargeFailure.NotDue);
    }

    function test_end_amount_and_maximum() public {
        Mandate memory terms = mandate();
        terms.endsAt = uint64(NOW + 10 days);
        activate(terms);
        approve(type(uint256).max);
        refuses(terms, chargeOf(0, 0), ChargeFailure.AmountMissing);
        refuses(terms, chargeOf(0, MAXIMUM + 1), ChargeFailure.MaximumExceeded);
        refuses(terms, chargeOf(0, type(uint256).max), ChargeFailure.MaximumExceeded);
        vm.warp(NOW + 10 days);
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.Ended);
        vm.warp(NOW + 10 days - 1);
        chargeAs(executor, terms, chargeOf(0, MAXIMUM));
    }

    function test_the_execution_fee_is_within_the_maximum_and_goes_to_the_platform() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        Charge memory wanted = chargeOf(0, MAXIMUM - 400_000);
        wanted.executionFee = 400_001;
        refuses(terms, wanted, ChargeFailure.MaximumExceeded);
        wanted.executionFee = 400_000;
        chargeAs(executor, terms, wanted);
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6 - MAXIMUM, "no more than the maximum");
        vm.assertEq(usdc.balanceOf(feeRecipient), 296_000 + 400_000, "its fee, and the execution fee");
    }

    function test_no_execution_fee_overflows_the_maximum() public {
        Mandate memory terms = mandate();
        terms.plan.maxExecutionFee = type(uint256).max;
        activate(terms);
        approve(type(uint256).max);
        Charge memory wanted = chargeOf(0, 1);
        wanted.executionFee = type(uint256).max;
        refuses(terms, wanted, ChargeFailure.MaximumExceeded);
    }

    function test_fees_above_the_signed_ones() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        Charge memory wanted = chargeOf(0, PRICE);
        wanted.feeBps = 101;
        refuses(terms, wanted, ChargeFailure.FeeNotAllowed);
        wanted.feeBps = type(uint256).max;
        refuses(terms, wanted, ChargeFailure.FeeNotAllowed);
        wanted = chargeOf(0, PRICE);
        wanted.executionFee = 1e6 + 1;
        refuses(terms, wanted, ChargeFailure.ExecutionFeeNotAllowed);
        wanted = chargeOf(0, PRICE);
        wanted.feeBps = 0;
        chargeAs(executor, terms, wanted);
        vm.assertEq(usdc.balanceOf(feeRecipient), 0, "an executor may ask for less");
    }

    function test_a_merchant_charges_with_the_fee_as_signed_and_none_for_sending() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        Charge memory wanted = chargeOf(0, PRICE);
        wanted.feeBps = 99;
        expectRefused(terms, ChargeFailure.FeeNotAllowed);
        chargeAs(merchant, terms, wanted);
        wanted = chargeOf(0, PRICE);
        wanted.executionFee = 1;
        expectRefused(terms, ChargeFailure.ExecutionFeeNotAllowed);
        chargeAs(merchant, terms, wanted);
        chargeAs(merchant, terms, chargeOf(0, PRICE));
        assertPaidOut(usdc, 1);
    }

    function test_a_merchant_without_any_registry_charges_himself() public {
        Mandate memory terms = mandate();
        terms.plan.registry = address(0);
        activate(terms);
        approve(type(uint256).max);
        expectNotExecutor(executor);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        chargeAs(merchant, terms, chargeOf(0, PRICE));
        assertPaidOut(usdc, 1);
    }

    function test_funds_and_allowance() public {
        Mandate memory terms = activated();
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.InsufficientAllowance);
        approve(PRICE - 1);
        refuses(terms, chargeOf(0, PRICE), ChargeFailure.InsufficientAllowance);
        Mandate memory poor = mandate();
        poor.subscriber = attacker;
        subscriptions.activate(poor, signed(poor, ATTACKER_KEY));
        refuses(poor, chargeOf(0, PRICE), ChargeFailure.InsufficientBalance);
    }

    function test_permit2_in_its_time_and_within_its_amount() public {
        Mandate memory terms = activated();
        Charge memory wanted = chargeOf(0, PRICE);
        wanted.viaPermit2 = true;
        refuses(terms, wanted, ChargeFailure.InsufficientAllowance);
        vm.prank(subscriber);
        usdc.approve(Deployed.PERMIT2, type(uint256).max);
        refuses(terms, wanted, ChargeFailure.InsufficientAllowance);
        giveBy2(uint160(PRICE) - 1, NOW + 1);
        refuses(terms, wanted, ChargeFailure.InsufficientAllowance);
        giveBy2(uint160(PRICE), NOW + 1);
        vm.warp(NOW + 2);
        refuses(terms, wanted, ChargeFailure.InsufficientAllowance);
        vm.warp(NOW + 1);
        chargeAs(executor, terms, wanted);
        assertPaidOut(usdc, 1);
    }

    function test_several_mandates_share_an_allowance_each_with_its_own_maximum() public {
        Mandate memory first = activated();
        Mandate memory second = mandate();
        (second.nonce, second.maxPerPeriod) = (2, 5e6);
        activate(second);
        approve(PRICE + 4e6);
        refuses(second, chargeOf(0, PRICE), ChargeFailure.MaximumExceeded);
        chargeAs(executor, first, chargeOf(0, PRICE));
        refuses(second, chargeOf(0, 5e6), ChargeFailure.InsufficientAllowance);
        chargeAs(executor, second, chargeOf(0, 4e6));
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6 - PRICE - 4e6, "each its own");
    }

    struct Draw {
        uint256 period;
        uint256 amount;
        uint256 feeBps;
        uint256 executionFee;
        uint256 allowance;
        uint32 later;
        bool stops;
    }

    /// @dev What the view answers is what happens.
    function testFuzz_checkCharge_and_charge_agree(Draw memory draw) public {
        Mandate memory terms = mandate();
        (terms.plan.kind, terms.endsAt) = (1, uint64(NOW + 300 days));
        activate(terms);
        approve(draw.allowance % 2 == 0 ? type(uint256).max : draw.allowance % (MAXIMUM * 2));
        vm.warp(NOW + draw.later % 320 days);
        if (draw.stops) {
            vm.prank(subscriber);
            subscriptions.stop(terms);
        }
        (, uint256 running) = subscriptions.periodAt(terms, block.timestamp);
        Charge memory wanted = Charge({
            period: draw.period % 3 == 0 ? draw.period : running + draw.period % 2,
            amount: draw.amount % (MAXIMUM + MAXIMUM / 8),
            feeBps: draw.feeBps % 110,
            executionFee: draw.executionFee % 1_100_000,
            viaPermit2: false
        });
        ChargeFailure expected = subscriptions.checkCharge(terms, wanted);
        if (expected != ChargeFailure.None) expectRefused(terms, expected);
        chargeAs(executor, terms, wanted);
        uint256 moved = expected == ChargeFailure.None ? wanted.amount + wanted.executionFee : 0;
        vm.assertEq(1_000e6 - usdc.balanceOf(subscriber), moved, "all or nothing");
        if (moved != 0 && draw.stops) assertStatus(terms, MandateStatus.Ended, "that was the last one");
    }

    function giveBy2(uint160 amount, uint256 expiration) private {
        vm.prank(subscriber);
        IPermit2Allowance(Deployed.PERMIT2).approve(address(usdc), address(subscriptions), amount, uint48(expiration));
    }

    function refuses(Mandate memory terms, Charge memory wanted, ChargeFailure reason) private {
        assertCheck(terms, wanted, reason, "the view");
        expectRefused(terms, reason);
        chargeAs(executor, terms, wanted);
    }
}
