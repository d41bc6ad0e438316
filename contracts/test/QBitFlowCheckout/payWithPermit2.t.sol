// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {Deployed, ITestToken} from "../support/Deployed.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

contract PayWithPermit2Test is CheckoutTest {
    function setUp() public override {
        super.setUp();
        ITestToken[3] memory tokens = [usdc, usdt, dai];
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(payer);
            tokens[i].approve(Deployed.PERMIT2, type(uint256).max);
        }
    }

    function test_a_permit2_signature_pays_with_tokens_of_each_kind() public {
        ITestToken[3] memory tokens = [usdc, usdt, dai];
        for (uint256 i = 0; i < 3; i++) {
            Terms memory terms = termsOf(address(tokens[i]), i == 2 ? 25e18 : 25e6);
            Relay memory relay = Relay(i == 2 ? 0.04e18 : 0.04e6, relayRecipient);
            bytes memory signature = sign(terms, relay, i);
            Balances memory before = balances(terms.token);
            expectPayment(terms, payer);
            send(terms, relay, i, signature);
            assertPaid(terms, relay.fee, before);
        }
    }

    function test_parts_of_nothing_are_left_out() public {
        Terms memory terms = termsOf(address(usdt), 25e6);
        (terms.feeBps, terms.feeRecipient, terms.organizationFeeBps, terms.organization) =
        (0, address(0), 0, address(0));
        bytes memory signature = sign(terms, noRelay(), 7);
        Balances memory before = balances(terms.token);
        send(terms, noRelay(), 7, signature);
        vm.assertEq(usdt.balanceOf(merchant) - before.merchant, 25e6, "merchant got all of it");
    }

    function test_a_wallet_that_is_a_contract_can_pay() public {
        SmartWallet wallet = new SmartWallet(payer);
        usdc.mint(address(wallet), 100e6);
        wallet.execute(address(usdc), abi.encodeCall(usdc.approve, (Deployed.PERMIT2, 100e6)));
        Terms memory terms = termsOf(address(usdc), 25e6);
        bytes memory signature = sign(terms, noRelay(), 1);
        expectPayment(terms, address(wallet));
        vm.prank(relayer);
        checkout.payWithPermit2(terms, noRelay(), address(wallet), 1, signature);
        vm.assertEq(usdc.balanceOf(address(wallet)), 75e6, "the wallet paid");
    }

    function test_reverts_when_the_relayer_changes_terms_relay_or_nonce() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Relay memory relay = Relay(0.04e6, relayRecipient);
        bytes memory signature = sign(terms, relay, 1);
        for (uint256 field = 0; field < 9; field++) {
            Terms memory copy = termsOf(address(usdc), field == 0 ? 25e6 - 1 : 25e6);
            Relay memory relayCopy = Relay(field == 1 ? 0.05e6 : 0.04e6, field == 2 ? attacker : relayRecipient);
            if (field == 3) copy.merchant = attacker;
            if (field == 4) copy.feeRecipient = attacker;
            if (field == 5) copy.feeBps = 200;
            if (field == 6) copy.organization = attacker;
            if (field == 7) copy.uuid = bytes16(uint128(1));
            vm.prank(attacker);
            vm.expectRevert(abi.encodeWithSignature("InvalidSigner()"));
            checkout.payWithPermit2(copy, relayCopy, payer, field == 8 ? 2 : 1, signature);
        }
    }

    function test_reverts_when_the_same_signature_is_sent_again() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        bytes memory signature = sign(terms, noRelay(), 1);
        send(terms, noRelay(), 1, signature);
        vm.expectRevert(abi.encodeWithSignature("InvalidNonce()"));
        send(terms, noRelay(), 1, signature);
    }

    function test_reverts_on_another_contract_and_on_another_chain() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        bytes memory signature = sign(terms, noRelay(), 1);
        IQBitFlowCheckout other = Deployed.checkout();
        vm.prank(attacker);
        vm.expectRevert(abi.encodeWithSignature("InvalidSigner()"));
        other.payWithPermit2(terms, noRelay(), payer, 1, signature);
        vm.chainId(777);
        vm.expectRevert(abi.encodeWithSignature("InvalidSigner()"));
        send(terms, noRelay(), 1, signature);
    }

    function test_reverts_when_the_deadline_has_passed() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        bytes memory signature = sign(terms, noRelay(), 1);
        vm.warp(terms.deadline + 1);
        expectRevert(IQBitFlowCheckout.PaymentExpired.selector, terms.deadline, terms.deadline + 1);
        send(terms, noRelay(), 1, signature);
    }

    function test_reverts_when_there_is_no_token_which_permit2_would_not_notice() public {
        Terms memory terms = termsOf(address(0xC0DE), 25e6);
        bytes memory signature = sign(terms, noRelay(), 1);
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.NotAToken.selector, address(0xC0DE)));
        send(terms, noRelay(), 1, signature);
    }

    function test_reverts_when_a_recipient_is_nobody_or_the_contract() public {
        address[2] memory refused = [address(0), address(checkout)];
        for (uint256 i = 0; i < 2; i++) {
            Terms memory terms = termsOf(address(usdc), 25e6);
            terms.merchant = refused[i];
            bytes memory signature = sign(terms, noRelay(), i);
            vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.RecipientRefused.selector, refused[i]));
            send(terms, noRelay(), i, signature);
        }
    }

    function test_reverts_when_the_chain_has_no_permit2() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        bytes memory signature = sign(terms, noRelay(), 1);
        vm.etch(Deployed.PERMIT2, "");
        vm.expectRevert();
        send(terms, noRelay(), 1, signature);
    }

    function testFuzz_sums_are_exact(
        uint128 amount,
        uint64 relayFee,
        uint16 feeBps,
        uint16 organizationFeeBps,
        uint256 nonce
    ) public {
        Terms memory terms = termsOf(address(usdt), bound(amount, 1, type(uint128).max));
        Relay memory relay = Relay(relayFee, relayRecipient);
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.organizationFeeBps = uint16(bound(organizationFeeBps, 0, 1000));
        usdt.mint(payer, terms.amount + relayFee);
        bytes memory signature = sign(terms, relay, nonce);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        send(terms, relay, nonce, signature);
        assertPaid(terms, relayFee, before);
    }

    function sign(Terms memory terms, Relay memory relay, uint256 nonce) private view returns (bytes memory) {
        (uint256 rest, uint256 fee, uint256 organizationFee) = split(terms);
        uint256[4] memory all = [rest, fee, organizationFee, relay.fee];
        uint256 count;
        for (uint256 i = 0; i < 4; i++) {
            if (all[i] > 0) count++;
        }
        uint256[] memory amounts = new uint256[](count);
        for (uint256 i = 4; i > 0; i--) {
            if (all[i - 1] > 0) amounts[--count] = all[i - 1];
        }
        return Signing.permit2(PAYER_KEY, address(checkout), terms, relay, amounts, nonce);
    }

    function send(Terms memory terms, Relay memory relay, uint256 nonce, bytes memory signature) private {
        vm.prank(relayer);
        checkout.payWithPermit2(terms, relay, payer, nonce, signature);
    }
}
