// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    ChargeGroup,
    IQBitFlowSubscriptions,
    Mandate,
    SingleCharge
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {ITestToken} from "../support/Deployed.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Groups and single charges in one transaction, each in a call of its own.
contract ChargeBatchTest is SubscriptionsTest {
    function test_groups_of_several_merchants_and_tokens_and_singles() public {
        ChargeGroup[] memory groups = new ChargeGroup[](2);
        groups[0] = groupBy(0x5000, mandate(), usdc);
        groups[1] = groupBy(0x6000, mandateOf(address(0x9999)), usdt);
        SingleCharge[] memory singles = new SingleCharge[](2);
        singles[0] = SingleCharge(activatedBy(0x7000, mandate(), usdc), chargeOf(0, PRICE));
        singles[1] = SingleCharge(activatedBy(0x7001, mandateOf(address(0x8888)), dai), chargeOf(0, PRICE));
        batch(groups, singles);
        assertPaidOut(usdc, 3);
        vm.assertEq(usdt.balanceOf(address(0x9999)), 2 * 24_255_000, "the second group's merchant");
        vm.assertEq(dai.balanceOf(address(0x8888)), 24_255_000, "the second single's merchant");
        vm.assertEq(usdt.balanceOf(address(subscriptions)), 0, "nothing stays");
    }

    function test_a_group_that_fails_stops_no_other_group_and_no_single() public {
        ChargeGroup[] memory groups = new ChargeGroup[](3);
        groups[0] = groupBy(0x5000, mandate(), usdc);
        Mandate memory foreign = mandate();
        foreign.plan.registry = address(0);
        groups[1] = groupBy(0x6000, foreign, usdc);
        groups[2] = groupBy(0x6100, mandate(), usdc);
        groups[2].feeBps = 101;
        SingleCharge[] memory singles = new SingleCharge[](1);
        singles[0] = SingleCharge(activatedBy(0x7000, mandate(), usdc), chargeOf(0, PRICE));
        expectGroupFailed(
            groups[1].plan, 1, abi.encodeWithSelector(IQBitFlowSubscriptions.NotExecutor.selector, executor)
        );
        expectGroupFailed(
            groups[2].plan,
            2,
            abi.encodeWithSelector(
                IQBitFlowSubscriptions.ChargeRefused.selector, bytes32(0), ChargeFailure.FeeNotAllowed
            )
        );
        expectCharged(singles[0].mandate, 0, PRICE);
        batch(groups, singles);
        assertPaidOut(usdc, 3);
    }

    function test_a_single_that_fails_says_why_and_stops_no_other() public {
        SingleCharge[] memory singles = new SingleCharge[](6);
        for (uint256 i = 0; i < 6; i++) {
            singles[i] = SingleCharge(activatedBy(0x7000 + i, mandate(), usdc), chargeOf(0, PRICE));
        }
        singles[0].terms.amount = MAXIMUM + 1;
        singles[1].terms.feeBps = 101;
        singles[2].mandate.plan.registry = attacker;
        vm.prank(singles[3].mandate.subscriber);
        usdc.approve(address(subscriptions), 0);
        singles[4].mandate.maxPerPeriod = 900e6;
        expectFailed(singles[0].mandate, 0, ChargeFailure.MaximumExceeded);
        expectFailed(singles[1].mandate, 0, ChargeFailure.FeeNotAllowed);
        expectFailed(singles[2].mandate, 0, ChargeFailure.NotExecutor);
        expectFailed(singles[3].mandate, 0, ChargeFailure.InsufficientAllowance);
        expectFailed(singles[4].mandate, 0, ChargeFailure.NotActive);
        expectCharged(singles[5].mandate, 0, PRICE);
        batch(noGroups(), singles);
        assertPaidOut(usdc, 1);
    }

    function test_the_same_charge_in_a_group_and_alone_is_taken_once() public {
        ChargeGroup[] memory groups = new ChargeGroup[](1);
        Mandate[] memory all = new Mandate[](1);
        all[0] = activatedBy(0x5000, mandate(), usdc);
        groups[0] = groupOf(all);
        SingleCharge[] memory singles = new SingleCharge[](1);
        singles[0] = SingleCharge(all[0], chargeOf(0, PRICE));
        expectFailed(all[0], 0, ChargeFailure.AlreadyCharged);
        batch(groups, singles);
        assertPaidOut(usdc, 1);
    }

    function test_a_merchant_takes_his_own_and_nobody_elses() public {
        SingleCharge[] memory singles = new SingleCharge[](2);
        singles[0] = SingleCharge(activatedBy(0x7000, mandate(), usdc), chargeOf(0, PRICE));
        singles[1] = SingleCharge(activatedBy(0x7001, mandateOf(address(0x9999)), usdc), chargeOf(0, PRICE));
        expectFailed(singles[1].mandate, 0, ChargeFailure.NotExecutor);
        vm.prank(merchant);
        subscriptions.chargeBatch(noGroups(), singles, GAS_PER_TRANSFER);
        assertPaidOut(usdc, 1);
    }

    /// @dev Otherwise a sender could make a charge fail, and be told as failed, by sending little gas.
    function test_with_too_little_gas_for_a_part_all_of_it_reverts() public {
        ChargeGroup[] memory groups = new ChargeGroup[](1);
        groups[0] = groupBy(0x5000, mandate(), usdc);
        refusesWith(300_000, abi.encodeCall(subscriptions.chargeBatch, (groups, noSingles(), GAS_PER_TRANSFER)));
        SingleCharge[] memory singles = new SingleCharge[](1);
        singles[0] = SingleCharge(activatedBy(0x7000, mandate(), usdc), chargeOf(0, PRICE));
        refusesWith(300_000, abi.encodeCall(subscriptions.chargeBatch, (noGroups(), singles, GAS_PER_TRANSFER)));
        vm.assertEq(usdc.balanceOf(merchant), 0, "nothing moved");
    }

    /// @dev Whatever the gas: charged, or reverted as a whole, never told as failed.
    function testFuzz_no_amount_of_gas_makes_a_good_charge_fail(uint256 gasLimit) public {
        Mandate[] memory all = new Mandate[](2);
        (all[0], all[1]) = (activatedBy(0x5000, mandate(), usdc), activatedBy(0x5001, mandate(), usdc));
        ChargeGroup[] memory groups = new ChargeGroup[](1);
        groups[0] = groupOf(all);
        SingleCharge[] memory singles = new SingleCharge[](1);
        singles[0] = SingleCharge(activatedBy(0x7000, mandate(), usdc), chargeOf(0, PRICE));
        bytes memory call = abi.encodeCall(subscriptions.chargeBatch, (groups, singles, 60_000));
        vm.prank(executor);
        (bool success,) = address(subscriptions).call{gas: 50_000 + gasLimit % 1_500_000}(call);
        assertPaidOut(usdc, success ? 3 : 0);
    }

    function test_an_empty_batch_does_nothing() public {
        vm.recordLogs();
        batch(noGroups(), noSingles());
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
    }

    /// @dev A plan's every word reaches the group's call as it was sent.
    function test_execution_fee_and_permit2_reach_the_group() public {
        ChargeGroup[] memory groups = new ChargeGroup[](1);
        groups[0] = groupBy(0x5000, mandate(), usdc);
        (groups[0].executionFee, groups[0].charges[1].amount) = (300_000, MAXIMUM);
        expectFailed(activeMandate(0x5001), 0, ChargeFailure.MaximumExceeded);
        batch(groups, noSingles());
        vm.assertEq(usdc.balanceOf(feeRecipient), 250_000 + 300_000, "fee and execution fee of the first");
        groups[0].viaPermit2 = true;
        expectFailed(activeMandate(0x5000), 0, ChargeFailure.AlreadyCharged);
        expectFailed(activeMandate(0x5001), 0, ChargeFailure.MaximumExceeded);
        batch(groups, noSingles());
        (groups[0].executionFee, groups[0].charges[1].amount) = (0, PRICE);
        expectFailed(activeMandate(0x5001), 0, ChargeFailure.InsufficientAllowance);
        batch(groups, noSingles());
    }

    function activeMandate(uint256 key) private view returns (Mandate memory terms) {
        terms = mandate();
        terms.subscriber = vm.addr(key);
    }

    function mandateOf(address otherMerchant) private view returns (Mandate memory terms) {
        terms = mandate();
        terms.plan.merchant = otherMerchant;
    }

    function groupBy(uint256 key, Mandate memory terms, ITestToken token) private returns (ChargeGroup memory) {
        Mandate[] memory all = new Mandate[](2);
        for (uint256 i = 0; i < 2; i++) {
            all[i] = activatedBy(key + i, copyOf(terms), token);
        }
        return groupOf(all);
    }

    function copyOf(Mandate memory terms) private pure returns (Mandate memory) {
        return abi.decode(abi.encode(terms), (Mandate));
    }

    function batch(ChargeGroup[] memory groups, SingleCharge[] memory singles) private {
        vm.prank(executor);
        subscriptions.chargeBatch(groups, singles, GAS_PER_TRANSFER);
    }

    function refusesWith(uint256 gasLimit, bytes memory call) private {
        vm.prank(executor);
        (bool success, bytes memory reason) = address(subscriptions).call{gas: gasLimit}(call);
        vm.assertTrue(!success, "refused");
        vm.assertEq(bytes32(bytes4(reason)), bytes32(IQBitFlowSubscriptions.GasTooLow.selector), "and says why");
    }
}
