// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {PermissiveToken} from "../mocks/HostileTokens.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {Deployed} from "../support/Deployed.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

contract PayWithAuthorizationTest is CheckoutTest {
    function test_an_authorization_pays_all_and_the_relay_fee() public {
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory signature = sign(terms, relay);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        send(terms, relay, signature);
        assertPaid(terms, relay.fee, before);
    }

    function test_parts_of_nothing_are_left_out() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        (terms.feeBps, terms.feeRecipient, terms.organizationFeeBps, terms.organization) =
        (0, address(0), 0, address(0));
        bytes memory signature = sign(terms, noRelay());
        send(terms, noRelay(), signature);
        vm.assertEq(usdc.balanceOf(merchant), 25e6, "merchant got all of it");
    }

    function test_a_wallet_that_is_a_contract_can_pay() public {
        SmartWallet wallet = new SmartWallet(payer);
        usdc.mint(address(wallet), 100e6);
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory inner = Signing.authorization(usdc, PAYER_KEY, address(wallet), address(checkout), terms, relay);
        vm.prank(relayer);
        checkout.payWithAuthorization(terms, relay, address(wallet), bytes.concat(hex"00", inner));
        vm.assertEq(usdc.balanceOf(address(wallet)), 100e6 - terms.amount - relay.fee, "the wallet paid");
    }

    function test_reverts_when_the_relayer_changes_terms_or_relay() public {
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory signature = sign(terms, relay);
        for (uint256 field = 0; field < 9; field++) {
            (Terms memory copy, Relay memory relayCopy) = payment();
            if (field == 0) copy.amount--;
            if (field == 1) relayCopy.fee++;
            if (field == 2) relayCopy.recipient = attacker;
            if (field == 3) copy.merchant = attacker;
            if (field == 4) copy.feeRecipient = attacker;
            if (field == 5) copy.feeBps = 1000;
            if (field == 6) copy.organization = attacker;
            if (field == 7) copy.deadline++;
            if (field == 8) (copy.amount, relayCopy.fee) = (copy.amount - 1, relayCopy.fee + 1);
            vm.expectRevert(abi.encodeWithSignature("ERC3009InvalidSignature()"));
            send(copy, relayCopy, signature);
        }
    }

    function test_reverts_when_the_same_signature_is_sent_again() public {
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory signature = sign(terms, relay);
        send(terms, relay, signature);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC3009UsedAuthorization(address,bytes32)", payer, Signing.gaslessHash(terms, relay)
            )
        );
        send(terms, relay, signature);
    }

    function test_reverts_on_another_contract_and_on_another_chain() public {
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory signature = sign(terms, relay);
        IQBitFlowCheckout other = Deployed.checkout();
        vm.prank(attacker);
        vm.expectRevert(abi.encodeWithSignature("ERC3009InvalidSignature()"));
        other.payWithAuthorization(terms, relay, payer, signature);
        vm.chainId(777);
        vm.expectRevert(abi.encodeWithSignature("ERC3009InvalidSignature()"));
        send(terms, relay, signature);
    }

    function test_nobody_can_submit_the_authorization_to_the_token_itself() public {
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory signature = sign(terms, relay);
        vm.prank(attacker);
        (bool success,) = address(usdc)
            .call(
                abi.encodeWithSignature(
                    "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)",
                    payer,
                    address(checkout),
                    terms.amount + relay.fee,
                    0,
                    terms.deadline,
                    Signing.gaslessHash(terms, relay),
                    signature
                )
            );
        vm.assertTrue(!success, "refused");
        send(terms, relay, signature);
    }

    function test_reverts_when_the_deadline_is_reached_or_has_passed() public {
        (Terms memory terms, Relay memory relay) = payment();
        bytes memory signature = sign(terms, relay);
        vm.warp(terms.deadline);
        vm.expectRevert(abi.encodeWithSignature("ERC3009InvalidAuthorizationTime(uint256,uint256)", 0, terms.deadline));
        send(terms, relay, signature);
        vm.warp(terms.deadline + 1);
        expectRevert(IQBitFlowCheckout.PaymentExpired.selector, terms.deadline, terms.deadline + 1);
        send(terms, relay, signature);
    }

    function test_a_token_that_takes_any_call_pays_nobody() public {
        PermissiveToken token = new PermissiveToken();
        token.mint(payer, 1_000);
        vm.prank(payer);
        token.approve(address(checkout), 1_000);
        Terms memory terms = termsOf(address(token), 1_000);
        terms.merchant = attacker;
        (uint256 rest,,) = split(terms);
        expectTransferFailed(terms.token, address(checkout), attacker, rest);
        vm.prank(attacker);
        checkout.payWithAuthorization(terms, noRelay(), payer, new bytes(65));
    }

    function test_reverts_when_there_is_no_token() public {
        Terms memory terms = termsOf(address(0xC0DE), 25e6);
        vm.expectRevert();
        send(terms, noRelay(), new bytes(65));
    }

    function testFuzz_sums_are_exact(uint128 amount, uint64 relayFee, uint16 feeBps, uint16 organizationFeeBps) public {
        Terms memory terms = termsOf(address(usdc), bound(amount, 1, type(uint128).max));
        Relay memory relay = Relay(relayFee, relayRecipient);
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.organizationFeeBps = uint16(bound(organizationFeeBps, 0, 1000));
        usdc.mint(payer, terms.amount + relayFee);
        bytes memory signature = sign(terms, relay);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        send(terms, relay, signature);
        assertPaid(terms, relayFee, before);
    }

    function payment() private view returns (Terms memory, Relay memory) {
        return (termsOf(address(usdc), 25e6), Relay(0.04e6, relayRecipient));
    }

    function sign(Terms memory terms, Relay memory relay) private view returns (bytes memory) {
        return Signing.authorization(usdc, PAYER_KEY, payer, address(checkout), terms, relay);
    }

    function send(Terms memory terms, Relay memory relay, bytes memory signature) private {
        vm.prank(relayer);
        checkout.payWithAuthorization(terms, relay, payer, signature);
    }
}
