// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    IQBitFlowSubscriptions,
    Mandate,
    MandateStatus
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

contract SetMaximumTest is SubscriptionsTest {
    function test_raised_and_lowered_it_holds_for_the_next_charge() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        expectSet(terms, 40e6);
        set(terms, 40e6);
        chargeAs(executor, terms, chargeOf(0, 40e6));
        vm.warp(NOW + 31 days);
        set(terms, PRICE - 1);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        chargeAs(executor, terms, chargeOf(1, PRICE));
        set(terms, 0);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        chargeAs(executor, terms, chargeOf(1, 1));
        set(terms, PRICE);
        chargeAs(executor, terms, chargeOf(1, PRICE));
        vm.assertEq(stateOf(terms).nextPeriod, 2, "all else stays");
    }

    function test_nobody_but_the_subscriber() public {
        Mandate memory terms = activated();
        address[4] memory others = [attacker, merchant, executor, address(this)];
        for (uint256 i = 0; i < 4; i++) {
            vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.NotSubscriber.selector, others[i]));
            vm.prank(others[i]);
            subscriptions.setMaximum(headOf(terms), planHashOf(terms), 900e6);
        }
    }

    function test_of_a_mandate_that_is_not_alive_there_is_none() public {
        Mandate memory terms = mandate();
        expectWrongStatus(terms, MandateStatus.None);
        set(terms, 1);
        activate(terms);
        vm.prank(subscriber);
        subscriptions.stop(terms);
        expectWrongStatus(terms, MandateStatus.Ended);
        set(terms, 1);
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHashOf(terms));
        expectWrongStatus(terms, MandateStatus.Cancelled);
        set(terms, 1);
    }

    /// @dev What is above would run into the period's bits beside it.
    function test_a_maximum_that_does_not_fit_is_refused() public {
        Mandate memory terms = activated();
        set(terms, type(uint128).max);
        vm.assertEq(stateOf(terms).maximum, type(uint128).max, "the largest");
        vm.assertEq(stateOf(terms).nextPeriod, 0, "and nothing beside it");
        uint256 limit = type(uint128).max;
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.MaximumTooLarge.selector, limit + 1, limit));
        set(terms, limit + 1);
    }

    function test_by_a_signature_that_anyone_relays() public {
        Mandate memory terms = activated();
        bytes memory signature = signedFor(terms, 40e6, 0, NOW + 60, SUBSCRIBER_KEY);
        expectSet(terms, 40e6);
        vm.prank(attacker);
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), 40e6, NOW + 60, signature);
        vm.assertEq(stateOf(terms).maximum, 40e6, "raised");
        vm.assertEq(stateOf(terms).signatureNonce, 1, "the next signature's nonce");
    }

    function test_who_relays_cannot_change_the_value() public {
        Mandate memory terms = activated();
        bytes memory signature = signedFor(terms, 40e6, 0, NOW + 60, SUBSCRIBER_KEY);
        refuses(terms, 900e6, NOW + 60, signature);
        refuses(terms, 40e6, NOW + 61, signature);
        refuses(terms, 40e6, NOW + 60, signedFor(terms, 40e6, 0, NOW + 60, ATTACKER_KEY));
        refuses(terms, 40e6, NOW + 60, signedFor(terms, 40e6, 1, NOW + 60, SUBSCRIBER_KEY));
    }

    function test_an_old_raise_cannot_be_sent_after_a_lowering() public {
        Mandate memory terms = activated();
        bytes memory raise = signedFor(terms, 90e6, 0, NOW + 60, SUBSCRIBER_KEY);
        bytes memory lower = signedFor(terms, 5e6, 0, NOW + 60, SUBSCRIBER_KEY);
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), 5e6, NOW + 60, lower);
        refuses(terms, 90e6, NOW + 60, raise);
        refuses(terms, 5e6, NOW + 60, lower);
    }

    function test_in_its_last_second_and_not_after() public {
        Mandate memory terms = activated();
        bytes memory signature = signedFor(terms, 40e6, 0, NOW + 60, SUBSCRIBER_KEY);
        vm.warp(NOW + 61);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.SignatureExpired.selector, NOW + 60, NOW + 61));
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), 40e6, NOW + 60, signature);
        vm.warp(NOW + 60);
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), 40e6, NOW + 60, signature);
    }

    function testFuzz_all_other_parts_of_the_word_stay(uint128 maximum, uint8 months) public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        vm.warp(subscriptions.periodStart(terms, months));
        chargeAs(executor, terms, chargeOf(months, PRICE));
        set(terms, maximum);
        vm.assertEq(stateOf(terms).maximum, maximum, "as set");
        vm.assertEq(stateOf(terms).nextPeriod, uint256(months) + 1, "period");
        vm.assertEq(stateOf(terms).nextPeriodAt, subscriptions.periodStart(terms, uint256(months) + 1), "time");
        assertStatus(terms, MandateStatus.Active, "status");
    }

    function set(Mandate memory terms, uint256 maximum) private {
        vm.prank(subscriber);
        subscriptions.setMaximum(headOf(terms), planHashOf(terms), maximum);
    }

    function expectSet(Mandate memory terms, uint256 maximum) private {
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.MaximumSet(hashOf(terms), terms.uuid, maximum);
    }

    function signedFor(Mandate memory terms, uint256 maximum, uint256 nonce, uint256 deadline, uint256 key)
        private
        view
        returns (bytes memory)
    {
        return signed(MandateSigning.setMaximum(hashOf(terms), maximum, nonce, deadline), key);
    }

    function refuses(Mandate memory terms, uint256 maximum, uint256 deadline, bytes memory signature) private {
        expectSignatureInvalid(subscriber);
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), maximum, deadline, signature);
    }
}
