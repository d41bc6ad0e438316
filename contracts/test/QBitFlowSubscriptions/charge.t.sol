// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Charge,
    ChargeFailure,
    IQBitFlowSubscriptions,
    Mandate,
    TokenPermit2612
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Signature, Signing} from "../support/Signing.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

contract ChargeTest is SubscriptionsTest {
    function test_pays_merchant_platform_and_organization_to_the_unit() public {
        Mandate memory terms = activated();
        approve(MAXIMUM);
        vm.prank(executor);
        subscriptions.charge(terms, chargeOf(0, PRICE));
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6 - PRICE, "subscriber gave the amount");
        vm.assertEq(usdc.balanceOf(feeRecipient), 250_000, "1 % of 25.00");
        vm.assertEq(usdc.balanceOf(organization), 495_000, "2 % of the rest");
        vm.assertEq(usdc.balanceOf(merchant), 24_255_000, "what remains");
        vm.assertEq(usdc.balanceOf(address(subscriptions)), 0, "nothing stays");
    }

    function test_checkCharge_tells_a_low_balance_from_a_low_allowance() public {
        Mandate memory terms = activated();
        assertCheck(terms, chargeOf(0, PRICE), ChargeFailure.InsufficientAllowance, "nothing was approved");
        approve(PRICE - 1);
        assertCheck(terms, chargeOf(0, PRICE), ChargeFailure.InsufficientAllowance, "one unit too little");
        approve(PRICE);
        assertCheck(terms, chargeOf(0, PRICE), ChargeFailure.None, "exactly enough");
        uint256 balance = usdc.balanceOf(subscriber);
        vm.prank(subscriber);
        transfer(merchant, balance - PRICE + 1);
        assertCheck(terms, chargeOf(0, PRICE), ChargeFailure.InsufficientBalance, "one unit too little in the wallet");
    }

    function test_a_refused_charge_says_why() public {
        Mandate memory terms = activated();
        expectRefused(terms, ChargeFailure.InsufficientAllowance);
        vm.prank(executor);
        subscriptions.charge(terms, chargeOf(0, PRICE));
        approve(type(uint256).max);
        uint256 balance = usdc.balanceOf(subscriber);
        vm.prank(subscriber);
        transfer(attacker, balance);
        expectRefused(terms, ChargeFailure.InsufficientBalance);
        vm.prank(executor);
        subscriptions.charge(terms, chargeOf(0, PRICE));
    }

    function test_a_permit_that_somebody_submitted_before_does_not_stop_the_activation() public {
        Mandate memory terms = mandate();
        Signature memory permit = Signing.permit(usdc, SUBSCRIBER_KEY, address(subscriptions), MAXIMUM, NOW + 1 hours);
        usdc.permit(subscriber, address(subscriptions), MAXIMUM, NOW + 1 hours, permit.v, permit.r, permit.s);
        TokenPermit2612 memory sent = TokenPermit2612(MAXIMUM, NOW + 1 hours, permit.v, permit.r, permit.s);
        subscriptions.activateWithPermit(terms, signed(terms, SUBSCRIBER_KEY), sent);
        assertCheck(terms, chargeOf(0, PRICE), ChargeFailure.None, "active, and the allowance is there");
    }

    function test_a_permit_of_nobody_without_an_allowance_reverts() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        TokenPermit2612 memory sent =
            TokenPermit2612(MAXIMUM, NOW + 1 hours, 27, bytes32(uint256(1)), bytes32(uint256(1)));
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.PermitFailed.selector, address(usdc), subscriber));
        subscriptions.activateWithPermit(terms, signature, sent);
    }

    function test_a_stolen_executor_key_takes_no_more_than_the_maximum_once_a_period() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        vm.startPrank(executor);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        subscriptions.charge(terms, chargeOf(0, MAXIMUM + 1));
        expectRefused(terms, ChargeFailure.NotDue);
        subscriptions.charge(terms, chargeOf(1, PRICE));
        subscriptions.charge(terms, chargeOf(0, MAXIMUM));
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        subscriptions.charge(terms, chargeOf(0, 1));
        // Three months on: the missed ones are gone, and the one that runs is one.
        vm.warp(NOW + 95 days);
        expectRefused(terms, ChargeFailure.PeriodOver);
        subscriptions.charge(terms, chargeOf(1, PRICE));
        subscriptions.charge(terms, chargeOf(3, PRICE));
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        subscriptions.charge(terms, chargeOf(3, PRICE));
        vm.stopPrank();
    }

    function test_an_operator_changes_neither_recipient_nor_fee_nor_cap() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        vm.startPrank(executor);
        Charge memory dear = chargeOf(0, PRICE);
        dear.feeBps = 101;
        expectRefused(terms, ChargeFailure.FeeNotAllowed);
        subscriptions.charge(terms, dear);
        dear = chargeOf(0, PRICE);
        dear.executionFee = 1e6 + 1;
        expectRefused(terms, ChargeFailure.ExecutionFeeNotAllowed);
        subscriptions.charge(terms, dear);
        terms.plan.merchant = attacker;
        expectRefused(terms, ChargeFailure.NotActive);
        subscriptions.charge(terms, chargeOf(0, PRICE));
        terms = mandate();
        terms.maxPerPeriod = 900e6;
        expectRefused(terms, ChargeFailure.NotActive);
        subscriptions.charge(terms, chargeOf(0, 900e6));
        vm.stopPrank();
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function test_nobody_else_charges_and_nobody_else_signs() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.NotExecutor.selector, attacker));
        vm.prank(attacker);
        subscriptions.charge(terms, chargeOf(0, PRICE));
        terms.nonce = 2;
        bytes memory forged = signed(terms, ATTACKER_KEY);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.SignatureInvalid.selector, subscriber));
        subscriptions.activate(terms, forged);
    }

    function test_a_signature_for_another_chain_activates_nothing() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        vm.chainId(999);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.SignatureInvalid.selector, subscriber));
        subscriptions.activate(terms, signature);
    }

    function test_a_cancelled_mandate_stays_dead() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        bytes32 planHash = subscriptions.hashPlan(terms.plan);
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHash);
        vm.expectRevert();
        subscriptions.activate(terms, signature);
        expectRefused(terms, ChargeFailure.Cancelled);
        vm.prank(executor);
        subscriptions.charge(terms, chargeOf(0, PRICE));
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function testFuzz_sums_are_exact(uint256 amount) public {
        amount = 1 + amount % MAXIMUM;
        Mandate memory terms = activated();
        approve(MAXIMUM);
        vm.prank(executor);
        subscriptions.charge(terms, chargeOf(0, amount));
        uint256 fee = amount / 100;
        uint256 organizationFee = (amount - fee) * 2 / 100;
        vm.assertEq(usdc.balanceOf(feeRecipient), fee, "platform, rounded down");
        vm.assertEq(usdc.balanceOf(organization), organizationFee, "organization, rounded down");
        vm.assertEq(usdc.balanceOf(merchant), amount - fee - organizationFee, "the remainder");
    }

    function transfer(address to, uint256 amount) private {
        (bool done,) = address(usdc).call(abi.encodeWithSignature("transfer(address,uint256)", to, amount));
        require(done, "transfer");
    }
}
