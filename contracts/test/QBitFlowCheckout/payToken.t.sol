// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {
    FalseToken,
    FeeOnTransferToken,
    GasBurningToken,
    HookToken,
    PlainToken,
    ShortAnswerToken
} from "../mocks/HostileTokens.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {ITestToken} from "../support/Deployed.sol";
import {vm} from "../support/Vm.sol";

contract PayTokenTest is CheckoutTest {
    function test_approved_tokens_of_each_kind_reach_all_recipients() public {
        ITestToken[3] memory tokens = [usdc, usdt, dai];
        for (uint256 i = 0; i < tokens.length; i++) {
            Terms memory terms = termsOf(address(tokens[i]), i == 2 ? 25e18 : 25e6);
            Balances memory before = balances(terms.token);
            approve(tokens[i], terms.amount);
            expectPayment(terms, payer);
            vm.prank(payer);
            checkout.payToken(terms);
            assertPaid(terms, 0, before);
            vm.assertEq(tokens[i].allowance(payer, address(checkout)), 0, "the allowance is used up");
        }
    }

    function test_reverts_when_nothing_was_approved() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        (uint256 rest,,) = split(terms);
        expectTransferFailed(address(usdc), payer, merchant, rest);
        vm.prank(payer);
        checkout.payToken(terms);
    }

    function test_reverts_as_a_whole_when_the_allowance_covers_only_the_merchant() public {
        Terms memory terms = termsOf(address(usdt), 25e6);
        (uint256 rest, uint256 fee,) = split(terms);
        approve(usdt, rest);
        expectTransferFailed(address(usdt), payer, feeRecipient, fee);
        vm.prank(payer);
        checkout.payToken(terms);
        vm.assertEq(usdt.balanceOf(payer), 1_000e6, "the payer keeps the money");
    }

    function test_nobody_can_spend_the_standing_allowance_of_another() public {
        approve(usdc, type(uint256).max);
        Terms memory terms = termsOf(address(usdc), 25e6);
        terms.merchant = attacker;
        (uint256 rest,,) = split(terms);
        expectTransferFailed(address(usdc), attacker, attacker, rest);
        vm.prank(attacker);
        checkout.payToken(terms);
    }

    function test_reverts_when_the_terms_name_the_native_coin_or_an_account_without_code() public {
        address[2] memory notTokens = [address(0), address(0xC0DE)];
        for (uint256 i = 0; i < 2; i++) {
            Terms memory terms = termsOf(notTokens[i], 25e6);
            (uint256 rest,,) = split(terms);
            expectTransferFailed(notTokens[i], payer, merchant, rest);
            vm.prank(payer);
            checkout.payToken(terms);
        }
    }

    function test_reverts_when_the_token_says_false_or_not_quite_true() public {
        PlainToken[2] memory tokens = [PlainToken(new FalseToken()), PlainToken(new ShortAnswerToken())];
        for (uint256 i = 0; i < 2; i++) {
            Terms memory terms = termsOf(address(tokens[i]), 25e6);
            (uint256 rest,,) = split(terms);
            expectTransferFailed(terms.token, payer, merchant, rest);
            vm.prank(payer);
            checkout.payToken(terms);
        }
    }

    function test_reverts_when_the_deadline_has_passed() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        approve(usdc, 25e6);
        vm.warp(terms.deadline + 1);
        expectRevert(IQBitFlowCheckout.PaymentExpired.selector, terms.deadline, terms.deadline + 1);
        vm.prank(payer);
        checkout.payToken(terms);
    }

    function test_reverts_when_a_fee_is_above_a_tenth() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        terms.feeBps = type(uint16).max;
        expectRevert(IQBitFlowCheckout.FeeTooHigh.selector, type(uint16).max, 1000);
        vm.prank(payer);
        checkout.payToken(terms);
        (terms.feeBps, terms.organizationFeeBps) = (1000, 1001);
        expectRevert(IQBitFlowCheckout.OrganizationFeeTooHigh.selector, 1001, 1000);
        vm.prank(payer);
        checkout.payToken(terms);
    }

    function test_reverts_when_the_amount_is_zero_or_beyond_any_token() public {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.AmountMissing.selector));
        checkout.payToken(termsOf(address(usdc), 0));
        uint256 limit = type(uint128).max;
        expectRevert(IQBitFlowCheckout.AmountTooLarge.selector, limit + 1, limit);
        checkout.payToken(termsOf(address(usdc), limit + 1));
        expectRevert(IQBitFlowCheckout.AmountTooLarge.selector, type(uint256).max, limit);
        checkout.payToken(termsOf(address(usdc), type(uint256).max));
    }

    function test_reverts_when_a_recipient_is_the_contract_itself() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        terms.organization = address(checkout);
        approve(usdc, 25e6);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.RecipientRefused.selector, address(checkout)));
        vm.prank(payer);
        checkout.payToken(terms);
    }

    function test_reverts_when_a_word_has_bits_outside_its_type() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        bytes memory data = abi.encodeCall(checkout.payToken, (terms));
        approve(usdc, type(uint256).max);
        // The first byte of the words of merchant, token, fee recipient, fee, organization, its fee, deadline.
        uint8[7] memory words = [1, 2, 4, 5, 6, 7, 8];
        for (uint256 i = 0; i < words.length; i++) {
            bytes memory dirty = bytes.concat(data);
            dirty[4 + 32 * uint256(words[i])] = 0x01;
            vm.prank(payer);
            (bool success,) = address(checkout).call(dirty);
            vm.assertTrue(!success, "refused");
        }
    }

    function test_a_fee_on_transfer_token_leaves_nothing_behind_and_its_logs_tell() public {
        FeeOnTransferToken token = new FeeOnTransferToken();
        Terms memory terms = termsOf(address(token), 1_000);
        (uint256 rest,,) = split(terms);
        token.mint(payer, 1_000);
        vm.prank(payer);
        token.approve(address(checkout), 1_000);
        vm.prank(payer);
        checkout.payToken(terms);
        vm.assertEq(token.balanceOf(merchant), rest - rest / 10, "less than announced");
        vm.assertEq(token.balanceOf(address(checkout)), 0, "nothing stays");
    }

    function test_a_gas_burning_token_hurts_only_its_own_payment() public {
        Terms memory terms = termsOf(address(new GasBurningToken()), 25e6);
        vm.prank(payer);
        (bool success,) = address(checkout).call{gas: 300_000}(abi.encodeCall(checkout.payToken, (terms)));
        vm.assertTrue(!success, "the payment failed");
    }

    function test_a_recipient_called_in_the_middle_cannot_spend_the_payers_allowance() public {
        HookToken token = new HookToken();
        Terms memory terms = termsOf(address(token), 1_000);
        Terms memory stolen = termsOf(address(token), 500);
        stolen.merchant = attacker;
        token.mint(payer, 10_000);
        vm.prank(payer);
        token.approve(address(checkout), type(uint256).max);
        token.setHook(address(checkout), abi.encodeCall(checkout.payToken, (stolen)));
        vm.prank(payer);
        checkout.payToken(terms);
        vm.assertTrue(!token.hookSucceeded(), "the payment from inside was refused");
        vm.assertEq(token.balanceOf(payer), 9_000, "only the amount was taken");
    }

    function testFuzz_sums_are_exact(uint128 amount, uint16 feeBps, uint16 organizationFeeBps, uint8 kind) public {
        ITestToken token = [usdc, usdt, dai][kind % 3];
        Terms memory terms = termsOf(address(token), bound(amount, 1, type(uint128).max));
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.organizationFeeBps = uint16(bound(organizationFeeBps, 0, 1000));
        token.mint(payer, terms.amount);
        approve(token, terms.amount);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        vm.prank(payer);
        checkout.payToken(terms);
        assertPaid(terms, 0, before);
    }

    function approve(ITestToken token, uint256 amount) private {
        vm.prank(payer);
        token.approve(address(checkout), amount);
    }
}
