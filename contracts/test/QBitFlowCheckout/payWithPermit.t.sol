// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {PermissiveToken} from "../mocks/HostileTokens.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {ITestToken} from "../support/Deployed.sol";
import {Signature, Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

/// @notice EIP-2612 and DAI's permit, each sent by the payer.
contract PayWithPermitTest is CheckoutTest {
    function test_a_permit_and_the_payment_fit_in_one_transaction() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory signature = sign(PAYER_KEY, terms);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        pay(payer, terms, signature);
        assertPaid(terms, 0, before);
        vm.assertEq(usdc.allowance(payer, address(checkout)), 0, "nothing of the allowance is left");
    }

    function test_a_dai_permit_and_the_payment_fit_in_one_transaction() public {
        Terms memory terms = termsOf(address(dai), 25e18);
        Signature memory signature = signDai(PAYER_KEY, terms);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        payDai(payer, terms, signature);
        assertPaid(terms, 0, before);
    }

    function test_a_front_run_permit_does_not_block_the_payment() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory signature = sign(PAYER_KEY, terms);
        vm.prank(attacker);
        usdc.permit(payer, address(checkout), terms.amount, terms.deadline, signature.v, signature.r, signature.s);
        Balances memory before = balances(terms.token);
        pay(payer, terms, signature);
        assertPaid(terms, 0, before);
    }

    function test_a_front_run_dai_permit_does_not_block_the_payment() public {
        Terms memory terms = termsOf(address(dai), 25e18);
        Signature memory signature = signDai(PAYER_KEY, terms);
        vm.prank(attacker);
        dai.permit(payer, address(checkout), 0, terms.deadline, true, signature.v, signature.r, signature.s);
        Balances memory before = balances(terms.token);
        payDai(payer, terms, signature);
        assertPaid(terms, 0, before);
    }

    function test_reverts_when_the_permit_is_for_less_than_the_amount() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory signature =
            Signing.permit(usdc, PAYER_KEY, address(checkout), terms.amount - 1, terms.deadline);
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, payer, merchant, rest);
        pay(payer, terms, signature);
    }

    function test_reverts_when_the_permit_is_for_another_spender() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory signature = Signing.permit(usdc, PAYER_KEY, attacker, terms.amount, terms.deadline);
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, payer, merchant, rest);
        pay(payer, terms, signature);
    }

    function test_reverts_when_the_same_permit_is_sent_twice() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory signature = sign(PAYER_KEY, terms);
        pay(payer, terms, signature);
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, payer, merchant, rest);
        pay(payer, terms, signature);
    }

    function test_somebody_elses_permit_pays_nothing_for_the_sender() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory signature = sign(PAYER_KEY, terms);
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, attacker, merchant, rest);
        pay(attacker, terms, signature);
        vm.assertEq(usdc.balanceOf(payer), 1_000e6, "the payer keeps the money");
    }

    function test_reverts_when_the_deadline_has_passed_even_if_the_allowance_is_there() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        vm.prank(payer);
        usdc.approve(address(checkout), type(uint256).max);
        Signature memory signature = sign(PAYER_KEY, terms);
        vm.warp(terms.deadline + 1);
        expectRevert(IQBitFlowCheckout.PaymentExpired.selector, terms.deadline, terms.deadline + 1);
        pay(payer, terms, signature);
    }

    function test_reverts_when_there_is_no_token() public {
        Terms memory terms = termsOf(address(0xC0DE), 25e6);
        Signature memory nothing;
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, payer, merchant, rest);
        pay(payer, terms, nothing);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.PermitFailed.selector, terms.token, payer));
        payDai(payer, terms, nothing);
    }

    function test_a_token_that_takes_any_call_still_needs_the_senders_own_allowance() public {
        PermissiveToken token = new PermissiveToken();
        Terms memory terms = termsOf(address(token), 1_000);
        token.mint(payer, 1_000);
        vm.prank(payer);
        token.approve(address(checkout), 1_000);
        Signature memory nothing;
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, attacker, merchant, rest);
        pay(attacker, terms, nothing);
    }

    function testFuzz_sums_are_exact(uint128 amount, uint16 feeBps, uint16 organizationFeeBps, bool isDai) public {
        ITestToken token = isDai ? dai : usdc;
        Terms memory terms = termsOf(address(token), bound(amount, 1, type(uint128).max));
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.organizationFeeBps = uint16(bound(organizationFeeBps, 0, 1000));
        token.mint(payer, terms.amount);
        Signature memory signature = isDai ? signDai(PAYER_KEY, terms) : sign(PAYER_KEY, terms);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        isDai ? payDai(payer, terms, signature) : pay(payer, terms, signature);
        assertPaid(terms, 0, before);
    }

    function sign(uint256 key, Terms memory terms) private view returns (Signature memory) {
        return Signing.permit(usdc, key, address(checkout), terms.amount, terms.deadline);
    }

    function signDai(uint256 key, Terms memory terms) private view returns (Signature memory) {
        return Signing.daiPermit(dai, key, address(checkout), terms.deadline);
    }

    function pay(address sender, Terms memory terms, Signature memory signature) private {
        vm.prank(sender);
        checkout.payWithPermit(terms, signature.v, signature.r, signature.s);
    }

    function payDai(address sender, Terms memory terms, Signature memory signature) private {
        vm.prank(sender);
        checkout.payWithDaiPermit(terms, signature.v, signature.r, signature.s);
    }
}
