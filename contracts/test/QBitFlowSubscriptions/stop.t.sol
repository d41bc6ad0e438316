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

contract StopTest is SubscriptionsTest {
    function test_a_fixed_mandate_is_charged_no_more() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        expectStopped(terms, MandateStatus.Ended, 0);
        stop(terms);
        refuses(terms, 0);
        vm.warp(NOW + 31 days);
        refuses(terms, 1);
    }

    function test_pay_as_you_go_is_charged_once_more_and_ends() public {
        Mandate memory terms = payAsYouGo();
        vm.warp(NOW + 40 days);
        expectStopped(terms, MandateStatus.Stopping, 2);
        stop(terms);
        chargeAs(executor, terms, chargeOf(1, PRICE));
        assertStatus(terms, MandateStatus.Ended, "that was the last one");
        vm.warp(NOW + 60 days);
        refuses(terms, 2);
        assertPaidOut(usdc, 1);
    }

    function test_pay_as_you_go_is_charged_for_the_period_that_was_running() public {
        Mandate memory terms = payAsYouGo();
        chargeAs(executor, terms, chargeOf(0, PRICE));
        vm.warp(NOW + 3 days);
        stop(terms);
        refuses(terms, 0, ChargeFailure.AlreadyCharged);
        vm.warp(NOW + 31 days);
        chargeAs(executor, terms, chargeOf(1, PRICE));
        assertStatus(terms, MandateStatus.Ended, "over");
    }

    function test_pay_as_you_go_takes_nothing_beyond_its_last_period() public {
        Mandate memory terms = payAsYouGo();
        stop(terms);
        vm.warp(subscriptions.periodStart(terms, 2));
        refuses(terms, 2);
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function test_pay_as_you_go_before_its_first_period_ends_with_it() public {
        Mandate memory terms = mandate();
        (terms.plan.kind, terms.firstChargeAt) = (1, uint64(NOW + 10 days));
        activate(terms);
        approve(type(uint256).max);
        expectStopped(terms, MandateStatus.Stopping, 0);
        stop(terms);
        vm.warp(NOW + 10 days);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        vm.warp(subscriptions.periodStart(terms, 1));
        refuses(terms, 1);
    }

    function test_the_last_charge_keeps_to_the_maximum_which_can_still_be_lowered() public {
        Mandate memory terms = payAsYouGo();
        stop(terms);
        vm.prank(subscriber);
        subscriptions.setMaximum(headOf(terms), planHashOf(terms), 5e6);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        chargeAs(executor, terms, chargeOf(0, 5e6));
        assertStatus(terms, MandateStatus.Ended, "over");
    }

    /// @dev Where the next period's number would not fit any more, there is none to wait for.
    function test_pay_as_you_go_at_the_last_number_of_all_ends_at_once() public {
        Mandate memory terms = mandate();
        (terms.plan.kind, terms.plan.periodUnit) = (1, 0);
        activate(terms);
        uint256 afterwards = vm.snapshotState();
        vm.warp(NOW + type(uint24).max - 2);
        expectStopped(terms, MandateStatus.Stopping, type(uint24).max - 1);
        stop(terms);
        vm.revertToState(afterwards);
        vm.warp(NOW + type(uint24).max - 1);
        expectStopped(terms, MandateStatus.Ended, 0);
        stop(terms);
    }

    function test_a_group_ends_it_too() public {
        Mandate[] memory all = new Mandate[](1);
        all[0] = payAsYouGo();
        stop(all[0]);
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        assertStatus(all[0], MandateStatus.Ended, "over");
    }

    function test_nobody_but_the_subscriber_and_only_once() public {
        Mandate memory terms = payAsYouGo();
        address[3] memory others = [attacker, merchant, executor];
        for (uint256 i = 0; i < 3; i++) {
            vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.NotSubscriber.selector, others[i]));
            vm.prank(others[i]);
            subscriptions.stop(terms);
        }
        stop(terms);
        expectWrongStatus(terms, MandateStatus.Stopping);
        stop(terms);
        Mandate memory unknown = mandate();
        unknown.nonce = 9;
        expectWrongStatus(unknown, MandateStatus.None);
        stop(unknown);
    }

    function test_by_a_signature_that_anyone_relays() public {
        Mandate memory terms = payAsYouGo();
        bytes memory signature = signed(MandateSigning.stop(hashOf(terms), 0, NOW + 60), SUBSCRIBER_KEY);
        expectStopped(terms, MandateStatus.Stopping, 1);
        vm.prank(attacker);
        subscriptions.stopSigned(terms, NOW + 60, signature);
        vm.assertEq(stateOf(terms).signatureNonce, 1, "used");
    }

    function payAsYouGo() private returns (Mandate memory terms) {
        terms = mandate();
        terms.plan.kind = 1;
        activate(terms);
        approve(type(uint256).max);
    }

    function stop(Mandate memory terms) private {
        vm.prank(subscriber);
        subscriptions.stop(terms);
    }

    function expectStopped(Mandate memory terms, MandateStatus status, uint256 lastPeriod) private {
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.Stopped(hashOf(terms), terms.uuid, status, lastPeriod);
    }

    function refuses(Mandate memory terms, uint256 period) private {
        refuses(terms, period, ChargeFailure.Ended);
    }

    function refuses(Mandate memory terms, uint256 period, ChargeFailure reason) private {
        expectRefused(terms, reason);
        chargeAs(executor, terms, chargeOf(period, PRICE));
    }
}
