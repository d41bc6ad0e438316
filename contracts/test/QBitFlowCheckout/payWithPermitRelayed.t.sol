// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {PermissiveToken, PermissiveTokenWithNonces, PlainToken} from "../mocks/HostileTokens.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {Deployed, ITestToken} from "../support/Deployed.sol";
import {Signature, Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

/// @notice EIP-2612 and DAI's permit, each sent by somebody else. `isDai` runs a test for both.
contract PayWithPermitRelayedTest is CheckoutTest {
    function test_a_relayed_permit_pays_all_and_the_relay_fee() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            Signature memory signature = sign(terms, relay);
            Balances memory before = balances(terms.token);
            expectPayment(terms, payer);
            send(relayer, terms, relay, signature);
            assertPaid(terms, relay.fee, before);
        }
    }

    function test_a_relayed_permit_needs_no_relay_fee() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms,) = payment(i == 1);
            Signature memory signature = sign(terms, noRelay());
            Balances memory before = balances(terms.token);
            send(relayer, terms, noRelay(), signature);
            assertPaid(terms, 0, before);
        }
    }

    function test_whoever_sends_it_the_relay_fee_goes_to_the_signed_recipient() public {
        (Terms memory terms, Relay memory relay) = payment(false);
        Signature memory signature = sign(terms, relay);
        Balances memory before = balances(terms.token);
        send(attacker, terms, relay, signature);
        assertPaid(terms, relay.fee, before);
        vm.assertEq(usdc.balanceOf(attacker), 0, "nothing for copying");
    }

    function test_reverts_when_the_relayer_changes_any_of_the_terms() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            Signature memory signature = sign(terms, relay);
            for (uint256 field = 0; field < 8; field++) {
                expectPermitFailed(terms.token);
                send(attacker, changed(terms, field), relay, signature);
            }
        }
    }

    function test_reverts_when_the_relayer_changes_the_relay_fee_or_its_recipient() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            Signature memory signature = sign(terms, relay);
            expectPermitFailed(terms.token);
            send(attacker, terms, Relay(relay.fee + 1, relay.recipient), signature);
            expectPermitFailed(terms.token);
            send(attacker, terms, Relay(relay.fee, attacker), signature);
            // The same sum, moved from the merchant to the relayer.
            Terms memory less = termsOf(terms.token, terms.amount - 1);
            expectPermitFailed(terms.token);
            send(attacker, less, Relay(relay.fee + 1, relay.recipient), signature);
        }
    }

    function test_reverts_when_the_same_signature_is_sent_again() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            Signature memory signature = sign(terms, relay);
            send(relayer, terms, relay, signature);
            expectPermitFailed(terms.token);
            send(relayer, terms, relay, signature);
        }
    }

    function test_reverts_when_only_a_standing_allowance_is_there() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            vm.prank(payer);
            ITestToken(terms.token).approve(address(checkout), type(uint256).max);
            terms.merchant = attacker;
            Signature memory nothing;
            expectPermitFailed(terms.token);
            send(attacker, terms, relay, nothing);
            Signature memory own = signBy(ATTACKER_KEY, terms, relay);
            expectPermitFailed(terms.token);
            send(attacker, terms, relay, own);
        }
    }

    function test_reverts_when_the_permit_was_front_run_as_it_must_succeed_here() public {
        (Terms memory terms, Relay memory relay) = payment(false);
        Signature memory signature = sign(terms, relay);
        uint256 value = terms.amount + relay.fee;
        uint256 commitment = uint256(Signing.gaslessHash(terms, relay));
        vm.prank(attacker);
        usdc.permit(payer, address(checkout), value, commitment, signature.v, signature.r, signature.s);
        expectPermitFailed(terms.token);
        send(relayer, terms, relay, signature);
        // The payer's own transaction still can use the allowance, and nobody else's.
        vm.prank(payer);
        checkout.payToken(terms);
    }

    function test_a_permit_meant_for_the_payers_own_transaction_cannot_be_relayed() public {
        (Terms memory terms,) = payment(false);
        Signature memory signature = Signing.permit(usdc, PAYER_KEY, address(checkout), terms.amount, terms.deadline);
        expectPermitFailed(terms.token);
        send(attacker, terms, noRelay(), signature);
    }

    function test_reverts_on_another_contract_and_on_another_chain() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            Signature memory signature = sign(terms, relay);
            IQBitFlowCheckout first = checkout;
            checkout = Deployed.checkout();
            expectPermitFailed(terms.token);
            send(attacker, terms, relay, signature);
            checkout = first;
            vm.chainId(777);
            expectPermitFailed(terms.token);
            send(attacker, terms, relay, signature);
            vm.chainId(31337);
            send(relayer, terms, relay, signature);
        }
    }

    function test_a_token_that_takes_any_call_opens_nobodys_standing_allowance() public {
        PlainToken[2] memory tokens = [PlainToken(new PermissiveToken()), PlainToken(new PermissiveTokenWithNonces())];
        for (uint256 i = 0; i < 2; i++) {
            tokens[i].mint(payer, 1_000);
            vm.prank(payer);
            tokens[i].approve(address(checkout), type(uint256).max);
            Terms memory terms = termsOf(address(tokens[i]), 1_000);
            terms.merchant = attacker;
            Signature memory nothing;
            expectPermitFailed(terms.token);
            vm.prank(attacker);
            checkout.payWithPermitRelayed(terms, noRelay(), payer, nothing.v, nothing.r, nothing.s);
            expectPermitFailed(terms.token);
            vm.prank(attacker);
            checkout.payWithDaiPermitRelayed(terms, noRelay(), payer, nothing.v, nothing.r, nothing.s);
        }
    }

    function test_reverts_when_the_payment_is_late_although_the_permit_never_expires() public {
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(i == 1);
            Signature memory signature = sign(terms, relay);
            vm.warp(terms.deadline + 1);
            expectRevert(IQBitFlowCheckout.PaymentExpired.selector, terms.deadline, terms.deadline + 1);
            send(relayer, terms, relay, signature);
            vm.warp(NOW);
        }
    }

    function test_reverts_when_the_relay_fee_goes_to_nobody_or_the_contract() public {
        address[2] memory refused = [address(0), address(checkout)];
        for (uint256 i = 0; i < 2; i++) {
            (Terms memory terms, Relay memory relay) = payment(false);
            relay.recipient = refused[i];
            Signature memory signature = sign(terms, relay);
            vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.RecipientRefused.selector, refused[i]));
            send(relayer, terms, relay, signature);
        }
    }

    function test_reverts_when_the_signed_fee_is_above_a_tenth() public {
        (Terms memory terms, Relay memory relay) = payment(false);
        terms.feeBps = 1001;
        Signature memory signature = sign(terms, relay);
        expectRevert(IQBitFlowCheckout.FeeTooHigh.selector, 1001, 1000);
        send(relayer, terms, relay, signature);
    }

    function testFuzz_any_changed_bit_of_terms_or_relay_is_refused(uint256 bit, bool isDai) public {
        (Terms memory terms, Relay memory relay) = payment(isDai);
        Signature memory signature = sign(terms, relay);
        bytes memory data = isDai
            ? abi.encodeCall(
                checkout.payWithDaiPermitRelayed, (terms, relay, payer, signature.v, signature.r, signature.s)
            )
            : abi.encodeCall(
                checkout.payWithPermitRelayed, (terms, relay, payer, signature.v, signature.r, signature.s)
            );
        // Terms, relay and payer: twelve words behind the selector.
        uint256 chosen = bit % (12 * 256);
        data[4 + chosen / 8] ^= bytes1(uint8(1 << (chosen % 8)));
        vm.prank(attacker);
        (bool success,) = address(checkout).call(data);
        vm.assertTrue(!success, "refused");
    }

    function testFuzz_sums_are_exact(
        uint128 amount,
        uint64 relayFee,
        uint16 feeBps,
        uint16 organizationFeeBps,
        bool isDai
    ) public {
        (Terms memory terms,) = payment(isDai);
        Relay memory relay = Relay(relayFee, relayRecipient);
        terms.amount = bound(amount, 1, type(uint128).max);
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.organizationFeeBps = uint16(bound(organizationFeeBps, 0, 1000));
        ITestToken(terms.token).mint(payer, terms.amount + relayFee);
        Signature memory signature = sign(terms, relay);
        Balances memory before = balances(terms.token);
        expectPayment(terms, payer);
        send(relayer, terms, relay, signature);
        assertPaid(terms, relayFee, before);
    }

    function payment(bool isDai) private view returns (Terms memory, Relay memory) {
        return isDai
            ? (termsOf(address(dai), 25e18), Relay(0.04e18, relayRecipient))
            : (termsOf(address(usdc), 25e6), Relay(0.04e6, relayRecipient));
    }

    function sign(Terms memory terms, Relay memory relay) private view returns (Signature memory) {
        return signBy(PAYER_KEY, terms, relay);
    }

    function signBy(uint256 key, Terms memory terms, Relay memory relay) private view returns (Signature memory) {
        uint256 commitment = uint256(Signing.gaslessHash(terms, relay));
        return terms.token == address(dai)
            ? Signing.daiPermit(dai, key, address(checkout), commitment)
            : Signing.permit(usdc, key, address(checkout), terms.amount + relay.fee, commitment);
    }

    function send(address sender, Terms memory terms, Relay memory relay, Signature memory signature) private {
        vm.prank(sender);
        if (terms.token == address(dai)) {
            checkout.payWithDaiPermitRelayed(terms, relay, payer, signature.v, signature.r, signature.s);
        } else {
            checkout.payWithPermitRelayed(terms, relay, payer, signature.v, signature.r, signature.s);
        }
    }

    function changed(Terms memory terms, uint256 field) private view returns (Terms memory copy) {
        copy = abi.decode(abi.encode(terms), (Terms));
        if (field == 0) copy.uuid = bytes16(uint128(1));
        if (field == 1) copy.merchant = attacker;
        if (field == 2) copy.amount = terms.amount - 1;
        if (field == 3) copy.feeRecipient = attacker;
        if (field == 4) copy.feeBps = 1000;
        if (field == 5) copy.organization = attacker;
        if (field == 6) copy.organizationFeeBps = 1000;
        if (field == 7) copy.deadline = terms.deadline + 1;
    }

    function expectPermitFailed(address token) private {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.PermitFailed.selector, token, payer));
    }
}
