// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    IQBitFlowSubscriptions,
    Mandate,
    MandateHead,
    MandateStatus
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {Permits} from "../support/Permits.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {Vm, vm} from "../support/Vm.sol";

contract CancelTest is SubscriptionsTest {
    function test_a_cancelled_mandate_stays_dead_whatever_is_tried() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        expectCancelled(terms, subscriber);
        cancel(terms);
        expectRefused(terms, ChargeFailure.Cancelled);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        expectRefused(terms, ChargeFailure.Cancelled);
        chargeAs(merchant, terms, chargeOf(0, PRICE));
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        expectWrongStatus(terms, MandateStatus.Cancelled);
        subscriptions.activate(terms, signature);
        expectWrongStatus(terms, MandateStatus.Cancelled);
        vm.prank(executor);
        subscriptions.activateAndCharge(terms, signature, Permits.none(), chargeOf(0, PRICE));
        expectWrongStatus(terms, MandateStatus.Cancelled);
        vm.prank(subscriber);
        subscriptions.stop(terms);
        expectWrongStatus(terms, MandateStatus.Cancelled);
        cancel(terms);
        Mandate[] memory all = new Mandate[](1);
        all[0] = terms;
        expectFailed(terms, 0, ChargeFailure.Cancelled);
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    /// @dev What was signed and not sent yet can be taken back, too.
    function test_before_it_was_activated_it_never_will_be() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        cancel(terms);
        expectWrongStatus(terms, MandateStatus.Cancelled);
        subscriptions.activate(terms, signature);
    }

    function test_after_stop_and_end() public {
        Mandate memory terms = activated();
        vm.prank(subscriber);
        subscriptions.stop(terms);
        cancel(terms);
        assertStatus(terms, MandateStatus.Cancelled, "for good");
    }

    function test_nobody_else_cancels_in_the_subscribers_name() public {
        Mandate memory terms = activated();
        address[3] memory others = [attacker, merchant, executor];
        for (uint256 i = 0; i < 3; i++) {
            vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.NotSubscriber.selector, others[i]));
            vm.prank(others[i]);
            subscriptions.cancel(headOf(terms), planHashOf(terms));
        }
    }

    /// @dev A subscriber who names his own head with another's plan ends nothing but what he could have signed.
    function test_one_subscriber_does_not_cancel_another() public {
        Mandate memory terms = activated();
        Mandate memory own = mandate();
        own.subscriber = attacker;
        vm.prank(attacker);
        subscriptions.cancel(headOf(own), planHashOf(own));
        assertStatus(terms, MandateStatus.Active, "the other's goes on");
    }

    function test_merchant_and_executor_may_and_nobody_else() public {
        Mandate memory terms = activated();
        expectNotExecutor(attacker);
        vm.prank(attacker);
        subscriptions.cancelFor(terms);
        expectCancelled(terms, merchant);
        vm.prank(merchant);
        subscriptions.cancelFor(terms);
        terms.nonce = 2;
        activate(terms);
        expectCancelled(terms, executor);
        vm.prank(executor);
        subscriptions.cancelFor(terms);
        expectWrongStatus(terms, MandateStatus.Cancelled);
        vm.prank(executor);
        subscriptions.cancelFor(terms);
    }

    function test_one_merchant_does_not_cancel_anothers() public {
        Mandate memory terms = activated();
        expectNotExecutor(address(0x9999));
        vm.prank(address(0x9999));
        subscriptions.cancelFor(terms);
        terms.plan.merchant = address(0x9999);
        vm.prank(address(0x9999));
        subscriptions.cancelFor(terms);
        assertStatus(mandate(), MandateStatus.Active, "another plan is another mandate");
    }

    function test_by_a_signature_that_anyone_relays() public {
        Mandate memory terms = activated();
        bytes memory signature = signed(MandateSigning.cancel(hashOf(terms), 0, NOW + 60), SUBSCRIBER_KEY);
        expectCancelled(terms, subscriber);
        vm.prank(attacker);
        subscriptions.cancelSigned(headOf(terms), planHashOf(terms), NOW + 60, signature);
    }

    /// @dev With our server switched off: from the event alone, and the allowance back at the token.
    function test_the_activations_event_is_all_that_is_needed_to_leave() public {
        Mandate memory terms = mandate();
        approve(type(uint256).max);
        vm.recordLogs();
        activate(terms);
        Vm.Log memory log = vm.getRecordedLogs()[0];
        (uint256 maximum, uint256 price, uint256 first, uint256 end, uint256 nonce, bytes32 planHash) =
            abi.decode(log.data, (uint256, uint256, uint256, uint256, uint256, bytes32));
        MandateHead memory head = MandateHead(
            bytes16(log.topics[2]),
            address(uint160(uint256(log.topics[3]))),
            maximum,
            price,
            uint64(first),
            uint64(end),
            nonce
        );
        vm.prank(subscriber);
        subscriptions.cancel(head, planHash);
        assertStatus(terms, MandateStatus.Cancelled, "left");
        approve(0);
        vm.assertEq(usdc.allowance(subscriber, address(subscriptions)), 0, "and nothing is left behind");
    }

    function cancel(Mandate memory terms) private {
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHashOf(terms));
    }

    function expectCancelled(Mandate memory terms, address by) private {
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.Cancelled(hashOf(terms), terms.uuid, by);
    }
}
