// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    ChargeGroup,
    IQBitFlowSubscriptions,
    Mandate
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {GreedyToken} from "../mocks/SubscriptionTokens.sol";
import {ITestToken} from "../support/Deployed.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Charges of one plan: collected one by one, paid out once.
contract ChargeGroupTest is SubscriptionsTest {
    uint256 private constant FIRST_KEY = 0x5000;

    function test_each_subscriber_pays_and_each_recipient_is_paid_once() public {
        Mandate[] memory all = several(3);
        for (uint256 i = 0; i < 3; i++) {
            expectCharged(all[i], 0, PRICE);
        }
        vm.recordLogs();
        charge(groupOf(all));
        assertPaidOut(usdc, 3);
        for (uint256 i = 0; i < 3; i++) {
            vm.assertEq(usdc.balanceOf(all[i].subscriber), 1_000e6 - PRICE, "each gave the amount");
        }
        vm.assertEq(vm.getRecordedLogs().length, 3 + 3 + 3, "an event and a transfer each, and three payouts");
    }

    function test_one_bad_charge_of_each_kind_stops_no_other() public {
        Mandate[] memory all = several(10);
        vm.prank(all[1].subscriber);
        subscriptions.setMaximum(headOf(all[1]), planHashOf(all[1]), PRICE - 1);
        vm.prank(all[2].subscriber);
        subscriptions.cancel(headOf(all[2]), planHashOf(all[2]));
        vm.prank(all[3].subscriber);
        subscriptions.stop(all[3]);
        vm.prank(all[4].subscriber);
        usdc.approve(address(subscriptions), PRICE - 1);
        empty(all[5].subscriber);
        chargeAs(executor, all[6], chargeOf(0, PRICE));
        all[7].nonce = 77;
        ChargeGroup memory group = groupOf(all);
        (group.charges[8].period, group.charges[9].amount) = (1, 0);
        expectCharged(all[0], 0, PRICE);
        expectFailed(all[1], 0, ChargeFailure.MaximumExceeded);
        expectFailed(all[2], 0, ChargeFailure.Cancelled);
        expectFailed(all[3], 0, ChargeFailure.Ended);
        expectFailed(all[4], 0, ChargeFailure.InsufficientAllowance);
        expectFailed(all[5], 0, ChargeFailure.InsufficientBalance);
        expectFailed(all[6], 0, ChargeFailure.AlreadyCharged);
        expectFailed(all[7], 0, ChargeFailure.NotActive);
        expectFailed(all[8], 1, ChargeFailure.NotDue);
        expectFailed(all[9], 0, ChargeFailure.AmountMissing);
        charge(group);
        assertPaidOut(usdc, 2);
    }

    function test_a_period_that_is_over_is_told() public {
        Mandate[] memory all = several(1);
        vm.warp(NOW + 31 days);
        expectFailed(all[0], 0, ChargeFailure.PeriodOver);
        charge(groupOf(all));
    }

    function test_a_charge_that_failed_for_want_of_money_can_be_tried_again() public {
        Mandate[] memory all = several(2);
        empty(all[1].subscriber);
        charge(groupOf(all));
        vm.assertEq(stateOf(all[1]).nextPeriod, 0, "not charged");
        vm.assertEq(stateOf(all[1]).nextPeriodAt, NOW, "nor moved on");
        usdc.mint(all[1].subscriber, PRICE);
        expectFailed(all[0], 0, ChargeFailure.AlreadyCharged);
        charge(groupOf(all));
        assertPaidOut(usdc, 2);
    }

    function test_the_same_mandate_twice_in_a_group_is_charged_once() public {
        Mandate[] memory all = several(2);
        all[1] = all[0];
        expectCharged(all[0], 0, PRICE);
        expectFailed(all[0], 0, ChargeFailure.AlreadyCharged);
        charge(groupOf(all));
        assertPaidOut(usdc, 1);
    }

    /// @dev The plan is named once: a mandate of another merchant hashes to one that nobody signed.
    function test_a_mandate_of_another_plan_does_not_pay_this_merchant() public {
        Mandate[] memory all = several(2);
        Mandate memory foreign = mandate();
        foreign.plan.merchant = address(0x9999);
        foreign = activatedBy(FIRST_KEY + 9, foreign, usdc);
        ChargeGroup memory group = groupOf(all);
        group.charges[1] = item(foreign, 0, PRICE);
        charge(group);
        vm.assertEq(usdc.balanceOf(foreign.subscriber), 1_000e6, "untouched");
        assertPaidOut(usdc, 1);
    }

    function test_sender_and_fees_are_checked_for_the_group() public {
        ChargeGroup memory group = groupOf(several(1));
        expectNotExecutor(attacker);
        vm.prank(attacker);
        subscriptions.chargeGroup(group, GAS_PER_TRANSFER);
        group.feeBps = 101;
        expectGroupRefused(ChargeFailure.FeeNotAllowed);
        charge(group);
        (group.feeBps, group.executionFee) = (100, 1e6 + 1);
        expectGroupRefused(ChargeFailure.ExecutionFeeNotAllowed);
        charge(group);
        (group.feeBps, group.executionFee) = (99, 0);
        expectGroupRefused(ChargeFailure.FeeNotAllowed);
        vm.prank(merchant);
        subscriptions.chargeGroup(group, GAS_PER_TRANSFER);
        group.feeBps = 100;
        vm.prank(merchant);
        subscriptions.chargeGroup(group, GAS_PER_TRANSFER);
        assertPaidOut(usdc, 1);
    }

    function test_with_less_gas_than_a_transfer_may_use_nothing_takes_place() public {
        ChargeGroup memory group = groupOf(several(2));
        vm.prank(executor);
        (bool success, bytes memory reason) =
            address(subscriptions).call{gas: 200_000}(abi.encodeCall(subscriptions.chargeGroup, (group, 150_000)));
        vm.assertTrue(!success, "refused");
        vm.assertEq(bytes32(bytes4(reason)), bytes32(IQBitFlowSubscriptions.GasTooLow.selector), "and says why");
        vm.assertEq(usdc.balanceOf(merchant), 0, "nothing moved");
    }

    /// @dev With a token that turns little gas into a refusal: charged, or reverted as a whole, never told as failed.
    function testFuzz_no_amount_of_gas_makes_a_good_charge_of_a_group_fail(uint256 gasLimit) public {
        ITestToken token = ITestToken(address(new GreedyToken()));
        Mandate[] memory all = new Mandate[](2);
        (all[0], all[1]) = (activatedBy(FIRST_KEY, mandate(), token), activatedBy(FIRST_KEY + 1, mandate(), token));
        bytes memory call = abi.encodeCall(subscriptions.chargeGroup, (groupOf(all), 200_000));
        vm.prank(executor);
        (bool success,) = address(subscriptions).call{gas: 50_000 + gasLimit % 600_000}(call);
        assertPaidOut(token, success ? 2 : 0);
    }

    /// @dev Collected together, split each by itself: the sums are those of single charges.
    function testFuzz_sums_are_exact(uint256[4] memory amounts, uint256 executionFee, uint16 feeBps) public {
        Mandate[] memory all = several(4);
        ChargeGroup memory group = groupOf(all);
        (group.feeBps, group.executionFee) = (feeBps % 101, executionFee % 1e6);
        uint256[3] memory sums;
        for (uint256 i = 0; i < 4; i++) {
            uint256 amount = 1 + amounts[i] % (MAXIMUM - 1e6);
            group.charges[i].amount = amount;
            uint256 fee = amount * group.feeBps / 10_000;
            uint256 organizationFee = (amount - fee) * 200 / 10_000;
            sums[0] += amount - fee - organizationFee;
            sums[1] += fee + group.executionFee;
            sums[2] += organizationFee;
        }
        charge(group);
        vm.assertEq(usdc.balanceOf(merchant), sums[0], "merchant: the remainders");
        vm.assertEq(usdc.balanceOf(feeRecipient), sums[1], "platform: fees and execution fees");
        vm.assertEq(usdc.balanceOf(organization), sums[2], "organization");
        vm.assertEq(usdc.balanceOf(address(subscriptions)), 0, "nothing stays");
        for (uint256 i = 0; i < 4; i++) {
            uint256 given = 1_000e6 - usdc.balanceOf(all[i].subscriber);
            vm.assertEq(given, group.charges[i].amount + group.executionFee, "each what he was told");
        }
    }

    function several(uint256 count) private returns (Mandate[] memory all) {
        all = new Mandate[](count);
        for (uint256 i = 0; i < count; i++) {
            all[i] = activatedBy(FIRST_KEY + i, mandate(), usdc);
        }
    }

    function empty(address account) private {
        uint256 balance = usdc.balanceOf(account);
        vm.prank(account);
        (bool done,) = address(usdc).call(abi.encodeWithSignature("transfer(address,uint256)", attacker, balance));
        require(done, "transfer");
    }

    function charge(ChargeGroup memory group) private {
        vm.prank(executor);
        subscriptions.chargeGroup(group, GAS_PER_TRANSFER);
    }

    function expectGroupRefused(ChargeFailure reason) private {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.ChargeRefused.selector, bytes32(0), reason));
    }
}
