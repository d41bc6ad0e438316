// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Charge,
    ChargeFailure,
    ChargeGroup,
    GroupCharge,
    Mandate,
    Plan
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Permits} from "../support/Permits.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice "Nobody has to trust the operator with money": who could want to, and tries.
contract TrustTest is SubscriptionsTest {
    /// @dev The worst that happens when the billing key is stolen: bills are paid to the right merchant, within limits.
    function testFuzz_a_stolen_billing_key_pays_none_but_the_signed_recipients(Charge memory wanted, uint32 later)
        public
    {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        wanted.amount = wanted.amount % 3 == 0 ? wanted.amount : wanted.amount % (2 * MAXIMUM);
        wanted.feeBps = wanted.feeBps % 2 == 0 ? wanted.feeBps : wanted.feeBps % 200;
        wanted.executionFee = wanted.executionFee % 2 == 0 ? 0 : wanted.executionFee % 2e6;
        wanted.viaPermit2 = false;
        vm.warp(NOW + later);
        (, uint256 running) = subscriptions.periodAt(terms, block.timestamp);
        wanted.period = wanted.period % 2 == 0 ? running : wanted.period;
        vm.prank(executor);
        (bool success,) = address(subscriptions).call(abi.encodeCall(subscriptions.charge, (terms, wanted)));
        uint256 given = 1_000e6 - usdc.balanceOf(subscriber);
        uint256 fee = usdc.balanceOf(feeRecipient);
        uint256 received = usdc.balanceOf(merchant) + fee + usdc.balanceOf(organization);
        vm.assertEq(given, received, "all of it went to the signed recipients");
        vm.assertLe(given, MAXIMUM, "no more than a period's maximum");
        vm.assertLe(fee, given / 100 + 1e6, "no more than the signed fee and execution fee");
        vm.assertTrue(success == (given != 0), "a refused charge moves nothing");
        vm.prank(executor);
        (success,) = address(subscriptions).call(abi.encodeCall(subscriptions.charge, (terms, wanted)));
        vm.assertTrue(!success, "not twice");
    }

    function test_a_stolen_billing_key_cannot_touch_maximum_mandate_or_allowance() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        fails(abi.encodeCall(subscriptions.setMaximum, (headOf(terms), planHashOf(terms), 900e6)));
        fails(abi.encodeCall(subscriptions.stop, (terms)));
        fails(abi.encodeCall(subscriptions.cancel, (headOf(terms), planHashOf(terms))));
        Mandate memory dearer = mandate();
        (dearer.nonce, dearer.maxPerPeriod) = (2, 900e6);
        fails(abi.encodeCall(subscriptions.activate, (dearer, signed(terms, SUBSCRIBER_KEY))));
        fails(
            abi.encodeCall(
                subscriptions.activateAndCharge,
                (dearer, signed(terms, SUBSCRIBER_KEY), Permits.none(), chargeOf(0, 900e6))
            )
        );
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function test_an_operator_does_not_redirect_a_charge_by_any_member_of_the_plan() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        Plan[9] memory plans;
        for (uint256 i = 0; i < 9; i++) {
            plans[i] = mandate().plan;
        }
        plans[0].merchant = attacker;
        plans[1].token = address(usdt);
        plans[2].kind = 1;
        (plans[3].periodUnit, plans[3].periodLength) = (0, 60);
        plans[4].feeRecipient = attacker;
        plans[5].maxFeeBps = 1000;
        plans[6].organization = attacker;
        plans[7].organizationFeeBps = 1000;
        plans[8].maxExecutionFee = MAXIMUM;
        for (uint256 i = 0; i < 9; i++) {
            terms.plan = plans[i];
            expectRefused(terms, ChargeFailure.NotActive);
            chargeAs(executor, terms, chargeOf(0, PRICE));
            GroupCharge[] memory charges = new GroupCharge[](1);
            charges[0] = item(terms, 0, PRICE);
            ChargeGroup memory group = groupOf(plans[i], charges);
            expectFailed(terms, 0, ChargeFailure.NotActive);
            vm.prank(executor);
            subscriptions.chargeGroup(group, GAS_PER_TRANSFER);
        }
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function test_an_operator_does_not_charge_twice_a_period_by_any_way() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        chargeAs(executor, terms, chargeOf(0, 1));
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        chargeAs(executor, terms, chargeOf(0, 1));
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        chargeAs(merchant, terms, chargeOf(0, 1));
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        vm.prank(executor);
        subscriptions.activateAndCharge(terms, signed(terms, SUBSCRIBER_KEY), Permits.none(), chargeOf(0, 1));
        Mandate[] memory all = new Mandate[](1);
        all[0] = terms;
        expectFailed(terms, 0, ChargeFailure.AlreadyCharged);
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6 - 1, "once");
    }

    function test_an_operator_charges_nothing_before_the_first_and_after_the_last() public {
        Mandate memory terms = mandate();
        (terms.firstChargeAt, terms.endsAt) = (uint64(NOW + 30 days), uint64(NOW + 400 days));
        activate(terms);
        approve(type(uint256).max);
        for (uint256 period = 0; period < 3; period++) {
            expectRefused(terms, ChargeFailure.NotDue);
            chargeAs(executor, terms, chargeOf(period, PRICE));
        }
        vm.warp(NOW + 400 days);
        for (uint256 period = 0; period < 15; period++) {
            expectRefused(terms, ChargeFailure.Ended);
            chargeAs(executor, terms, chargeOf(period, PRICE));
        }
    }

    /// @dev What was signed for one deployment is nothing on a fork; what is active there was before, with its limits.
    function test_a_fork_takes_no_signature_of_this_chain() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        approve(type(uint256).max);
        vm.chainId(block.chainid + 1);
        expectSignatureInvalid(subscriber);
        vm.prank(executor);
        subscriptions.activateAndCharge(terms, signature, Permits.none(), chargeOf(0, PRICE));
    }

    /// @dev He may send charges himself: what the customer signed binds him as it binds the operator.
    function test_a_hostile_merchant_takes_no_more_than_was_signed() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        chargeAs(merchant, terms, chargeOf(0, MAXIMUM + 1));
        expectRefused(terms, ChargeFailure.NotDue);
        chargeAs(merchant, terms, chargeOf(1, PRICE));
        chargeAs(merchant, terms, chargeOf(0, PRICE));
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        chargeAs(merchant, terms, chargeOf(0, PRICE));
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHashOf(terms));
        vm.warp(NOW + 31 days);
        expectRefused(terms, ChargeFailure.Cancelled);
        chargeAs(merchant, terms, chargeOf(1, PRICE));
        assertPaidOut(usdc, 1);
    }

    function test_a_hostile_merchant_charges_no_customer_of_another() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        address other = address(0x9999);
        expectNotExecutor(other);
        chargeAs(other, terms, chargeOf(0, PRICE));
        terms.plan.merchant = other;
        expectRefused(terms, ChargeFailure.NotActive);
        chargeAs(other, terms, chargeOf(0, PRICE));
    }

    function test_a_hostile_merchant_does_not_spare_the_platforms_fee() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        for (uint256 feeBps = 0; feeBps < 100; feeBps += 33) {
            Charge memory wanted = chargeOf(0, PRICE);
            wanted.feeBps = feeBps;
            expectRefused(terms, ChargeFailure.FeeNotAllowed);
            chargeAs(merchant, terms, wanted);
        }
    }

    /// @dev Coins, and tokens by mistake: the first are refused, the second move no sum.
    function test_what_lies_in_the_contract_changes_no_sum() public {
        vm.deal(attacker, 1 ether);
        vm.prank(attacker);
        (bool success,) = address(subscriptions).call{value: 1}("");
        vm.assertTrue(!success, "coins are refused");
        usdc.mint(address(subscriptions), 777);
        Mandate[] memory all = new Mandate[](2);
        (all[0], all[1]) = (activatedBy(0x5000, mandate(), usdc), activatedBy(0x5001, mandate(), usdc));
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        vm.assertEq(usdc.balanceOf(address(subscriptions)), 777, "neither taken nor added to");
        vm.assertEq(usdc.balanceOf(merchant), 2 * 24_255_000, "to the unit");
    }

    /// @dev No owner, no pause, no upgrade: what the contract answers to is all in its interface.
    function test_there_is_no_owner_no_pause_no_upgrade_no_sweep() public {
        string[12] memory names = [
            "owner()",
            "transferOwnership(address)",
            "pause()",
            "unpause()",
            "upgradeTo(address)",
            "upgradeToAndCall(address,bytes)",
            "implementation()",
            "admin()",
            "withdraw()",
            "withdraw(address,uint256)",
            "sweep(address)",
            "rescueTokens(address,uint256)"
        ];
        for (uint256 i = 0; i < names.length; i++) {
            bytes memory call = bytes.concat(bytes4(keccak256(bytes(names[i]))), new bytes(64));
            vm.prank(executor);
            (bool success,) = address(subscriptions).call(call);
            vm.assertTrue(!success, names[i]);
        }
    }

    function fails(bytes memory call) private {
        vm.prank(executor);
        (bool success,) = address(subscriptions).call(call);
        vm.assertTrue(!success, "refused");
    }
}
