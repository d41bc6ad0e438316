// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Charge, ChargeFailure, Mandate, MandateStatus} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Permits} from "../support/Permits.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

contract ActivateAndChargeTest is SubscriptionsTest {
    function test_executor_or_merchant_activates_and_takes_the_first_charge() public {
        Mandate memory terms = mandate();
        approve(2 * PRICE);
        expectCharged(terms, 0, PRICE);
        first(executor, terms, PRICE);
        assertPaidOut(usdc, 1);
        terms.nonce = 2;
        first(merchant, terms, PRICE);
        assertPaidOut(usdc, 2);
    }

    function test_a_stranger_who_has_the_signature_cannot_choose_an_amount() public {
        Mandate memory terms = mandate();
        approve(MAXIMUM);
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        expectNotExecutor(attacker);
        vm.prank(attacker);
        subscriptions.activateAndCharge(terms, signature, Permits.none(), chargeOf(0, MAXIMUM));
        assertStatus(terms, MandateStatus.None, "nothing was activated");
    }

    function test_a_first_charge_that_fails_leaves_nothing_activated() public {
        Mandate memory terms = mandate();
        expectRefused(terms, ChargeFailure.InsufficientAllowance);
        first(executor, terms, PRICE);
        approve(type(uint256).max);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        first(executor, terms, MAXIMUM + 1);
        assertStatus(terms, MandateStatus.None, "nothing was activated");
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function test_before_the_trial_ends_there_is_no_first_charge() public {
        Mandate memory terms = mandate();
        terms.firstChargeAt = uint64(NOW + 14 days);
        approve(type(uint256).max);
        expectRefused(terms, ChargeFailure.NotDue);
        first(executor, terms, PRICE);
    }

    function test_sent_twice_it_charges_once() public {
        Mandate memory terms = mandate();
        approve(type(uint256).max);
        first(executor, terms, PRICE);
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        first(executor, terms, PRICE);
        assertPaidOut(usdc, 1);
    }

    function first(address sender, Mandate memory terms, uint256 amount) private {
        Charge memory wanted = chargeOf(0, amount);
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        vm.prank(sender);
        subscriptions.activateAndCharge(terms, signature, Permits.none(), wanted);
    }
}
