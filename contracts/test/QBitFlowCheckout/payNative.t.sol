// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {
    GasBurningRecipient,
    LongAnswerRecipient,
    ReenteringRecipient,
    RevertingRecipient
} from "../mocks/HostileRecipients.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {vm} from "../support/Vm.sol";

contract PayNativeTest is CheckoutTest {
    function test_native_payment_reaches_all_recipients_and_is_announced() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        Balances memory before = balances(address(0));
        expectPayment(terms, payer);
        vm.prank(payer);
        checkout.payNative{value: 1 ether}(terms);
        assertPaid(terms, 0, before);
    }

    function test_native_payment_without_fees_needs_no_fee_recipients() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        (terms.feeBps, terms.feeRecipient, terms.organizationFeeBps, terms.organization) =
        (0, address(0), 0, address(0));
        vm.prank(payer);
        checkout.payNative{value: 1 ether}(terms);
        vm.assertEq(merchant.balance, 1 ether, "merchant got all of it");
    }

    function test_payment_at_the_deadline_is_in_time() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        vm.warp(terms.deadline);
        vm.prank(payer);
        checkout.payNative{value: 1 ether}(terms);
        vm.assertTrue(merchant.balance > 0, "merchant was paid");
    }

    function test_reverts_when_the_deadline_has_passed() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        vm.warp(terms.deadline + 1);
        vm.prank(payer);
        expectRevert(IQBitFlowCheckout.PaymentExpired.selector, terms.deadline, terms.deadline + 1);
        checkout.payNative{value: 1 ether}(terms);
    }

    function test_reverts_when_less_or_more_is_sent_than_the_amount() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        for (uint256 sent = 1 ether - 1; sent <= 1 ether + 1; sent += 2) {
            vm.prank(payer);
            expectRevert(IQBitFlowCheckout.NativeAmountMismatch.selector, sent, 1 ether);
            checkout.payNative{value: sent}(terms);
        }
    }

    function test_reverts_when_the_terms_name_a_token() public {
        Terms memory terms = termsOf(address(usdc), 1 ether);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.NotNative.selector, address(usdc)));
        checkout.payNative{value: 1 ether}(terms);
    }

    function test_reverts_when_the_platform_fee_is_above_a_tenth() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.feeBps = 1001;
        vm.prank(payer);
        expectRevert(IQBitFlowCheckout.FeeTooHigh.selector, 1001, 1000);
        checkout.payNative{value: 1 ether}(terms);
    }

    function test_reverts_when_the_organization_fee_is_above_a_tenth() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.organizationFeeBps = 1001;
        vm.prank(payer);
        expectRevert(IQBitFlowCheckout.OrganizationFeeTooHigh.selector, 1001, 1000);
        checkout.payNative{value: 1 ether}(terms);
    }

    function test_reverts_when_the_amount_is_zero() public {
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.AmountMissing.selector));
        checkout.payNative(termsOf(address(0), 0));
    }

    function test_reverts_when_a_recipient_is_nobody_or_the_contract_itself() public {
        address[2] memory refused = [address(0), address(checkout)];
        for (uint256 i = 0; i < 6; i++) {
            Terms memory terms = termsOf(address(0), 1 ether);
            if (i / 2 == 0) terms.merchant = refused[i % 2];
            if (i / 2 == 1) terms.feeRecipient = refused[i % 2];
            if (i / 2 == 2) terms.organization = refused[i % 2];
            vm.prank(payer);
            vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.RecipientRefused.selector, refused[i % 2]));
            checkout.payNative{value: 1 ether}(terms);
        }
    }

    function test_reverts_as_a_whole_when_a_recipient_reverts() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.organization = address(new RevertingRecipient());
        (,, uint256 organizationFee) = split(terms);
        vm.prank(payer);
        vm.expectRevert(
            abi.encodeWithSelector(IQBitFlowCheckout.NativeTransferFailed.selector, terms.organization, organizationFee)
        );
        checkout.payNative{value: 1 ether}(terms);
        vm.assertEq(payer.balance, 100 ether, "the payer keeps the money");
    }

    function test_a_recipient_that_burns_gas_hurts_only_its_own_payment() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.merchant = address(new GasBurningRecipient());
        vm.prank(payer);
        (bool success,) =
            address(checkout).call{value: 1 ether, gas: 300_000}(abi.encodeCall(checkout.payNative, (terms)));
        vm.assertTrue(!success, "the payment failed");
        vm.assertEq(payer.balance, 100 ether, "the payer keeps the money");
    }

    function test_a_long_answer_is_not_copied() public {
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.merchant = address(new LongAnswerRecipient());
        vm.prank(payer);
        (bool success, bytes memory reason) =
            address(checkout).call{value: 1 ether, gas: 3_000_000}(abi.encodeCall(checkout.payNative, (terms)));
        vm.assertTrue(!success && reason.length == 68, "our own error, not the recipient's megabyte");
    }

    function test_a_reentering_recipient_can_pay_with_its_own_money_only() public {
        ReenteringRecipient recipient = new ReenteringRecipient(checkout);
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.merchant = address(recipient);
        Terms memory inner = termsOf(address(0), 0.5 ether);
        recipient.plan(inner, 0.5 ether);
        Balances memory before = balances(address(0));
        vm.prank(payer);
        checkout.payNative{value: 1 ether}(terms);
        (uint256 rest, uint256 fee, uint256 organizationFee) = split(terms);
        (uint256 innerRest, uint256 innerFee, uint256 innerOrganizationFee) = split(inner);
        vm.assertTrue(recipient.succeeded(), "paid from inside");
        vm.assertEq(address(recipient).balance, rest - 0.5 ether, "with its own money");
        vm.assertEq(merchant.balance - before.merchant, innerRest, "inner merchant");
        vm.assertEq(feeRecipient.balance - before.fee, fee + innerFee, "both fees");
        vm.assertEq(organization.balance - before.organization, organizationFee + innerOrganizationFee, "both fees");
        vm.assertEq(address(checkout).balance, 0, "nothing stays");
    }

    function test_a_reentering_recipient_cannot_take_what_is_under_way_to_others() public {
        ReenteringRecipient recipient = new ReenteringRecipient(checkout);
        Terms memory terms = termsOf(address(0), 1 ether);
        terms.merchant = address(recipient);
        (, uint256 fee,) = split(terms);
        recipient.plan(termsOf(address(0), fee), 0);
        vm.prank(payer);
        checkout.payNative{value: 1 ether}(terms);
        vm.assertTrue(recipient.entered() && !recipient.succeeded(), "the second payment was refused");
        vm.assertEq(feeRecipient.balance, fee, "the fee arrived");
    }

    function test_coins_sent_without_a_call_are_refused() public {
        vm.prank(payer);
        (bool success,) = address(checkout).call{value: 1}("");
        vm.assertTrue(!success, "no receive function");
    }

    function testFuzz_sums_are_exact(uint128 amount, uint16 feeBps, uint16 organizationFeeBps, uint32 secondsLeft)
        public
    {
        Terms memory terms = termsOf(address(0), bound(amount, 1, type(uint128).max));
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.organizationFeeBps = uint16(bound(organizationFeeBps, 0, 1000));
        terms.deadline = uint64(block.timestamp + secondsLeft);
        vm.deal(payer, terms.amount);
        Balances memory before = balances(address(0));
        expectPayment(terms, payer);
        vm.prank(payer);
        checkout.payNative{value: terms.amount}(terms);
        assertPaid(terms, 0, before);
    }
}
