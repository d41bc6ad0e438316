// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChargeFailure, Mandate} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Calendar} from "../support/Calendar.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Where periods begin, against a calendar that counts days one month after the other.
contract PeriodsTest is SubscriptionsTest {
    uint256 private constant END_OF_2100 = 4_133_980_799;

    function test_a_mandate_of_31_january_is_due_on_the_last_of_february_and_on_31_march() public view {
        Mandate memory terms = monthlyFrom(1_832_926_245);
        // 31 January 2028, 10:10:45 UTC, and the same time of each month after it.
        uint256[6] memory expected = [
            uint256(1_832_926_245), // 31 January
            1_835_431_845, // 29 February
            1_838_110_245, // 31 March
            1_840_702_245, // 30 April
            1_843_380_645, // 31 May
            1_845_972_645 // 30 June
        ];
        for (uint256 k = 0; k < 6; k++) {
            vm.assertEq(subscriptions.periodStart(terms, k), expected[k], "as any calendar has it");
        }
        vm.assertEq(subscriptions.periodStart(terms, 13), 1_866_967_845, "28 February 2029");
    }

    function test_a_yearly_mandate_of_29_february_comes_back_to_it() public view {
        // 29 February 2096, 00:00:00 UTC: 2100 has no leap day, 2104 has.
        Mandate memory terms = monthlyFrom(3_981_312_000);
        terms.plan.periodLength = 12;
        vm.assertEq(subscriptions.periodStart(terms, 1), 4_012_848_000, "28 February 2097");
        vm.assertEq(subscriptions.periodStart(terms, 4), 4_107_456_000, "28 February 2100");
        vm.assertEq(subscriptions.periodStart(terms, 8), 4_233_686_400, "29 February 2104");
    }

    /// @dev Every anchor from the 28th to the 31st in five years around a leap year, for four years on.
    function test_ends_of_months_agree_with_counted_days() public view {
        for (uint256 month = 0; month < 60; month++) {
            for (uint256 day = 28; day <= Calendar.daysIn(2026 + month / 12, month % 12); day++) {
                uint256 anchor = Calendar.timeOf(2026 + month / 12, month % 12, day) + 86_399;
                Mandate memory terms = monthlyFrom(anchor);
                for (uint256 k = 0; k <= 48; k += 1 + k / 14) {
                    uint256 expected = Calendar.monthsAfter(anchor, k);
                    vm.assertEq(subscriptions.periodStart(terms, k), expected, "clamped, and back");
                }
            }
        }
    }

    function testFuzz_months_agree_with_counted_days(uint256 anchor, uint256 length, uint256 period) public view {
        anchor %= END_OF_2100;
        length = 1 + length % 120;
        period = period % ((END_OF_2100 - anchor) / (28 days * length) + 2);
        Mandate memory terms = monthlyFrom(anchor);
        terms.plan.periodLength = uint32(length);
        uint256 expected = Calendar.monthsAfter(anchor, period * length);
        vm.assertEq(subscriptions.periodStart(terms, period), expected, "start");
    }

    /// @dev The period that runs is the one whose start has come and whose successor's has not.
    function testFuzz_the_running_period_is_found(uint256 anchor, uint256 length, uint256 time, bool months)
        public
        view
    {
        anchor %= END_OF_2100;
        Mandate memory terms = monthlyFrom(anchor);
        terms.plan.periodUnit = months ? 1 : 0;
        terms.plan.periodLength = uint32(1 + length % (months ? 120 : 3650 days));
        time = anchor + time % (END_OF_2100 - anchor + 1);
        (bool begun, uint256 period) = subscriptions.periodAt(terms, time);
        vm.assertTrue(begun, "it has");
        vm.assertLe(subscriptions.periodStart(terms, period), time, "its start has come");
        vm.assertLe(time + 1, subscriptions.periodStart(terms, period + 1), "the next one's has not");
        (begun,) = subscriptions.periodAt(terms, anchor == 0 ? 0 : anchor - 1);
        vm.assertTrue(begun == (anchor == 0), "not before the first");
    }

    function testFuzz_seconds_are_seconds(uint64 anchor, uint256 length, uint24 period) public view {
        anchor %= uint64(END_OF_2100);
        Mandate memory terms = monthlyFrom(anchor);
        (terms.plan.periodUnit, terms.plan.periodLength) = (0, uint32(1 + length % 3650 days));
        uint256 expected = anchor + uint256(period) * terms.plan.periodLength;
        vm.assertEq(subscriptions.periodStart(terms, period), expected, "one after the other");
    }

    /// @dev Four years of a mandate of the 31st, over a leap day: each second that counts, on chain.
    function test_each_month_is_charged_once_from_its_first_second() public {
        Mandate memory terms = monthlyFrom(Calendar.timeOf(2027, 0, 31));
        activate(terms);
        approve(type(uint256).max);
        usdc.mint(subscriber, 1_000e6);
        for (uint256 k = 0; k < 48; k++) {
            uint256 begin = Calendar.monthsAfter(terms.firstChargeAt, k);
            vm.warp(begin - 1);
            expectRefused(terms, ChargeFailure.NotDue);
            chargeAs(executor, terms, chargeOf(k, PRICE));
            vm.warp(begin);
            chargeAs(executor, terms, chargeOf(k, PRICE));
            expectRefused(terms, ChargeFailure.AlreadyCharged);
            chargeAs(executor, terms, chargeOf(k, PRICE));
            vm.assertEq(stateOf(terms).nextPeriodAt, Calendar.monthsAfter(terms.firstChargeAt, k + 1), "next");
        }
        assertPaidOut(usdc, 48);
    }

    /// @dev However long nobody charged: the one that runs, and none of those before it.
    function testFuzz_however_many_are_missed_one_is_charged(uint256 first, uint256 later) public {
        Mandate memory terms = monthlyFrom(NOW + first % 3650 days);
        activate(terms);
        approve(type(uint256).max);
        vm.warp(terms.firstChargeAt + later % 7300 days);
        (, uint256 running) = subscriptions.periodAt(terms, block.timestamp);
        if (running != 0) {
            expectRefused(terms, ChargeFailure.PeriodOver);
            chargeAs(executor, terms, chargeOf(running - 1, PRICE));
        }
        expectRefused(terms, ChargeFailure.NotDue);
        chargeAs(executor, terms, chargeOf(running + 1, PRICE));
        chargeAs(executor, terms, chargeOf(running, PRICE));
        assertPaidOut(usdc, 1);
    }

    function monthlyFrom(uint256 anchor) private view returns (Mandate memory terms) {
        terms = mandate();
        terms.firstChargeAt = uint64(anchor);
    }
}
